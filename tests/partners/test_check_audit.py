"""A change of the sealed log by somebody mightier than the serving role shows."""

from __future__ import annotations

from io import StringIO

import psycopg2
import pytest
from django.core.management import CommandError, call_command

from partners import tasks
from partners.models import AuditEntry, AuditSeal, Vendor
from partners.operations.seal import seal
from partners.queries.audit import (
    SEALED_FIELDS,
    Problem,
    ProblemKind,
    canonical,
    chain_digest,
    check_audit,
    head_digest,
)
from partners.tenancy.context import tenant
from tests import bells
from tests.audited import act
from tests.cast import NOW

Owner = psycopg2.extensions.connection


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
