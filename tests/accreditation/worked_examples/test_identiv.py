"""W29: alternatives with a shared part, an upgrade course, and versions that lose support."""

from collections.abc import Iterable
from datetime import date

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.records import Agreement, CourseCompletion
from accreditation.criteria.verdicts import CauseCode
from enablement.certificate_life import Cutoff, supported_until
from tests.accreditation.criteria.worlds import employee
from tests.accreditation.worked_examples.worlds import met, program

ON = date(2014, 6, 30)
HARDWARE, INSTALLATION, OPERATOR = date(2014, 3, 1), date(2014, 5, 2), date(2014, 6, 1)
MX_CONTROLLER = Cutoff(date(2014, 3, 19), date(2014, 3, 19))
NEXT = Cutoff(date(2014, 9, 1), date(2014, 5, 15))


def taken(
    *courses: tuple[str, date, str], changes: Iterable[Cutoff] = (MX_CONTROLLER,)
) -> PartnerFacts:
    """Return Edda's courses, each as long as it taught a supported version, and the agreement."""
    changes = list(changes)
    return PartnerFacts(
        employments=(employee("Edda", since=date(2010, 1, 1)),),
        courses=tuple(
            CourseCompletion(course, "Edda", f"velocity-{course}", period, mode)
            for course, day, mode in courses
            if (period := _supported(course, day, changes))
        ),
        agreements=(
            Agreement(id="a", kind="channel-partner-agreement", period=Period(date(2013, 1, 1))),
        ),
    )


def _supported(course: str, day: date, changes: Iterable[Cutoff]) -> Period | None:
    """Return how long a course counts; the first change concerns hardware alone."""
    end = supported_until(day, [one for one in changes if course == "hardware" or one is NEXT])
    return None if end is not None and end <= day else Period(day, end)


THREE = (
    ("hardware", HARDWARE, ""),
    ("installation", INSTALLATION, "online"),
    ("operator", OPERATOR, ""),
)
UPGRADED = (*THREE, ("mx-controller", date(2014, 5, 1), ""))


CLASSROOM = (("classroom", date(2014, 4, 1), ""), ("installation", INSTALLATION, "online"))


@pytest.mark.parametrize(
    ("courses", "level"),
    [
        (UPGRADED, "certified"),
        (THREE, None),
        (CLASSROOM, "certified"),
        ((CLASSROOM[0], ("installation", INSTALLATION, "classroom")), None),
        ((CLASSROOM[0],), None),
    ],
    ids=["with Mx Controller", "without it", "classroom", "not online", "no installation"],
)
def test_w29_either_way_to_the_certification(courses, level):
    verdict = judge(program("identiv-channel-velocity"), taken(*courses), ON)

    assert verdict.level == level


def test_w29_partner_loses_by_a_change_of_the_catalog_alone():
    """The oldest supported version moves on 1 September so that Installation is older."""
    rules = program("identiv-channel-velocity")
    known = taken(*UPGRADED, changes=[MX_CONTROLLER, NEXT])

    verdict = judge(rules, known, ON)

    assert (verdict.level, verdict.changes_on) == ("certified", NEXT.effective_on)
    certified = verdict.of("certified").finding
    assert certified.cause is not None
    assert certified.cause.code is CauseCode.RECORD_EXPIRES
    later = judge(rules, known, NEXT.effective_on)
    assert later.level is None
    assert met(later, "certified", "installation") is False


@pytest.mark.parametrize(
    ("course", "mode", "level"),
    [
        ("lcc-070", "online", "certified"),
        ("str-i", "classroom", "certified"),
        ("lcc-070", "classroom", None),
    ],
)
def test_one_of_two_courses_is_enough_for_the_access_manager(course, mode, level):
    known = PartnerFacts(
        employments=(employee("Edda", since=date(2010, 1, 1)),),
        courses=(CourseCompletion("one", "Edda", course, Period(INSTALLATION), mode),),
    )

    assert judge(program("identiv-channel-icpam"), known, ON).level == level
