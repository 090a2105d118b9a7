"""Writes customers, and links two entries of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop as _

from documents.models import Customer
from documents.operations.particulars import MOST_WORD
from documents.operations.recording import checked_reason
from documents.queries.on_record import (
    CustomerKey,
    customer_key,
    customers_beyond_reach,
    customers_on_record,
    partners_of,
)
from partners.batches import batches
from partners.operations import audit
from partners.operations.facts import announce_facts, check_country, check_text
from partners.operations.recorded import Recorded, insert_once
from partners.refusals import CannotRecord
from partners.rules import Actor, NotAllowed, Permission, require

DETAILS = ("name", "register_number", "country", "industry", "size")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCustomer:
    """A customer by the vendor's own id of it, or by its name if it has none."""

    name: str
    external_id: str = ""
    register_number: str = ""
    country: str = ""
    industry: str = ""
    size: str = ""

    @property
    def key(self) -> CustomerKey:
        """Return what makes it the same customer."""
        return customer_key(self.external_id, self.name)

    def check(self) -> None:
        """Raise unless there can be such a customer.

        :raises CannotRecord: without a name, for a text that is too long or an unknown country.
        """
        if not self.name.strip():
            raise CannotRecord("name", _("A customer needs a name."))
        check_text("name", self.name, 200)
        for field in ("external_id", "register_number", "industry", "size"):
            check_text(field, getattr(self, field), MOST_WORD)
        check_country(self.country)


@dataclass(frozen=True, slots=True)
class CustomerCorrection:
    """What is right about a customer on record; it keeps its id."""

    customer: Customer
    right: NewCustomer


@transaction.atomic
def record_customers(
    rows: Sequence[NewCustomer], *, source: str, by: Actor, now: datetime
) -> Recorded[Customer]:
    """Record customers and return the new ones, and those known before.

    Safe to repeat: a known customer is left as it is. A fixed number of statements per 1,000 rows.

    :raises CannotRecord: without a name, or for details that cannot be.
    :raises NotAllowed: without ``deployment.record``; for a partner that names the vendor's ids.
    """
    require(by, Permission.DEPLOYMENT_RECORD)
    recorded: Recorded[Customer] = Recorded()
    for batch in batches(rows):
        for row in batch:
            row.check()
            if row.external_id:
                require(by, Permission.CUSTOMER_EDIT)
        inserted = _insert(batch, source=source, now=now)
        _audit("customer.recorded", inserted.new, partners=[], source=source, by=by, now=now)
        recorded.add(inserted)
    return recorded


@transaction.atomic
def correct_customers(
    corrections: Sequence[CustomerCorrection], *, source: str, by: Actor, now: datetime
) -> list[Customer]:
    """Put customers right and return them; records that leave a detail empty follow.

    :raises CannotRecord: as for new ones, and for a name that another customer without an id has.
    :raises NotAllowed: without ``customer.edit``, or if partners out of reach work for one of them.
    """
    require(by, Permission.CUSTOMER_EDIT)
    corrected: list[Customer] = []
    for batch in batches(corrections):
        partners = _partners_in_reach(by, [each.customer.pk for each in batch])
        held = _locked([each.customer.pk for each in batch])
        customers = [held[each.customer.pk] for each in batch]
        for each, customer in zip(batch, customers, strict=True):
            each.right.check()
            for field in DETAILS:
                setattr(customer, field, getattr(each.right, field))
        _refuse_taken_names(customers)
        Customer.objects.bulk_update(customers, DETAILS)
        _audit("customer.corrected", customers, partners=partners, source=source, by=by, now=now)
        corrected.extend(customers)
    if corrected:
        announce_facts()
    return corrected


@transaction.atomic
def link_customers(
    *, duplicate: Customer, survivor: Customer, reason: str, by: Actor, now: datetime
) -> Customer:
    """Say that two entries are one customer and return the one that survives.

    What was recorded for the duplicate stays with it and counts as the survivor's: of two
    references of one customer, one may count. Entries linked to the duplicate follow it.

    :raises CannotRecord: for an entry and itself, one that is linked already, or without a reason.
    :raises NotAllowed: without ``customer.edit``, or if partners out of reach work for one of them.
    """
    require(by, Permission.CUSTOMER_EDIT)
    partners = _partners_in_reach(by, [duplicate.pk, survivor.pk])
    held = _locked([duplicate.pk, survivor.pk])
    duplicate, survivor = held[duplicate.pk], held[survivor.pk]
    if duplicate.pk == survivor.pk:
        raise CannotRecord("survivor", _("These are the same entry."))
    for field, customer in (("duplicate", duplicate), ("survivor", survivor)):
        if customer.merged_into_id is not None:
            raise CannotRecord(
                field, _("“%(name)s” is linked to another entry already."), name=customer.name
            )
    # Two levels of links would be two answers to who the customer is.
    followers = list(Customer.objects.filter(merged_into=duplicate).order_by("pk"))
    linked = [duplicate, *followers]
    for customer in linked:
        customer.merged_into, customer.merge_reason = survivor, checked_reason(reason)
    Customer.objects.bulk_update(linked, ["merged_into", "merge_reason"])
    _announce_link("customer.linked", linked, survivor, partners, reason, by=by, now=now)
    return survivor


@transaction.atomic
def unlink_customer(*, customer: Customer, reason: str, by: Actor, now: datetime) -> Customer:
    """Take back that an entry is a duplicate, and return it.

    :raises CannotRecord: if it is not linked, or without a reason.
    :raises NotAllowed: without ``customer.edit``, or if partners out of reach work for one of them.
    """
    require(by, Permission.CUSTOMER_EDIT)
    customer = _locked([customer.pk])[customer.pk]
    if customer.merged_into is None:
        raise CannotRecord("", _("“%(name)s” is linked to no other entry."), name=customer.name)
    survivor = customer.merged_into
    partners = _partners_in_reach(by, [customer.pk, survivor.pk])
    reason = checked_reason(reason)
    customer.merged_into, customer.merge_reason = None, ""
    customer.save(update_fields=["merged_into", "merge_reason"])
    _announce_link("customer.unlinked", [customer], survivor, partners, reason, by=by, now=now)
    return customer


def _insert(batch: Sequence[NewCustomer], *, source: str, now: datetime) -> Recorded[Customer]:
    made = {
        row.key: Customer(
            external_id=row.external_id,
            source=source,
            recorded_at=now,
            **{field: getattr(row, field) for field in DETAILS},
        )
        for row in batch
    }
    return insert_once(Customer, made, customers_on_record)


def _locked(ids: Sequence[UUID]) -> dict[UUID, Customer]:
    rows = Customer.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    return {row.pk: row for row in rows}


def _partners_in_reach(by: Actor, customers: Sequence[UUID]) -> list[UUID]:
    """Return the partners that did something for the customers, if the actor speaks for all."""
    if by.managed_only and customers_beyond_reach(by, customers):
        raise NotAllowed(Permission.CUSTOMER_EDIT)
    return partners_of(customers)


def _refuse_taken_names(customers: Sequence[Customer]) -> None:
    """Raise for a name that would make two customers without an id the same one."""
    names = {one.name: one.pk for one in customers if not one.external_id}
    taken = Customer.objects.filter(Q(external_id="") & Q(name__in=names))
    for other in taken:
        if names[other.name] != other.pk:
            raise CannotRecord(
                "name", _("Another customer is called “%(name)s”. Link the two."), name=other.name
            )


def _announce_link(
    verb: str,
    customers: Sequence[Customer],
    survivor: Customer,
    partners: Sequence[UUID],
    reason: str,
    *,
    by: Actor,
    now: datetime,
) -> None:
    changes = {"survivor": str(survivor.pk), "reason": audit.digest(reason.strip())}
    audit.record(by=by, now=now, verb=verb, subjects=customers, partners=partners, changes=changes)
    announce_facts()


def _audit(
    verb: str,
    customers: Sequence[Customer],
    *,
    partners: Sequence[UUID],
    source: str,
    by: Actor,
    now: datetime,
) -> None:
    if customers:
        audit.record(
            by=by,
            now=now,
            verb=verb,
            subjects=customers,
            partners=partners,
            changes={"source": source},
        )
