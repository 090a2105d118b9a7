"""What is asked of a record's own fields: numbers within limits, and what is left out."""

from datetime import date
from decimal import Decimal

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.records import Transaction
from accreditation.criteria.verdicts import ReasonCode
from tests.accreditation.criteria.figures import known, metric, reading
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    counted,
    document,
    finding_on,
    leaf,
    reasons,
)


def sales(**where):
    return leaf("records_counted", records="transactions", distinct="record", at_least=1, **where)


def sale(record: str, **more) -> Transaction:
    return Transaction(id=record, customer=record, made_on=LONG_AGO, **more)


@pytest.mark.parametrize(
    ("value", "fits"),
    [("10", False), ("11", True), ("300", True), ("300.0001", False), (None, False), ("x", False)],
)
def test_number_of_a_record_lies_within_exact_limits(value, fits):
    attributes = {} if value is None else {"units": value}
    known_ = PartnerFacts(transactions=(sale("S", attributes=attributes),))
    asked = sales(where={"numbers": {"units": {"at_least": 11, "at_most": 300}}})

    finding = finding_on(TODAY, asked, known_)

    assert counted(finding) == (["S"] if fits else [])
    assert reasons(finding) == ({} if fits else {"S": ReasonCode.WRONG_ATTRIBUTE})


def test_share_is_not_rounded_before_it_is_compared():
    shares = {"enough": "0.40", "shown-as-40-percent": "0.3999"}
    known_ = PartnerFacts(
        transactions=tuple(sale(name, attributes={"used": one}) for name, one in shares.items())
    )

    finding = finding_on(TODAY, sales(where={"numbers": {"used": {"at_least": 0.4}}}), known_)

    assert counted(finding) == ["enough"]


def test_value_of_a_record_and_of_a_reading_is_a_number_as_well():
    large = {"where": {"numbers": {"value": {"more_than": 5}}}}
    known_ = PartnerFacts(
        transactions=(sale("S5", value=Decimal(5)), sale("S6", value=Decimal(6)), sale("S"))
    )
    readings = known(reading(5, record="r5"), reading(6, record="r6"))

    assert counted(finding_on(TODAY, sales(**large), known_)) == ["S6"]
    assert finding_on(TODAY, metric(**large), readings).have == 6


def test_what_is_as_the_exception_says_in_everything_is_left_out():
    known_ = PartnerFacts(
        transactions=(
            sale("us-public", country="us", attributes={"sector": "public"}),
            sale("us-private", country="us", attributes={"sector": "private"}),
            sale("de-public", country="de", attributes={"sector": "public"}),
        )
    )
    public = {"countries": ["us", "ca"], "attributes": {"sector": ["public"]}}

    finding = finding_on(TODAY, sales(where={"except": public}), known_)

    assert counted(finding) == ["de-public", "us-private"]
    assert reasons(finding) == {"us-public": ReasonCode.EXCLUDED}


def test_exception_may_begin_on_a_day():
    known_ = PartnerFacts(
        transactions=(
            Transaction(id="before", customer="a", made_on=date(2018, 10, 31)),
            Transaction(id="after", customer="b", made_on=date(2018, 11, 1)),
        )
    )
    later = {"except": {"dated": {"day": {"from": "2018-11-01"}}}}

    assert counted(finding_on(TODAY, sales(where=later), known_)) == ["before"]


@pytest.mark.parametrize(
    ("day", "fits"),
    [
        (date(2018, 10, 31), False),
        (date(2018, 11, 1), True),
        (date(2018, 11, 30), True),
        (date(2018, 12, 1), False),
    ],
)
def test_first_and_last_day_asked_for_are_included(day, fits):
    known_ = PartnerFacts(transactions=(Transaction(id="one", customer="a", made_on=day),))
    november = {"dated": {"day": {"from": "2018-11-01", "through": "2018-11-30"}}}

    assert counted(finding_on(TODAY, sales(where=november), known_)) == (["one"] if fits else [])


WRONG = [
    ({"numbers": {"units": {}}}, "criteria.where.numbers.units.at_least: is missing"),
    ({"numbers": {"units": {"from": 1}}}, "criteria.where.numbers.units.at_least: is missing"),
    ({"numbers": {"units": {"at_least": "1"}}}, "criteria.where.numbers.units.at_least: must be"),
    ({"except": {}}, "criteria.where.except.attributes: is missing"),
    ({"except": {"except": {}}}, "criteria.where.except.except: is not known here"),
]


@pytest.mark.parametrize(("where", "problem"), WRONG, ids=[one for _, one in WRONG])
def test_field_with_a_mistake_is_refused_at_its_place(where, problem):
    assert any(one.startswith(problem) for one in problems(document(sales(where=where))))
