"""Nodes that ask other nodes, in words: groups, conditions, steps, phases, histories."""

from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from accreditation.criteria.kinds.dossier import Phase
from accreditation.criteria.kinds.nodes.grouped import Grouped
from accreditation.criteria.kinds.nodes.groups import Form, Group
from accreditation.criteria.kinds.nodes.spans import AnyDay, Snapshot, Sustained
from accreditation.criteria.kinds.nodes.wrapping import AfterEvent, ByPhase, Conditional, Steps
from accreditation.sentences.filters import time_after
from accreditation.sentences.needs import needed
from accreditation.sentences.nouns import MONTHS
from accreditation.sentences.speech import Speech, day_of_year, one_of
from accreditation.sentences.windows import window_text

WRAPPING = (Group, Conditional, Steps, AfterEvent, Grouped, Sustained, AnyDay, Snapshot)
"""Nodes that ask every node within them, in some way."""

PHASES: Mapping[Phase, Promise] = {
    Phase.INITIAL: gettext_lazy("To reach the level"),
    Phase.KEEP: gettext_lazy("To keep the level"),
    Phase.RENEW: gettext_lazy("To renew the level"),
}


@singledispatch
def node_text(node: object, speech: Speech) -> str:  # noqa: ARG001 - whatever is not listed below
    """Return how a node asks a level the nodes within it; "" for a criterion without any."""
    return ""


@node_text.register
def _(node: Group, speech: Speech) -> str:
    match node.form:
        case Form.ALL:
            return gettext("All of these")
        case Form.ANY:
            return gettext("One of these")
        case Form.AT_LEAST:
            need = node.at_least.needs.get(speech.level)
            if isinstance(need, int):
                return gettext("At least %(count)d of these") % {"count": need}
            return gettext("Of these, %(need)s") % {"need": needed(speech, node.at_least)}
        case Form.NONE:
            return gettext("None of these")


@node_text.register
def _(_node: Conditional, _speech: Speech) -> str:
    return gettext("The second is asked only while the first is met")


@node_text.register
def _(_node: Steps, _speech: Speech) -> str:
    return gettext("In this order: each counts only while all before it are met")


@node_text.register
def _(_node: ByPhase, _speech: Speech) -> str:
    return gettext("Depending on the phase")


@node_text.register
def _(node: AfterEvent, _speech: Speech) -> str:
    asked = gettext(
        "Asked once more than %(time)s have passed since “%(event)s”; also while that day is not "
        "known"
    )
    return asked % {"time": time_after(node.months, node.days), "event": node.event}


@node_text.register
def _(node: Grouped, speech: Speech) -> str:
    asked = _grouped(node, speech)
    if not node.people:
        return asked
    return gettext("%(asked)s; people belong where they work") % {"asked": asked}


def _grouped(node: Grouped, speech: Speech) -> str:
    need = node.at_least.needs.get(speech.level)
    if not isinstance(need, int):
        said = gettext("Each “%(by)s” is judged alone by what belongs to it; met: %(need)s")
        return said % {"by": node.by, "need": needed(speech, node.at_least)}
    met = ngettext(
        "Met by what belongs to at least %(count)d “%(by)s” alone",
        "Met by what belongs to at least %(count)d “%(by)s”, each alone",
        need,
    )
    return met % {"count": need, "by": node.by}


@node_text.register
def _(node: Sustained, _speech: Speech) -> str:
    months = MONTHS.of(node.months)
    return gettext("Met without a break for longer than %(months)s") % {"months": months}


@node_text.register
def _(node: AnyDay, _speech: Speech) -> str:
    window = window_text(node.window)
    return gettext("Met on at least one day %(window)s") % {"window": window}


@node_text.register
def _(node: Snapshot, _speech: Speech) -> str:
    days = one_of(day_of_year(*one) for one in sorted(node.on))
    return gettext("Met on the last of these days of the year: %(days)s") % {"days": days}
