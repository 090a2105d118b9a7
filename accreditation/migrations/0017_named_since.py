"""A program says whose names it shows: a version's are taken over on its first day."""

from django.db import migrations, models

# Until now names were taken over when a version was published, whenever it began.
AS_PUBLISHED = """
UPDATE accreditation_program p SET named_since = (
    SELECT max(v.effective_on) FROM accreditation_programversion v
     WHERE v.program_id = p.id AND v.vendor_id = p.vendor_id AND v.state = 'published'
)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accreditation", "0016_foreseen"),
    ]

    operations = [
        migrations.AddField(
            model_name="program",
            name="named_since",
            field=models.DateField(
                null=True, help_text="First day of the version whose names and ranks are shown."
            ),
        ),
        migrations.RunSQL(AS_PUBLISHED, migrations.RunSQL.noop),
    ]
