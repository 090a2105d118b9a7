"""Small worlds of figures: readings and the criteria that ask for them in a line."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.records import MetricReading
from accreditation.criteria.verdicts import Comparison
from tests.accreditation.criteria.worlds import LONG_AGO, leaf, through

YEAR = {"rolling_months": 12}

_numbers = count()


def reading(
    value: str | int, day: date = LONG_AGO, record: str = "", metric: str = "revenue", **more: Any
) -> MetricReading:
    return MetricReading(
        record or f"r{next(_numbers):03}", metric, through(day, day), Decimal(value), **more
    )


def known(*readings: MetricReading) -> PartnerFacts:
    return PartnerFacts(readings=readings)


def metric(take: str = "sum", key: str = "figure", **more: Any) -> dict[str, Any]:
    """Return a criterion node: revenue of at least 1, unless told else."""
    if not set(more) & set(Comparison):
        more["at_least"] = 1
    return leaf("metric", key, **{"metric": "revenue", "take": take, **more})
