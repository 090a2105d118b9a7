"""Standings and verdicts as components: the same picture in the portal and in the workspace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation.criteria.kinds.nodes.groups import Form
from accreditation.criteria.verdicts import Result
from accreditation.enums import ProgramKind
from accreditation.queries.standings import ProgramStanding
from accreditation.standing import Standing
from accreditation.wording.codes import standing_label
from partners.periods import last_day
from partners.texts import localized
from portal.look.components import (
    Chip,
    Meter,
    SealSpec,
    Tone,
)
from portal.look.seal import metal_for

_CHIPS = {
    Standing.IN_PROGRESS: (Tone.NEUTRAL, "circle-dashed"),
    Standing.ACCREDITED: (Tone.OK, "check"),
    Standing.IN_GRACE: (Tone.WARN, "clock-alert"),
    Standing.LAPSED: (Tone.BAD, "x"),
}


@dataclass(frozen=True, slots=True)
class StandingCard:
    """One program on an overview: what is held or aimed at, until when, how far it is."""

    title: str
    subtitle: str
    seal: SealSpec
    chip: Chip
    date_label: str
    date: date | None
    meter: Meter | None
    progress: str
    url: str
    needs_attention: bool


def card(standing: ProgramStanding, url: str) -> StandingCard:
    """Return the card of one program."""
    met, total = requirements_met(standing)
    label, day = _date(standing)
    return StandingCard(
        title=title(standing),
        subtitle=subtitle(standing),
        seal=seal_of(standing),
        chip=standing_chip(standing),
        date_label=label,
        date=day,
        meter=Meter(have=met, need=total) if total else None,
        progress=_progress(met, total, standing),
        url=url,
        needs_attention=standing.at_risk,
    )


def title(standing: ProgramStanding) -> str:
    """Return the designation held, else the name of the program."""
    if standing.level is not None:
        return localized(standing.level.designation)
    return localized(standing.program.program.name)


def subtitle(standing: ProgramStanding) -> str:
    """Return the kind of program, and the level held where there are several."""
    kind = str(ProgramKind(standing.program.program.kind).label)
    levels = len(standing.program.levels)
    if standing.level is None or levels == 1:
        return kind
    return _("%(kind)s · level %(rank)d of %(levels)d") % {
        "kind": kind,
        "rank": standing.level.rank,
        "levels": levels,
    }


def seal_of(standing: ProgramStanding) -> SealSpec:
    """Return the seal: dashed until a level is held."""
    return SealSpec(
        kind=standing.program.program.kind,
        rank=standing.level.rank if standing.level else 0,
        of=len(standing.program.levels),
        held=standing.holds,
        metal=metal_for(standing.level.key) if standing.level else "",
    )


def standing_chip(standing: ProgramStanding) -> Chip:
    """Return the standing in one word; at risk where a level held will be lost soon."""
    if standing.standing is None:
        return Chip(Tone.NEUTRAL, standing_label(None), "circle-dashed")
    if standing.standing is Standing.ACCREDITED and standing.at_risk:
        return Chip(Tone.WARN, _("At risk"), "clock-alert")
    tone, icon = _CHIPS[standing.standing]
    return Chip(tone, standing_label(standing.standing), icon)


def requirements_met(standing: ProgramStanding) -> tuple[int, int]:
    """Return how many requirements of the level aimed at are met, and how many there are."""
    aimed = standing.aimed_at
    if aimed is None:
        return 0, 0
    finding = aimed.finding
    if finding.kind == Form.ALL.value:
        return int(finding.have), int(finding.need)
    return int(finding.result is Result.MET), 1


def aim(standing: ProgramStanding) -> str:
    """Return the name of the level that the requirements shown belong to."""
    aimed = standing.aimed_at
    return localized(standing.program.levels[aimed.level].name) if aimed else ""


def _progress(met: int, total: int, standing: ProgramStanding) -> str:
    if not total:
        return _("Not judged yet")
    text = ngettext(
        "%(met)d of %(total)d requirement met for %(level)s",
        "%(met)d of %(total)d requirements met for %(level)s",
        total,
    )
    return text % {"met": met, "total": total, "level": aim(standing)}


def _date(standing: ProgramStanding) -> tuple[str, date | None]:
    """Return the one date that matters most, with its label; days are inclusive."""
    accreditation, award = standing.accreditation, standing.award
    if accreditation and accreditation.grace_ends_on:
        return _("Grace through"), last_day(accreditation.grace_ends_on)
    if standing.falls_on is not None:
        return _("Requirements met through"), last_day(standing.falls_on)
    if award is not None and award.ends_on is not None:
        return _("Valid through"), last_day(award.ends_on)
    if standing.holds and award is not None:
        return _("Held since"), award.granted_on
    if accreditation is not None and standing.standing is Standing.LAPSED:
        return _("Lapsed on"), accreditation.standing_since
    return _("Not held yet"), None


def lede(standing: ProgramStanding) -> str:
    """Return one sentence or two: what the next level still asks, and until when one is held."""
    met, total = requirements_met(standing)
    parts = (_progress(met, total, standing) + ".", _held(standing), _renewal(standing))
    return " ".join(part for part in parts if part)


def _renewal(standing: ProgramStanding) -> str:
    """Return until when the award has to be renewed, empty outside its renewal window."""
    window = standing.renewal
    if window is None or window.end is None:
        return ""
    return _("Renewal is due through %(day)s.") % {
        "day": date_format(last_day(window.end), "DATE_FORMAT")
    }


def _held(standing: ProgramStanding) -> str:
    """Return until when a designation is held, or since when it is not; empty if it never was."""
    accreditation, award = standing.accreditation, standing.award
    _label, day = _date(standing)
    if day is None:
        return ""
    values = {"designation": title(standing), "day": date_format(day, "DATE_FORMAT")}
    if accreditation and accreditation.grace_ends_on:
        return _("The grace period of %(designation)s ends after %(day)s.") % values
    if standing.falls_on is not None:
        return _("The requirements for %(designation)s are met through %(day)s.") % values
    if award is not None and award.ends_on is not None:
        return _("%(designation)s is valid through %(day)s.") % values
    if standing.holds:
        return _("%(designation)s has been held since %(day)s.") % values
    return _("%(designation)s lapsed on %(day)s.") % values
