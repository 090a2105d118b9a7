"""The records behind a verdict as they were known when it was judged: days and keys, no names.

A stored verdict names records by id. What is known of a record may be corrected later; the verdict
of the past keeps showing what it was judged on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.verdicts import Finding, Verdict
from partners.periods import last_day


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """What was known of a certificate; ``valid_through`` is its last day, None has no end."""

    certification: str
    awarded_on: date
    valid_through: date | None

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """Return the record that ``records_judged`` stored."""
        through = stored["through"]
        return cls(
            certification=stored["certification"],
            awarded_on=date.fromisoformat(stored["from"]),
            valid_through=date.fromisoformat(through) if through else None,
        )


def records_judged(verdict: Verdict, facts: PartnerFacts) -> dict[str, dict[str, Any]]:
    """Return what is known of each record that a verdict names, as plain JSON values, by id."""
    certificates = {one.id: one for one in facts.certificates}
    found: dict[str, dict[str, Any]] = {}
    for record in sorted(set(_named(verdict))):
        if (one := certificates.get(record)) is not None:
            through = last_day(one.period.end)
            found[record] = {
                "certification": one.certification,
                "from": one.period.start.isoformat(),
                "through": through.isoformat() if through else None,
            }
    return found


def _named(verdict: Verdict) -> Iterator[str]:
    for level in verdict.levels:
        yield from record_ids(level.finding)


def record_ids(finding: Finding) -> Iterator[str]:
    """Yield every record that a finding counts or does not count, its parts included."""
    yield from (one.record for one in finding.counted)
    yield from (one.record for one in finding.not_counted)
    for child in finding.children:
        yield from record_ids(child)
