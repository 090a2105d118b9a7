"""People and what they hold, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation.criteria.kinds.people.finished import WantedCourses
from accreditation.criteria.kinds.people.people_holding import CertificatesHeld, PeopleHolding
from accreditation.criteria.kinds.people.role_slots import Role, RoleSlots
from accreditation.criteria.kinds.people.wanted import Equivalent, Set, Wanted
from accreditation.criteria.reader import Catalog
from accreditation.sentences.courses import finished
from accreditation.sentences.needs import counted
from accreditation.sentences.nouns import CERTIFICATES, PEOPLE
from accreditation.sentences.registry import Said, says
from accreditation.sentences.speech import Speech, between, day, number
from accreditation.sentences.windows import window_terms
from accreditation.sentences.working import working_terms


@says(PeopleHolding, CertificatesHeld)
def people_holding(one: PeopleHolding, speech: Speech) -> Said:
    """Return how many people hold what, or how many certificates are held."""
    if isinstance(one, CertificatesHeld):
        main, attached = counted(speech, one.at_least, CERTIFICATES), _of_certificates(one, speech)
        closing = _("every certificate of a person counts")
    else:
        main, attached = counted(speech, one.at_least, PEOPLE), _held(one, speech)
        closing = _("each person counts once")
    return Said(main, (*_narrowed(one, speech), closing), tuple(attached))


@says(RoleSlots)
def role_slots(one: RoleSlots, speech: Speech) -> Said:
    """Return how many people fill the roles, which are said by themselves."""
    need = sum(role.need(speech.level) for role in one.roles)
    return Said(
        _("%(people)s in roles") % {"people": PEOPLE.of(need)}, (_("every role is filled"),)
    )


def role(one: Role, speech: Speech) -> Said:
    """Return who suits a role, and how many have to fill it."""
    suitable = one.suitable
    closing = (
        _("each person fills this role only, as far as the rules about people say nothing else")
        if one.uses_up
        else _("whatever else the person does")
    )
    attached = () if suitable.by_job_alone else _held(suitable, speech)
    main = counted(speech, suitable.at_least, PEOPLE)
    return Said(main, (*_narrowed(suitable, speech), closing), tuple(attached))


def _narrowed(one: PeopleHolding, speech: Speech) -> Iterator[str]:
    yield from working_terms(speech, one.working)
    yield from _times(one.earned_from, one.earned_through, one.counts_through)
    for window in window_terms(one.earned_within):
        yield _("earned %(days)s") % {"days": window}
    yield from _versions(one.newest_versions)
    if len(one.wanted) == 1:
        yield from _instead(one.wanted[0], speech)


def _held(one: PeopleHolding, speech: Speech) -> Iterator[str]:
    """Yield what each person holds, set by set, then everything it has to be."""
    first, *others = one.wanted
    yield from _held_of(first, speech)
    if others:
        yield from _instead(first, speech)
    for wanted in others:
        what, *rest = _held_of(wanted, speech)
        yield _("and %(what)s") % {"what": what}
        yield from rest
        yield from _instead(wanted, speech)


def _held_of(wanted: Set, speech: Speech) -> Iterator[str]:
    """Yield how many of which records each person has."""
    if isinstance(wanted, WantedCourses):
        return finished(wanted, speech)
    return _certificates(wanted, speech)


def _certificates(wanted: Wanted, speech: Speech) -> Iterator[str]:
    """Yield how many of which certificates each person holds."""
    named = wanted.certifications
    values = {
        "count": number(wanted.at_least),
        "names": speech.called(Catalog.CERTIFICATION, named) if named else "",
    }
    if wanted.at_least > 1:
        yield from _several(values, named=bool(named), distinct=wanted.distinct)
    elif named:
        yield (
            ngettext(
                "each with the certification %(names)s",
                "each with one of the certifications %(names)s",
                len(named),
            )
            % values
        )
    else:
        yield _("each with a certification")
    yield from _groups(wanted, speech)


def _several(values: dict[str, str], *, named: bool, distinct: bool) -> Iterator[str]:
    if distinct:
        yield _("each with %(count)s different certifications") % values
    else:
        yield _("each with %(count)s certificates, of the same certification or not") % values
    if named:
        yield _("certification: %(names)s") % values


def _of_certificates(one: CertificatesHeld, speech: Speech) -> Iterator[str]:
    for wanted in (each for each in one.wanted if isinstance(each, Wanted)):
        if wanted.certifications:
            names = speech.called(Catalog.CERTIFICATION, wanted.certifications)
            yield _("certification: %(names)s") % {"names": names}
        yield from _groups(wanted, speech)


def _groups(one: Wanted, speech: Speech) -> Iterator[str]:
    if one.families:
        families = speech.called(Catalog.FAMILY, one.families)
        yield _("of the family %(families)s") % {"families": families}
    if one.certification_levels:
        levels = speech.called(Catalog.CERTIFICATION_LEVEL, one.certification_levels)
        yield _("of the certification level %(levels)s") % {"levels": levels}


def _times(first: date | None, last: date | None, through: date | None) -> Iterator[str]:
    if first or last:
        yield _("earned %(days)s") % {"days": between(first, last)}
    if through:
        yield _("counting through %(day)s at the latest") % {"day": day(through)}


def _versions(newest: int | None) -> Iterator[str]:
    if newest is not None:
        yield ngettext(
            "only the newest version of each family",
            "only the %(count)d newest versions of each family",
            newest,
        ) % {"count": newest}


def _instead(wanted: Set, speech: Speech) -> Iterator[str]:
    equivalents = wanted.equivalents if isinstance(wanted, Wanted) else ()
    return (_equivalent(one, speech) for one in equivalents)


def _equivalent(other: Equivalent, speech: Speech) -> str:
    terms, ends_on = other.terms, other.terms.credit_ends_on
    through = ends_on - timedelta(days=1) if ends_on else None
    times = ", ".join(_times(terms.earned_from, terms.earned_through, through))
    values = {"names": speech.called(Catalog.CERTIFICATION, other.certifications), "times": times}
    if not times:
        return _("%(names)s counts as well") % values
    return _("%(names)s counts as well (%(times)s)") % values
