"""What changes for a partner concerns those above and below it: also the parent it leaves."""

from django.db import migrations, models

from accreditation.due_triggers import ConcernsOthers

ITSELF = "SELECT vendor_id, id AS partner_id FROM changed"
# A deleted parent is gone together with the row, and a parent not there yet is not marked.
PARENT = (
    "SELECT c.vendor_id, p.id AS partner_id FROM changed c "
    "JOIN partners_partner p ON p.id = c.parent_id AND p.vendor_id = c.vendor_id"
)


class Migration(migrations.Migration):
    dependencies = [("accreditation", "0009_courses_due")]

    operations = [
        migrations.AlterField(
            model_name="duemark",
            name="cause",
            field=models.CharField(
                choices=[
                    ("facts_changed", "Facts changed"),
                    ("date_reached", "A date was reached"),
                    ("version_published", "A program version was published"),
                    ("asked", "Somebody asked"),
                    ("retry", "It could not be judged before"),
                    ("related_changed", "A partner above or below it changed"),
                ],
                max_length=20,
            ),
        ),
        ConcernsOthers("partners_partner", concerns=f"{ITSELF} UNION ALL {PARENT}", before=ITSELF),
    ]
