"""What a program asks, said the same way for a neutral source and for our document of it.

A claim is a short sentence about one *unit*, a requirement that the source names by its `id`:
`>= 4`, `rolling_months 12`, `each holds >= 2`. It holds for some of the levels.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Node = Mapping[str, Any]

SETTINGS = "settings"
"""The unit of what holds for the whole program: its term, its grace."""


@dataclass
class Claims:
    """What is asked: unit → claim → the names of the levels for which it holds."""

    levels: tuple[str, ...]
    units: defaultdict[str, defaultdict[str, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    measures: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """What is counted: unit → measures of the source, or kinds of the document."""
    ways: int = 0
    """How many groups around the node are met by any branch."""

    def begin(self, unit: str) -> None:
        """Note that there is a unit, whatever is said about it."""
        self.units[unit].update({})

    def rename(self, unit: str, name: str) -> None:
        """Call a unit by another name.

        :raises KeyError: there is no such unit.
        """
        self.units[name] = self.units.pop(unit)
        self.measures[name] = self.measures.pop(unit, set())

    @contextmanager
    def branches(self, *, any_of_them: bool) -> Iterator[None]:
        """Note that what is counted within is one of several ways."""
        self.ways += any_of_them
        yield
        self.ways -= any_of_them

    def count(self, unit: str, measure: str) -> None:
        self.begin(unit)
        if self.ways:
            self.say(unit, "one way of several", self.levels)
        self.measures[unit].add(measure)

    def say(self, unit: str, claim: str, levels: Iterable[str]) -> None:
        """Say a claim; whatever number is open, that something is open is said once."""
        self.units[unit]["open" if "open" in claim.split() else claim].update(levels)

    def said(self, unit: str, claim: str) -> str:
        """Return a claim with its levels, if these are not all."""
        levels = self.units[unit][claim]
        if levels == set(self.levels):
            return claim
        return f"{claim} ({', '.join(one for one in self.levels if one in levels)})"


MEANT = {
    "people": {"people_holding", "course_completed"},
    "certificates": {"certificates_held"},
    "role_slots": {"role_slots"},
    "references": {"records_counted"},
    "projects": {"records_counted"},
    "transactions": {"records_counted"},
    "customers_net": {"metric", "growth", "records_counted", "net"},
    "money": {"metric", "net", "records_counted", "records_value"},
    "growth": {"growth"},
    "ratio": {"ratio", "metric"},
    "survey_responses": {"survey_answers"},
    "survey_score": {"satisfaction"},
    "median": {"metric"},
    "reading": {"metric"},
    "sla": {"metric"},
    "points": {"metric", "score"},
    "document": {"document_accepted"},
    "insurance": {"document_amount"},
    "attestation": {"attestation_valid"},
    "audit": {"audit_passed"},
    "fee": {"fee_paid", "fee_amount"},
    "agreement": {"agreement_signed"},
    "course": {"course_completed"},
    "listing": {"listed"},
    "org_attribute": {"attribute"},
    "designation": {"holds_level"},
    "every_item": {"every_item"},
    "event_deadline": {"records_counted", "document_accepted"},
}
"""How a measure of the source is entered: any of these kinds."""


def number(value: object) -> str:
    """Return a number as both sides write it; what is not stated is open."""
    if isinstance(value, str):
        return "open" if value == "open" or "not stated" in value else f"says {value}"
    exact = Decimal(str(value))
    return f"{exact.normalize():f}"


def differences(source: Claims, document: Claims) -> set[str]:
    """Return every difference in one line: unit, side, claim.

    A unit that the document does not have is one line; so is a criterion that only it has.
    """
    found = set()
    for unit in source.units.keys() - document.units.keys():
        found.add(f"{unit} | only in the source")
    for unit in document.units.keys() - source.units.keys():
        own = sorted(document.units[unit].keys() - {">= 1", "one way of several"})
        found.add(": ".join([f"{unit} | only in the document", *filter(None, [", ".join(own)])]))
    for unit in source.units.keys() & document.units.keys():
        asked = {source.said(unit, claim) for claim in source.units[unit]}
        written = {document.said(unit, claim) for claim in document.units[unit]}
        found |= {f"{unit} | source: {claim}" for claim in asked - written}
        found |= {f"{unit} | document: {claim}" for claim in written - asked}
        found |= set(_miscounted(unit, source.measures[unit], document.measures[unit]))
    return found


def _miscounted(unit: str, measures: set[str], kinds: set[str]) -> Iterator[str]:
    for measure in sorted(measures):
        if not MEANT[measure] & kinds:
            yield f"{unit} | {measure} entered as {', '.join(sorted(kinds)) or 'nothing'}"
    if "decided_by_person" in kinds:
        yield f"{unit} | decided by a person"
