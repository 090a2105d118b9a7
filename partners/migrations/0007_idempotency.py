"""The API remembers the answers to writes with an Idempotency-Key, behind the wall."""

import django.db.models.deletion
from django.db import migrations, models

import partners.tenancy.keys
from partners.tenancy.isolation import VendorIsolation


class Migration(migrations.Migration):
    dependencies = [("partners", "0006_job_attempts")]

    operations = [
        migrations.CreateModel(
            name="IdempotencyRecord",
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
                ("actor_id", models.UUIDField(help_text="The user or API key that wrote.")),
                ("key", models.CharField(max_length=200)),
                (
                    "request_digest",
                    models.CharField(help_text="Of method, address and body.", max_length=64),
                ),
                (
                    "status",
                    models.PositiveSmallIntegerField(help_text="HTTP status of the answer."),
                ),
                ("answer", models.JSONField(help_text="The answer's body.")),
                ("location", models.CharField(blank=True, default="", max_length=500)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
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
                "indexes": [
                    models.Index(
                        fields=["vendor", "expires_at"], name="partners_idempotency_expired"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("vendor", "actor_id", "key"), name="partners_idempotencyrecord_once"
                    ),
                    models.UniqueConstraint(
                        fields=("id", "vendor"), name="partners_idempotencyrecord_key"
                    ),
                ],
            },
        ),
        VendorIsolation("partners_idempotencyrecord"),
    ]
