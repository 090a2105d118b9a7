"""What lies ahead of a level: when and why it ends, what would hold it, whom it hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.criteria.forecast import MOST_STEPS
from accreditation.criteria.verdicts import CauseCode, Finding, Result
from accreditation.criteria.whatif import SubjectKind
from accreditation.queries.departures import ToldDependence, ToldLoss, ToldSubject
from accreditation.queries.forecast import (
    ToldForecast,
    ToldRenewal,
    ToldStep,
    ToldVersion,
)
from accreditation.queries.programs import InForce
from accreditation.queries.standings import ProgramStanding
from accreditation.requirements import answers_needed, criteria_of
from accreditation.wording.codes import answers_text
from accreditation.wording.figures import brief_text
from accreditation.wording.records import cause_told, record_in_full, record_kind, record_name
from partners.periods import last_day
from partners.texts import localized
from portal.look.components import Step

MOST_LOSSES = 8
"""So many single points are shown at once, the others folded."""

_KINDS = {
    SubjectKind.PERSON: gettext_lazy("Person"),
    SubjectKind.CUSTOMER: gettext_lazy("Customer"),
}


@dataclass(frozen=True, slots=True)
class ForecastCard:
    """The forecast in sentences: what ends and why, what would move it, the days in order.

    ``held`` says how long the level is held beyond that, where it is. ``replaced`` says which other
    rules come into force, and what is met by them.
    """

    headline: str
    held: str
    renewal: str
    steps: list[Step]
    replaced: list[str]
    is_cut: bool
    is_lapsing: bool


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """Somebody or something without which the level is lost, and what that breaks."""

    name: str
    kind: str
    consequence: str
    is_person: bool


@dataclass(frozen=True, slots=True)
class DependenceCard:
    """The single points of failure, the worst first; ``first`` are shown at once."""

    headline: str
    first: list[SinglePoint]
    further: list[SinglePoint]
    complete: bool


def forecast_card(told: ToldForecast, standing: ProgramStanding | None = None) -> ForecastCard:
    """Return a forecast in words; what is held though it is met no more is held for a while."""
    steps = [_step(one) for one in told.steps]
    return ForecastCard(
        headline=(_kept(told, standing) if standing else "") or _headline(told),
        held=_held(told),
        renewal=_renewal(told.renewal, told.program, told.forecast.level or ""),
        steps=steps,
        replaced=[_replaced(one) for one in told.replaced],
        is_cut=len(steps) == MOST_STEPS,
        is_lapsing=told.forecast.lapses_on is not None,
    )


def dependence_card(told: ToldDependence, program: InForce) -> DependenceCard:
    """Return the single points of failure in words."""
    points = [_point(one, program) for one in told.losses]
    return DependenceCard(
        headline=_dependence(told, program),
        first=points[:MOST_LOSSES],
        further=points[MOST_LOSSES:],
        complete=told.complete,
    )


def designation(program: InForce, level: str | None) -> str:
    """Return the title of a level, or that there is none."""
    return localized(program.levels[level].designation) if level else _("no level")


def _kept(told: ToldForecast, standing: ProgramStanding) -> str:
    """Return until when a designation is kept without being met; empty where that is not so."""
    if told.forecast.level is not None or standing.level is None or standing.accreditation is None:
        return ""
    grace_ends_on = standing.accreditation.grace_ends_on
    lost_on = grace_ends_on or standing.taken_on
    if lost_on is None:
        return ""
    values = {"designation": localized(standing.level.designation), "day": _day(last_day(lost_on))}
    if grace_ends_on is None:
        return _("%(designation)s is not met today and is kept through %(day)s only.") % values
    return _("%(designation)s is not met today; its grace is over after %(day)s.") % values


def _headline(told: ToldForecast) -> str:
    found = told.forecast
    if found.level is None:
        return _("No level is met today, so none can be lost.")
    values = {"designation": designation(told.program, found.level)}
    if found.lapses_on is None:
        return _("%(designation)s has no end in sight: nothing it counts on runs out.") % values
    values["through"] = _day(last_day(found.lapses_on))
    return _("Every requirement for %(designation)s is met through %(through)s.") % values


def _held(told: ToldForecast) -> str:
    """Return until when a level is held that is met no more; empty where that is the same day."""
    lapses_on, lost_on = told.forecast.lapses_on, told.lost_on
    if lapses_on is None or lost_on is None or lost_on <= lapses_on:
        return ""
    values = {"through": _day(last_day(lost_on))}
    return _("It stays in force through %(through)s: until then it can be met again.") % values


def _replaced(told: ToldVersion) -> str:
    values = {
        "number": told.program.version.number,
        "day": _day(told.day),
        "designation": designation(told.program, told.level),
    }
    if told.level is None:
        return _("From %(day)s version %(number)d of the rules judges. No level is met by it.") % (
            values
        )
    return (
        _("From %(day)s version %(number)d of the rules judges. %(designation)s is met by it.")
        % values
    )


def _by_other_rules(told: ToldStep) -> str:
    """Return why a level changes with the rules: what they ask that is not met."""
    number = {"number": told.program.version.number}
    if not (asked := _asked(told)):
        return _("version %(number)d of the rules comes into force") % number
    return (
        _("version %(number)d of the rules comes into force and asks “%(requirement)s”: %(now)s")
        % (number | asked)
    )  # fmt: skip


def _by_renewal(told: ToldStep) -> str:
    """Return why an award ends: what its renewal asks that is not met."""
    if not (asked := _asked(told)):
        return _("the award ends and cannot be renewed")
    return _("the award ends, and its renewal asks “%(requirement)s”: %(now)s") % asked


def _by_award(told: ToldStep) -> str:
    """Return why a level changes once an award began or ended: what is asked since."""
    if not (asked := _asked(told)):
        return _("from this day on less is asked")
    return _("from this day on “%(requirement)s” is asked: %(now)s") % asked


def _asked(told: ToldStep) -> dict[str, str]:
    """Return what is asked and not met, and what there is of it; nothing without words."""
    named = [one for one in told.chain if one.label is not None and one.label.text]
    if not named or named[-1].label is None:
        return {}
    return {
        "requirement": localized(named[-1].label.text).rstrip("."),
        "now": brief_text(named[-1].link.after),
    }


_ASKED_ELSE = {
    CauseCode.RULES_REPLACED: _by_other_rules,
    CauseCode.RENEWAL_FAILS: _by_renewal,
    CauseCode.ASKED_OTHERWISE: _by_award,
}
"""Why a level changes though no record does: something else is asked."""


def _reason(told: ToldStep) -> str:
    """Return why a level changes: what happens to a record, and to the requirement above it.

    Where the cause is a level of another program, also why that changes.
    """
    if (by := _ASKED_ELSE.get(told.step.cause.code)) is not None:
        return by(told)
    values = {"cause": cause_told(told.cause), "change": _moved(told)}
    reason = _("%(cause)s, so %(change)s") % values if values["change"] else values["cause"]
    if told.behind is None:
        return reason
    behind = {
        "reason": reason,
        "program": localized(told.behind.program.program.name),
        "day": _day(told.behind.step.day),
        "behind": _reason(told.behind),
    }
    return _("%(reason)s (%(program)s, %(day)s: %(behind)s)") % behind


def _moved(told: ToldStep) -> str:
    """Return what becomes of the named requirement nearest to the record."""
    named = [one for one in told.chain if one.label is not None and one.label.text]
    if not named:
        return ""
    link, label = named[-1].link, named[-1].label
    program, step = told.program, told.step
    level = max(step.before, step.level, key=lambda one: _rank(program, one))
    return _told((link.before, link.after), localized(label.text) if label else "", program, level)


def _told(
    moved: tuple[Finding | None, Finding], title: str, program: InForce, level: str | None
) -> str:
    """Return what becomes of a requirement of a level, as a clause; from None it gets worse."""
    before, after = moved
    values = {"requirement": title.rstrip("."), "now": brief_text(after)}
    if after.result is Result.CANNOT_BE_JUDGED:
        answers = answers_needed(criteria_of(program.rules).get(after.key), level or "")
        if len(after.counted) < answers:
            values["answers"] = answers_text(after, answers)
            return _("“%(requirement)s” can no longer be judged (%(answers)s)") % values
        return _("“%(requirement)s” can no longer be judged") % values
    if before is not None and before.result is Result.CANNOT_BE_JUDGED:
        return _("“%(requirement)s” can be judged: %(now)s") % values
    falls = after.comparison.rising if before is None else after.have < before.have
    if falls:
        return _("“%(requirement)s” falls to %(now)s") % values
    if before is None or after.have > before.have:
        return _("“%(requirement)s” rises to %(now)s") % values
    return _("“%(requirement)s” changes at %(now)s") % values


def _step(told: ToldStep) -> Step:
    program = told.program
    before, after = told.step.before, told.step.level
    falls = _rank(program, after) < _rank(program, before)
    values = {
        "day": _day(told.step.day),
        "before": designation(program, before),
        "after": designation(program, after),
    }
    if falls and after is None:
        title = _("%(day)s: %(before)s is no longer met") % values
    elif falls:
        title = _("%(day)s: %(before)s falls to %(after)s") % values
    else:
        title = _("%(day)s: %(after)s is met") % values
    reason = _reason(told)
    return Step(
        title=title,
        detail=reason[:1].upper() + reason[1:] + ".",
        tone="" if falls else "on",
        icon="trending-down" if falls else "trending-up",
    )


def _rank(program: InForce, level: str | None) -> int:
    return program.levels[level].rank if level else 0


def _renewal(told: ToldRenewal | None, program: InForce, level: str) -> str:
    if told is None:
        return ""
    renewal = told.renewal
    values = {
        "record": record_in_full(told.record),
        "due": _day(last_day(renewal.ends_on)),
        "designation": designation(program, level),
        "through": _day(last_day(renewal.lapses_on)) if renewal.lapses_on else "",
    }
    if renewal.lapses_on is None:
        return _("Renew %(record)s by %(due)s. %(designation)s then has no end in sight.") % values
    return (
        _(
            "Renew %(record)s by %(due)s. %(designation)s then holds through %(through)s; "
            "no other single renewal helps more."
        )
        % values
    )


def _dependence(told: ToldDependence, program: InForce) -> str:
    if told.level is None:
        return _("No level is met today, so nobody and nothing carries one alone.")
    values = {"designation": designation(program, told.level)}
    if told.losses:
        return _("%(designation)s is lost if any one of these falls away.") % values
    if not told.complete:
        return _("No single point of failure was found among those with the least to spare.")
    return _("%(designation)s hangs on nobody and nothing alone.") % values


def _point(told: ToldLoss, program: InForce) -> SinglePoint:
    [subject] = told.subjects
    broken = "; ".join(
        _told((None, one.finding), localized(one.label.text), program, told.loss.before)
        for one in told.broken
        if one.label is not None and one.label.text
    )
    after = {"after": designation(program, told.loss.level)}
    left = _("%(after)s is left.") % after if told.loss.level else _("No level is left.")
    return SinglePoint(
        name=_name(subject),
        kind=_kind(subject),
        consequence=f"{broken}. {left}" if broken else left,
        is_person=subject.subject.kind is SubjectKind.PERSON,
    )


def _name(told: ToldSubject) -> str:
    if told.record is not None:
        return record_name(told.record)
    if told.name:
        return told.name
    erased = told.subject.kind is SubjectKind.PERSON
    return _("Erased person") if erased else _("Customer no longer on record")


def _kind(told: ToldSubject) -> str:
    if told.record is not None:
        return record_kind(told.record)
    return str(_KINDS[told.subject.kind])


def _day(day: date) -> str:
    return str(date_format(day, "DATE_FORMAT"))
