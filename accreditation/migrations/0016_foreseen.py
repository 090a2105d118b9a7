"""What is foreseen of a level is kept beside it; everybody is judged again to find it."""

from django.db import migrations, models

EVERYBODY = """
INSERT INTO accreditation_duemark (id, vendor_id, partner_id, due_at, cause)
SELECT gen_random_uuid(), vendor_id, id, now(), 'asked' FROM partners_partner
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accreditation", "0015_places_due"),
        ("partners", "0010_places"),
    ]

    operations = [
        migrations.AddField(
            model_name="accreditation",
            name="ahead",
            field=models.JSONField(
                default=list,
                help_text="[{day, level}]: the level held from each day on, as foreseen.",
            ),
        ),
        migrations.AddField(
            model_name="accreditation",
            name="lost_on",
            field=models.DateField(
                null=True,
                help_text="First day on which less is held, as foreseen; empty: none is known.",
            ),
        ),
        migrations.RunSQL(EVERYBODY, migrations.RunSQL.noop),
    ]
