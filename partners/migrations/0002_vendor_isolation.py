"""Raise the wall around every table of this app."""

from django.db import migrations

from partners.tenancy.isolation import AppendOnly, VendorIsolation


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial")]

    operations = [
        VendorIsolation("partners_apikey"),
        VendorIsolation("partners_auditentry"),
        VendorIsolation("partners_auditseal"),
        VendorIsolation("partners_employment"),
        VendorIsolation("partners_employmentrole"),
        VendorIsolation("partners_importfile"),
        VendorIsolation("partners_invitation"),
        VendorIsolation("partners_jobrole"),
        VendorIsolation("partners_jobrun"),
        VendorIsolation("partners_location"),
        VendorIsolation("partners_membership"),
        VendorIsolation("partners_notice"),
        VendorIsolation("partners_outboxitem"),
        VendorIsolation("partners_partner"),
        VendorIsolation("partners_person"),
        AppendOnly("partners_auditentry"),
        AppendOnly("partners_auditseal"),
    ]
