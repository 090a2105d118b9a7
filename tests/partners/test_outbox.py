"""What leaves the product: once as a row, never before its cause."""

from __future__ import annotations

import threading
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
from partners.mail.templates import MissingParameter, UnknownTemplate
from partners.models import Notice, OutboxItem, Vendor
from partners.operations.outbox import enqueue_email, record_notices
from partners.queries.outbox import vendors_with_mail_due
from partners.tenancy.context import NoTenant, tenant
from tests import bells, cast
from tests.cast import NOW
from tests.mailserver import MailServer
from tests.partners.letters import invite, row


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
