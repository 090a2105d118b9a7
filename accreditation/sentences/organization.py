"""What is known of the organization, in words: attributes, decisions, levels held."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.criteria.kinds.records.levels import HeldBy, HoldsLevel, Once
from accreditation.criteria.kinds.records.organization import Attribute, DecidedByPerson
from accreditation.sentences.filters import attribute as valued
from accreditation.sentences.needs import counted, figure
from accreditation.sentences.nouns import DECISIONS, DESIGNATIONS, MONTHS, PARTNERS
from accreditation.sentences.registry import Said, says
from accreditation.sentences.speech import Speech, either

_HELD_BY: Mapping[HeldBy, Promise] = {
    HeldBy.CHILDREN: gettext_lazy("held by partners directly below"),
    HeldBy.SUBTREE: gettext_lazy("held by the partner or by any partner below"),
    HeldBy.ABOVE: gettext_lazy("held by any partner above, up to the head office"),
}


@says(Attribute)
def attribute(one: Attribute, speech: Speech) -> Said:
    """Return which value an attribute of the organization has to have."""
    if one.values:
        asked = valued(one.name, one.values)
        # At most zero of the values is how a document says that none of them may be it.
        excluded = not (speech.measured or one.bar.comparison.rising)
        return Said(_("not %(attribute)s") % {"attribute": asked} if excluded else asked)
    return Said(figure(speech, one.bar, _("“%(name)s”") % {"name": one.name}))


@says(DecidedByPerson)
def decided_by_person(one: DecidedByPerson, speech: Speech) -> Said:
    """Return that a person decides."""
    return Said(
        counted(speech, one.bar, DECISIONS), attached=(_("a person decides whether it is met"),)
    )


@says(HoldsLevel)
def holds_level(one: HoldsLevel, speech: Speech) -> Said:
    """Return which designations have to be held."""
    names = speech.names
    terms = []
    if one.programs:
        programs = either(names.programs.get(key, key) for key in one.programs)
        terms.append(_("program: %(programs)s") % {"programs": programs})
    if one.levels:
        levels = either(names.level(one.programs, key) for key in one.levels)
        terms.append(_("level: %(levels)s") % {"levels": levels})
    if one.groups:
        terms.append(_("group: %(groups)s") % {"groups": either(one.groups)})
    if one.held_by is not HeldBy.SELF:
        terms.append(str(_HELD_BY[one.held_by]))
    if one.for_months is not None:
        held = _("held for longer than %(months)s without a break")
        terms.append(held % {"months": MONTHS.of(one.for_months)})
    if one.distinct is Once.PARTNER:
        return Said(counted(speech, one.bar, PARTNERS), (*terms, _("each partner counts once")))
    main = counted(speech, one.bar, DESIGNATIONS)
    return Said(main, (*terms, _("versions of one designation count once")))
