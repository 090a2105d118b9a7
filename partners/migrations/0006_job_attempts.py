"""A job that kills its worker again and again is given up."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0005_seal_fingerprints")]

    operations = [
        migrations.AddField(
            model_name="jobrun",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, help_text="Since it last waited."),
        ),
    ]
