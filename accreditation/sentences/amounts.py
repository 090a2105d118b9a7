"""Amounts in words: with their unit, and in which currency they are taken."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from accreditation.criteria.kinds.money import Money
from accreditation.criteria.verdicts import Number
from accreditation.sentences.needs import Shown
from accreditation.sentences.speech import number


def own_unit(unit: str, default: str) -> str:
    """Return the unit that the author chose, if any."""
    return "" if unit == default else unit


def with_unit(unit: str) -> Shown:
    """Return how numbers of a unit are shown; without one, as plain numbers."""
    if not unit:
        return number

    def shown(value: Number) -> str:
        return _("%(number)s %(unit)s") % {"number": number(value), "unit": unit}

    return shown


def money_terms(money: Money) -> Iterator[str]:
    """Yield a clause for the currency in which amounts are taken, if one is asked for."""
    if money.rates:
        rates = ", ".join(with_unit(name)(rate) for name, rate in sorted(money.rates.items()))
        yield _("1 %(currency)s is %(rates)s") % {"currency": money.currency, "rates": rates}
    elif money.currency:
        yield _("in %(currency)s only") % {"currency": money.currency}
