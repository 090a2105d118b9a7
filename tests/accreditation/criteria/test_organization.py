"""Attributes of the organization, and decisions of people."""

from datetime import date
from decimal import Decimal

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.periods import DAY, Period
from accreditation.criteria.records import Decision, OrganizationAttribute
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode, Result
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    counted,
    finding_on,
    leaf,
    reasons,
    through,
)

FOREVER = Period(LONG_AGO)
STANDING = leaf("attribute", attribute="good-standing", **{"is": ["true"]})
SIZE = leaf("attribute", attribute="size", more_than=99.5)


def known(*records) -> PartnerFacts:
    return PartnerFacts(
        attributes=tuple(one for one in records if isinstance(one, OrganizationAttribute)),
        decisions=tuple(one for one in records if isinstance(one, Decision)),
    )


@pytest.mark.parametrize(
    ("node", "name", "value", "result"),
    [
        (STANDING, "good-standing", True, Result.MET),
        (STANDING, "good-standing", False, Result.NOT_MET),
        (STANDING, "size", True, Result.CANNOT_BE_JUDGED),
        (SIZE, "size", Decimal(100), Result.MET),
        (SIZE, "size", Decimal("99.5"), Result.NOT_MET),
        (SIZE, "size", "large", Result.CANNOT_BE_JUDGED),
        (
            leaf("attribute", attribute="a", **{"is": ["2026-01-01"]}),
            "a",
            date(2026, 1, 1),
            Result.MET,
        ),
    ],
)
def test_attribute_has_a_value_or_is_enough(node, name, value, result):
    finding = finding_on(TODAY, node, known(OrganizationAttribute("a1", name, value, FOREVER)))

    assert finding.result is result
    assert counted(finding) == (["a1"] if result is Result.MET or value == Decimal("99.5") else [])


def test_of_two_values_the_one_that_began_last_is_in_force():
    facts = known(
        OrganizationAttribute("old", "good-standing", True, FOREVER),
        OrganizationAttribute("new", "good-standing", False, Period(TODAY + DAY)),
    )

    today, tomorrow = (finding_on(day, STANDING, facts) for day in (TODAY, TODAY + DAY))

    assert (today.result, today.changes_on) == (Result.MET, TODAY + DAY)
    assert today.cause == Cause(CauseCode.ATTRIBUTE_CHANGES, "new")
    assert tomorrow.result is Result.NOT_MET
    assert reasons(tomorrow) == {
        "old": ReasonCode.SUPERSEDED_READING,
        "new": ReasonCode.WRONG_ATTRIBUTE,
    }


DECIDED = leaf("decided_by_person", "interview")


def decision(record="d", *, accepted=True, period=FOREVER, criterion="interview", pending=False):
    return Decision(record, criterion, accepted, period, "mara", "Talked to them.", pending)


@pytest.mark.parametrize(
    ("decisions", "result"),
    [
        ([], Result.CANNOT_BE_JUDGED),
        ([decision()], Result.MET),
        ([decision(accepted=False)], Result.NOT_MET),
        ([decision(pending=True)], Result.CANNOT_BE_JUDGED),
        ([decision(criterion="another")], Result.CANNOT_BE_JUDGED),
        ([decision(accepted=False), decision("e")], Result.MET),
    ],
)
def test_person_decides(decisions, result):
    assert finding_on(TODAY, DECIDED, known(*decisions)).result is result


def test_decision_holds_for_its_period_only():
    ends = through(LONG_AGO, TODAY)

    accepted = finding_on(TODAY, DECIDED, known(decision(period=ends)))
    refused = finding_on(TODAY, DECIDED, known(decision(accepted=False, period=ends)))

    assert (accepted.changes_on, accepted.cause) == (
        TODAY + DAY,
        Cause(CauseCode.RECORD_EXPIRES, "d"),
    )
    assert reasons(refused) == {"d": ReasonCode.DECIDED_AGAINST}
    assert (refused.result, refused.changes_on) == (Result.NOT_MET, TODAY + DAY)
    assert refused.cause == Cause(CauseCode.RECORD_EXPIRES, "d")
