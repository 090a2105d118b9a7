"""What is published, attested and examined."""

import django.db.models.deletion
from django.db import migrations, models

import partners.tenancy.keys
from partners.tenancy.isolation import VendorIsolation


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_documents_agreements_fees"),
        ("partners", "0009_attributes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListingProof",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partners.tenancy.keys.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "external_id",
                    models.CharField(
                        help_text="What the source calls it: a project, an order, a case.",
                        max_length=80,
                    ),
                ),
                (
                    "withdrawn_on",
                    models.DateField(blank=True, help_text="First day it is not valid.", null=True),
                ),
                ("withdrawal_reason", models.CharField(blank=True, default="", max_length=300)),
                ("source", models.CharField(help_text="workspace, import, api, …", max_length=40)),
                ("recorded_at", models.DateTimeField()),
                ("started_on", models.DateField()),
                (
                    "ended_on",
                    models.DateField(blank=True, help_text="First day no longer so.", null=True),
                ),
                (
                    "currency",
                    models.CharField(blank=True, default="", help_text="ISO 4217", max_length=3),
                ),
                (
                    "attributes",
                    models.JSONField(blank=True, default=dict, help_text="{name: text}"),
                ),
                ("dates", models.JSONField(blank=True, default=dict, help_text="{name: day}")),
                ("note", models.CharField(blank=True, default="", max_length=1000)),
                ("kind", models.CharField(max_length=80)),
                (
                    "amount",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True),
                ),
                ("pending", models.BooleanField(default=False)),
                ("address", models.URLField(blank=True, default="", max_length=500)),
                (
                    "partner",
                    partners.tenancy.keys.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="partners.partner",
                    ),
                ),
                (
                    "vendor",
                    partners.tenancy.keys.VendorKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.vendor",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("vendor", "partner", "external_id"),
                        name="documents_listingproof_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawal_reason", ""), ("withdrawn_on__isnull", True)),
                            models.Q(
                                ("withdrawn_on__isnull", False),
                                models.Q(("withdrawal_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="documents_listingproof_withdrawal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        name="documents_listingproof_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gt", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="documents_listingproof_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("currency", ""), ("currency__regex", "^[A-Z]{3}$"), _connector="OR"
                        ),
                        name="documents_listingproof_currency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", ""), _negated=True),
                        name="documents_listingproof_has_a_kind",
                    ),
                    models.UniqueConstraint(
                        fields=("id", "vendor"), name="documents_listingproof_key"
                    ),
                    partners.tenancy.keys.SameVendor(
                        field="partner", name="documents_listingproof_partner_vendor"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attestation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partners.tenancy.keys.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "external_id",
                    models.CharField(
                        help_text="What the source calls it: a project, an order, a case.",
                        max_length=80,
                    ),
                ),
                (
                    "withdrawn_on",
                    models.DateField(blank=True, help_text="First day it is not valid.", null=True),
                ),
                ("withdrawal_reason", models.CharField(blank=True, default="", max_length=300)),
                ("source", models.CharField(help_text="workspace, import, api, …", max_length=40)),
                ("recorded_at", models.DateTimeField()),
                ("started_on", models.DateField()),
                (
                    "ended_on",
                    models.DateField(blank=True, help_text="First day no longer so.", null=True),
                ),
                (
                    "currency",
                    models.CharField(blank=True, default="", help_text="ISO 4217", max_length=3),
                ),
                (
                    "attributes",
                    models.JSONField(blank=True, default=dict, help_text="{name: text}"),
                ),
                ("dates", models.JSONField(blank=True, default=dict, help_text="{name: day}")),
                ("note", models.CharField(blank=True, default="", max_length=1000)),
                ("kind", models.CharField(max_length=80)),
                (
                    "amount",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True),
                ),
                ("pending", models.BooleanField(default=False)),
                ("scope", models.CharField(blank=True, default="", max_length=80)),
                ("issuer", models.CharField(blank=True, default="", max_length=200)),
                (
                    "partner",
                    partners.tenancy.keys.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="partners.partner",
                    ),
                ),
                (
                    "vendor",
                    partners.tenancy.keys.VendorKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.vendor",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("vendor", "partner", "external_id"),
                        name="documents_attestation_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawal_reason", ""), ("withdrawn_on__isnull", True)),
                            models.Q(
                                ("withdrawn_on__isnull", False),
                                models.Q(("withdrawal_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="documents_attestation_withdrawal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        name="documents_attestation_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gt", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="documents_attestation_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("currency", ""), ("currency__regex", "^[A-Z]{3}$"), _connector="OR"
                        ),
                        name="documents_attestation_currency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", ""), _negated=True),
                        name="documents_attestation_has_a_kind",
                    ),
                    models.UniqueConstraint(
                        fields=("id", "vendor"), name="documents_attestation_key"
                    ),
                    partners.tenancy.keys.SameVendor(
                        field="partner", name="documents_attestation_partner_vendor"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Audit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=partners.tenancy.keys.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "external_id",
                    models.CharField(
                        help_text="What the source calls it: a project, an order, a case.",
                        max_length=80,
                    ),
                ),
                (
                    "withdrawn_on",
                    models.DateField(blank=True, help_text="First day it is not valid.", null=True),
                ),
                ("withdrawal_reason", models.CharField(blank=True, default="", max_length=300)),
                ("source", models.CharField(help_text="workspace, import, api, …", max_length=40)),
                ("recorded_at", models.DateTimeField()),
                ("started_on", models.DateField()),
                (
                    "ended_on",
                    models.DateField(blank=True, help_text="First day no longer so.", null=True),
                ),
                (
                    "currency",
                    models.CharField(blank=True, default="", help_text="ISO 4217", max_length=3),
                ),
                (
                    "attributes",
                    models.JSONField(blank=True, default=dict, help_text="{name: text}"),
                ),
                ("dates", models.JSONField(blank=True, default=dict, help_text="{name: day}")),
                ("note", models.CharField(blank=True, default="", max_length=1000)),
                ("kind", models.CharField(max_length=80)),
                (
                    "amount",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True),
                ),
                ("pending", models.BooleanField(default=False)),
                ("passed", models.BooleanField()),
                (
                    "score",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True),
                ),
                (
                    "partner",
                    partners.tenancy.keys.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="partners.partner",
                    ),
                ),
                (
                    "vendor",
                    partners.tenancy.keys.VendorKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.vendor",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("vendor", "partner", "external_id"), name="documents_audit_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawal_reason", ""), ("withdrawn_on__isnull", True)),
                            models.Q(
                                ("withdrawn_on__isnull", False),
                                models.Q(("withdrawal_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="documents_audit_withdrawal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        name="documents_audit_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gt", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="documents_audit_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("currency", ""), ("currency__regex", "^[A-Z]{3}$"), _connector="OR"
                        ),
                        name="documents_audit_currency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", ""), _negated=True),
                        name="documents_audit_has_a_kind",
                    ),
                    models.UniqueConstraint(fields=("id", "vendor"), name="documents_audit_key"),
                    partners.tenancy.keys.SameVendor(
                        field="partner", name="documents_audit_partner_vendor"
                    ),
                ],
            },
        ),
        VendorIsolation("documents_listingproof"),
        VendorIsolation("documents_attestation"),
        VendorIsolation("documents_audit"),
    ]
