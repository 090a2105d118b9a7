"""What imports of papers and figures have in common.

A row is one fact, known by the partner and ``external_id``; left out, that is put together of what
it is about and its first day. What the file leaves empty it does not speak about: a fact on record
keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Protocol

from django.utils.translation import gettext_noop as _

from documents.models.period_facts import PeriodFact
from documents.operations.particulars import MOST_VALUE
from documents.operations.period_facts import MOST_NOTE, MOST_WORD, NewPeriodFact, PeriodCorrection
from documents.queries.on_record import Key, facts_on_record
from partners.imports import cells
from partners.imports.importer import Change, ImportContext, Planned
from partners.imports.partners import NamedPartners
from partners.imports.problems import Problem
from partners.imports.table import Column, Row
from partners.periods import last_day
from partners.refusals import CannotRecord
from partners.rules import Actor

SOURCE = "import"
WORD = cells.text(MOST_WORD)
FIRST = (Column("partner", WORD, required=True), Column("external_id", WORD))
PERIOD = (Column("started_on", cells.day, required=True), Column("valid_through", cells.day))
LAST = (
    Column("currency", cells.code(3)),
    Column("attributes", cells.by_name(cells.text(MOST_VALUE))),
    Column("dates", cells.by_name(cells.day)),
    Column("note", cells.text(MOST_NOTE)),
)


class Write(Protocol):
    """An operation on many rows."""

    def __call__(self, rows: Any, /, *, source: str, by: Actor, now: datetime) -> object:
        """Write the rows."""
        ...


@dataclass(frozen=True, slots=True)
class Form:
    """How rows of a kind of fact are read and written.

    ``says`` returns whether a fact on record says what a row says, beyond its columns;
    ``check_open`` raises where the actor may not put a fact on record right.
    """

    new: type[NewPeriodFact]
    record: Write
    correct: Write
    says: Callable[[Any, Any, Actor], bool]
    check_open: Callable[[Any, Actor], None]


class PeriodFactsReading:
    """One way through a file of papers or figures; remembers which it has met."""

    def __init__(self, form: Form, context: ImportContext) -> None:
        self._form, self._context = form, context
        self._partners = NamedPartners(context.by)
        self._met: dict[Key, int] = {}

    def plan(self, rows: Sequence[Row]) -> list[Planned | Problem]:
        """Return for every row what it changes or why it cannot; at most two queries a batch."""
        self._partners.meet(rows)
        stated: list[NewPeriodFact | Problem] = []
        for row in rows:
            try:
                stated.append(self._stated(row))
            except CannotRecord as refusal:
                stated.append(Problem.of(row.number, refusal))
        keys = {_key(one) for one in stated if isinstance(one, NewPeriodFact)}
        known = facts_on_record(self._form.new.fact.model, keys)
        return [
            one if isinstance(one, Problem) else self._planned(row, one, known)
            for row, one in zip(rows, stated, strict=True)
        ]

    def write(self, planned: Sequence[Planned]) -> None:
        """Record new facts and correct those on record."""
        by, now = self._context.by, self._context.now
        new = [each.write for each in planned if each.change == Change.NEW]
        self._form.record(new, source=SOURCE, by=by, now=now)
        changed = [each.write for each in planned if each.change == Change.CHANGED]
        self._form.correct(changed, source=SOURCE, by=by, now=now)

    def _stated(self, row: Row) -> NewPeriodFact:
        said = {**row.cells, "partner": self._partners.of(row)}
        stated = self._form.new(**said)
        met = self._met.setdefault(_key(stated), row.number)
        if met != row.number:
            raise CannotRecord(
                "external_id", _("Row %(row)s says this already: same partner and id."), row=met
            )
        return stated

    def _planned(
        self, row: Row, stated: NewPeriodFact, known: Mapping[Key, PeriodFact]
    ) -> Planned | Problem:
        on_record = known.get(_key(stated))
        try:
            if on_record is None:
                stated.check()
                return Planned(row, Change.NEW, stated)
            right = self._form.new(**{**_kept(stated, on_record), **_said(row, stated)})
            right.check()
            return self._compared(row, on_record, right)
        except CannotRecord as refusal:
            return Problem.of(row.number, refusal)

    def _compared(self, row: Row, on_record: PeriodFact, right: NewPeriodFact) -> Planned:
        columns = right.columns()
        same = all(getattr(on_record, name) == value for name, value in columns.items())
        if same and self._form.says(on_record, right, self._context.by):
            return Planned(row, Change.UNCHANGED)
        if on_record.withdrawn_on is not None:
            raise CannotRecord("", _("It was withdrawn already."))
        self._form.check_open(on_record, self._context.by)
        return Planned(row, Change.CHANGED, PeriodCorrection(on_record, right))


def _key(stated: NewPeriodFact) -> Key:
    return stated.partner.pk, stated.own_id


def _said(row: Row, stated: NewPeriodFact) -> dict[str, Any]:
    """Return what the row says, under the id on record."""
    return {**row.cells, "partner": stated.partner, "external_id": stated.own_id}


def _kept(stated: NewPeriodFact, on_record: PeriodFact) -> dict[str, Any]:
    """Return what is on record of all that a row could say."""
    converted = {
        "valid_through": last_day(on_record.ended_on),
        "dates": {name: date.fromisoformat(day) for name, day in on_record.dates.items()},
        "pending": False,
    }
    names = [one.name for one in fields(stated)]
    return {
        name: converted[name] if name in converted else getattr(on_record, name) for name in names
    }
