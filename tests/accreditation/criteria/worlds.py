"""Small worlds for the engine's tests: facts in a line, rules in a line."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from accreditation.criteria.document import Rules, parse
from accreditation.criteria.facts import (
    CatalogRelease,
    Certificate,
    Employment,
    PartnerFacts,
    PlaceSpell,
    RoleSpell,
)
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.verdicts import Finding, ReasonCode, Verdict

TODAY = date(2026, 3, 2)
LONG_AGO = date(2020, 1, 1)


def through(start: date, last: date | None = None) -> Period:
    """Return the period up to and including its last day."""
    return Period(start, None if last is None else last + timedelta(days=1))


def certificate(
    person: str,
    certification: str = "engineer",
    *,
    record: str = "",
    since: date = LONG_AGO,
    last: date | None = None,
    **more: Any,
) -> Certificate:
    return Certificate(
        record or f"{person}-{certification}", person, certification, through(since, last), **more
    )


def employee(
    person: str,
    *,
    record: str = "",
    since: date = LONG_AGO,
    last: date | None = None,
    kind: str = "employee",
    roles: Mapping[str, Period] | None = None,
    places: Mapping[str, Period] | None = None,
    working_time: int | None = None,
) -> Employment:
    """Return an employment; places are countries, or a country and a region such as `DE/north`."""
    spells = tuple(RoleSpell(role, period) for role, period in (roles or {}).items())
    moves = ((name.partition("/"), period) for name, period in (places or {}).items())
    there = tuple(PlaceSpell(country, period, region) for (country, _, region), period in moves)
    return Employment(
        record or f"{person}-job", person, kind, through(since, last), spells, there, working_time
    )


def facts(*records: Certificate | Employment | CatalogRelease) -> PartnerFacts:
    return PartnerFacts(
        certificates=tuple(one for one in records if isinstance(one, Certificate)),
        employments=tuple(one for one in records if isinstance(one, Employment)),
        releases=tuple(one for one in records if isinstance(one, CatalogRelease)),
    )


def team(*people: str, certification: str = "engineer") -> list[Certificate | Employment]:
    """Return employees who hold a certification for good."""
    return [record for one in people for record in (employee(one), certificate(one, certification))]


def people(key: str = "people", **node: Any) -> dict[str, Any]:
    """Return a criterion node: people holding the engineer's certification, unless told else."""
    in_sets = isinstance(node.get("each_holds"), list)
    if not in_sets and not {"certifications", "families", "certification_levels"} & set(node):
        node["certifications"] = ["engineer"]
    return {
        "key": key,
        "kind": "people_holding",
        "text": {"en": "People who hold it."},
        "at_least": 1,
        **node,
    }


def leaf(kind: str, key: str = "leaf", **node: Any) -> dict[str, Any]:
    """Return a criterion node of a kind."""
    return {"key": key, "kind": kind, "text": {"en": "What is asked."}, **node}


def document(
    criteria: Any = None, *levels: Any, settings: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return a whole document; levels are keys or mappings, by default one named `gold`."""
    written: dict[str, Any] = {
        "format": 1,
        "program": {"key": "delivery", "name": {"en": "Delivery"}, "kind": "technical"},
        "levels": [
            {"key": level, "name": {"en": level.title()}} if isinstance(level, str) else level
            for level in levels or ("gold",)
        ],
    }
    if criteria is not None:
        written["criteria"] = criteria
    if settings is not None:
        written["settings"] = dict(settings)
    return written


def rules(criteria: Any = None, *levels: Any, **settings: Any) -> Rules:
    return parse(document(criteria, *levels, settings=settings))


def finding_on(day: date, node: Mapping[str, Any], known: PartnerFacts) -> Finding:
    """Return the finding of a single criterion."""
    return judge(rules(dict(node)), known, day).levels[0].finding


def reasons(finding: Finding) -> dict[str, ReasonCode]:
    return {one.record: one.reason for one in finding.not_counted}


def counted(finding: Finding) -> list[str]:
    return [one.record for one in finding.counted]


def finding_of(verdict: Verdict, level: str, key: str) -> Finding:
    """Return a level's finding with that key, wherever it is in the tree."""
    rest = [verdict.of(level).finding]
    while rest:
        finding = rest.pop()
        if finding.key == key:
            return finding
        rest.extend(finding.children)
    raise KeyError(key)
