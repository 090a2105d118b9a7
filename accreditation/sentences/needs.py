"""What a level needs, in words: a number, a number looked up, a share of a population."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.criteria.kinds.bars import Bar, Limit, Lookup, Need, Share
from accreditation.criteria.kinds.working import ANYHOW, Working
from accreditation.criteria.reader import Catalog
from accreditation.criteria.verdicts import Comparison, Number
from accreditation.sentences.nouns import Noun
from accreditation.sentences.speech import Speech, number, percent
from accreditation.sentences.working import working_terms

Shown = Callable[[Number], str]
"""How a figure is said: with its unit, or as a share."""

_COMPARED: Mapping[Comparison, Promise] = {
    Comparison.AT_LEAST: gettext_lazy("at least %(things)s"),
    Comparison.MORE_THAN: gettext_lazy("more than %(things)s"),
    Comparison.AT_MOST: gettext_lazy("at most %(things)s"),
    Comparison.LESS_THAN: gettext_lazy("less than %(things)s"),
}


def compared(comparison: Comparison, things: str) -> str:
    """Return a number with how it is compared: "at least 4 people"."""
    return str(_COMPARED[comparison] % {"things": things})


def limited(limit: Limit, shown: Shown = number) -> str:
    """Return one number for all levels with how it is compared."""
    return compared(limit.comparison, shown(limit.need))


def counted(speech: Speech, bar: Bar, noun: Noun) -> str:
    """Return how many of a thing the level needs; inside a measure, just the thing."""
    return str(noun.plain) if speech.measured else _needed(speech, bar, noun.of, str(noun.plain))


def figure(speech: Speech, bar: Bar, name: str, shown: Shown = number) -> str:
    """Return a figure with what the level needs of it; inside a measure, just the figure."""
    if speech.measured:
        return name
    return _("%(figure)s: %(need)s") % {"figure": name, "need": needed(speech, bar, shown)}


def needed(speech: Speech, bar: Bar, shown: Shown = number) -> str:
    """Return what the level needs of a figure."""
    return _needed(speech, bar, shown, "")


def _needed(speech: Speech, bar: Bar, shown: Shown, things: str) -> str:
    if speech.is_open(bar.comparison.value):
        return compared(bar.comparison, _still_open(things))
    need = bar.needs[speech.level]
    return compared(bar.comparison, _said(speech, need, shown, things))


def _still_open(things: str) -> str:
    if not things:
        return _("a number that is still open")
    return _("a number of %(things)s that is still open") % {"things": things}


def _said(speech: Speech, need: Need, shown: Shown, things: str) -> str:
    if isinstance(need, Lookup):
        return _looked_up(need, number if things else shown, things)
    if isinstance(need, Share):
        return _shared(speech, need, things)
    return shown(need)


def _looked_up(need: Lookup, shown: Shown, things: str) -> str:
    values = {"attribute": need.attribute, "table": _table(need, shown), "things": things}
    if not things:
        return _("what “%(attribute)s” asks for (%(table)s)") % values
    return _("as many %(things)s as “%(attribute)s” asks for (%(table)s)") % values


def _table(need: Lookup, shown: Shown) -> str:
    rows = [
        _("from %(least)s: %(need)s") % {"least": number(least), "need": shown(one)}
        for least, one in reversed(need.steps)
    ]
    rows += [
        _("%(value)s: %(need)s") % {"value": value, "need": shown(one)}
        for value, one in sorted((need.names or {}).items())
    ]
    if need.otherwise is not None:
        rows.append(_("otherwise: %(need)s") % {"need": shown(need.otherwise)})
    return "; ".join(rows)


def _shared(speech: Speech, need: Share, things: str) -> str:
    said = _population(speech, need)
    if things:
        said = _("%(share)s (%(things)s)") % {"share": said, "things": things}
    if need.cap is None:
        return said
    return _("%(need)s, but never more than %(cap)s") % {"need": said, "cap": number(need.cap)}


def _population(speech: Speech, need: Share) -> str:
    """Return the share with whom it is a share of."""
    share, of = percent(need.share), need.of
    if of == ANYHOW:
        values = {"share": share, "attribute": need.attribute}
        return _("%(share)s of the number “%(attribute)s”") % values
    if of == Working(job_roles=of.job_roles):
        roles = speech.called(Catalog.JOB_ROLE, of.job_roles)
        return _("%(share)s of everybody in the job role %(roles)s") % {
            "share": share,
            "roles": roles,
        }
    terms = ", ".join(working_terms(speech, of))
    return _("%(share)s of everybody (%(terms)s)") % {"share": share, "terms": terms}
