"""How a standing moved, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.enums import AwardEnd
from accreditation.models import Award, StandingChange
from accreditation.operations.standings import AWARD_EXTENDED, LEVEL_CHANGED
from accreditation.standing import Because, Standing
from accreditation.wording.codes import standing_label
from partners.periods import last_day
from partners.texts import localized
from portal.look.components import Step

_BECAUSE: Mapping[str, Promise] = {
    Because.ENROLLED: gettext_lazy("Takes part in the program"),
    Because.LEVEL_MET: gettext_lazy("Every requirement of the level is met"),
    Because.NO_LEVEL_MET: gettext_lazy("Not every requirement is met any more"),
    Because.AWARD_ENDED: gettext_lazy("The award ended without a renewal"),
    Because.MET_AGAIN_IN_GRACE: gettext_lazy("Every requirement is met again"),
    Because.GRACE_ENDED: gettext_lazy("The grace period is over"),
    LEVEL_CHANGED: gettext_lazy("Another level is met"),
    AWARD_EXTENDED: gettext_lazy("The program extended the award"),
}

_MARKS = {
    Standing.IN_PROGRESS: ("", "circle-dashed"),
    Standing.ACCREDITED: ("ok", "check"),
    Standing.IN_GRACE: ("warn", "clock-alert"),
    Standing.LAPSED: ("bad", "x"),
}


@dataclass(frozen=True, slots=True)
class AwardLine:
    """One award; ``through`` is its last day, included; None has no end."""

    number: str
    level: str
    version: int
    granted_on: date
    through: date | None
    ended: str


def change_steps(changes: Iterable[StandingChange]) -> list[Step]:
    """Return the moves as steps of a history, in the order given."""
    return [_step(change) for change in changes]


def award_lines(awards: Iterable[Award]) -> list[AwardLine]:
    """Return the awards as lines, in the order given."""
    return [
        AwardLine(
            number=award.number,
            level=localized(award.level.name),
            version=award.version.number,
            granted_on=award.granted_on,
            through=last_day(award.ended_on or award.ends_on),
            ended=str(AwardEnd(award.end_reason).label) if award.end_reason else "",
        )
        for award in awards
    ]


def because_text(code: str) -> str:
    """Return why a standing moved."""
    return str(_BECAUSE[code])


def _step(change: StandingChange) -> Step:
    tone, icon = _MARKS[Standing(change.to_standing)]
    word = standing_label(Standing(change.to_standing))
    level = localized(change.to_level.name) if change.to_level else ""
    return Step(
        title=_("%(standing)s: %(level)s") % {"standing": word, "level": level} if level else word,
        detail=f"{date_format(change.on, 'DATE_FORMAT')} · {because_text(change.because)}",
        tone=tone,
        icon=icon,
    )
