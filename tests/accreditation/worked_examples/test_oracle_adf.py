"""W15 and W16: the same reference twice, deals with public bodies, a credit that ends on a day."""

from dataclasses import replace
from datetime import date

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import DAY, Period
from accreditation.criteria.records import Reference, Transaction
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode, Result
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    certificate,
    counted,
    employee,
    facts,
    finding_of,
    reasons,
)
from tests.accreditation.worked_examples.worlds import met, program

ADF = "oracle-adf-specialization"
ON = date(2014, 2, 1)
ROLES = {
    "Sam": "adf-11g-sales-specialist",
    "Pia": "adf-11g-presales-specialist",
    "Ida": "adf-11g-implementation-specialist",
    "Ivo": "adf-11g-implementation-specialist",
    "Gus": "general-product-support-v3",
}
SINCE = date(2010, 1, 1)


def reference(record: str, customer: str, **more) -> Reference:
    return Reference(id=record, customer=customer, period=Period(SINCE), **more)


RESALE = Transaction(id="T1", customer="adatum", kind="resell", country="US", made_on=SINCE)
UNIVERSITY = Transaction(
    id="T2",
    customer="state-university",
    kind="referral",
    country="US",
    made_on=SINCE,
    attributes={"sector": "public"},
)


def partner(*references: Reference, deals=(RESALE, UNIVERSITY), roles=ROLES) -> PartnerFacts:
    staff = facts(
        *(employee(name, since=SINCE) for name in roles),
        *(certificate(name, key, since=SINCE) for name, key in roles.items()),
    )
    return replace(staff, references=references, transactions=tuple(deals))


R1, R2 = reference("R1", "contoso"), reference("R2", "contoso")
R3 = reference("R3", "fabrikam")


def test_w15_references_of_one_customer_count_once():
    verdict = judge(program(ADF), partner(R1, R2), ON)
    refs = finding_of(verdict, "specialized", "refs")

    assert (refs.result, refs.have, refs.need) == (Result.NOT_MET, 1, 2)
    assert reasons(refs) == {"R2": ReasonCode.DUPLICATE_CUSTOMER}
    assert verdict.level is None


def test_w15_before_the_customers_are_linked_they_are_two():
    unlinked = partner(R1, replace(R2, customer="contoso-limited"))

    assert judge(program(ADF), unlinked, ON).level == "specialized"


def test_w15_reference_of_another_customer_is_what_was_missing():
    assert judge(program(ADF), partner(R1, R2, R3), ON).level == "specialized"


def test_w15_withdrawn_reference_counts_no_longer_and_the_past_stays():
    withdrawn_on = date(2014, 6, 1)
    known = partner(R1, R2, replace(R3, withdrawn_on=withdrawn_on))

    before, after = (judge(program(ADF), known, day) for day in (ON, withdrawn_on))

    assert (before.level, before.changes_on) == ("specialized", withdrawn_on)
    refs = finding_of(before, "specialized", "refs")
    assert refs.cause == Cause(CauseCode.RECORD_WITHDRAWN, "R3")
    assert (after.level, finding_of(after, "specialized", "refs").have) == (None, 1)


def test_w15_public_sector_counts_for_the_specialization_but_not_for_the_benefit():
    verdict = judge(program(ADF), partner(R1, R3), ON)
    benefit = finding_of(verdict, "specialized", "benefit_deals")

    assert finding_of(verdict, "specialized", "deals").have == 2
    assert (benefit.have, counted(benefit)) == (1, ["T1"])
    assert reasons(benefit) == {"T2": ReasonCode.EXCLUDED}
    assert verdict.level == "specialized"


@pytest.mark.parametrize(("country", "sector"), [("DE", "public"), ("US", "private")])
def test_only_public_bodies_of_the_two_countries_are_left_out_of_the_benefit(country, sector):
    other = replace(UNIVERSITY, country=country, attributes={"sector": sector})
    verdict = judge(program(ADF), partner(R1, R3, deals=(RESALE, other)), ON)

    assert finding_of(verdict, "specialized", "benefit_deals").have == 2


def test_renewed_deals_are_no_deals():
    renewal = replace(RESALE, id="T3", kind="renewal")
    verdict = judge(program(ADF), partner(R1, R3, deals=(RESALE, renewal)), ON)

    assert finding_of(verdict, "specialized", "deals").have == 1


def supporter(passed_on: date) -> PartnerFacts:
    """Return a partner whose support specialist passed the older assessment on a day."""
    base = partner(R1, R3, roles={name: key for name, key in ROLES.items() if name != "Gus"})
    old = certificate("Ole", "adf-11g-support-specialist", since=passed_on)
    return replace(
        base,
        certificates=(*base.certificates, old),
        employments=(*base.employments, employee("Ole", since=LONG_AGO.replace(year=2010))),
    )


@pytest.mark.parametrize(
    ("passed_on", "day", "reason"),
    [
        (date(2013, 2, 28), date(2014, 3, 1), None),
        (date(2013, 2, 28), date(2014, 3, 2), ReasonCode.NO_LONGER_CREDITED),
        (date(2013, 3, 1), date(2013, 6, 1), ReasonCode.EARNED_TOO_LATE),
    ],
)
def test_w16_older_assessment_is_credited_through_a_fixed_day(passed_on, day, reason):
    verdict = judge(program(ADF), supporter(passed_on), day)

    assert met(verdict, "specialized", "support_old") is (reason is None)
    assert verdict.level == ("specialized" if reason is None else None)
    old = finding_of(verdict, "specialized", "support_old")
    assert list(reasons(old).values()) == ([reason] if reason else [])


def test_w16_end_of_the_credit_is_foreseen():
    verdict = judge(program(ADF), supporter(date(2013, 2, 28)), date(2014, 3, 1))

    assert verdict.changes_on == date(2014, 3, 1) + DAY
    assert verdict.lapses_on == date(2014, 3, 2)


def test_w16_afterwards_the_new_assessment_is_asked():
    known = supporter(date(2013, 2, 28))
    new = certificate("Ole", "general-product-support-v3", since=date(2014, 2, 1))
    both = replace(known, certificates=(*known.certificates, new))

    assert judge(program(ADF), both, date(2014, 3, 2)).level == "specialized"


def test_two_certificates_of_one_person_are_one_implementation_specialist():
    alone = {name: key for name, key in ROLES.items() if name != "Ivo"}
    known = partner(R1, R3, roles=alone)
    second = certificate("Ida", ROLES["Ida"], record="Ida-again", since=SINCE)
    known = replace(known, certificates=(*known.certificates, second))

    impl = finding_of(judge(program(ADF), known, ON), "specialized", "impl")

    assert (impl.have, impl.result) == (1, Result.NOT_MET)
