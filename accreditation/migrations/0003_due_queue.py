"""Facts mark the partners they concern as due; time and versions do so from Python."""

from django.db import migrations

from accreditation.due_triggers import MarksDue
from partners.tenancy.isolation import SystemFunction


class Migration(migrations.Migration):
    dependencies = [
        ("accreditation", "0002_vendor_isolation"),
        ("enablement", "0002_vendor_isolation"),
        ("partners", "0003_system_functions"),
    ]

    operations = [
        MarksDue(
            "partners_partner",
            concerns="SELECT vendor_id, id AS partner_id FROM changed",
        ),
        MarksDue(
            "partners_location",
            concerns="SELECT vendor_id, partner_id FROM changed",
        ),
        MarksDue(
            "partners_employment",
            concerns="SELECT vendor_id, partner_id FROM changed",
        ),
        MarksDue(
            "partners_employmentrole",
            concerns="SELECT e.vendor_id, e.partner_id FROM changed c "
            "JOIN partners_employment e ON e.id = c.employment_id AND e.vendor_id = c.vendor_id",
        ),
        MarksDue(
            "enablement_certificate",
            concerns="SELECT e.vendor_id, e.partner_id FROM changed c "
            "JOIN partners_employment e ON e.person_id = c.person_id AND e.vendor_id = c.vendor_id",
        ),
        MarksDue(
            "enablement_certification",
            # A new release can make older ones of its family stop counting.
            concerns="SELECT e.vendor_id, e.partner_id FROM changed c "
            "JOIN enablement_certification f ON f.vendor_id = c.vendor_id "
            "AND (f.id = c.id OR (c.family <> '' AND f.family = c.family)) "
            "JOIN enablement_certificate h "
            "ON h.certification_id = f.id AND h.vendor_id = f.vendor_id "
            "JOIN partners_employment e ON e.person_id = h.person_id AND e.vendor_id = h.vendor_id",
        ),
        SystemFunction(
            "vendors_with_partners_due(moment timestamptz)",
            returns="TABLE (vendor_id uuid)",
            body="SELECT DISTINCT vendor_id FROM accreditation_duemark WHERE due_at <= moment",
            reads=["accreditation_duemark"],
        ),
    ]
