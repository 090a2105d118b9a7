"""Rules documents keep the order in which they were written, as text of JSON."""

from django.db import migrations

from accreditation.models.documents import DocumentField

# Text of JSON has no equality of its own: a frozen document is frozen to the letter.
FROZEN = """
CREATE OR REPLACE FUNCTION accreditation_version_is_frozen() RETURNS trigger
LANGUAGE plpgsql AS $function$
BEGIN
    IF OLD.state <> 'draft' AND (
        NEW.document{as_text}, NEW.document_hash, NEW.effective_on, NEW.number, NEW.program_id
    ) IS DISTINCT FROM (
        OLD.document{as_text}, OLD.document_hash, OLD.effective_on, OLD.number, OLD.program_id
    ) THEN
        RAISE EXCEPTION 'a published program version is frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$function$;
"""


class Migration(migrations.Migration):
    """Takes the order of names seriously."""

    dependencies = [("accreditation", "0011_papers_due")]

    operations = [
        migrations.RunSQL(FROZEN.format(as_text="::text"), FROZEN.format(as_text="")),
        migrations.AlterField(model_name="programversion", name="document", field=DocumentField()),
    ]
