"""Hours of training: what the catalog says of a course, and what was recorded of a completion."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enablement", "0003_courses_pauses_and_lives"),
        ("partners", "0010_places"),
    ]

    operations = [
        migrations.AddField(
            model_name="course",
            name="hours",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="Hours of training; empty: the catalog does not say.",
                max_digits=7,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="coursecompletion",
            name="hours",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="Hours of training; empty: nobody recorded any.",
                max_digits=7,
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__isnull", True), ("hours__gt", 0), _connector="OR"),
                name="enablement_course_hours",
            ),
        ),
        migrations.AddConstraint(
            model_name="coursecompletion",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__isnull", True), ("hours__gt", 0), _connector="OR"),
                name="enablement_coursecompletion_hours",
            ),
        ),
    ]
