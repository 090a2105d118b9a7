"""Where people work marks the partners they work for as due."""

from django.db import migrations

from accreditation.due_triggers import MarksDue


class Migration(migrations.Migration):
    dependencies = [
        ("accreditation", "0014_versions_withdrawn"),
        ("partners", "0010_places"),
    ]

    operations = [
        MarksDue(
            "partners_employmentplace",
            concerns="SELECT e.vendor_id, e.partner_id FROM changed c "
            "JOIN partners_employment e ON e.id = c.employment_id AND e.vendor_id = c.vendor_id",
        ),
    ]
