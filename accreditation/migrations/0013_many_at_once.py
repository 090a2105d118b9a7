"""Marks for many rows at once are found by hashing: the functions of 0003 that join, made anew."""

from django.db import migrations

from accreditation.due_triggers import ConcernsOthers

CONCERNS = {
    "partners_employmentrole": "SELECT e.vendor_id, e.partner_id FROM changed c "
    "JOIN partners_employment e ON e.id = c.employment_id AND e.vendor_id = c.vendor_id",
    "enablement_certificate": "SELECT e.vendor_id, e.partner_id FROM changed c "
    "JOIN partners_employment e ON e.person_id = c.person_id AND e.vendor_id = c.vendor_id",
    "enablement_certification": "SELECT e.vendor_id, e.partner_id FROM changed c "
    "JOIN enablement_certification f ON f.vendor_id = c.vendor_id "
    "AND (f.id = c.id OR (c.family <> '' AND f.family = c.family)) "
    "JOIN enablement_certificate h ON h.certification_id = f.id AND h.vendor_id = f.vendor_id "
    "JOIN partners_employment e ON e.person_id = h.person_id AND e.vendor_id = h.vendor_id",
}


class Migration(migrations.Migration):
    dependencies = [("accreditation", "0012_documents_as_written")]

    operations = [
        ConcernsOthers(table, concerns=concerns, before=concerns)
        for table, concerns in CONCERNS.items()
    ]
