"""Customers: recorded once, corrected, and linked where two entries are one."""

from __future__ import annotations

from typing import Any

import pytest

from documents.models import Customer
from documents.operations import (
    CustomerCorrection,
    NewCustomer,
    correct_customers,
    link_customers,
    record_customers,
    unlink_customer,
)
from documents.queries.on_record import customers_named
from partners.enums import MembershipRole
from partners.models import AuditEntry
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, Actor, NotAllowed
from tests import cast
from tests.audited import one_entry
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("in_northwind")

SYSTEM_NOW: dict[str, Any] = {"by": SYSTEM, "now": NOW}


def record(*rows: NewCustomer, by: Actor = SYSTEM) -> list[Customer]:
    return record_customers(rows, source="test", by=by, now=NOW).new


def link(duplicate: Customer, survivor: Customer, **who: Any) -> Customer:
    return link_customers(
        duplicate=duplicate, survivor=survivor, **{"reason": "Same", **SYSTEM_NOW, **who}
    )


def test_a_customer_is_recorded_once_by_its_id_or_else_by_its_name() -> None:
    with one_entry("customer.recorded") as entries:
        new = record(
            NewCustomer(name="Contoso", external_id="C-1", country="US", industry="retail"),
            NewCustomer(name="Contoso"),
        )

    again = record_customers(
        [NewCustomer(name="Contoso Ltd", external_id="C-1"), NewCustomer(name="Contoso")],
        source="test",
        **SYSTEM_NOW,
    )

    assert len(new) == Customer.objects.count() == 2
    assert (again.new, again.known) == ([], new)
    assert entries[0].subject_ids == [customer.pk for customer in new]


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        (NewCustomer(name=" "), "name", "A customer needs a name."),
        (
            NewCustomer(name="Contoso", country="UK"),
            "country",
            "“UK” is not the code of a country.",
        ),
        (
            NewCustomer(name="Contoso", industry="x" * 81),
            "industry",
            "This text is longer than 80 characters.",
        ),
    ],
)
def test_a_customer_that_cannot_be_is_refused(row: NewCustomer, field: str, message: str) -> None:
    with pytest.raises(CannotRecord) as refusal:
        record(row)

    assert (refusal.value.field, refusal.value.message) == (field, message)


def test_a_partner_records_customers_by_name_and_never_by_the_vendors_id() -> None:
    acme = cast.partner("acme")
    paul = cast.actor(cast.member("Paul", MembershipRole.PARTNER_ADMIN, acme))

    assert len(record(NewCustomer(name="Contoso"), by=paul)) == 1
    with pytest.raises(NotAllowed, match=r"customer\.edit"):
        record(NewCustomer(name="Fabrikam", external_id="C-2"), by=paul)


def test_a_correction_concerns_the_partners_that_work_for_the_customer() -> None:
    acme, contoso = cast.partner("acme"), cast.customer("Contoso")
    cast.deployment(acme, contoso)

    with one_entry("customer.corrected") as entries:
        correct_customers(
            [CustomerCorrection(contoso, NewCustomer(name="Contoso Ltd", industry="retail"))],
            source="test",
            **SYSTEM_NOW,
        )

    contoso.refresh_from_db()
    assert (contoso.name, contoso.industry) == ("Contoso Ltd", "retail")
    assert entries[0].partner_ids == [acme.pk]


def test_two_customers_without_ids_never_get_one_name() -> None:
    contoso = cast.customer("Contoso")
    cast.customer("Fabrikam")

    with pytest.raises(CannotRecord, match="Another customer is called “Fabrikam”"):
        correct_customers(
            [CustomerCorrection(contoso, NewCustomer(name="Fabrikam"))], source="t", **SYSTEM_NOW
        )


def test_linking_keeps_both_entries_and_says_which_survives() -> None:
    acme = cast.partner("acme")
    survivor, duplicate = cast.customer("Contoso Ltd"), cast.customer("CONTOSO Limited")
    cast.reference(acme, duplicate)

    with one_entry("customer.linked") as entries:
        link(duplicate, survivor, reason=" Same register number ")

    duplicate.refresh_from_db()
    assert (duplicate.merged_into, duplicate.merge_reason) == (survivor, "Same register number")
    assert entries[0].partner_ids == [acme.pk]
    assert entries[0].changes["survivor"] == str(survivor.pk)
    assert "register" not in str(entries[0].changes)


def test_entries_linked_to_a_duplicate_follow_it() -> None:
    first, second, third = (cast.customer(name) for name in ("One", "Two", "Three"))
    link(first, second)

    second.refresh_from_db()
    link(second, third)

    assert set(third.merged_from.all()) == {first, second}


@pytest.mark.parametrize(
    ("pair", "reason", "field"),
    [
        (("One", "One"), "Same", "survivor"),
        (("Linked", "One"), "Same", "duplicate"),
        (("One", "Linked"), "Same", "survivor"),
        (("One", "Two"), "  ", "reason"),
    ],
)
def test_a_link_that_says_nothing_or_too_much_is_refused(
    pair: tuple[str, str], reason: str, field: str
) -> None:
    named = {name: cast.customer(name) for name in ("One", "Two", "Linked")}
    link(named["Linked"], named["Two"])

    with pytest.raises(CannotRecord) as refusal:
        link(named[pair[0]], named[pair[1]], reason=reason)

    assert refusal.value.field == field


def test_a_link_can_be_taken_back_once() -> None:
    survivor, duplicate = cast.customer("Contoso"), cast.customer("Contosa")
    link(duplicate, survivor)

    with one_entry("customer.unlinked"):
        unlink_customer(customer=duplicate, reason="Two companies", **SYSTEM_NOW)

    duplicate.refresh_from_db()
    assert duplicate.merged_into is None
    with pytest.raises(CannotRecord, match="is linked to no other entry"):
        unlink_customer(customer=duplicate, reason="Again", **SYSTEM_NOW)


def test_a_channel_manager_edits_customers_of_managed_partners_only() -> None:
    membership = cast.member("Mara", MembershipRole.CHANNEL_MANAGER)
    mara = cast.actor(membership)
    hers, shared, free = (cast.customer(name) for name in ("Hers", "Shared", "Free"))
    managed = cast.partner("acme", manager=membership)
    for customer in (hers, shared):
        cast.deployment(managed, customer)
    cast.survey_response(cast.partner("cove"), shared, "4")

    link(hers, free, by=mara)

    with pytest.raises(NotAllowed):
        link(shared, free, by=mara)
    with pytest.raises(NotAllowed):
        correct_customers(
            [CustomerCorrection(shared, NewCustomer(name="Mine"))], source="t", by=mara, now=NOW
        )
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    "role",
    [MembershipRole.PARTNER_ADMIN, MembershipRole.EVIDENCE_EDITOR, MembershipRole.REVIEWER],
)
def test_who_edits_no_customers_links_none(role: MembershipRole) -> None:
    at = None if role == MembershipRole.REVIEWER else cast.partner("acme")
    by = cast.actor(cast.member("Paul", role, at))

    with pytest.raises(NotAllowed):
        link(cast.customer("One"), cast.customer("Two"), by=by)


def test_a_text_means_the_customer_of_that_id_or_else_all_of_that_name() -> None:
    by_id = cast.customer("Contoso", external_id="Fabrikam")
    cast.customer("Fabrikam")
    twin = cast.customer("Contoso", external_id="C-2")

    meant = customers_named(["Fabrikam", "Contoso", "Nobody"])

    assert meant == {"Fabrikam": [by_id], "Contoso": [by_id, twin], "Nobody": []}
