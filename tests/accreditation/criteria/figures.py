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


ONE = {"kind": "metric", "metric": "one", "take": "latest", "if_none": "zero"}


def measure(metric: str, **more: Any) -> dict[str, Any]:
    """Return a measure: the newest figure of a metric, zero if there is none."""
    return {**ONE, "metric": metric, **more}


def item(key: str, **more: Any) -> dict[str, Any]:
    """Return an item of a score: a point for each of a metric of its name, unless told else."""
    more = more if {"points", "up_to", "bands"} & set(more) else {**more, "points": 1}
    return {"key": key, "text": {"en": key}, "measure": measure(key), **more}


def score(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return leaf("score", **{"at_least": 70, "items": list(items), **more})


def figures(**values: object) -> PartnerFacts:
    """Return a reading of each metric named."""
    return known(*(reading(str(value), metric=key, record=key) for key, value in values.items()))
