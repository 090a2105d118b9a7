"""Decisions of people about criteria; they and attributes of partners mark those as due."""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

import partners.models.people
import partners.tenancy.keys
from accreditation.due_triggers import MarksDue
from partners.tenancy.isolation import VendorIsolation


class Migration(migrations.Migration):
    dependencies = [
        ("accreditation", "0007_customers_due"),
        ("partners", "0009_attributes"),
    ]

    operations = [
        migrations.CreateModel(
            name="CriterionDecision",
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
                ("started_on", models.DateField()),
                (
                    "ended_on",
                    models.DateField(blank=True, help_text="First day no longer so.", null=True),
                ),
                ("note", models.CharField(blank=True, default="", max_length=1000)),
                ("source", models.CharField(help_text="workspace, import, api, …", max_length=40)),
                ("recorded_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                ("criterion", models.CharField(max_length=80)),
                ("accepted", models.BooleanField()),
                ("pending", models.BooleanField(default=False)),
                (
                    "decided_by_kind",
                    models.CharField(
                        choices=[("user", "User"), ("api_key", "API key"), ("system", "System")],
                        max_length=8,
                    ),
                ),
                ("decided_by", models.UUIDField(null=True)),
                (
                    "partner",
                    partners.tenancy.keys.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.partner",
                    ),
                ),
                (
                    "program",
                    partners.tenancy.keys.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accreditation.program",
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gt", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="accreditation_criteriondecision_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="accreditation_criteriondecision_withdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("note", ""), _negated=True),
                            models.Q(("criterion", ""), _negated=True),
                        ),
                        name="accreditation_criteriondecision_explained",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        expressions=[
                            ("vendor", "="),
                            ("partner", "="),
                            ("program", "="),
                            ("criterion", "="),
                            (partners.models.people.DateRange("started_on", "ended_on"), "&&"),
                        ],
                        name="accreditation_criteriondecision_one_a_day",
                    ),
                    partners.tenancy.keys.SameVendor(
                        field="program", name="accreditation_criteriondecision_program_vendor"
                    ),
                    models.UniqueConstraint(
                        fields=("id", "vendor"), name="accreditation_criteriondecision_key"
                    ),
                    partners.tenancy.keys.SameVendor(
                        field="partner", name="accreditation_criteriondecision_partner_vendor"
                    ),
                ],
            },
        ),
        VendorIsolation("accreditation_criteriondecision"),
        MarksDue(
            "accreditation_criteriondecision",
            concerns="SELECT vendor_id, partner_id FROM changed",
        ),
        MarksDue(
            "partners_organizationattribute",
            concerns="SELECT vendor_id, partner_id FROM changed",
        ),
    ]
