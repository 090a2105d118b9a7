"""What leaves the product: at least once, under one Message-ID, outside of transactions."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from partners.models import OutboxItem, Vendor
from partners.operations.delivery import RETRY_AFTER, deliver_due, reason_of
from partners.tenancy.context import tenant
from tests.cast import NOW
from tests.mailserver import MailServer
from tests.partners.letters import LINK, invite, row


def test_a_due_message_reaches_its_one_recipient(
    northwind: Vendor, umbra: Vendor, mail_server: MailServer
) -> None:
    with tenant(northwind):
        invite()
    with tenant(umbra):
        invite(to="bolt@example.com")

    counts = [deliver_due(vendor_id=northwind.pk, now=NOW) for _ in range(2)]

    (delivery,) = mail_server.deliveries
    kept = row(northwind)
    assert counts == [1, 0]
    assert delivery.recipients == ("paul@example.com",)
    assert delivery.message["To"] == "paul@example.com"
    assert delivery.message["Auto-Submitted"] == "auto-generated"
    assert delivery.message["Message-ID"].endswith("@laurel.example>")
    assert delivery.message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in delivery.message.iter_parts()] == [
        "text/plain",
        "text/html",
    ]
    assert (kept.sent_at, kept.attempts, kept.lease_until) == (NOW, 1, None)
    assert "url" not in kept.parameters
    assert row(umbra).attempts == 0


def test_nothing_is_sent_before_it_is_due(northwind: Vendor, mail_server: MailServer) -> None:
    with tenant(northwind):
        invite()

    assert deliver_due(vendor_id=northwind.pk, now=NOW - timedelta(seconds=1)) == 0
    assert mail_server.deliveries == []


def test_nothing_leaves_inside_a_transaction(in_northwind: Vendor, mail_server: MailServer) -> None:
    invite()

    with pytest.raises(RuntimeError, match="durable"):
        deliver_due(vendor_id=in_northwind.pk, now=NOW)
    assert mail_server.deliveries == []


def test_a_message_is_tried_ten_times_and_given_up(
    northwind: Vendor, mail_server: MailServer
) -> None:
    with tenant(northwind):
        invite()
    mail_server.refusals["paul@example.com"] = "451 later"
    now, waited = NOW, []

    while row(northwind).given_up_at is None:
        deliver_due(vendor_id=northwind.pk, now=now)
        waited.append(row(northwind).due_at - now)
        now = row(northwind).due_at

    kept = row(northwind)
    assert waited == [*RETRY_AFTER, timedelta(0)]
    assert (kept.attempts, kept.given_up_at, kept.sent_at) == (10, now, None)
    assert kept.last_error == "SMTPRecipientsRefused: 451 later"
    assert "url" not in kept.parameters
    assert deliver_due(vendor_id=northwind.pk, now=now + timedelta(days=9)) == 0


def test_an_address_that_does_not_exist_is_given_up_at_once(
    northwind: Vendor, mail_server: MailServer
) -> None:
    with tenant(northwind):
        invite()
        invite("invitation:2", to="edda@example.com")
    mail_server.refusals["paul@example.com"] = "550 nobody here"

    sent = deliver_due(vendor_id=northwind.pk, now=NOW)

    assert sent == 1
    assert (row(northwind).attempts, row(northwind).given_up_at) == (1, NOW)


def test_a_server_that_is_away_costs_one_message_one_attempt(
    northwind: Vendor, mail_server: MailServer, settings: Any
) -> None:
    with tenant(northwind):
        for number in range(3):
            invite(f"invitation:{number}", to=f"p{number}@example.com")
    settings.EMAIL_PORT = 1

    sent = deliver_due(vendor_id=northwind.pk, now=NOW)

    with tenant(northwind):
        attempts = sorted(OutboxItem.objects.values_list("attempts", flat=True))
        error = OutboxItem.objects.exclude(last_error="").get().last_error
    assert (sent, attempts) == (0, [0, 0, 1])
    assert "refused" in error
    settings.EMAIL_PORT = mail_server.port
    assert deliver_due(vendor_id=northwind.pk, now=NOW + RETRY_AFTER[0]) == 3


def test_a_server_that_does_not_know_us_costs_one_message_one_attempt(
    northwind: Vendor, mail_server: MailServer, settings: Any
) -> None:
    with tenant(northwind):
        invite("invitation:1")
        invite("invitation:2")
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "laurel", "open sesame"
    mail_server.answers = {b"EHLO": "250-hello\r\n250 AUTH PLAIN", b"AUTH": "535 who are you?"}

    deliver_due(vendor_id=northwind.pk, now=NOW)

    with tenant(northwind):
        attempts = sorted(OutboxItem.objects.values_list("attempts", flat=True))
        error = OutboxItem.objects.exclude(last_error="").get().last_error
    assert attempts == [0, 1]
    assert error == "SMTPAuthenticationError: 535 who are you?"


def test_a_message_that_cannot_be_made_does_not_stop_the_others(
    northwind: Vendor, mail_server: MailServer
) -> None:
    with tenant(northwind):
        invite("invitation:1", url="javascript:alert(1)")
        invite("invitation:2", to="edda@example.com")

    sent = deliver_due(vendor_id=northwind.pk, now=NOW)

    assert sent == 1
    assert row(northwind).last_error == "ValueError"
    assert [delivery.recipients for delivery in mail_server.deliveries] == [("edda@example.com",)]


def test_a_reason_is_one_short_line_that_quotes_no_parameters() -> None:
    assert reason_of(KeyError("s3cret")) == "KeyError"
    assert reason_of(OSError("network\ndown " + "x" * 400)) == (
        "OSError: network down " + "x" * 278
    )


def test_a_message_of_a_killed_worker_is_sent_again_under_the_same_id(
    northwind: Vendor, mail_server: MailServer
) -> None:
    with tenant(northwind):
        invite()
    deliver_due(vendor_id=northwind.pk, now=NOW)
    # Killed between the server's answer and the commit: leased, counted, not marked as sent.
    with tenant(northwind), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE partners_outboxitem SET sent_at = NULL, lease_until = now() + interval '1 min',"
            " parameters = parameters || %s",
            [f'{{"url": "{LINK}"}}'],
        )

    while_leased = deliver_due(vendor_id=northwind.pk, now=NOW)
    with tenant(northwind), connection.cursor() as cursor:
        cursor.execute("UPDATE partners_outboxitem SET lease_until = now() - interval '1 second'")
    after_lease = deliver_due(vendor_id=northwind.pk, now=NOW)

    assert (while_leased, after_lease) == (0, 1)
    assert len({delivery.message["Message-ID"] for delivery in mail_server.deliveries}) == 1
    assert row(northwind).attempts == 2


def test_a_message_whose_last_attempt_was_interrupted_is_given_up(
    northwind: Vendor, mail_server: MailServer
) -> None:
    with tenant(northwind):
        invite()
        OutboxItem.objects.update(attempts=10, lease_until=NOW)

    assert deliver_due(vendor_id=northwind.pk, now=NOW) == 0
    assert row(northwind).given_up_at == NOW
    assert mail_server.deliveries == []


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_send_each_message_once(
    northwind: Vendor, mail_server: MailServer
) -> None:
    with tenant(northwind):
        for number in range(20):
            invite(f"invitation:{number}", to=f"p{number}@example.com")
    counts: list[int] = []

    def work() -> None:
        counts.append(deliver_due(vendor_id=northwind.pk, now=NOW))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(counts) == 20
    received = sorted(delivery.recipients[0] for delivery in mail_server.deliveries)
    assert received == sorted(f"p{number}@example.com" for number in range(20))
