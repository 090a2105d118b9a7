"""The audit log: added to and read, never changed; sealed in ranges."""

from __future__ import annotations

import threading

import pytest
from django.db import OperationalError, ProgrammingError, connection, transaction

from partners.models import AuditEntry, AuditSeal, Partner, Vendor
from partners.operations import audit
from partners.operations.seal import MOST_ENTRIES, seal
from partners.queries.audit import (
    check_audit,
    head_digest,
)
from partners.rules import SYSTEM
from partners.tenancy.context import tenant
from tests import cast
from tests.audited import act, one_entry
from tests.cast import NOW


@pytest.mark.parametrize("count", [0, 1_001])
def test_an_entry_is_about_1_to_1000_objects(in_northwind: Vendor, count: int) -> None:
    with pytest.raises(ValueError, match="1 to 1,000"):
        audit.record(by=SYSTEM, now=NOW, verb="x", subjects=[Partner()] * count)


def test_an_entry_is_about_objects_of_one_kind(in_northwind: Vendor) -> None:
    with pytest.raises(ValueError, match="one kind"):
        audit.record(by=SYSTEM, now=NOW, verb="x", subjects=[cast.partner("a"), in_northwind])


def test_a_personal_value_is_a_digest_that_differs_by_vendor(
    northwind: Vendor, umbra: Vendor
) -> None:
    digests = []
    for vendor in (northwind, northwind, umbra):
        with tenant(vendor):
            digests.append(audit.digest("edda@example.com"))

    assert digests[0] == digests[1] != digests[2]
    assert "edda" not in digests[0]


@pytest.mark.parametrize("table", ["partners_auditentry", "partners_auditseal"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_serving_role_cannot_change_the_log(
    in_northwind: Vendor, table: str, statement: str
) -> None:
    act()
    seal(now=NOW)

    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))
    assert (AuditEntry.objects.count(), AuditSeal.objects.count()) == (1, 1)


def test_an_operation_without_or_with_two_entries_is_noticed(in_northwind: Vendor) -> None:
    with one_entry("partner.updated") as entries:
        act()

    assert [entry.changes["number"] for entry in entries] == [0]
    for count in (0, 2):
        with pytest.raises(AssertionError), one_entry("partner.updated"):
            act(count)
    with pytest.raises(AssertionError), one_entry("partner.created"):
        act()


def test_a_seal_covers_what_no_seal_covers_and_follows_the_one_before(
    in_northwind: Vendor,
) -> None:
    nothing = seal(now=NOW)
    first_entries = act(2)
    first = seal(now=NOW)
    second_entries = act(3)
    second = seal(now=NOW)

    assert (nothing, seal(now=NOW)) == (None, None)
    assert first is not None
    assert second is not None
    assert [int(key) for key in first.fingerprints] == first_entries
    assert [int(key) for key in second.fingerprints] == second_entries
    assert (first.previous_digest, second.previous_digest) == ("", first.digest)
    assert (second.entries, head_digest()) == (3, second.digest)
    assert check_audit() == []


def test_many_entries_are_sealed_in_parts(in_northwind: Vendor) -> None:
    act()
    first = AuditEntry.objects.get()
    AuditEntry.objects.bulk_create(
        AuditEntry(
            at=NOW,
            actor_kind="system",
            verb="x",
            subject_kind="partner",
            subject_ids=first.subject_ids,
        )
        for _ in range(MOST_ENTRIES)
    )

    sizes = [written.entries for written in iter(lambda: seal(now=NOW), None)]

    assert sizes == [MOST_ENTRIES, 1]
    assert check_audit() == []


def test_each_vendor_has_its_own_chain(northwind: Vendor, umbra: Vendor) -> None:
    for vendor in (northwind, umbra):
        with tenant(vendor):
            act()
    with tenant(northwind):
        assert seal(now=NOW) is not None
    with tenant(umbra):
        assert head_digest() == ""
        assert seal(now=NOW) is not None


@pytest.mark.django_db(transaction=True)
def test_a_seal_waits_for_open_writers_but_not_for_long(northwind: Vendor) -> None:
    written, leave = threading.Event(), threading.Event()
    with tenant(northwind):
        cast.partner("acme")

    def write_slowly() -> None:
        with tenant(northwind):
            act()
            written.set()
            leave.wait(20)
        connection.close()

    writer = threading.Thread(target=write_slowly)
    writer.start()
    written.wait(20)
    with pytest.raises(OperationalError, match="lock timeout"), tenant(northwind):
        seal(now=NOW)
    leave.set()
    writer.join()

    with tenant(northwind):
        written_seal = seal(now=NOW)
    assert written_seal is not None
    assert written_seal.entries == 1


def test_writers_do_not_wait_for_each_other(transactional_db: None, northwind: Vendor) -> None:
    with tenant(northwind):
        cast.partner("acme")
    done: list[int] = []

    def write() -> None:
        with tenant(northwind):
            done.extend(act())
        connection.close()

    with tenant(northwind):
        act()
        other = threading.Thread(target=write)
        other.start()
        other.join(20)

    assert len(done) == 1
