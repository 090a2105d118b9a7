"""Documents of programs that are not in the library, and the facts about a small cast."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from accreditation.criteria.document import Rules, parse
from accreditation.criteria.facts import Certificate, Employment, PartnerFacts
from accreditation.criteria.periods import Period
from accreditation.criteria.records import (
    Agreement,
    Attestation,
    AttributeValue,
    Audit,
    CourseCompletion,
    Decision,
    Deployment,
    DocumentAccepted,
    Fee,
    HeldLevel,
    ListingElsewhere,
    MetricReading,
    OrganizationAttribute,
    Paper,
    Reference,
    SurveyAnswer,
    Transaction,
)
from accreditation.criteria.yaml_source import load_yaml
from tests.accreditation.criteria.worlds import LONG_AGO, certificate, employee

P = TypeVar("P", bound=Paper)

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in HERE.glob("*.yaml"))
FOREVER = Period(LONG_AGO)

_numbers = count()

FAMILIES: Mapping[type, str] = {
    Agreement: "agreements",
    Attestation: "attestations",
    Audit: "audits",
    CourseCompletion: "courses",
    Certificate: "certificates",
    Decision: "decisions",
    Deployment: "deployments",
    DocumentAccepted: "documents",
    Employment: "employments",
    Fee: "fees",
    HeldLevel: "held_levels",
    ListingElsewhere: "listings",
    MetricReading: "readings",
    OrganizationAttribute: "attributes",
    Reference: "references",
    SurveyAnswer: "survey_answers",
    Transaction: "transactions",
}


def source(name: str) -> str:
    """Return a document as it is written."""
    return (HERE / f"{name}.yaml").read_text(encoding="utf-8")


def document(name: str) -> dict[str, Any]:
    return load_yaml(source(name))


@cache
def program(name: str) -> Rules:
    """Return the rules of a document, which must have no open number."""
    return parse(document(name))


def filled(name: str, numbers: Mapping[str, Any]) -> Rules:
    """Return the rules with the open numbers that a test assumes: by what their places contain."""
    written = document(name)
    for place in parse(written, draft=True).open_places:
        value = next(value for part, value in numbers.items() if part in place)
        *way, last = (
            int(step) if step.isdecimal() else step for step in re.findall(r"[^.\[\]]+", place)
        )
        inner: Any = written
        for step in way:
            inner = inner[step]
        inner[last] = value
    return parse(written)


def partner(*records: Any) -> PartnerFacts:
    """Return what is known of a partner: each record in its family, lists of records as well."""
    each = [one for group in records for one in (group if isinstance(group, list) else [group])]
    known = PartnerFacts()
    for kind, family in FAMILIES.items():
        found = tuple(one for one in each if type(one) is kind)
        known = replace(known, **{family: found}) if found else known
    return known


def organization(**attributes: AttributeValue) -> list[OrganizationAttribute]:
    """Return what the organization is, or on which days something happened to it."""
    return [
        OrganizationAttribute(name, name.replace("_", "-"), value, FOREVER)
        for name, value in attributes.items()
    ]


def sold(number: int, kind: str, on: date, **more: Any) -> list[Transaction]:
    """Return so many transactions of one day, each with a customer of its own."""
    start = next(_numbers)
    return [
        Transaction(
            id=f"{kind}-{start}-{one}",
            customer=f"customer-{start}-{one}",
            kind=kind,
            made_on=on,
            **more,
        )
        for one in range(number)
    ]


def paper(family: type[P], kind: str, period: Period = FOREVER, **more: Any) -> P:
    return family(id=f"{kind}-{next(_numbers)}", kind=kind, period=period, **more)


def decided(criterion: str, *, accepted: bool = True) -> Decision:
    return Decision(criterion, criterion, accepted, FOREVER, "Mara", "Looked at.")


def holding(program: str, level: str, *groups: str, since: date = LONG_AGO) -> HeldLevel:
    return HeldLevel(f"{program}-{level}", program, level, Period(since), frozenset(groups))


def staff(names: str, *certifications: str, **more: Any) -> list[Employment | Certificate]:
    """Return employees, named in one text, who hold all of the certifications."""
    return [
        record
        for name in names.split()
        for record in (employee(name, **more), *(certificate(name, one) for one in certifications))
    ]
