"""Deployments, references, transactions."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.periods import DAY, Period
from accreditation.criteria.records import (
    Deployment,
    OrganizationAttribute,
    Reference,
    Transaction,
)
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode, Result
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    counted,
    finding_on,
    leaf,
    reasons,
)


def reference(record: str, customer: str, **more) -> Reference:
    return Reference(id=record, customer=customer, period=Period(LONG_AGO), **more)


def deployment(record: str, **more) -> Deployment:
    return Deployment(
        id=record,
        **{"customer": record, "completed_on": LONG_AGO, "confirmed_on": LONG_AGO, **more},
    )


def asked(records: str, *, distinct: str = "customer", at_least=1, **more):
    return leaf("records_counted", records=records, distinct=distinct, at_least=at_least, **more)


TWO_REFERENCES = asked("references", at_least=2)


FITTING = {
    "stage": "launched",
    "products": frozenset({"erp"}),
    "service_types": frozenset({"migration"}),
    "industry": "retail",
    "region": "emea",
    "country": "CH",
    "location": "basel",
    "customer_size": "enterprise",
    "currency": "USD",
    "public": True,
    "value": Decimal(5),
}
WHERE = {
    "stages": ["launched", "live"],
    "products": ["erp", "crm"],
    "service_types": ["migration"],
    "industries": ["retail"],
    "regions": ["emea"],
    "countries": ["CH"],
    "locations": ["basel"],
    "customer_sizes": ["enterprise"],
    "currencies": ["USD"],
    "public": True,
}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"stage": "sold"}, ReasonCode.WRONG_STAGE),
        ({"products": frozenset({"hr"})}, ReasonCode.WRONG_PRODUCT),
        ({"service_types": frozenset()}, ReasonCode.WRONG_SERVICE_TYPE),
        ({"industry": "banking"}, ReasonCode.WRONG_INDUSTRY),
        ({"region": "apac"}, ReasonCode.WRONG_REGION),
        ({"country": "DE"}, ReasonCode.WRONG_REGION),
        ({"location": "bern"}, ReasonCode.WRONG_LOCATION),
        ({"customer_size": "small"}, ReasonCode.WRONG_CUSTOMER_SIZE),
        ({"currency": "EUR"}, ReasonCode.WRONG_CURRENCY),
        ({"public": False}, ReasonCode.NOT_PUBLIC),
        ({"confirmed_on": None}, ReasonCode.NOT_CONFIRMED),
        ({"confirmed_on": TODAY + DAY}, ReasonCode.NOT_CONFIRMED),
        ({"completed_on": TODAY + DAY}, ReasonCode.NOT_YET_VALID),
        ({"completed_on": date(2025, 3, 2)}, ReasonCode.OUTSIDE_WINDOW),
        ({"pending": True}, ReasonCode.PENDING_REVIEW),
        ({"withdrawn_on": TODAY}, ReasonCode.WITHDRAWN),
    ],
)
def test_record_that_does_not_count_has_one_reason(change, reason):
    fitting = FITTING | {"completed_on": date(2025, 3, 3)}
    known = PartnerFacts(deployments=(deployment("D1", **(fitting | change)),))
    node = asked("deployments", where=WHERE, window={"rolling_months": 12})

    finding = finding_on(TODAY, node, known)

    assert reasons(finding) == ({} if reason is None else {"D1": reason})
    assert counted(finding) == (["D1"] if reason is None else [])


def test_record_leaves_a_rolling_window_by_itself():
    known = PartnerFacts(deployments=(deployment("D1", completed_on=date(2025, 3, 3)),))
    node = asked("deployments", window={"rolling_months": 12})

    finding = finding_on(TODAY, node, known)

    assert finding.changes_on == TODAY + DAY
    assert finding.cause == Cause(CauseCode.RECORD_TOO_OLD, "D1")


def test_unconfirmed_deployments_count_where_the_author_says_so():
    known = PartnerFacts(deployments=(deployment("D1", confirmed_on=None),))

    assert finding_on(TODAY, asked("deployments", unconfirmed=True), known).result is Result.MET


def test_pending_review_cannot_be_judged_where_it_decides():
    known = PartnerFacts(deployments=(deployment("D1"), deployment("D2", pending=True)))

    decisive = finding_on(TODAY, asked("deployments", at_least=2), known)

    assert (decisive.result, decisive.have) == (Result.CANNOT_BE_JUDGED, 1)
    assert finding_on(TODAY, asked("deployments", at_least=3), known).result is Result.NOT_MET


DATABASE = frozenset({"database", "cache"})


@pytest.mark.parametrize(
    ("distinct", "have"),
    [("record", 3), ("customer", 2), ("location", 1), ("country", 2), ("product", 2)],
)
def test_author_chooses_what_counts_once(distinct, have):
    known = PartnerFacts(
        deployments=(
            deployment("D1", customer="a", location="x", country="CH", products=DATABASE),
            deployment("D2", customer="a", location="x", country="DE", products=DATABASE),
            deployment(
                "D3", customer="b", location="x", country="DE", products=frozenset({"backup"})
            ),
        )
    )

    assert finding_on(TODAY, asked("deployments", distinct=distinct), known).have == have


def test_of_two_records_of_a_customer_the_one_counts_that_lasts_longest():
    known = PartnerFacts(
        references=(
            replace(reference("R1", "a"), withdrawn_on=TODAY + DAY),
            reference("R2", "a"),
            reference("R3", "a"),
        )
    )

    finding = finding_on(TODAY, asked("references"), known)

    assert counted(finding) == ["R2"]
    assert finding.changes_on is None


def test_cause_is_sought_with_the_customer_that_is_lost():
    known = PartnerFacts(
        references=(
            reference("R1", "a", withdrawn_on=TODAY + DAY),
            reference("R2", "a"),
            reference("R3", "b", withdrawn_on=TODAY + DAY),
        )
    )

    finding = finding_on(TODAY, TWO_REFERENCES, known)

    assert finding.cause == Cause(CauseCode.RECORD_WITHDRAWN, "R3")


FRESH = asked(
    "deployments",
    where={
        "within": [
            {"date": "submitted", "after": "closed", "months": 6},
            {"date": "submitted", "after": "signed", "months": 6},
        ]
    },
)


@pytest.mark.parametrize(
    ("submitted", "reason"),
    [
        ("2027-02-28", None),
        ("2027-03-01", ReasonCode.PAST_DEADLINE),
        (None, ReasonCode.DATE_MISSING),
    ],
)
def test_w28_evidence_is_fresh_for_six_months_to_the_end_of_a_month(submitted, reason):
    dates = {"closed": date(2026, 8, 31), "signed": date(2026, 9, 15)}
    if submitted:
        dates["submitted"] = date.fromisoformat(submitted)
    known = PartnerFacts(deployments=(deployment("D1", dates=dates),))

    assert reasons(finding_on(TODAY, FRESH, known)) == ({"D1": reason} if reason else {})


@pytest.mark.parametrize(("made", "have"), [("2026-03-31", 1), ("2026-04-01", 0)])
def test_xero_first_client_within_days_of_joining(made, have):
    node = asked(
        "transactions", where={"within": [{"date": "day", "after": "accepted", "days": 60}]}
    )
    known = PartnerFacts(
        transactions=(Transaction(id="T", customer="a", made_on=date.fromisoformat(made)),),
        attributes=(
            OrganizationAttribute("a", "accepted", date(2026, 1, 30), Period(LONG_AGO)),
            OrganizationAttribute("b", "size", Decimal(1), Period(LONG_AGO)),
        ),
    )

    assert finding_on(date(2026, 12, 1), node, known).have == have


def test_days_of_a_record_lie_within_a_span():
    node = asked(
        "transactions",
        where={"dated": {"sold": {"from": "2024-02-27", "through": "2024-12-31"}}},
        distinct="record",
    )
    days = {"early": date(2024, 2, 26), "fits": date(2024, 2, 27), "late": date(2025, 1, 1)}
    sales = [
        Transaction(id=name, customer="a", made_on=LONG_AGO, dates={"sold": day})
        for name, day in days.items()
    ]
    undated = Transaction(id="undated", customer="a", made_on=LONG_AGO)
    known = PartnerFacts(transactions=(*sales, undated))

    assert counted(finding_on(TODAY, node, known)) == ["fits"]
