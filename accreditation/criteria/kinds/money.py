"""Amounts of money: in which currency they are taken, and what is one in another currency."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import Reader


@dataclass(frozen=True, slots=True)
class Money:
    """How amounts are taken.

    `currency`: amounts are taken in it; `rates` say how much of another currency is one of it, and
    what is in any other currency does not count. Empty: amounts are taken as they are.
    """

    currency: str = ""
    rates: Mapping[str, Fraction] = field(default_factory=dict)

    def taken(self, amount: Decimal, currency: str) -> Fraction | None:
        """Return an amount exactly as it is taken, None if its currency does not count."""
        if not self.currency or currency == self.currency:
            return Fraction(amount)
        rate = self.rates.get(currency)
        return None if rate is None else Fraction(amount) / rate


def read_money(reader: Reader) -> Money:
    """Return how a node takes amounts; without a currency, as they are."""
    currency = reader.stated("currency", required=False)
    rates = reader.child("rates")
    if rates is not None and "currency" not in reader:
        reader.problem("currency", ProblemCode.MISSING)
    if rates is not None and currency in rates:
        rates.problem(currency, ProblemCode.DUPLICATE, key=currency, first=reader.spot("currency"))
    return Money(currency, {name: _rate(rates, name) for name in rates.names()} if rates else {})


def _rate(reader: Reader, name: str) -> Fraction:
    return Fraction(reader.decimal(name, above=0, code=ProblemCode.NOT_ABOVE_ZERO) or 1)
