"""Certificates that count for having been earned within a window."""

from accreditation.criteria.periods import add_months
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode, Result
from tests.accreditation.criteria.worlds import (
    TODAY,
    certificate,
    employee,
    facts,
    finding_on,
    people,
    reasons,
)


def test_certificate_counts_while_it_was_earned_within_the_window():
    recent = people(earned_within={"rolling_months": 12})
    known = facts(employee("Edda"), certificate("Edda", since=TODAY))

    begins = finding_on(TODAY, recent, known)
    later = finding_on(begins.changes_on, recent, known)

    assert (begins.result, begins.changes_on) == (Result.MET, TODAY.replace(year=2027))
    assert begins.cause == Cause(CauseCode.RECORD_TOO_OLD, "Edda-engineer", "Edda")
    assert (later.result, reasons(later)) == (
        Result.NOT_MET,
        {"Edda-engineer": ReasonCode.OUTSIDE_WINDOW},
    )


def test_certificate_counts_once_the_month_in_which_it_was_earned_is_over():
    last_month = people(earned_within={"closed_months": 1})
    known = facts(employee("Edda"), certificate("Edda", since=TODAY))

    finding = finding_on(TODAY, last_month, known)

    assert reasons(finding) == {"Edda-engineer": ReasonCode.OUTSIDE_WINDOW}
    assert finding.changes_on == add_months(TODAY.replace(day=1), 1)
    assert finding.cause == Cause(CauseCode.TIME_PASSES, "Edda-engineer", "Edda")


def test_certificate_that_was_not_earned_in_fixed_days_never_counts():
    fixed = people(earned_within={"fixed": {"from": "2025-01-01", "through": "2025-06-30"}})
    known = facts(employee("Edda"), certificate("Edda", since=TODAY))

    finding = finding_on(TODAY, fixed, known)

    assert (reasons(finding), finding.changes_on) == (
        {"Edda-engineer": ReasonCode.OUTSIDE_WINDOW},
        None,
    )
