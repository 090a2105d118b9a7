"""An e-mail to invite somebody."""

from __future__ import annotations

from typing import Any

from partners.models import OutboxItem, Vendor
from partners.operations.outbox import enqueue_email
from partners.tenancy.context import tenant
from tests.cast import NOW

LINK = "https://laurel.example/v/northwind/invitations/s3cret/"


def invite(
    key: str = "invitation:1", *, to: str = "paul@example.com", **changes: Any
) -> OutboxItem:
    parameters = {
        "vendor": "Northwind",
        "partner": "Acme",
        "role": "partner_admin",
        "inviter": "Mara",
        "url": LINK,
        "valid_through": "2026-03-09",
    }
    return enqueue_email(
        dedupe_key=key,
        template="invitation",
        recipient=to,
        language=changes.pop("language", "en"),
        parameters={**parameters, **changes},
        now=NOW,
    )


def row(vendor: Vendor, key: str = "invitation:1") -> OutboxItem:
    with tenant(vendor):
        return OutboxItem.objects.get(dedupe_key=key)
