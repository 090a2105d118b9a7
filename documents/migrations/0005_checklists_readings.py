"""What is scored and measured."""

import django.db.models.deletion
from django.db import migrations, models

import partners.tenancy.keys
from partners.tenancy.isolation import VendorIsolation


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_listings_attestations_audits"),
        ("partners", "0009_attributes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Checklist",
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
                ("score", models.DecimalField(decimal_places=4, max_digits=20)),
                ("out_of", models.DecimalField(decimal_places=4, max_digits=20)),
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
                        fields=("vendor", "partner", "external_id"), name="documents_checklist_once"
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
                        name="documents_checklist_withdrawal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        name="documents_checklist_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gt", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="documents_checklist_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("currency", ""), ("currency__regex", "^[A-Z]{3}$"), _connector="OR"
                        ),
                        name="documents_checklist_currency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", ""), _negated=True),
                        name="documents_checklist_has_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("out_of__gt", 0), ("score__gte", 0), ("score__lte", models.F("out_of"))
                        ),
                        name="documents_checklist_score",
                    ),
                    models.UniqueConstraint(
                        fields=("id", "vendor"), name="documents_checklist_key"
                    ),
                    partners.tenancy.keys.SameVendor(
                        field="partner", name="documents_checklist_partner_vendor"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MetricReading",
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
                ("metric", models.CharField(max_length=80)),
                ("value", models.DecimalField(decimal_places=4, max_digits=20)),
                ("item", models.CharField(blank=True, default="", max_length=80)),
                ("delivered_by", models.CharField(blank=True, default="", max_length=80)),
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
                        name="documents_metricreading_once",
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
                        name="documents_metricreading_withdrawal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        name="documents_metricreading_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gt", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="documents_metricreading_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("currency", ""), ("currency__regex", "^[A-Z]{3}$"), _connector="OR"
                        ),
                        name="documents_metricreading_currency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("metric", ""), _negated=True),
                        name="documents_metricreading_has_a_metric",
                    ),
                    models.UniqueConstraint(
                        fields=("id", "vendor"), name="documents_metricreading_key"
                    ),
                    partners.tenancy.keys.SameVendor(
                        field="partner", name="documents_metricreading_partner_vendor"
                    ),
                ],
            },
        ),
        VendorIsolation("documents_checklist"),
        VendorIsolation("documents_metricreading"),
    ]
