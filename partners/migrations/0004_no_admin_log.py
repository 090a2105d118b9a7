"""Nobody writes Django's own admin log: it has no vendor; the audit log is ours."""

from django.db import migrations

from partners.tenancy.isolation import APP_ROLE


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0003_system_functions"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]

    operations = [
        migrations.RunSQL(
            f"REVOKE ALL ON django_admin_log FROM {APP_ROLE}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON django_admin_log TO {APP_ROLE}",
        )
    ]
