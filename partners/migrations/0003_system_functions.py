"""The reviewed questions across vendors that sign-in and the background sweeps ask."""

from django.db import migrations

from partners.tenancy.isolation import SystemFunction


class Migration(migrations.Migration):
    dependencies = [("partners", "0002_vendor_isolation")]

    operations = [
        SystemFunction(
            "memberships_of(member uuid)",
            returns="TABLE (vendor_id uuid, membership_id uuid, role varchar, partner_id uuid)",
            body="SELECT vendor_id, id, role, partner_id FROM partners_membership "
            "WHERE user_id = member AND ended_at IS NULL",
            reads=["partners_membership"],
        ),
        SystemFunction(
            "vendors_with_mail_due(moment timestamptz)",
            returns="TABLE (vendor_id uuid)",
            body="SELECT DISTINCT vendor_id FROM partners_outboxitem "
            "WHERE due_at <= moment AND sent_at IS NULL AND given_up_at IS NULL",
            reads=["partners_outboxitem"],
        ),
        SystemFunction(
            "jobs_due(moment timestamptz)",
            returns="TABLE (vendor_id uuid, job_id uuid)",
            body="SELECT vendor_id, id FROM partners_jobrun "
            "WHERE state IN ('waiting', 'running') AND (lease_until IS NULL OR lease_until < moment)",
            reads=["partners_jobrun"],
        ),
    ]
