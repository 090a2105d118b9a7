"""What partners are or have, for a period."""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

import partners.models.people
import partners.tenancy.keys
from partners.tenancy.isolation import VendorIsolation


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0008_names_of_records"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrganizationAttribute",
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
                ("name", models.SlugField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Text"),
                            ("number", "Number"),
                            ("yes_no", "Yes or no"),
                            ("day", "Day"),
                        ],
                        max_length=8,
                    ),
                ),
                ("value", models.CharField(max_length=200)),
                (
                    "partner",
                    partners.tenancy.keys.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gt", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="partners_organizationattribute_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="partners_organizationattribute_withdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "number"), ("value__regex", "^-?[0-9]+(\\.[0-9]+)?$")
                            ),
                            models.Q(("kind", "yes_no"), ("value__in", ["true", "false"])),
                            models.Q(
                                ("kind", "day"), ("value__regex", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
                            ),
                            models.Q(("kind", "text"), models.Q(("value", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="partners_organizationattribute_value",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        expressions=[
                            ("vendor", "="),
                            ("partner", "="),
                            ("name", "="),
                            (partners.models.people.DateRange("started_on", "ended_on"), "&&"),
                        ],
                        name="partners_organizationattribute_one_a_day",
                    ),
                    models.UniqueConstraint(
                        fields=("id", "vendor"), name="partners_organizationattribute_key"
                    ),
                    partners.tenancy.keys.SameVendor(
                        field="partner", name="partners_organizationattribute_partner_vendor"
                    ),
                ],
            },
        ),
        VendorIsolation("partners_organizationattribute"),
    ]
