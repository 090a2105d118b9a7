"""What people are told (notices) and what leaves the product (outbox)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from partners.doorbell import ring
from partners.enums import NoticeChannel, OutboxKind
from partners.mail.templates import require_parameters, template_named
from partners.models import Membership, Notice, OutboxItem, Partner
from partners.tenancy.context import current_vendor_id

DELIVER = "partners.deliver_outbox"


@transaction.atomic
def enqueue_email(
    *,
    dedupe_key: str,
    template: str,
    recipient: str,
    language: str,
    parameters: Mapping[str, Any],
    now: datetime,
) -> OutboxItem:
    """Write one e-mail with the change that causes it, and return its row.

    The same key again returns the row of the first call, unchanged. Delivery starts after the
    commit. ``parameters`` are JSON values; the words are made when it is sent.

    :raises UnknownTemplate: if no e-mail has this name.
    :raises MissingParameter: if its words need more than ``parameters``.
    """
    require_parameters(template_named(template), parameters)
    item = OutboxItem(
        kind=OutboxKind.EMAIL,
        dedupe_key=dedupe_key,
        template=template,
        recipient=recipient,
        language=language,
        parameters=dict(parameters),
        created_at=now,
        due_at=now,
    )
    OutboxItem.objects.bulk_create([item], ignore_conflicts=True)
    ring(DELIVER, vendor_id=str(current_vendor_id()))
    written: OutboxItem = OutboxItem.objects.get(dedupe_key=dedupe_key)
    return written


@transaction.atomic
def record_notices(
    *,
    rule: str,
    subject_id: UUID,
    due_on: date,
    recipients: Iterable[Membership],
    partner: Partner | None,
    parameters: Mapping[str, Any],
    now: datetime,
) -> int:
    """Tell each recipient in the app, exactly once per rule, subject and day; return how many anew.

    ``due_on`` is the day the event belongs to, in the vendor's zone. ``parameters`` are ids, codes
    and figures; the words are made when the notice is read.
    """
    notices = [
        Notice(
            rule=rule,
            subject_id=subject_id,
            due_on=due_on,
            channel=NoticeChannel.IN_APP,
            recipient=recipient,
            partner=partner,
            parameters=dict(parameters),
            created_at=now,
        )
        for recipient in recipients
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    # Ids are made here, so those that are found now are those that were no repeats.
    written: int = Notice.objects.filter(pk__in=[notice.pk for notice in notices]).count()
    return written
