"""The audit log: added to and read, never changed; a change by somebody mightier shows."""

from __future__ import annotations

import threading
from io import StringIO
from typing import Any

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError, connection, transaction

from partners import tasks
from partners.models import AuditEntry, AuditSeal, Partner, Vendor
from partners.operations import audit
from partners.operations.seal import MOST_ENTRIES, seal
from partners.queries.audit import (
    SEALED_FIELDS,
    Problem,
    ProblemKind,
    canonical,
    chain_digest,
    check_audit,
    head_digest,
)
from partners.rules import SYSTEM
from partners.tenancy.context import tenant
from tests import bells, cast
from tests.audited import one_entry
from tests.cast import NOW

Owner = psycopg2.extensions.connection


def act(count: int = 1, **changes: Any) -> list[int]:
    """Record operations about one partner and return the sequences of their entries."""
    acme = Partner.objects.filter(slug="acme").first() or cast.partner("acme")
    entries = [
        audit.record(
            by=SYSTEM,
            now=NOW,
            verb="partner.updated",
            subjects=[acme],
            partners=[acme.pk],
            changes={"number": number, "name": audit.digest("Acme"), **changes},
        )
        for number in range(count)
    ]
    return list(
        AuditEntry.objects.filter(pk__in=[entry.pk for entry in entries])
        .order_by("sequence")
        .values_list("sequence", flat=True)
    )


@pytest.fixture
def sealed(transactional_db: None, northwind: Vendor, umbra: Vendor) -> list[int]:
    """Two seals of Northwind, entries of Umbra between them; Northwind's sequences."""
    sequences: list[int] = []
    for vendor in (northwind, umbra, northwind):
        with tenant(vendor):
            written = act(4)
            seal(now=NOW)
        sequences += written if vendor == northwind else []
    return sequences


def problems(vendor: Vendor) -> list[Problem]:
    with tenant(vendor):
        return check_audit()


def execute(owner: Owner, sql: str, *values: object) -> int:
    with owner.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


# --- Entries ---------------------------------------------------------------------------------


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


# --- Sealing ---------------------------------------------------------------------------------


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


# --- Checking --------------------------------------------------------------------------------


def test_a_fingerprint_covers_every_column() -> None:
    assert set(SEALED_FIELDS) == {field.attname for field in AuditEntry._meta.concrete_fields}


def test_canonical_text_does_not_depend_on_the_order_of_keys() -> None:
    assert canonical({"b": 1, "a": ["é", None]}) == canonical({"a": ["é", None], "b": 1})
    assert canonical({"a": 1}) == b'{"a":1}'
    assert chain_digest("", {"10": "x", "9": "y"}) == chain_digest("", {"9": "y", "10": "x"})
    assert chain_digest("", {"9": "x"}) != chain_digest("0", {"9": "x"})


@pytest.mark.parametrize(
    "change",
    [
        "at = at + interval '1 microsecond'",
        "actor_kind = 'user', actor_id = gen_random_uuid()",
        "verb = 'partner.ended'",
        "subject_kind = 'person'",
        "subject_ids = subject_ids || gen_random_uuid()",
        "partner_ids = '{}'",
        """changes = changes || '{"number": 99}'""",
        """changes = changes - 'name'""",
        "request_id = 'forged'",
        "id = gen_random_uuid()",
    ],
)
def test_an_altered_entry_is_named(
    sealed: list[int], northwind: Vendor, umbra: Vendor, owner_connection: Owner, change: str
) -> None:
    before = problems(northwind)

    execute(
        owner_connection, f"UPDATE partners_auditentry SET {change} WHERE sequence = %s", sealed[5]
    )

    assert before == []
    assert problems(northwind) == [Problem(ProblemKind.ALTERED, sealed[5])]
    assert problems(umbra) == []


@pytest.mark.parametrize("place", [0, 3, 4, 7])
def test_a_missing_entry_is_named(
    sealed: list[int], northwind: Vendor, owner_connection: Owner, place: int
) -> None:
    execute(owner_connection, "DELETE FROM partners_auditentry WHERE sequence = %s", sealed[place])

    assert problems(northwind) == [Problem(ProblemKind.MISSING, sealed[place])]


@pytest.mark.parametrize("place", ["before the first", "between two seals", "inside a seal"])
def test_an_added_entry_is_named(
    sealed: list[int], northwind: Vendor, owner_connection: Owner, place: str
) -> None:
    free = {
        "before the first": sealed[0] - 1,
        "between two seals": sealed[3] + 1,
        "inside a seal": sealed[5],
    }[place]
    if place == "inside a seal":
        execute(owner_connection, "DELETE FROM partners_auditentry WHERE sequence = %s", free)

    execute(
        owner_connection,
        "INSERT INTO partners_auditentry SELECT gen_random_uuid(), %s, at, actor_kind, actor_id,"
        " verb, subject_kind, subject_ids, partner_ids, changes, request_id, vendor_id"
        " FROM partners_auditentry WHERE sequence = %s",
        free,
        sealed[1],
    )

    kind = ProblemKind.ALTERED if place == "inside a seal" else ProblemKind.ADDED
    assert problems(northwind) == [Problem(kind, free)]


def test_two_swapped_entries_are_named(
    sealed: list[int], northwind: Vendor, owner_connection: Owner
) -> None:
    one, other = sealed[0], sealed[2]
    for old, new in ((one, -1), (other, one), (-1, other)):
        execute(
            owner_connection,
            "UPDATE partners_auditentry SET sequence = %s WHERE sequence = %s",
            new,
            old,
        )

    assert problems(northwind) == [
        Problem(ProblemKind.ALTERED, one),
        Problem(ProblemKind.ALTERED, other),
    ]


@pytest.mark.parametrize(
    "change",
    ["digest = repeat('0', 64)", "entries = entries + 1", "last_sequence = last_sequence + 1"],
)
def test_an_altered_seal_is_named(
    sealed: list[int], northwind: Vendor, owner_connection: Owner, change: str
) -> None:
    execute(
        owner_connection,
        f"UPDATE partners_auditseal SET {change} WHERE first_sequence = %s",
        sealed[4],
    )

    assert problems(northwind) == [Problem(ProblemKind.SEAL, sealed[4])]


def test_a_forged_fingerprint_breaks_its_seal(
    sealed: list[int], northwind: Vendor, owner_connection: Owner
) -> None:
    execute(
        owner_connection,
        "UPDATE partners_auditseal SET fingerprints = fingerprints - %s WHERE first_sequence = %s",
        str(sealed[6]),
        sealed[4],
    )

    assert problems(northwind) == [
        Problem(ProblemKind.SEAL, sealed[4]),
        Problem(ProblemKind.ADDED, sealed[6]),
    ]


def test_a_removed_seal_breaks_the_chain(
    sealed: list[int], northwind: Vendor, owner_connection: Owner
) -> None:
    execute(owner_connection, "DELETE FROM partners_auditseal WHERE first_sequence = %s", sealed[0])

    assert problems(northwind)[0] == Problem(ProblemKind.SEAL, sealed[4])


# --- Command and tasks -----------------------------------------------------------------------


def test_the_command_says_what_differs_and_fails(
    sealed: list[int], northwind: Vendor, owner_connection: Owner
) -> None:
    out, err = StringIO(), StringIO()
    call_command("check_audit", stdout=out)
    execute(owner_connection, "DELETE FROM partners_auditentry WHERE sequence = %s", sealed[5])

    with pytest.raises(CommandError, match="differs from its seals: northwind"):
        call_command("check_audit", stdout=StringIO(), stderr=err)
    call_command("check_audit", vendor="umbra", stdout=StringIO())
    with pytest.raises(CommandError, match="no vendor bolt"):
        call_command("check_audit", vendor="bolt")

    with tenant(northwind):
        head = head_digest()
    assert f"northwind: sealed up to {head}" in out.getvalue()
    assert err.getvalue() == (f"northwind: entry {sealed[5]} is missing\n")


def test_a_digest_kept_elsewhere_shows_that_the_end_was_cut_off(
    sealed: list[int], northwind: Vendor, owner_connection: Owner
) -> None:
    with tenant(northwind):
        kept = head_digest()
    call_command("check_audit", vendor="northwind", expect=kept, stdout=StringIO())
    for table, column in (("auditseal", "first_sequence"), ("auditentry", "sequence")):
        execute(owner_connection, f"DELETE FROM partners_{table} WHERE {column} >= %s", sealed[4])
    call_command("check_audit", vendor="northwind", stdout=StringIO())

    with pytest.raises(CommandError, match="differs"):
        call_command("check_audit", vendor="northwind", expect=kept, stderr=StringIO())
    with pytest.raises(CommandError, match="needs --vendor"):
        call_command("check_audit", expect=kept)


@pytest.mark.django_db(transaction=True)
def test_the_sweep_seals_each_vendor_apart(northwind: Vendor, umbra: Vendor) -> None:
    with tenant(northwind):
        act(3)
    bells.heard()

    tasks.seal_audit()
    rung = bells.heard()
    for _task, arguments in rung:
        tasks.seal_vendor(**arguments)
        tasks.seal_vendor(**arguments)

    assert sorted(rung, key=str) == sorted(
        [("partners.seal_vendor", {"vendor_id": str(vendor.pk)}) for vendor in (northwind, umbra)],
        key=str,
    )
    with tenant(northwind):
        assert AuditSeal.objects.get().entries == 3
    with tenant(umbra):
        assert not AuditSeal.objects.exists()
