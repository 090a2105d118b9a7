"""What is done alike with papers and figures: facts that are so for a period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_noop as _

from documents.models.period_facts import PeriodFact
from documents.operations.particulars import MOST_WORD, check_currency, check_own_fields
from documents.operations.recording import FactKind
from partners.models import Partner
from partners.operations.dated import check_days
from partners.operations.facts import check_text
from partners.periods import end_after
from partners.refusals import CannotRecord

MOST_NOTE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPeriodFact:
    """What is so of a partner from a day through another, None: it goes on.

    ``external_id`` is what the source calls it; left empty it is put together of what it is about
    and its first day. ``attributes`` and ``dates`` are the vendor's own fields.
    """

    fact: ClassVar[FactKind[Any]]

    partner: Partner
    started_on: date
    valid_through: date | None = None
    external_id: str = ""
    currency: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, date] = field(default_factory=dict)
    note: str = ""

    @property
    def subject(self) -> str:
        """Return what it is about: the kind of a paper, the metric of a figure."""
        raise NotImplementedError

    @property
    def own_id(self) -> str:
        """Return the id under which it is on record."""
        return self.external_id.strip() or f"{self.subject} {self.started_on}"

    def columns(self) -> dict[str, Any]:
        """Return the columns that a correction may change."""
        return {
            "started_on": self.started_on,
            "ended_on": end_after(self.valid_through),
            "currency": self.currency,
            "attributes": dict(self.attributes),
            "dates": {name: day.isoformat() for name, day in self.dates.items()},
            "note": self.note.strip(),
        }

    def check(self) -> None:
        """Raise for what cannot be so, or cannot be kept.

        :raises CannotRecord: at the field.
        """
        check_days(self.partner, self.started_on, self.valid_through)
        check_text("external_id", self.own_id, MOST_WORD)
        check_text("note", self.note, MOST_NOTE)
        check_currency(self.currency)
        check_own_fields(self.attributes, self.dates)


PERIOD_COLUMNS = ("started_on", "ended_on", "currency", "attributes", "dates", "note")


def kind_of(rows: Sequence[NewPeriodFact]) -> FactKind[Any]:
    """Return the one kind of fact that all rows are of.

    :raises ValueError: for rows of several kinds: each has a table of its own.
    """
    kinds = {type(row) for row in rows}
    if len(kinds) != 1:
        raise ValueError("Record one kind of fact at a time.")
    return kinds.pop().fact


def made(kind: FactKind[Any], row: NewPeriodFact, **more: Any) -> PeriodFact:
    """Return the row that is to be inserted."""
    fact: PeriodFact = kind.model(
        partner=row.partner, external_id=row.own_id, **row.columns(), **more
    )
    return fact


def check_word(name: str, word: str, *, needed: bool = False) -> None:
    """Raise for a word that is too long, or missing where one is needed.

    :raises CannotRecord: at the field.
    """
    if needed and not word.strip():
        raise CannotRecord(name, _("This field is required."))
    check_text(name, word, MOST_WORD)


@dataclass(frozen=True, slots=True)
class PeriodCorrection:
    """What is right about a paper or a figure; it keeps its partner and its id."""

    fact: PeriodFact
    right: NewPeriodFact
