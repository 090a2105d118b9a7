"""Raise the wall around every table of this app."""

from django.db import migrations

from partners.tenancy.isolation import VendorIsolation


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        VendorIsolation("documents_customer"),
        VendorIsolation("documents_deployment"),
        VendorIsolation("documents_reference"),
        VendorIsolation("documents_transaction"),
        VendorIsolation("documents_surveyresponse"),
    ]
