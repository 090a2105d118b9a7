"""What pages hand to the components: small frozen values, already worded and translated.

Views fill these from queries; templates pass them to the tags of ``{% load look %}``.
Nothing here touches the database or the clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from typing import Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

MOST_SEGMENTS = 10
FIRST_RECORDS, MOST_RECORDS = 5, 200
RECORD = _("Record")


class Tone(StrEnum):
    """The color family of a chip, note, icon or bar; never the only carrier of its meaning."""

    NEUTRAL = ""
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"
    BRAND = "brand"


@dataclass(frozen=True, slots=True)
class NavItem:
    """One link of a navigation; ``count`` is shown behind it when above zero.

    ``count_label`` completes the count for screen readers ("need action"), ``tone`` is that of the
    count, ``icon`` is shown in the sidebar only.
    """

    label: Text
    url: str
    current: bool = False
    count: int = 0
    count_label: Text = ""
    icon: str = ""
    tone: Tone = Tone.BRAND


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Links of the workspace sidebar under one heading; the first group has none."""

    items: Sequence[NavItem]
    label: Text = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way to a page; the last one has no URL."""

    label: Text
    url: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """A link drawn as a button; at most one of a page's is ``primary``."""

    label: Text
    url: str
    primary: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A standing or an exception in one word; without ``icon`` the tone's own is used."""

    tone: Tone
    label: Text
    icon: str = ""


@dataclass(frozen=True, slots=True)
class SealSpec:
    """The picture of a designation.

    ``kind`` is the program's kind, ``rank`` counts levels from 1 (the lowest) up to ``of``;
    a program with a single level has no pips. ``metal`` is silver, gold, platinum or empty.
    """

    kind: str
    rank: int = 0
    of: int = 0
    held: bool = True
    metal: str = ""


@dataclass(frozen=True, slots=True)
class BarPart:
    """A stretch of a continuous bar: start and width in percent of the bar, and its tone."""

    start: str
    width: str
    tone: str


@dataclass(frozen=True, slots=True)
class Meter:
    """Have against need, in the requirement's own unit.

    ``expiring`` of what is had will be gone before the renewal; ``pending`` is not had yet but
    with a reviewer. ``scale`` is the value at the end of the bar (a mean of 4.6 on a scale of 5);
    without it the bar ends at the larger of have and need.
    """

    have: Decimal | int
    need: Decimal | int
    expiring: Decimal | int = 0
    pending: Decimal | int = 0
    scale: Decimal | int | None = None

    @property
    def segments(self) -> tuple[Tone, ...]:
        """Return one tone for each thing needed, or nothing where they cannot be counted."""
        countable = (
            self.scale is None and self.need == int(self.need) and self.have == int(self.have)
        )
        if not countable or not 0 < self.need <= MOST_SEGMENTS:
            return ()
        need, have = int(self.need), min(int(self.have), int(self.need))
        # A surplus pays for what expires: only what falls below the need is drawn as expiring.
        lasting = max(0, min(need, int(self.have) - int(self.expiring)))
        pending = min(int(self.pending), need - have)
        missing = need - have - pending
        return (
            (Tone.OK,) * lasting
            + (Tone.WARN,) * (have - lasting)
            + (Tone.INFO,) * pending
            + (Tone.NEUTRAL,) * missing
        )

    @property
    def parts(self) -> tuple[BarPart, ...]:
        """Return the stretches of the continuous bar, and its threshold as a notch."""
        end = Decimal(self.scale) if self.scale is not None else Decimal(max(self.have, self.need))
        if end <= 0:
            return ()
        have = min(Decimal(self.have), end)
        lasting = max(Decimal(0), have - Decimal(self.expiring))
        stretches = [
            (Decimal(0), lasting, Tone.OK),
            (lasting, have - lasting, Tone.WARN),
            (have, min(Decimal(self.pending), end - have), Tone.INFO),
        ]
        parts = [
            BarPart(_percent(a, end), _percent(b, end), str(t)) for a, b, t in stretches if b > 0
        ]
        if 0 < self.need < end:
            parts.append(BarPart(_percent(Decimal(self.need), end), "0.8", "notch"))
        return tuple(parts)

    @property
    def missing(self) -> Decimal | int:
        """Return how much is still needed, at least 0."""
        return max(self.need - self.have, 0)


def _percent(value: Decimal, end: Decimal) -> str:
    """Return the share in percent with one decimal, never rounded up, in the C locale for SVG."""
    return str((value * 100 / end).quantize(Decimal("0.1"), rounding=ROUND_DOWN))


class RequirementState(StrEnum):
    """How a requirement stands today."""

    MET = "met"
    EXPIRING = "expiring"
    UNMET = "unmet"
    PENDING = "pending"
    WAIVED = "waived"
    UNKNOWN = "unknown"
    LOCKED = "locked"
    NOT_ASKED = "not_asked"
    ADDS = "adds"
    IDLE = "idle"
    PART = "part"

    @property
    def chip(self) -> Chip:
        """Return tone, icon and word of this state."""
        return _REQUIREMENT_CHIPS[self]

    @property
    def needs_action(self) -> bool:
        """Return whether the partner should look at the row, which is then open."""
        return self in {self.EXPIRING, self.UNMET, self.UNKNOWN}

    @classmethod
    def of(cls, *, met: bool, expiring: bool = False, pending: bool = False) -> Self:
        """Return the state of a judged requirement; expiring matters only while it is met."""
        if met:
            return cls("expiring") if expiring else cls("met")
        return cls("pending") if pending else cls("unmet")


_REQUIREMENT_CHIPS = {
    RequirementState.MET: Chip(Tone.OK, _("Met"), "check"),
    RequirementState.EXPIRING: Chip(Tone.WARN, _("Expiring"), "clock-alert"),
    RequirementState.UNMET: Chip(Tone.BAD, _("Missing"), "x"),
    RequirementState.PENDING: Chip(Tone.INFO, _("In review"), "hourglass"),
    RequirementState.WAIVED: Chip(Tone.INFO, _("Waived"), "shield-check"),
    RequirementState.UNKNOWN: Chip(Tone.NEUTRAL, _("Cannot be judged"), "circle-help"),
    RequirementState.LOCKED: Chip(Tone.NEUTRAL, _("Locked"), "ban"),
    RequirementState.NOT_ASKED: Chip(Tone.NEUTRAL, _("Not asked"), "circle"),
    RequirementState.ADDS: Chip(Tone.OK, _("Adds points"), "plus"),
    RequirementState.IDLE: Chip(Tone.NEUTRAL, _("Adds nothing yet"), "circle-dashed"),
    RequirementState.PART: Chip(Tone.NEUTRAL, _("In the figure"), "circle"),
}


@dataclass(frozen=True, slots=True)
class CountedRecord:
    """A record looked at for a requirement, with the reason why it counts or not.

    ``since`` is its first day, ``through`` its last (inclusive, None: no end). ``is_person`` draws
    an avatar; ``language`` marks a name written in another language than the page.
    """

    name: str
    counts: bool
    reason: Text
    detail: Text = ""
    since: date | None = None
    through: date | None = None
    url: str = ""
    is_person: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """One requirement with everything that explains its state.

    ``title`` is the rule in words, ``summary`` one sentence about today, ``side`` two or three
    words beside the numbers ("1 expiring"; the state's word without it). ``have`` and ``asked`` are
    the numbers in words ("4.6", "at least 4.3 needed"), where the meter's would not do. ``parts``
    are nested requirements: options side by side when ``any_of``, otherwise all of them. ``in_use``
    marks the option that carries. ``record_heading`` heads the first column of ``records``.
    """

    title: Text
    state: RequirementState
    summary: Text = ""
    meter: Meter | None = None
    unit: Text = ""
    have: Text = ""
    asked: Text = ""
    side: Text = ""
    records: Sequence[CountedRecord] = ()
    record_heading: Text = RECORD
    note: Text = ""
    parts: Sequence["RequirementRow"] = ()
    any_of: bool = False
    in_use: bool = False

    @property
    def has_ends(self) -> bool:
        """Return whether any record has a last day."""
        return any(record.through for record in self.records)

    @property
    def first_records(self) -> Sequence[CountedRecord]:
        """Return the records shown at once."""
        return self.records[:FIRST_RECORDS]

    @property
    def further_records(self) -> Sequence[CountedRecord]:
        """Return the records behind them, folded."""
        return self.records[FIRST_RECORDS:MOST_RECORDS]

    @property
    def unshown_records(self) -> int:
        """Return how many records are too many for a page."""
        return max(0, len(self.records) - MOST_RECORDS)

    @property
    def has_more(self) -> bool:
        """Return whether there is anything to unfold."""
        return bool(self.records or self.parts or self.note)

    @property
    def is_open(self) -> bool:
        """Return whether the row is unfolded: what needs action is."""
        return self.state.needs_action


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a plan, a history or an import; ``number`` is shown unless ``icon`` is given."""

    title: Text
    detail: Text = ""
    tone: str = ""
    icon: str = ""
    number: int = 0
    url: str = ""
    link: Text = ""
