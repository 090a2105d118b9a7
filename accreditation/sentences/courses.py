"""Courses that people finished, in words."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation.criteria.kinds.people.courses import Counting, CourseCompleted
from accreditation.criteria.kinds.people.finished import Courses, WantedCourses
from accreditation.criteria.reader import Catalog
from accreditation.sentences.needs import counted
from accreditation.sentences.nouns import COMPLETIONS, COURSES, HOURS, PEOPLE
from accreditation.sentences.registry import Said, says
from accreditation.sentences.speech import Speech, either, number
from accreditation.sentences.windows import window_terms
from accreditation.sentences.working import working_terms

_COUNTED = {
    Counting.PEOPLE: PEOPLE,
    Counting.COURSES: COURSES,
    Counting.COMPLETIONS: COMPLETIONS,
    Counting.HOURS: HOURS,
}


@says(CourseCompleted)
def course_completed(one: CourseCompleted, speech: Speech) -> Said:
    """Return how many people finished which courses, or how many courses are finished."""
    return Said(
        counted(speech, one.bar, _COUNTED[one.count]),
        (
            *_modes(one.which),
            *working_terms(speech, one.working),
            *window_terms(one.which.window),
            *_once(one.count),
        ),
        tuple(_what(one, speech)),
    )


def finished(one: WantedCourses, speech: Speech) -> Iterator[str]:
    """Yield how many of which courses each person finished, and how and when."""
    yield _each(one, speech)
    yield from _modes(one.which)
    yield from window_terms(one.which.window)


def _what(one: CourseCompleted, speech: Speech) -> Iterator[str]:
    """Yield what each person finished, or which courses: any, where none is named."""
    if one.each is not None:
        yield _each(one.each, speech)
    elif one.which.courses:
        yield _completed(one.which, speech)


def _completed(which: Courses, speech: Speech) -> str:
    return ngettext(
        "completed: the course %(courses)s", "completed: any of %(courses)s", len(which.courses)
    ) % {"courses": speech.called(Catalog.COURSE, which.courses)}


def _each(one: WantedCourses, speech: Speech) -> str:
    courses = one.which.courses
    if one.hours is not None:
        return _each_hours(one.hours, courses, speech)
    values = {"count": number(one.at_least), "courses": speech.called(Catalog.COURSE, courses)}
    if one.at_least > 1:
        return _("each having completed %(count)s of the courses %(courses)s") % values
    return (
        ngettext(
            "each having completed the course %(courses)s",
            "each having completed one of the courses %(courses)s",
            len(courses),
        )
        % values
    )


def _each_hours(hours: Fraction, courses: frozenset[str], speech: Speech) -> str:
    values = {"hours": HOURS.of(hours)}
    if not courses:
        return _("each with %(hours)s") % values
    values["courses"] = speech.called(Catalog.COURSE, courses)
    return (
        ngettext(
            "each with %(hours)s in the course %(courses)s",
            "each with %(hours)s in the courses %(courses)s",
            len(courses),
        )
        % values
    )


def _modes(which: Courses) -> list[str]:
    return [_("taken as: %(modes)s") % {"modes": either(which.modes)}] if which.modes else []


def _once(count: Counting) -> list[str]:
    if count in {Counting.COMPLETIONS, Counting.HOURS}:
        return []
    people = count is Counting.PEOPLE
    return [_("each person counts once") if people else _("each course counts once")]
