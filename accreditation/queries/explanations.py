"""A verdict with the names of the people and certificates that it only knows by id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.verdicts import Finding, LevelVerdict, ReasonCode, Verdict
from accreditation.queries.programs import InForce
from enablement.models import Certificate
from partners.periods import last_day


@dataclass(frozen=True, slots=True)
class Record:
    """A certificate looked at for a criterion; ``reason`` is None if it counts.

    ``valid_through`` is the last day, included; None has no end. A certificate of an erased person
    keeps its place without a name.
    """

    id: str
    person_id: str | None
    person: str
    certification: str
    awarded_on: date | None
    valid_through: date | None
    reason: ReasonCode | None

    @property
    def counts(self) -> bool:
        """Return whether the record counts."""
        return self.reason is None


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding with its words (``label`` is None for a group without a key) and its records."""

    finding: Finding
    label: Label | None
    records: tuple[Record, ...]
    children: tuple[Explained, ...]

    def leaves(self) -> Iterator[Explained]:
        """Yield the criteria that look at records, from top to bottom."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


@dataclass(frozen=True, slots=True)
class ExplainedLevel:
    """One level's verdict, explained."""

    verdict: LevelVerdict
    root: Explained


def explain(program: InForce, verdict: Verdict) -> list[ExplainedLevel]:
    """Return every level's verdict with words and names, low to high, in one statement."""
    labels = {label.key: label for label in program.rules.labels()}
    rows = _certificates(
        record for level in verdict.levels for record in _record_ids(level.finding)
    )
    return [
        ExplainedLevel(level, _explained(level.finding, labels, rows)) for level in verdict.levels
    ]


def _record_ids(finding: Finding) -> Iterator[str]:
    yield from (one.record for one in finding.counted)
    yield from (one.record for one in finding.not_counted)
    for child in finding.children:
        yield from _record_ids(child)


def _certificates(ids: Iterable[str]) -> dict[str, Certificate]:
    wanted = {UUID(one) for one in ids}
    rows = Certificate.objects.filter(pk__in=wanted).select_related("person", "certification")
    return {str(row.pk): row for row in rows}


def _explained(
    finding: Finding, labels: dict[str, Label], rows: dict[str, Certificate]
) -> Explained:
    counted = [_record(one.record, one.person, None, rows) for one in finding.counted]
    others = [_record(one.record, one.person, one.reason, rows) for one in finding.not_counted]
    return Explained(
        finding=finding,
        label=labels.get(finding.key),
        records=(*sorted(counted, key=_by_end), *sorted(others, key=_by_end)),
        children=tuple(_explained(child, labels, rows) for child in finding.children),
    )


def _record(
    record_id: str, person_id: str | None, reason: ReasonCode | None, rows: dict[str, Certificate]
) -> Record:
    row = rows.get(record_id)
    return Record(
        id=record_id,
        person_id=person_id,
        person=row.person.name if row else "",
        certification=row.certification.name if row else "",
        awarded_on=row.awarded_on if row else None,
        valid_through=last_day(row.expires_on) if row else None,
        reason=reason,
    )


def _by_end(record: Record) -> tuple[date, str]:
    """Order by what ends first; without an end last."""
    return record.valid_through or date.max, record.person
