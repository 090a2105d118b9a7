"""The ground floor: vendors (tenants), partners, people; tenancy, access, audit, outbox, jobs."""
