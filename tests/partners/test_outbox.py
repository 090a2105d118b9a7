"""What leaves the product: once as a row, at least once as a message, never before its cause."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from kombu import Connection, pools

from config.celery import app
from partners import tasks
from partners.doorbell import ring
from partners.enums import MembershipRole
from partners.mail.message import message_of
from partners.mail.templates import (
    TEMPLATES,
    MissingParameter,
    UnknownTemplate,
    template_named,
)
from partners.models import Notice, OutboxItem, Vendor
from partners.operations.delivery import RETRY_AFTER, deliver_due, reason_of
from partners.operations.outbox import CannotRetry, enqueue_email, record_notices, retry_email
from partners.queries.outbox import given_up_emails, vendors_with_mail_due
from partners.rules import SYSTEM
from partners.tenancy.context import NoTenant, tenant
from tests import bells, cast
from tests.audited import one_entry
from tests.cast import NOW
from tests.mailserver import MailServer

LINK = "https://laurel.example/v/northwind/invitations/s3cret/"


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.DEFAULT_FROM_EMAIL = "Laurel <no-reply@laurel.example>"
        yield server


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


# --- Rows ------------------------------------------------------------------------------------


def test_the_same_key_keeps_the_first_row(in_northwind: Vendor) -> None:
    first = invite(inviter="Mara")

    second = invite(inviter="Sven")

    assert second.pk == first.pk
    assert second.parameters["inviter"] == "Mara"
    assert OutboxItem.objects.count() == 1


def test_two_vendors_may_use_the_same_key(northwind: Vendor, umbra: Vendor) -> None:
    for vendor in (northwind, umbra):
        with tenant(vendor):
            invite()

    assert {row(northwind).vendor_id, row(umbra).vendor_id} == {northwind.pk, umbra.pk}
    assert set(vendors_with_mail_due(NOW)) == {northwind.pk, umbra.pk}
    assert vendors_with_mail_due(NOW - timedelta(seconds=1)) == []


def test_a_message_needs_a_known_template_and_all_its_parameters(in_northwind: Vendor) -> None:
    common: dict[str, Any] = {
        "dedupe_key": "x",
        "recipient": "p@example.com",
        "language": "en",
        "now": NOW,
    }

    with pytest.raises(UnknownTemplate):
        enqueue_email(template="nothing", parameters={}, **common)
    with pytest.raises(MissingParameter, match="inviter, url"):
        enqueue_email(template="invitation", parameters={"vendor": "Northwind"}, **common)
    assert not OutboxItem.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_bell_rings_once_a_transaction_and_only_after_the_commit(northwind: Vendor) -> None:
    with tenant(northwind):
        invite("invitation:1")
        invite("invitation:2")
        before = bells.heard()
    after = bells.heard()
    with tenant(northwind):
        invite("invitation:3")
        transaction.set_rollback(True)

    assert before == []
    assert after == [("partners.deliver_outbox", {"vendor_id": str(northwind.pk)})]
    assert bells.heard() == []


@pytest.mark.django_db(transaction=True)
def test_a_bell_outlives_the_rollback_of_a_savepoint_that_rang_it_too(northwind: Vendor) -> None:
    with tenant(northwind):
        with transaction.atomic():
            invite("invitation:1")
            transaction.set_rollback(True)
        invite("invitation:2")

    assert len(bells.heard()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_bell_rung_in_any_thread_reaches_our_broker() -> None:
    def serve() -> None:
        ring("tests.look", vendor_id="x")
        connection.close()

    thread = threading.Thread(target=serve)
    thread.start()
    thread.join()

    assert bells.heard() == [("tests.look", {"vendor_id": "x"})]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_changes_nothing(
    northwind: Vendor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = Connection("redis://127.0.0.1:1/0")
    monkeypatch.setattr(app.amqp, "_producer_pool", pools.producers[nowhere])

    with tenant(northwind):
        invite()

    assert row(northwind).sent_at is None
    assert vendors_with_mail_due(NOW) == [northwind.pk]
    assert "The bell for partners.deliver_outbox could not be rung" in caplog.text


def test_a_notice_reaches_each_recipient_once(in_northwind: Vendor) -> None:
    acme = cast.partner("acme")
    paul = cast.member("Paul", MembershipRole.PARTNER_ADMIN, acme)
    mara = cast.member("Mara", MembershipRole.CHANNEL_MANAGER)
    told: dict[str, Any] = {
        "rule": "accreditation.granted",
        "subject_id": uuid4(),
        "due_on": date(2026, 3, 2),
        "partner": acme,
        "parameters": {"level": "gold"},
        "now": NOW,
    }

    counts = [
        record_notices(recipients=[paul], **told),
        record_notices(recipients=[paul, mara], **told),
        record_notices(recipients=[paul, mara], **told),
        record_notices(recipients=[paul], **{**told, "due_on": date(2026, 3, 3)}),
        record_notices(recipients=[], **told),
    ]

    assert counts == [1, 1, 0, 1, 0]
    assert Notice.objects.filter(recipient=paul).count() == 2


# --- Words -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_message_is_written_in_both_languages_with_the_same_parameters(name: str) -> None:
    words = template_named(name).words

    assert set(words) == {"en", "de"}
    assert words["en"].placeholders == words["de"].placeholders


def test_a_message_is_text_and_html_in_the_recipients_language(in_northwind: Vendor) -> None:
    message = message_of(invite(language="de-AT"), in_northwind)

    html = str(message.alternatives[0].content)
    assert message.subject == "Mara lädt Sie zu Acme (Northwind) ein"
    assert "bis 9. März 2026" in message.body
    assert LINK in message.body
    assert '<html lang="de">' in html
    assert f"<title>{message.subject}</title>" in html
    assert f'href="{LINK}"' in html


def test_an_unknown_language_falls_back_to_english(in_northwind: Vendor) -> None:
    message = message_of(invite(language="pt-br", partner=""), in_northwind)

    assert message.subject == "Mara invites you to Northwind"


def test_a_name_is_neither_markup_nor_header_nor_placeholder(in_northwind: Vendor) -> None:
    name = "<b>Eve</b>\r\nBcc: all@example.com\n\n{url}"

    message = message_of(invite(inviter=name), in_northwind)

    html = str(message.alternatives[0].content)
    assert message.subject == (
        "<b>Eve</b> Bcc: all@example.com {url} invites you to Acme (Northwind)"
    )
    assert "<b>" not in html
    assert "&lt;b&gt;Eve" in html
    assert message.message()["Bcc"] is None


def test_a_link_that_is_no_web_address_is_refused(in_northwind: Vendor) -> None:
    with pytest.raises(ValueError, match="https"):
        message_of(invite(url="javascript:alert(1)"), in_northwind)


# --- Delivery --------------------------------------------------------------------------------


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
    with tenant(northwind):
        assert [item.recipient for item in given_up_emails()] == ["paul@example.com"]


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


# --- Again, by hand --------------------------------------------------------------------------


def test_a_message_that_was_given_up_can_be_tried_again(in_northwind: Vendor) -> None:
    item = invite()
    OutboxItem.objects.update(given_up_at=NOW, attempts=10, last_error="x")

    with one_entry("email.retried"):
        again = retry_email(item=item, by=SYSTEM, now=NOW + timedelta(days=1))

    assert (again.given_up_at, again.attempts, again.due_at) == (None, 0, NOW + timedelta(days=1))
    with pytest.raises(CannotRetry):
        retry_email(item=again, by=SYSTEM, now=NOW)


def test_a_message_without_its_secret_link_cannot_be_tried_again(in_northwind: Vendor) -> None:
    item = invite()
    item.parameters.pop("url")
    item.given_up_at = NOW
    item.save()

    with pytest.raises(CannotRetry):
        retry_email(item=item, by=SYSTEM, now=NOW)


# --- Tasks -----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_sweep_finds_what_no_bell_announced(
    northwind: Vendor, umbra: Vendor, mail_server: MailServer
) -> None:
    with tenant(northwind):
        invite()
    bells.heard()

    tasks.sweep_outbox()

    assert bells.heard() == [("partners.deliver_outbox", {"vendor_id": str(northwind.pk)})]
    tasks.deliver_outbox(vendor_id=str(northwind.pk))
    assert len(mail_server.deliveries) == 1


def test_a_vendors_task_works_in_its_space_and_refuses_to_run_without(northwind: Vendor) -> None:
    seen: list[object] = []

    @tasks.tenant_task(name="tests.look")
    def look(*, vendor_id: str, **_: str) -> None:
        invite()
        seen.append((vendor_id, OutboxItem.objects.count()))

    look(vendor_id=str(northwind.pk))
    with pytest.raises(NoTenant):
        look()
    with pytest.raises(ValueError, match="UUID"):
        look(vendor_id="northwind")

    assert seen == [(str(northwind.pk), 1)]
