"""The head of an accreditation page: where the partner stands today, or how a past day was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accreditation.enums import ProgramKind
from accreditation.models import ProgramVersion
from accreditation.queries.past import PastVerdict
from accreditation.queries.standings import ProgramStanding
from partners.texts import localized
from portal.look.components import Chip, SealSpec, Tone
from portal.look.seal import metal_for
from portal.look.standings import lede, seal_of, standing_chip, subtitle, title


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above the requirements; ``version`` is the one whose rules they are."""

    title: str
    subtitle: str
    lede: str
    seal: SealSpec
    chip: Chip
    version: ProgramVersion


def header_today(standing: ProgramStanding) -> Header:
    """Return where the partner stands today."""
    return Header(
        title=title(standing),
        subtitle=subtitle(standing),
        lede=lede(standing),
        seal=seal_of(standing),
        chip=standing_chip(standing),
        version=standing.program.version,
    )


def header_of_day(standing: ProgramStanding, on: date, past: PastVerdict | None) -> Header:
    """Return the head of a past day, which names today's standing as today's.

    What was reached on the day is drawn as the seal; None: nothing is known of the day.
    """
    program = past.program if past else standing.program
    level = program.levels[past.verdict.level] if past and past.verdict.level else None
    kind = program.program.kind
    return Header(
        title=localized(program.program.name),
        subtitle=str(ProgramKind(kind).label),
        lede=_("Today: %(title)s, %(standing)s.")
        % {"title": title(standing), "standing": standing_chip(standing).label},
        seal=SealSpec(
            kind=kind,
            rank=level.rank if level else 0,
            of=len(program.levels),
            held=level is not None,
            metal=metal_for(level.key) if level else "",
        ),
        chip=Chip(Tone.INFO, date_format(on, "DATE_FORMAT"), "calendar-clock"),
        version=program.version,
    )
