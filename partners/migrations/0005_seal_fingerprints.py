"""A seal names the entry that does not match it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0004_no_admin_log")]

    operations = [
        migrations.AddField(
            model_name="auditseal",
            name="fingerprints",
            # Nothing is sealed yet: an empty map would be a seal that matches no entry.
            field=models.JSONField(default=dict),
            preserve_default=False,
        ),
    ]
