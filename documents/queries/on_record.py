"""Asks what is on record already, for many facts at once, as imports do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from documents.models import Customer, Deployment, Reference, SurveyResponse, Transaction
from documents.models.partner_facts import PartnerFact
from partners.models import Partner
from partners.rules import Actor

Key = tuple[UUID, str]
"""What makes a fact the same one: its partner and what the source calls it."""

CustomerKey = tuple[str, str]
"""What makes a customer the same one: the vendor's id of it, or its name if it has none."""

F = TypeVar("F", bound=PartnerFact)

_OF_CUSTOMERS = (Deployment, Reference, Transaction, SurveyResponse)


def facts_on_record(
    model: type[F], keys: Iterable[Key], *, also: Iterable[str] = ()
) -> dict[Key, F]:
    """Return the facts on record among those named by key, with their partners.

    :param also: other rows to fetch with them, by the name of the reference.
    """
    wanted = set(keys)
    rows = model.objects.filter(
        partner__in={partner for partner, _ in wanted},
        external_id__in={external_id for _, external_id in wanted},
    )
    found = {
        (row.partner_id, row.external_id): row for row in rows.select_related("partner", *also)
    }
    return {key: found[key] for key in wanted if key in found}


def customer_key(external_id: str, name: str) -> CustomerKey:
    """Return the key of a customer."""
    return (external_id, "") if external_id else ("", name)


def customers_on_record(keys: Iterable[CustomerKey]) -> dict[CustomerKey, Customer]:
    """Return the customers on record among those named by key."""
    wanted = set(keys)
    rows = Customer.objects.filter(
        Q(external_id__in={external_id for external_id, _ in wanted} - {""})
        | Q(external_id="", name__in={name for _, name in wanted})
    )
    found = {customer_key(row.external_id, row.name): row for row in rows}
    return {key: found[key] for key in wanted if key in found}


def customers_named(texts: Iterable[str]) -> dict[str, list[Customer]]:
    """Return the customers that each text may mean, in the order in which they were recorded.

    A text that is the id of one means that one; else all of that name.
    """
    wanted = set(texts)
    rows = Customer.objects.filter(Q(external_id__in=wanted) | Q(name__in=wanted)).order_by("pk")
    named: dict[str, list[Customer]] = {text: [] for text in wanted}
    for row in rows:
        if row.name in wanted:
            named[row.name].append(row)
    return named | {row.external_id: [row] for row in rows if row.external_id in wanted}


def partners_of(customers: Iterable[UUID]) -> list[UUID]:
    """Return the partners that have done anything for one of the customers."""
    wanted = set(customers)
    each = [
        model.objects.filter(customer__in=wanted).values_list("partner_id", flat=True)
        for model in _OF_CUSTOMERS
    ]
    return list(each[0].union(*each[1:]))


def customers_beyond_reach(actor: Actor, customers: Iterable[UUID]) -> set[UUID]:
    """Return those for whom partners out of the actor's reach have done anything."""
    wanted, reached = set(customers), Partner.objects.visible_to(actor)
    each = [
        model.objects.filter(customer__in=wanted)
        .exclude(partner__in=reached)
        .values_list("customer_id", flat=True)
        for model in _OF_CUSTOMERS
    ]
    return set(each[0].union(*each[1:]))


def some_names(most: int = 5_000) -> list[str]:
    """Return names of customers, as many as can be compared with a misspelt one."""
    return list(Customer.objects.order_by("name").values_list("name", flat=True)[:most])
