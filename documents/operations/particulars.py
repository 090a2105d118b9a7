"""What can be said of any record of a customer, in the words by which criteria choose."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.utils.translation import gettext_noop as _

from documents.models.partner_facts import DECIMAL_PLACES, MOST_DIGITS
from documents.models.projects import CustomerRecord
from partners.operations.facts import check_country, check_first_day, check_text
from partners.refusals import CannotRecord

MOST_WORD, MOST_VALUE, MOST_WORDS = 80, 300, 50

_CURRENCY = re.compile(r"[A-Z]{3}")
_HIGHEST = Decimal(10) ** (MOST_DIGITS - DECIMAL_PLACES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """The words of a record; what is empty about the customer is what is known of the customer.

    ``attributes`` and ``dates`` are the vendor's own fields.
    """

    kind: str = ""
    products: tuple[str, ...] = ()
    service_types: tuple[str, ...] = ()
    industry: str = ""
    region: str = ""
    country: str = ""
    location: str = ""
    customer_size: str = ""
    stage: str = ""
    public: bool = False
    value: Decimal | None = None
    currency: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, date] = field(default_factory=dict)

    @classmethod
    def of(cls, record: CustomerRecord) -> Self:
        """Return what is on record."""
        stored = {name: getattr(record, name) for name in PARTICULARS}
        dates = {name: date.fromisoformat(day) for name, day in record.dates.items()}
        lists = {name: tuple(stored[name]) for name in _LISTS}
        return cls(**{**stored, **lists, "dates": dates})

    def columns(self) -> dict[str, Any]:
        """Return the values as the table keeps them."""
        said = {name: getattr(self, name) for name in PARTICULARS}
        lists = {name: list(said[name]) for name in _LISTS}
        dates = {name: day.isoformat() for name, day in self.dates.items()}
        return {**said, **lists, "attributes": dict(self.attributes), "dates": dates}

    def check(self) -> None:
        """Raise for what no record can say.

        :raises CannotRecord: at the field that is too long, unknown, or out of range.
        """
        for name in _WORDS:
            check_text(name, getattr(self, name), MOST_WORD)
        for name in _LISTS:
            _check_list(name, getattr(self, name))
        check_country(self.country)
        check_currency(self.currency)
        if self.value is not None:
            check_number("value", self.value)
        check_own_fields(self.attributes, self.dates)


PARTICULARS = tuple(one.name for one in fields(Particulars))
_LISTS = ("products", "service_types")
_WORDS = ("kind", "industry", "region", "location", "customer_size", "stage")


def check_currency(currency: str) -> None:
    """Raise for a currency that is none; empty is unknown.

    :raises CannotRecord: at ``currency``.
    """
    if currency and not _CURRENCY.fullmatch(currency):
        raise CannotRecord("currency", _("A currency is three capital letters, for example EUR."))


def check_number(name: str, number: Decimal, *, below: Decimal = _HIGHEST) -> None:
    """Raise for a number that cannot be kept exactly.

    :raises CannotRecord: at the field, for more than four decimal places, or out of range.
    """
    if not number.is_finite() or abs(number) >= below:
        raise CannotRecord(name, _("This number is too large."))
    if number != round(number, DECIMAL_PLACES):
        raise CannotRecord(
            name, _("This number has more than %(most)s decimal places."), most=DECIMAL_PLACES
        )


def _check_list(name: str, words: Sequence[str]) -> None:
    if len(words) > MOST_WORDS:
        raise CannotRecord(name, _("This list has more than %(most)s entries."), most=MOST_WORDS)
    for word in words:
        check_text(name, word, MOST_WORD)


def check_own_fields(attributes: Mapping[str, str], dates: Mapping[str, date]) -> None:
    """Raise for fields of the vendor's own that cannot be kept.

    :raises CannotRecord: at ``attributes`` or ``dates``.
    """
    for field_name, own in (("attributes", attributes), ("dates", dates)):
        _check_list(field_name, tuple(own))
    for text in attributes.values():
        check_text("attributes", text, MOST_VALUE)
    for day in dates.values():
        check_first_day("dates", day)
