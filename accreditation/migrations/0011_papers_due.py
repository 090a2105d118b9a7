"""Papers and figures mark their partners as due."""

from django.db import migrations

from accreditation.due_triggers import MarksDue

FACTS = (
    "documents_accepteddocument",
    "documents_agreement",
    "documents_fee",
    "documents_listingproof",
    "documents_attestation",
    "documents_audit",
    "documents_checklist",
    "documents_metricreading",
)


class Migration(migrations.Migration):
    dependencies = [
        ("accreditation", "0010_related_cause"),
        ("documents", "0005_checklists_readings"),
    ]

    operations = [
        MarksDue(table, concerns="SELECT vendor_id, partner_id FROM changed") for table in FACTS
    ]
