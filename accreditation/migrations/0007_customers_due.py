"""What partners did for customers marks them as due, and so does what is known of a customer."""

from django.db import migrations

from accreditation.due_triggers import MarksDue

FACTS = (
    "documents_deployment",
    "documents_reference",
    "documents_transaction",
    "documents_surveyresponse",
)
OF_PARTNERS = " UNION ALL ".join(
    f"SELECT vendor_id, partner_id, customer_id FROM {table}" for table in FACTS
)


class Migration(migrations.Migration):
    dependencies = [
        ("accreditation", "0006_records_judged"),
        ("documents", "0002_vendor_isolation"),
    ]

    operations = [
        *(MarksDue(table, concerns="SELECT vendor_id, partner_id FROM changed") for table in FACTS),
        MarksDue(
            "documents_customer",
            # Whose duplicates it is counts as well: their records speak of the one that survives.
            concerns="SELECT f.vendor_id, f.partner_id FROM ("
            "SELECT vendor_id, id FROM changed UNION ALL "
            "SELECT d.vendor_id, d.id FROM changed c JOIN documents_customer d "
            "ON d.merged_into_id = c.id AND d.vendor_id = c.vendor_id) AS customer "
            f"JOIN ({OF_PARTNERS}) AS f "
            "ON f.customer_id = customer.id AND f.vendor_id = customer.vendor_id",
        ),
    ]
