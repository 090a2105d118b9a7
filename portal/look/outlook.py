"""What lies ahead of a level: when and why it ends, what would hold it, whom it hangs on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.criteria.forecast import MOST_STEPS, Link
from accreditation.criteria.verdicts import Finding
from accreditation.criteria.whatif import SubjectKind
from accreditation.figures import have_text, need_text
from accreditation.queries.departures import ToldDependence, ToldLoss, ToldSubject
from accreditation.queries.forecast import ToldForecast, ToldLink, ToldRenewal, ToldStep
from accreditation.queries.programs import InForce
from accreditation.record_wording import cause_told, record_detail, record_in_full, record_kind
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
    """The forecast in sentences: what ends and why, what would move it, the days in order."""

    headline: str
    renewal: str
    steps: list[Step]
    is_cut: bool
    is_lapsing: bool


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """Somebody or something without which the level is lost, and what that breaks."""

    name: str
    kind: str
    consequence: str
    broken: str
    is_person: bool


@dataclass(frozen=True, slots=True)
class DependenceCard:
    """The single points of failure, the worst first; ``first`` are shown at once."""

    headline: str
    first: list[SinglePoint]
    further: list[SinglePoint]
    complete: bool


def forecast_card(told: ToldForecast) -> ForecastCard:
    """Return a forecast in words."""
    steps = [_step(one, told.program) for one in told.steps]
    return ForecastCard(
        headline=_headline(told),
        renewal=_renewal(told.renewal, told.program, told.forecast.level or ""),
        steps=steps,
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


def _headline(told: ToldForecast) -> str:
    found = told.forecast
    if found.level is None:
        return _("No level is met today, so none can be lost.")
    values = {
        "designation": designation(told.program, found.level),
        "day": _day(found.lapses_on) if found.lapses_on else "",
        "because": _because(told, found.lapses_on),
    }
    if found.lapses_on is None:
        return _("%(designation)s has no end in sight: nothing it counts on runs out.") % values
    if not values["because"]:
        return _("%(designation)s is met no more on %(day)s.") % values
    return _("%(designation)s is met no more on %(day)s, because %(because)s.") % values


def _because(told: ToldForecast, day: date | None) -> str:
    return next((_reason(one) for one in told.steps if one.step.day == day), "")


def _reason(told: ToldStep) -> str:
    """Return why a level changes, from the requirement to the record, in programs below as well."""
    values = {"cause": cause_told(told.cause), "fall": _fall(told.chain)}
    reason = _("%(fall)s: %(cause)s") % values if values["fall"] else values["cause"]
    if told.behind is None:
        return reason
    behind = {
        "reason": reason,
        "program": localized(told.behind.program.program.name),
        "day": _day(told.behind.step.day),
        "behind": _reason(told.behind),
    }
    return _("%(reason)s (%(program)s, %(day)s: %(behind)s)") % behind


def _fall(chain: tuple[ToldLink, ...]) -> str:
    """Return what becomes of the named requirement nearest to the record."""
    named = [one for one in chain if one.label is not None and one.label.text]
    if not named:
        return ""
    told = named[-1]
    title = localized(told.label.text) if told.label else ""
    return _("“%(requirement)s” %(change)s") % {
        "requirement": title,
        "change": _change(told.link),
    }


def _change(link: Link) -> str:
    after = link.after
    values = {"have": have_text(after), "need": need_text(after)}
    if after.have < link.before.have:
        return _("falls to %(have)s %(need)s") % values
    if after.have > link.before.have:
        return _("rises to %(have)s %(need)s") % values
    return _("changes at %(have)s %(need)s") % values


def _step(told: ToldStep, program: InForce) -> Step:
    before, after = told.step.before, told.step.level
    falls = _rank(program, after) < _rank(program, before)
    values = {
        "day": _day(told.step.day),
        "before": designation(program, before),
        "after": designation(program, after),
    }
    if falls and after is None:
        title = _("%(day)s: nothing is left of %(before)s") % values
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
        return _("Renew %(record)s, valid through %(due)s: then %(designation)s stays.") % values
    return (
        _(
            "Renew %(record)s, valid through %(due)s: no other single renewal holds "
            "%(designation)s longer. It then stays through %(through)s."
        )
        % values
    )


def _dependence(told: ToldDependence, program: InForce) -> str:
    if told.level is None:
        return _("No level is met today, so none can be lost.")
    values = {"designation": designation(program, told.level)}
    if told.losses:
        return _("%(designation)s is lost if any one of these falls away.") % values
    if not told.complete:
        return _("No single point of failure was found among those with the least to spare.")
    return _("%(designation)s hangs on nobody and nothing alone.") % values


def _point(told: ToldLoss, program: InForce) -> SinglePoint:
    [subject] = told.subjects
    broken = (_broken(one.finding, one.label and one.label.text) for one in told.broken)
    values = {"after": designation(program, told.loss.level)}
    left = _("What is left: %(after)s.") if told.loss.level else _("Nothing is left.")
    return SinglePoint(
        name=_name(subject),
        kind=_kind(subject),
        consequence=left % values,
        broken="; ".join(one for one in broken if one),
        is_person=subject.subject.kind is SubjectKind.PERSON,
    )


def _broken(finding: Finding, text: object) -> str:
    if not isinstance(text, dict) or not text:
        return ""
    return _("%(requirement)s: %(have)s %(need)s") % {
        "requirement": localized(text),
        "have": have_text(finding),
        "need": need_text(finding),
    }


def _name(told: ToldSubject) -> str:
    if told.record is not None:
        return record_in_full(told.record)
    if told.name:
        return told.name
    erased = told.subject.kind is SubjectKind.PERSON
    return _("Erased person") if erased else _("Customer no longer on record")


def _kind(told: ToldSubject) -> str:
    if told.record is not None:
        return record_detail(told.record) or record_kind(told.record)
    return str(_KINDS[told.subject.kind])


def _day(day: date) -> str:
    return str(date_format(day, "DATE_FORMAT"))
