"""People and the audit log are called by their right plurals."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partners", "0007_idempotency")]

    operations = [
        migrations.AlterModelOptions(
            name="auditentry",
            options={
                "base_manager_name": "objects",
                "verbose_name": "audit entry",
                "verbose_name_plural": "audit log",
            },
        ),
        migrations.AlterModelOptions(
            name="person",
            options={
                "base_manager_name": "objects",
                "verbose_name": "person",
                "verbose_name_plural": "people",
            },
        ),
    ]
