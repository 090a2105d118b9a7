"""The sentence of any criterion, item, role or track: capitalized, with a full stop."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from accreditation.criteria.kinds.bars import bar_of
from accreditation.criteria.kinds.criterion import Criterion
from accreditation.criteria.kinds.nodes.shown import Shown
from accreditation.criteria.kinds.people.role_slots import Role
from accreditation.criteria.kinds.scores.scoring import Item, Track

# Importing a module of words registers its kinds.
from accreditation.sentences import (
    courses,
    figures,
    organization,
    people,
    records,
    registry,
    scores,
)
from accreditation.sentences.needs import counted, needed
from accreditation.sentences.nodes import WRAPPING, node_text
from accreditation.sentences.nouns import PEOPLE
from accreditation.sentences.registry import Said
from accreditation.sentences.speech import Speech

BUILT_IN = (courses, figures, organization, people, records, scores)

Sayable = Criterion | Item | Role | Track


def said(one: Sayable, speech: Speech) -> Said:
    """Return what a criterion asks of a level, clause by clause."""
    if isinstance(one, Item):
        found = scores.item(one, speech)
    elif isinstance(one, Track):
        found = scores.track(one, speech)
    elif isinstance(one, Role):
        found = people.role(one, speech)
    elif isinstance(one, Shown):
        measured = said(one.measured, speech.inside())
        found = replace(measured, main=_("for information: %(figure)s") % {"figure": measured.main})
    else:
        text = node_text(one, speech)
        found = Said(text) if text else registry.say(one, speech)  # type: ignore[arg-type]
    return replace(found, terms=(*found.terms, *_open(speech)))


def sentence_of(one: Sayable, speech: Speech) -> str:
    """Return what a criterion asks of a level, as one sentence."""
    return as_sentence(str(said(one, speech)))


def need_of(one: Sayable, speech: Speech) -> str:
    """Return the number alone that a level needs, with how it is compared; "" without one."""
    bar = one.suitable.at_least if isinstance(one, Role) else bar_of(one)
    # How many of the nodes within are needed is said with how they are asked.
    if bar is None or speech.level not in bar.needs or isinstance(one, WRAPPING):
        return ""
    if one.label.unit == "people":
        return counted(speech, bar, PEOPLE)
    return needed(speech, bar)


def as_sentence(text: str) -> str:
    """Return clauses as a sentence."""
    return _("%(clauses)s.") % {"clauses": text[:1].upper() + text[1:]}


def _open(speech: Speech) -> list[str]:
    if not speech.open_at:
        return []
    return [_("still open: %(places)s") % {"places": ", ".join(speech.open_at)}]
