"""The database refuses a change of a published version and an illegal move of a standing."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION accreditation_version_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $function$
BEGIN
    IF OLD.state <> 'draft' AND (
        NEW.document, NEW.document_hash, NEW.effective_on, NEW.number, NEW.program_id
    ) IS DISTINCT FROM (
        OLD.document, OLD.document_hash, OLD.effective_on, OLD.number, OLD.program_id
    ) THEN
        RAISE EXCEPTION 'a published program version is frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$function$;
CREATE TRIGGER accreditation_version_frozen BEFORE UPDATE ON accreditation_programversion
    FOR EACH ROW EXECUTE FUNCTION accreditation_version_is_frozen();
"""

# Kept in step with standing.TRANSITIONS by a test.
LEGAL = """
CREATE FUNCTION accreditation_move_is_legal() RETURNS trigger LANGUAGE plpgsql AS $function$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.standing IN ('in_progress', 'accredited') THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND (
        NEW.standing = OLD.standing OR (OLD.standing, NEW.standing) IN (
            ('in_progress', 'accredited'),
            ('accredited', 'in_grace'),
            ('accredited', 'lapsed'),
            ('in_grace', 'accredited'),
            ('in_grace', 'lapsed'),
            ('lapsed', 'accredited')
        )
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'illegal move of a standing to %', NEW.standing
        USING ERRCODE = 'check_violation';
END
$function$;
CREATE TRIGGER accreditation_legal_move BEFORE INSERT OR UPDATE ON accreditation_accreditation
    FOR EACH ROW EXECUTE FUNCTION accreditation_move_is_legal();
"""


class Migration(migrations.Migration):
    dependencies = [("accreditation", "0003_due_queue")]

    operations = [
        migrations.RunSQL(
            FROZEN,
            "DROP TRIGGER accreditation_version_frozen ON accreditation_programversion;"
            "DROP FUNCTION accreditation_version_is_frozen();",
        ),
        migrations.RunSQL(
            LEGAL,
            "DROP TRIGGER accreditation_legal_move ON accreditation_accreditation;"
            "DROP FUNCTION accreditation_move_is_legal();",
        ),
    ]
