"""How much of full time people work."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0010_places"),
    ]

    operations = [
        migrations.AddField(
            model_name="employment",
            name="working_time",
            field=models.PositiveSmallIntegerField(
                blank=True, help_text="Percent of full time; none: nobody recorded it.", null=True
            ),
        ),
        migrations.AddConstraint(
            model_name="employment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("working_time__isnull", True),
                    ("working_time__range", (1, 100)),
                    _connector="OR",
                ),
                name="partners_employment_working_time",
            ),
        ),
    ]
