"""Where people work in their employments."""

import django.db.models.deletion
from django.db import migrations, models

import partners.tenancy.keys
from partners.tenancy.isolation import VendorIsolation


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0009_attributes"),
    ]

    operations = [
        migrations.CreateModel(
            name="EmploymentPlace",
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
                ("country", models.CharField(help_text="ISO 3166-1 alpha-2", max_length=2)),
                (
                    "region",
                    models.CharField(
                        blank=True, default="", help_text="The vendor's word.", max_length=80
                    ),
                ),
                ("started_on", models.DateField()),
                (
                    "employment",
                    partners.tenancy.keys.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="partners.employment",
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
                        fields=("vendor", "employment", "started_on"),
                        name="partners_employmentplace_one_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("country__regex", "^[A-Z]{2}$")),
                        name="partners_employmentplace_country",
                    ),
                    models.UniqueConstraint(
                        fields=("id", "vendor"), name="partners_employmentplace_key"
                    ),
                    partners.tenancy.keys.SameVendor(
                        field="employment", name="partners_employmentplace_employment_vendor"
                    ),
                ],
            },
        ),
        VendorIsolation("partners_employmentplace"),
    ]
