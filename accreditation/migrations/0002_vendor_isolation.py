"""Raise the wall around every table of this app."""

from django.db import migrations

from partners.tenancy.isolation import AppendOnly, VendorIsolation


class Migration(migrations.Migration):
    dependencies = [("accreditation", "0001_initial")]

    operations = [
        VendorIsolation("accreditation_accreditation"),
        VendorIsolation("accreditation_award"),
        VendorIsolation("accreditation_duemark"),
        VendorIsolation("accreditation_evaluation"),
        VendorIsolation("accreditation_level"),
        VendorIsolation("accreditation_program"),
        VendorIsolation("accreditation_programversion"),
        VendorIsolation("accreditation_standingchange"),
        VendorIsolation("accreditation_listing", public_read=True),
        AppendOnly("accreditation_evaluation"),
        AppendOnly("accreditation_standingchange"),
    ]
