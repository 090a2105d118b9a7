"""Figures, in words: metrics, growth, ratios, items, amounts and scores on file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accreditation.criteria.kinds.aggregates import Missing
from accreditation.criteria.kinds.criterion import VALUE
from accreditation.criteria.kinds.figures.earlier import Earlier
from accreditation.criteria.kinds.figures.elapsed import EventPassed, MonthsSince
from accreditation.criteria.kinds.figures.items import EveryItem, Which
from accreditation.criteria.kinds.figures.metrics import Growing, Growth, Metric, Take
from accreditation.criteria.kinds.figures.net import Net
from accreditation.criteria.kinds.figures.ratio import Ratio
from accreditation.criteria.kinds.figures.readings import Readings
from accreditation.criteria.kinds.records.amounts import (
    AmountOnFile,
    ChecklistScore,
    DocumentAmount,
    FeeAmount,
)
from accreditation.sentences.amounts import money_terms, own_unit, with_unit
from accreditation.sentences.filters import attribute, own_terms, time_after
from accreditation.sentences.needs import Shown, counted, figure, limited
from accreditation.sentences.nouns import EVENTS, MONTHS
from accreditation.sentences.registry import Said, say, says
from accreditation.sentences.speech import Speech, either, percent
from accreditation.sentences.windows import window_terms

_TAKEN: Mapping[Take, Promise] = {
    Take.SUM: gettext_lazy("sum of “%(metric)s”"),
    Take.LATEST: gettext_lazy("newest “%(metric)s”"),
    Take.MEAN: gettext_lazy("mean of “%(metric)s”"),
    Take.MEDIAN: gettext_lazy("median of “%(metric)s”"),
    Take.LARGEST: gettext_lazy("largest “%(metric)s”"),
    Take.SMALLEST: gettext_lazy("smallest “%(metric)s”"),
}


@says(Metric)
def metric(one: Metric, speech: Speech) -> Said:
    """Return what a figure has to be."""
    shown = with_unit(one.readings.money.currency or own_unit(one.label.unit, one.unit))
    missing = (
        _("no figure counts as zero")
        if one.missing is Missing.ZERO
        else _("without a figure it cannot be judged")
    )
    summed = [_("what is read of one item is summed first")] if one.per else []
    terms = (*_readings(one.readings), *window_terms(one.window), *summed, missing)
    return Said(figure(speech, one.bar, _taken(one.take, one.readings), shown), terms)


@says(Growth)
def growth(one: Growth, speech: Speech) -> Said:
    """Return how a figure has to grow."""
    unit = one.readings.money.currency or own_unit(one.label.unit, one.unit)
    shown = percent if one.growing is Growing.SHARE else with_unit(unit)
    name = _("growth of: %(figure)s") % {"figure": _taken(one.take, one.readings)}
    against = _("against the same months %(months)s earlier") % {"months": MONTHS.of(one.months)}
    terms = (*_readings(one.readings), *window_terms(one.window), against)
    return Said(figure(speech, one.bar, name, shown), terms)


@says(Ratio)
def ratio(one: Ratio, speech: Speech) -> Said:
    """Return what a measure divided by another has to be."""
    name = _("(%(numerator)s) divided by (%(denominator)s)") % {
        "numerator": say(one.numerator, speech.inside()),
        "denominator": say(one.denominator, speech.inside()),
    }
    own = own_unit(one.label.unit, VALUE)
    return Said(figure(speech, one.bar, name, percent if own == one.unit else with_unit(own)))


@says(Net)
def net(one: Net, speech: Speech) -> Said:
    """Return what has to be left of a measure after another is taken away."""
    name = _("(%(gains)s) less (%(losses)s)") % {
        "gains": say(one.gains, speech.inside()),
        "losses": say(one.losses, speech.inside()),
    }
    shown = with_unit(own_unit(one.label.unit, one.unit))
    return Said(figure(speech, one.bar, name, shown))


@says(Earlier)
def earlier(one: Earlier, speech: Speech) -> Said:
    """Return what a measure had to be some months before."""
    name = _("(%(measure)s) as it was %(months)s earlier") % {
        "measure": say(one.measured, speech.inside()),
        "months": MONTHS.of(one.months),
    }
    return Said(figure(speech, one.bar, name))


@says(MonthsSince)
def months_since(one: MonthsSince, speech: Speech) -> Said:
    """Return how many months have to have begun since an event."""
    name = _("months begun since “%(event)s”, at most %(most)d") % {
        "event": one.event,
        "most": one.most,
    }
    return Said(figure(speech, one.bar, name))


@says(EventPassed)
def event_passed(one: EventPassed, speech: Speech) -> Said:
    """Return which event has to have happened, or how long ago; how often, only if that is open."""
    name = {"event": one.event}
    said = _("“%(event)s” has happened") % name
    if one.months or one.days:
        ago = time_after(one.months, one.days)
        said = _("“%(event)s” is at least %(time)s ago") % {**name, "time": ago}
    open_number = speech.is_open(one.bar.comparison.value)
    if speech.measured or (one.bar.needs[speech.level] == 1 and not open_number):
        return Said(said)
    return Said(counted(speech, one.bar, EVENTS), attached=(said,))


@says(EveryItem)
def every_item(one: EveryItem, speech: Speech) -> Said:  # noqa: ARG001 - the same for every level
    """Return what every item has to be."""
    must = (
        _("must have %(attribute)s") % {"attribute": attribute(name, values)}
        for name, values in one.must.items()
    )
    main = _("every item of “%(metric)s”") % {"metric": one.readings.metric}
    shown = with_unit(one.readings.money.currency)
    terms = (*_readings(one.readings), *window_terms(one.window), *must)
    return Said(main, terms, tuple(_chosen(one.which, shown)))


@says(DocumentAmount, FeeAmount)
def amount_on_file(one: AmountOnFile, speech: Speech) -> Said:
    """Return which amount an accepted document has to state, or which fee has to be paid."""
    kinds = {"kinds": either(one.kinds)}
    if isinstance(one, FeeAmount):
        name = _("largest fee of the kind %(kinds)s that is paid for the day") % kinds
    else:
        name = _("largest amount of an accepted document of the kind %(kinds)s") % kinds
    main = figure(speech, one.bar, name, with_unit(one.currency))
    return Said(main, tuple(own_terms(one.own)))


@says(ChecklistScore)
def checklist_score(one: ChecklistScore, speech: Speech) -> Said:
    """Return which share of a checklist's points has to be reached."""
    name = _("best score of the checklist %(kinds)s") % {"kinds": either(one.checklists)}
    return Said(figure(speech, one.bar, name, percent))


def _taken(take: Take, readings: Readings) -> str:
    return str(_TAKEN[take] % {"metric": readings.metric})


def _readings(readings: Readings) -> Iterator[str]:
    yield from own_terms(readings.own)
    yield from money_terms(readings.money)


def _chosen(which: Which, shown: Shown) -> Iterator[str]:
    if which.limit is not None:
        yield _("whose newest figure is %(limit)s") % {"limit": limited(which.limit, shown)}
    if which.top is not None:
        yield ngettext(
            "only the one with the largest figure",
            "only the %(count)d with the largest figures",
            which.top,
        ) % {"count": which.top}
