"""A verdict with the names of the people and certificates that it only knows by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.verdicts import Finding, LevelVerdict, ReasonCode, Verdict
from accreditation.queries.programs import InForce
from accreditation.records import KnownRecord, record_ids
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


def explain(
    program: InForce, verdict: Verdict, records: Mapping[str, Mapping[str, Any]] | None = None
) -> list[ExplainedLevel]:
    """Return every level's verdict with words and names, low to high, in one statement.

    ``records`` is what was known of them when the verdict was stored; without it their days are
    those known today.
    """
    words = _Words.of(program, verdict, records or {})
    return [ExplainedLevel(level, words.explained(level.finding)) for level in verdict.levels]


@dataclass(frozen=True, slots=True)
class _Words:
    """What the ids and keys of a verdict stand for."""

    labels: dict[str, Label]
    rows: dict[str, Certificate]
    known: dict[str, KnownRecord]

    @classmethod
    def of(
        cls, program: InForce, verdict: Verdict, records: Mapping[str, Mapping[str, Any]]
    ) -> _Words:
        ids = {one for level in verdict.levels for one in record_ids(level.finding)}
        rows = Certificate.objects.filter(pk__in={UUID(one) for one in ids})
        return cls(
            labels={label.key: label for label in program.rules.labels()},
            rows={str(row.pk): row for row in rows.select_related("person", "certification")},
            known={one: KnownRecord.of(stored) for one, stored in records.items()},
        )

    def explained(self, finding: Finding) -> Explained:
        counted = [self._record(one.record, one.person, None) for one in finding.counted]
        others = [self._record(one.record, one.person, one.reason) for one in finding.not_counted]
        return Explained(
            finding=finding,
            label=self.labels.get(finding.key),
            records=(*sorted(counted, key=_by_end), *sorted(others, key=_by_end)),
            children=tuple(self.explained(child) for child in finding.children),
        )

    def _record(self, record_id: str, person_id: str | None, reason: ReasonCode | None) -> Record:
        row, known = self.rows.get(record_id), self.known.get(record_id)
        if known is None and row is not None:
            known = KnownRecord(row.certification.key, row.awarded_on, last_day(row.expires_on))
        return Record(
            id=record_id,
            person_id=person_id,
            person=row.person.name if row else "",
            certification=row.certification.name if row else "",
            awarded_on=known.awarded_on if known else None,
            valid_through=known.valid_through if known else None,
            reason=reason,
        )


def _by_end(record: Record) -> tuple[date, str]:
    """Order by what ends first; without an end last."""
    return record.valid_through or date.max, record.person
