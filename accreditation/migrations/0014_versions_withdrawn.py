"""A published version can be withdrawn before its first day, and never comes back."""

from django.db import migrations, models

FROZEN = """
CREATE OR REPLACE FUNCTION accreditation_version_is_frozen() RETURNS trigger
LANGUAGE plpgsql AS $function$
BEGIN
    IF OLD.state <> 'draft' AND (
        NEW.document::text, NEW.document_hash, NEW.effective_on, NEW.number, NEW.program_id
    ) IS DISTINCT FROM (
        OLD.document::text, OLD.document_hash, OLD.effective_on, OLD.number, OLD.program_id
    ) THEN
        RAISE EXCEPTION 'a published program version is frozen' USING ERRCODE = 'check_violation';
    END IF;
    {moves}
    RETURN NEW;
END
$function$;
"""

# A day begins in the vendor's own zone.
MOVES = """
    IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
        ('draft', 'published'), ('published', 'withdrawn')
    ) THEN
        RAISE EXCEPTION 'a % program version does not become %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.state = 'published' AND NEW.state = 'withdrawn' AND NEW.effective_on <= (
        SELECT (NEW.withdrawn_at AT TIME ZONE time_zone)::date
        FROM partners_vendor WHERE id = NEW.vendor_id
    ) THEN
        RAISE EXCEPTION 'a program version in force is not withdrawn'
            USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.state = 'withdrawn' AND (NEW.withdrawn_at, NEW.reason)
        IS DISTINCT FROM (OLD.withdrawn_at, OLD.reason)
    THEN
        RAISE EXCEPTION 'a withdrawn program version is frozen' USING ERRCODE = 'check_violation';
    END IF;
"""


class Migration(migrations.Migration):
    """Adds when and why, and the moves that there are."""

    dependencies = [("accreditation", "0013_many_at_once")]

    operations = [
        migrations.AddField(
            model_name="programversion",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="programversion",
            name="reason",
            field=models.CharField(
                blank=True, default="", help_text="Why it was withdrawn.", max_length=300
            ),
        ),
        migrations.AlterField(
            model_name="programversion",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("published", "Published"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="draft",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="programversion",
            constraint=models.CheckConstraint(
                condition=(
                    models.Q(withdrawn_at=None, reason="") & ~models.Q(state="withdrawn")
                    | models.Q(state="withdrawn", withdrawn_at__isnull=False) & ~models.Q(reason="")
                ),
                name="accreditation_programversion_withdrawn",
            ),
        ),
        migrations.RunSQL(FROZEN.format(moves=MOVES), FROZEN.format(moves="")),
    ]
