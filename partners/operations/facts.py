"""What operations that write facts have in common: what can be said, and the bell at the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from partners.countries import countries
from partners.models import Vendor
from partners.periods import FIRST_DAY, LAST_YEAR
from partners.refusals import CannotRecord
from partners.signals import facts_changed
from partners.tenancy.context import current_vendor_id

FULL_TIME = 100
"""Percent of full time; nobody works more at one partner."""


def check_first_day(field: str, first: date) -> None:
    """Raise for a first day that nobody means, such as 0001-01-01: rules reckon back from days.

    :raises CannotRecord: at the field, for a day before 1900 or after 2199.
    """
    if not FIRST_DAY.year <= first.year <= LAST_YEAR:
        # Both sentences are Django's own.
        too_early = first < FIRST_DAY
        raise CannotRecord(
            field,
            "Ensure this value is greater than or equal to %(limit_value)s."
            if too_early
            else "Ensure this value is less than or equal to %(limit_value)s.",
            limit_value=FIRST_DAY if too_early else date(LAST_YEAR, 12, 31),
        )


def check_last_day(field: str, last: date | None) -> None:
    """Raise for a last day that only stands for "no end", such as 9999-12-31.

    :raises CannotRecord: at the field.
    """
    if last is not None and last.year > LAST_YEAR:
        raise CannotRecord(
            field, _("%(day)s is too far away. Leave the day empty if there is no end."), day=last
        )


def check_text(field: str, text: str, most: int) -> None:
    """Raise for a text that does not fit its column.

    :raises CannotRecord: at the field.
    """
    if len(text) > most:
        raise CannotRecord(field, _("This text is longer than %(most)s characters."), most=most)


def check_working_time(percent: int | None) -> None:
    """Raise unless somebody can work for so many percent of full time; None: not known.

    :raises CannotRecord: for less than one percent, or more than full time.
    """
    if percent is not None and not 1 <= percent <= FULL_TIME:
        raise CannotRecord("working_time", _("Working time is 1 to 100 percent of full time."))


def check_country(country: str) -> None:
    """Raise for a country that is none; empty is unknown.

    :raises CannotRecord: at ``country``.
    """
    if country and country not in countries():
        raise CannotRecord("country", _("“%(text)s” is not the code of a country."), text=country)


def announce_facts() -> None:
    """Say once, after commit, that facts of the open vendor changed: somebody judges again.

    The due queue is the record; a bell that fails to ring is logged and the sweep makes up for it.
    """
    bell = _Bell(current_vendor_id())
    # One that is waiting survives whatever rolls back less than this change.
    if all(entry[1] != bell for entry in connection.run_on_commit):
        transaction.on_commit(bell, robust=True)


@dataclass(frozen=True, slots=True)
class _Bell:
    vendor_id: UUID

    def __call__(self) -> None:
        facts_changed.send(sender=Vendor, vendor_id=self.vendor_id)
