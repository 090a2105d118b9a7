"""Raise the wall around every table of this app."""

from django.db import migrations

from partners.tenancy.isolation import VendorIsolation


class Migration(migrations.Migration):
    dependencies = [("enablement", "0001_initial")]

    operations = [
        VendorIsolation("enablement_certification"),
        VendorIsolation("enablement_certificate"),
    ]
