"""What customers' records are worth together: sums, means, the largest customer."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import DAY
from accreditation.criteria.records import Deployment, Transaction
from accreditation.criteria.verdicts import Cause, CauseCode, Comparison, ReasonCode, Result
from tests.accreditation.criteria.strategies_of_records import RECORDS
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    counted,
    document,
    finding_on,
    leaf,
    reasons,
    rules,
)

YEAR = {"rolling_months": 12}
LAST_OF_THE_YEAR = date(2025, 3, 3)
"""The oldest day that a year looks back to."""


def worth(take: str = "sum", **more: Any) -> dict[str, Any]:
    """Return a criterion node: sales worth at least 1, unless told else."""
    if not set(more) & set(Comparison):
        more["at_least"] = 1
    return leaf("records_value", **{"records": "transactions", "take": take, **more})


def sale(record: str, value: str | int | None = None, customer: str = "", **more: Any) -> Any:
    amount = None if value is None else Decimal(value)
    about = {"customer": customer or record, "made_on": TODAY, **more}
    return Transaction(id=record, value=amount, **about)


def sold(*sales: Transaction) -> PartnerFacts:
    return PartnerFacts(transactions=sales)


DEALS = sold(
    sale("a1", 5, "a", country="DE", location="x", products=frozenset({"erp"})),
    sale("a2", 4, "a", country="DE", location="x", products=frozenset({"erp", "crm"})),
    sale("b", 7, country="FR", location="x", products=frozenset({"erp", "crm"})),
    sale("c", -2, country="FR", location="y", products=frozenset({"erp"})),
)


@pytest.mark.parametrize(
    ("take", "have"),
    [("sum", "14"), ("mean", "3.5"), ("median", "4.5"), ("largest", "7"), ("smallest", "-2")],
)
def test_author_chooses_what_is_made_of_the_values(take, have):
    finding = finding_on(TODAY, worth(take), DEALS)

    assert (finding.have, finding.unit) == (Decimal(have), "value")
    assert counted(finding) == ["a1", "a2", "b", "c"]


@pytest.mark.parametrize(
    ("per", "have"),
    [("record", 7), ("customer", 9), ("location", 16), ("country", 9), ("product", 11)],
)
def test_values_of_what_shares_one_are_summed_before_the_largest_is_taken(per, have):
    assert finding_on(TODAY, worth("largest", per=per), DEALS).have == have
    assert finding_on(TODAY, worth("sum", per=per), DEALS).have == 14


def test_records_that_name_no_country_stand_for_themselves():
    known = sold(sale("a", 5), sale("b", 4), sale("de", 6, country="DE"))

    assert finding_on(TODAY, worth("largest", per="country"), known).have == 6


def test_cents_are_added_exactly():
    known = sold(*(sale(f"s{number}", "0.1") for number in range(10)))

    assert finding_on(TODAY, worth(at_least=1), known).result is Result.MET
    assert finding_on(TODAY, worth(more_than=1), known).result is Result.NOT_MET


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"value": None}, ReasonCode.VALUE_MISSING),
        ({"currency": "CHF"}, ReasonCode.WRONG_CURRENCY),
        ({"currency": ""}, ReasonCode.WRONG_CURRENCY),
        ({"region": "apac"}, ReasonCode.WRONG_REGION),
        ({"region": "apac", "value": None}, ReasonCode.WRONG_REGION),
        ({"made_on": LONG_AGO}, ReasonCode.OUTSIDE_WINDOW),
        ({"made_on": TODAY + DAY}, ReasonCode.NOT_YET_VALID),
        ({"withdrawn_on": TODAY}, ReasonCode.WITHDRAWN),
        ({"pending": True}, ReasonCode.PENDING_REVIEW),
    ],
    ids=str,
)
def test_record_that_does_not_count_has_one_reason(change, reason):
    fitting = {"value": Decimal(44), "currency": "EUR", "region": "emea", "made_on": TODAY}
    known = sold(Transaction(id="T", customer="a", **(fitting | change)))
    asked = {"where": {"regions": ["emea"]}, "window": YEAR, "if_none": "zero"}

    finding = finding_on(TODAY, worth(currency="USD", rates={"EUR": 0.88}, **asked), known)

    assert reasons(finding) == ({} if reason is None else {"T": reason})
    assert finding.have == (50 if reason is None else 0)


def test_without_a_currency_values_are_taken_as_they_are():
    known = sold(sale("a", 1, currency="USD"), sale("b", 2, currency="EUR"), sale("c", 3))

    assert finding_on(TODAY, worth(), known).have == 6


def test_days_of_delivery_are_a_number_of_the_vendors_own():
    days = {"D1": "320", "D2": "180.5", "D3": "many", "D4": None, "open": "900"}
    known = PartnerFacts(
        deployments=tuple(
            Deployment(
                id=key,
                customer="a",
                completed_on=LONG_AGO,
                confirmed_on=None if key == "open" else LONG_AGO,
                attributes={} if text is None else {"delivery-days": text},
            )
            for key, text in days.items()
        )
    )
    node = worth(records="deployments", number="delivery-days", at_least=500)

    finding = finding_on(TODAY, node, known)
    unconfirmed = finding_on(TODAY, {**node, "unconfirmed": True}, known)

    assert (finding.result, finding.have) == (Result.MET, Decimal("500.5"))
    assert finding.unit == "delivery-days"
    assert reasons(finding) == {
        "D3": ReasonCode.VALUE_MISSING,
        "D4": ReasonCode.VALUE_MISSING,
        "open": ReasonCode.NOT_CONFIRMED,
    }
    assert unconfirmed.have == Decimal("1400.5")


@pytest.mark.parametrize("take", ["sum", "mean", "median", "largest", "smallest"])
def test_no_record_cannot_be_judged_unless_it_means_zero(take):
    known = sold(sale("unpriced"))

    unknown = finding_on(TODAY, worth(take), known)
    nothing = finding_on(TODAY, worth(take, if_none="zero"), known)

    assert (unknown.result, unknown.have) == (Result.CANNOT_BE_JUDGED, 0)
    assert (nothing.result, nothing.have) == (Result.NOT_MET, 0)


def test_sum_falls_by_itself_when_a_deal_becomes_too_old():
    known = sold(sale("old", 60, made_on=LAST_OF_THE_YEAR), sale("new", 40))

    finding = finding_on(TODAY, worth(window=YEAR, at_least=100), known)

    assert (finding.result, finding.changes_on) == (Result.MET, TODAY + DAY)
    assert finding.cause == Cause(CauseCode.RECORD_TOO_OLD, "old")


def test_sum_rises_by_itself_when_a_credit_becomes_too_old():
    """A sale ends on the same day, but it is the credit that lets the sum rise."""
    known = sold(
        sale("a sale", 5, made_on=LAST_OF_THE_YEAR),
        sale("credit", -30, made_on=LAST_OF_THE_YEAR),
        sale("new", 100),
    )

    finding = finding_on(TODAY, worth(window=YEAR, at_least=100), known)

    assert (finding.result, finding.have, finding.changes_on) == (Result.NOT_MET, 75, TODAY + DAY)
    assert finding.cause == Cause(CauseCode.RECORD_TOO_OLD, "credit")


def test_the_customer_that_becomes_the_largest_is_the_cause():
    known = sold(
        sale("a1", 100, "a"),
        sale("a2", 1, "a", made_on=TODAY + DAY),
        sale("b1", 90, "b"),
        sale("b2", 50, "b", made_on=TODAY + DAY),
    )

    finding = finding_on(TODAY, worth("largest", per="customer", at_most=120), known)

    assert (finding.have, finding.changes_on) == (100, TODAY + DAY)
    assert finding.cause == Cause(CauseCode.RECORD_STARTS, "b2")


PENDING = [
    # What it is for certain, what waits for review, and what is asked.
    ([600], [500], {"at_least": 600}, Result.MET),
    ([600], [500], {"at_least": 1000}, Result.CANNOT_BE_JUDGED),
    ([600], [500], {"at_least": 1101}, Result.NOT_MET),
    ([600], [500], {"at_most": 600}, Result.CANNOT_BE_JUDGED),
    ([600], [500], {"at_most": 1100}, Result.MET),
    ([600], [500], {"less_than": 600}, Result.NOT_MET),
    # A credit that waits may take what is there.
    ([600], [-500], {"at_least": 600}, Result.CANNOT_BE_JUDGED),
    ([600], [-500], {"at_least": 100}, Result.MET),
    ([600], [-500], {"at_most": 600}, Result.MET),
    ([600], [500, -500], {"at_least": 100}, Result.MET),
    ([600], [500, -500], {"at_least": 1101}, Result.NOT_MET),
    # Whether there is anything at all is not known.
    ([], [500], {"at_least": 100}, Result.CANNOT_BE_JUDGED),
    ([], [500], {"at_least": 501}, Result.CANNOT_BE_JUDGED),
]


@pytest.mark.parametrize(("sure", "waiting", "bar", "result"), PENDING, ids=str)
def test_what_waits_for_review_cannot_be_judged_where_it_decides(sure, waiting, bar, result):
    known = sold(
        *(sale(f"sure {value}", value) for value in sure),
        *(sale(f"waits {value}", value, pending=True) for value in waiting),
    )

    finding = finding_on(TODAY, worth(**bar), known)

    assert finding.result is result
    assert set(reasons(finding).values()) == {ReasonCode.PENDING_REVIEW}


def decided(known: PartnerFacts) -> list[PartnerFacts]:
    """Return what may be known once every deal is reviewed: each is accepted, or is gone."""
    waiting = [one.id for one in known.transactions if one.pending]
    refusals = (
        {key for key, refused in zip(waiting, answers, strict=True) if refused}
        for answers in product((False, True), repeat=len(waiting))
    )
    return [
        sold(*(replace(one, pending=False) for one in known.transactions if one.id not in refused))
        for refused in refusals
    ]


several = st.lists(RECORDS["transactions"], min_size=1, max_size=2).map(
    lambda lists: sold(
        *(
            replace(one, id=f"{number}-{one.id}", made_on=LONG_AGO)
            for number, found in enumerate(lists)
            for one in found
        )
    )
)


@given(
    several,
    st.sampled_from(("sum", "mean", "median", "largest", "smallest")),
    st.sampled_from(("record", "customer")),
    st.sampled_from(("zero", "cannot_be_judged")),
    st.sampled_from(("at_least", "more_than", "at_most")),
    st.integers(-4, 14),
)
def test_it_cannot_be_judged_exactly_where_reviews_may_end_differently(
    known, take, per, if_none, comparison, need
):
    asking = rules(worth(take, per=per, if_none=if_none, **{comparison: need}))

    def result(facts: PartnerFacts) -> Result:
        return judge(asking, facts, TODAY).levels[0].result

    ways = {result(one) for one in decided(known)}
    agreed = ways.pop() if len(ways) == 1 else Result.CANNOT_BE_JUDGED

    assert result(known) is agreed


WRONG = [
    (worth("latest"), "criteria.take: must be one of: sum, mean, median, largest, smallest"),
    (worth(rates={"EUR": 1}), "criteria.currency: is missing"),
    (worth(number="days", currency="USD"), "criteria.currency: is not known here"),
    (worth(number=5), "criteria.number: must be text"),
    (worth(per="day"), "criteria.per: must be one of: record, customer, location, country"),
    (worth(at_least="much"), "criteria.at_least: must be a number"),
    (worth(records="readings"), "criteria.records: must be one of: deployments, references"),
    (worth(distinct="customer"), "criteria.distinct: is not known here"),
]


@pytest.mark.parametrize(("node", "problem"), WRONG, ids=[text for _, text in WRONG])
def test_value_with_a_mistake_is_refused_at_its_place(node, problem):
    assert problems(document(node))[0].startswith(problem)
