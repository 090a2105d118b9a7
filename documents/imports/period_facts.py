"""What imports of papers and figures have in common.

A row is one fact, known by the partner and ``external_id``; left out, that is put together of what
it is about and its first day. What the file leaves empty it does not speak about: a fact on record
keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as _

from documents.models.period_facts import PeriodFact
from documents.operations.particulars import MOST_VALUE, MOST_WORD
from documents.operations.period_facts import MOST_NOTE, NewPeriodFact, PeriodCorrection
from documents.queries.on_record import Key, facts_on_record
from partners.imports import cells
from partners.imports.importer import Change, ImportContext, Planned
from partners.imports.partners import NamedPartners
from partners.imports.problems import Problem
from partners.imports.rows import Met, Write, plan_each, read_each, write_each
from partners.imports.table import Column, Row
from partners.periods import last_day
from partners.refusals import CannotRecord
from partners.rules import Actor

WORD = cells.text(MOST_WORD)
FIRST = (Column("partner", WORD, required=True), Column("external_id", WORD))
PERIOD = (Column("started_on", cells.day, required=True), Column("valid_through", cells.day))
LAST = (
    Column("currency", cells.code(3)),
    Column("attributes", cells.by_name(cells.text(MOST_VALUE))),
    Column("dates", cells.by_name(cells.day)),
    Column("note", cells.text(MOST_NOTE)),
)


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
        self._met = Met[Key]()

    def plan(self, rows: Sequence[Row]) -> list[Planned | Problem]:
        """Return for every row what it changes or why it cannot; at most two queries a batch."""
        self._partners.meet(rows)
        stated = read_each(rows, self._stated)
        keys = {_key(one) for one in stated if isinstance(one, NewPeriodFact)}
        known = facts_on_record(self._form.new.fact.model, keys)
        return plan_each(rows, stated, lambda row, one: self._planned(row, one, known))

    def write(self, planned: Sequence[Planned]) -> None:
        """Record new facts and correct those on record."""
        form = self._form
        write_each(planned, self._context, record=form.record, correct=form.correct)

    def _stated(self, row: Row) -> NewPeriodFact:
        stated = self._form.new(**{**row.cells, "partner": self._partners.of(row)})
        again = _("Row %(row)s says this already: same partner and id.")
        self._met.refuse_again(_key(stated), row, again, field="external_id")
        return stated

    def _planned(self, row: Row, stated: NewPeriodFact, known: Mapping[Key, PeriodFact]) -> Planned:
        on_record = known.get(_key(stated))
        if on_record is None:
            stated.check()
            return Planned(row, Change.NEW, stated)
        right = self._form.new(**{**_kept(stated, on_record), **_said(row, stated)})
        right.check()
        return self._compared(row, on_record, right)

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
