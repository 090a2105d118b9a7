"""Older certifications that count as well, for a time."""

from datetime import date

import pytest

from accreditation.criteria.verdicts import ReasonCode, Result
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.worlds import (
    TODAY,
    certificate,
    counted,
    document,
    employee,
    facts,
    finding_on,
    people,
    reasons,
)

SUPPORT = people(
    certifications=["support-v3"],
    at_least=1,
    newest_versions=1,
    families=["support"],
    equivalents=[
        {
            "certifications": ["adf-support"],
            "earned_through": "2013-02-28",
            "counts_through": "2014-03-01",
        }
    ],
)


def holder(certification: str, passed_on: date):
    return facts(
        employee("Edda", since=date(2010, 1, 1)),
        certificate("Edda", certification, since=passed_on),
    )


@pytest.mark.parametrize(
    ("passed_on", "day", "reason"),
    [
        (date(2013, 2, 28), date(2014, 3, 1), None),
        (date(2013, 2, 28), date(2014, 3, 2), ReasonCode.NO_LONGER_CREDITED),
        (date(2013, 3, 1), date(2013, 6, 1), ReasonCode.EARNED_TOO_LATE),
    ],
)
def test_old_certification_counts_as_the_new_one_for_a_time(passed_on, day, reason):
    finding = finding_on(day, SUPPORT, holder("adf-support", passed_on))

    assert (finding.result is Result.MET) is (reason is None)
    assert list(reasons(finding).values()) == ([reason] if reason else [])


def test_other_certifications_are_still_not_considered():
    finding = finding_on(TODAY, SUPPORT, holder("sales", date(2013, 1, 1)))

    assert (counted(finding), finding.not_counted) == ([], ())


EQUIVALENTS = [
    ({}, "criteria.equivalents[0].certifications: is missing"),
    ({"certifications": ["a"], "extra": 1}, "criteria.equivalents[0].extra: is not known here"),
    (
        {"certifications": ["a"], "earned_from": "2014-01-01", "earned_through": "2013-01-01"},
        "criteria.equivalents[0].earned_through: must not be before 2014-01-01",
    ),
]


@pytest.mark.parametrize(("written", "problem"), EQUIVALENTS, ids=[one for _, one in EQUIVALENTS])
def test_equivalent_with_a_mistake_is_refused_at_its_place(written, problem):
    assert problems(document(people(equivalents=[written])))[0].startswith(problem)
