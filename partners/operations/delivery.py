"""Sends what the outbox holds: at least once, with the same Message-ID at every attempt.

A row is taken by lease and its attempt counted in one committed transaction, the message goes out
outside of every transaction, and the result is committed in another one. A worker killed between
the mail server's answer and the last commit is the only way to a repeat.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import datetime, timedelta
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused, SMTPResponseException
from uuid import UUID

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from partners.mail.message import message_of
from partners.mail.templates import TEMPLATES
from partners.models import OutboxItem, Vendor
from partners.tenancy.context import tenant

logger = logging.getLogger(__name__)

# Longer than a conversation with a mail server takes in which every step just meets its timeout.
LEASE = timedelta(seconds=120)
MOST_MESSAGES = 500
RETRY_AFTER = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
MOST_ATTEMPTS = 1 + len(RETRY_AFTER)


def deliver_due(*, vendor_id: UUID, now: datetime) -> int:
    """Send what is due of one vendor, up to 500 messages, and return how many went out.

    Stops early when the mail server does not answer, so that an outage costs one message one
    attempt. Safe to run any number of times at once.

    :raises RuntimeError: inside a transaction: nothing may leave before its cause is committed.
    """
    vendor = Vendor.objects.get(pk=vendor_id)
    server = get_connection()
    sent = 0
    try:
        for _ in range(MOST_MESSAGES):
            item = _take(vendor_id, now)
            if item is None:
                break
            problem = _send(item, vendor, server)
            if problem is None:
                sent += 1
                _settle_sent(item, vendor, now)
                continue
            _settle_failed(item, vendor, problem, now)
            _hang_up(server)
            if _is_outage(problem):
                break
    finally:
        _hang_up(server)
    return sent


def _take(vendor_id: UUID, now: datetime) -> OutboxItem | None:
    """Lease the next due message, its attempt counted; give up those that were tried enough."""
    with transaction.atomic(durable=True), tenant(vendor_id):
        due = OutboxItem.objects.filter(
            Q(lease_until=None) | Q(lease_until__lt=Now()),
            due_at__lte=now,
            sent_at=None,
            given_up_at=None,
        )
        # Only a worker killed in its last attempt leaves such a row.
        due.filter(attempts__gte=MOST_ATTEMPTS).update(
            given_up_at=now, lease_until=None, last_error="The last attempt was interrupted."
        )
        free = due.order_by("due_at").select_for_update(skip_locked=True)
        item: OutboxItem | None = free.first()
        if item is not None:
            OutboxItem.objects.filter(pk=item.pk).update(
                attempts=F("attempts") + 1, lease_until=Now() + LEASE
            )
            item.refresh_from_db(fields=["attempts", "lease_until"])
    return item


def _send(item: OutboxItem, vendor: Vendor, server: BaseEmailBackend) -> Exception | None:
    """Send one message; return what went wrong, or None."""
    try:
        message = message_of(item, vendor, server)
        server.open()
        message.send()
    except Exception as problem:  # noqa: BLE001 - one bad message must not stop the others
        logger.warning("E-mail %s was not sent: %s", item.pk, reason_of(problem))
        return problem
    return None


def _settle_sent(item: OutboxItem, vendor: Vendor, now: datetime) -> None:
    with transaction.atomic(durable=True), tenant(vendor):
        OutboxItem.objects.filter(pk=item.pk, sent_at=None).update(
            sent_at=now, lease_until=None, last_error="", parameters=_without_secrets(item)
        )


def _settle_failed(item: OutboxItem, vendor: Vendor, problem: Exception, now: datetime) -> None:
    # Only while the lease is ours: another worker may have sent it since.
    with transaction.atomic(durable=True), tenant(vendor):
        mine = OutboxItem.objects.filter(pk=item.pk, lease_until=item.lease_until)
        if item.attempts >= MOST_ATTEMPTS or _is_final(problem):
            mine.update(
                given_up_at=now,
                lease_until=None,
                last_error=reason_of(problem),
                parameters=_without_secrets(item),
            )
        else:
            mine.update(
                due_at=now + RETRY_AFTER[item.attempts - 1],
                lease_until=None,
                last_error=reason_of(problem),
            )


def reason_of(problem: Exception) -> str:
    """Return a line for the operator, at most 300 characters.

    Only mail servers and the network are quoted: what else an error says may hold parameters.
    """
    kind = type(problem).__name__
    answer = _answer(problem)
    if answer is not None:
        line = f"{kind}: {answer[0]} {answer[1]}"
    elif isinstance(problem, OSError):
        line = f"{kind}: {problem}"
    else:
        line = kind
    return " ".join(line.split())[:300]


def _answer(problem: Exception) -> tuple[int, str] | None:
    """Return the mail server's code and words, if it answered."""
    if isinstance(problem, SMTPRecipientsRefused):
        code, words = next(iter(problem.recipients.values()))
    elif isinstance(problem, SMTPResponseException):
        error = problem.smtp_error
        code, words = problem.smtp_code, error if isinstance(error, bytes) else error.encode()
    else:
        return None
    return code, words.decode(errors="replace")


def _is_final(problem: Exception) -> bool:
    """Return whether the server says that this address will never accept mail."""
    answer = _answer(problem)
    return isinstance(problem, SMTPRecipientsRefused) and answer is not None and answer[0] >= 500


def _is_outage(problem: Exception) -> bool:
    """Return whether the server is at fault, not the message."""
    if isinstance(problem, SMTPAuthenticationError):
        return True
    return isinstance(problem, OSError) and _answer(problem) is None


def _without_secrets(item: OutboxItem) -> dict[str, object]:
    template = TEMPLATES.get(item.template)
    secrets = template.secrets if template else frozenset()
    return {name: value for name, value in item.parameters.items() if name not in secrets}


def _hang_up(server: BaseEmailBackend) -> None:
    with suppress(OSError):  # what smtplib raises is an OSError too
        server.close()
