"""What examples about levels over time have in common: dated figures, small programs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from accreditation.models import Accreditation
from partners.models import OrganizationAttribute, Partner
from tests import cast
from tests.accreditation.criteria.worlds import leaf

LONG_AGO = date(2010, 1, 1)


def noon(day: date) -> datetime:
    """Return a moment of a day in New York, Northwind's zone."""
    return datetime(day.year, day.month, day.day, 17, 0, tzinfo=UTC)


def figure(at: Partner, name: str, value: float, since: date) -> OrganizationAttribute:
    """Record a figure of a partner from a day on, in place of the one before."""
    OrganizationAttribute.objects.filter(partner=at, name=name, ended_on=None).update(
        ended_on=since
    )
    return cast.attribute(at, name, str(value), since=since, kind="number")


def at_least(name: str, need: Any) -> dict[str, Any]:
    """Return a criterion: a figure of the partner is enough."""
    return leaf("attribute", name, attribute=name, at_least=need)


def program(
    key: str, *levels: str | dict[str, Any], criteria: Any = None, **more: Any
) -> dict[str, Any]:
    """Return rules; `groups` belongs to the program, every other name is a setting."""
    groups = {"groups": more.pop("groups")} if "groups" in more else {}
    return {
        "format": 1,
        "program": {"key": key, "name": {"en": key.title()}, "kind": "tier", **groups},
        "settings": more,
        "levels": [
            {"key": one, "name": {"en": one.title()}} if isinstance(one, str) else one
            for one in levels
        ],
        **({"criteria": criteria} if criteria else {}),
    }


def held(of: Partner, key: str) -> str | None:
    """Return the level held in a program, None if none is."""
    accreditation = Accreditation.objects.select_related("level").get(partner=of, program__key=key)
    return accreditation.level.key if accreditation.level else None
