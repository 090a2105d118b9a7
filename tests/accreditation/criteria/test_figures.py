"""Amounts of documents and scores of checklists."""

from decimal import Decimal

import pytest

from accreditation.criteria.document import parse
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.periods import Period
from accreditation.criteria.records import (
    Checklist,
    DocumentAccepted,
    Fee,
    OrganizationAttribute,
)
from accreditation.criteria.verdicts import ReasonCode, Result
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    document,
    finding_on,
    leaf,
    reasons,
)

FOREVER = Period(LONG_AGO)


def insurance(amount, record="policy", currency="USD", **more) -> DocumentAccepted:
    return DocumentAccepted(
        id=record,
        kind="insurance",
        period=FOREVER,
        amount=None if amount is None else Decimal(amount),
        currency=currency,
        **more,
    )


INSURED = leaf(
    "document_amount",
    documents=["insurance"],
    currency="USD",
    where={"attributes": {"covers": ["liability"]}},
    at_least={"by": "region", "table": {"emea": 1000000.5, "apac": 500}},
)
COVERS = {"attributes": {"covers": "liability"}}


@pytest.mark.parametrize(("region", "result"), [("emea", Result.NOT_MET), ("apac", Result.MET)])
def test_pci_insured_sum_depends_on_the_region(region, result):
    known = PartnerFacts(
        documents=(
            insurance("1000000", **COVERS),
            insurance("3", "small", **COVERS),
            insurance("9999999", "eur", "EUR", **COVERS),
            insurance("9999999", "fire"),
            insurance(None, "blank", **COVERS),
            DocumentAccepted(id="plan", kind="plan", period=FOREVER),
        ),
        attributes=(OrganizationAttribute("r", "region", region, FOREVER),),
    )

    finding = finding_on(TODAY, INSURED, known)

    assert (finding.result, finding.have) == (result, 1000000)
    assert reasons(finding) == {
        "eur": ReasonCode.WRONG_CURRENCY,
        "fire": ReasonCode.WRONG_ATTRIBUTE,
    }


def test_amount_that_waits_for_review_may_be_enough():
    known = PartnerFacts(
        documents=(insurance("600", pending=True, **COVERS),),
        attributes=(OrganizationAttribute("r", "region", "apac", FOREVER),),
    )

    assert finding_on(TODAY, INSURED, known).result is Result.CANNOT_BE_JUDGED
    assert finding_on(TODAY, INSURED, PartnerFacts(attributes=known.attributes)).result is (
        Result.NOT_MET
    )


@pytest.mark.parametrize(("market", "result"), [("mature", Result.NOT_MET), ("growth", Result.MET)])
def test_fee_depends_on_the_market(market, result):
    node = leaf(
        "fee_amount",
        fees=["annual"],
        currency="USD",
        at_least={"by": "market", "table": {"mature": 3000, "growth": 2500}},
    )
    known = PartnerFacts(
        fees=(
            Fee(id="f", kind="annual", period=FOREVER, amount=Decimal(2500), currency="USD"),
            Fee(id="g", kind="other", period=FOREVER, amount=Decimal(9999), currency="USD"),
        ),
        attributes=(OrganizationAttribute("m", "market", market, FOREVER),),
    )

    finding = finding_on(TODAY, node, known)

    assert (finding.result, finding.have) == (result, 2500)


@pytest.mark.parametrize(
    "node",
    [
        leaf("document_amount", documents=["insurance"], currency="open", at_least=1),
        leaf("metric", metric="sales", take="sum", currency="open", at_least=1),
        leaf("metric", metric="sales", take="sum", currency="open", rates={"EUR": 2}, at_least=1),
        leaf("records_value", records="transactions", take="sum", currency="open", at_least=1),
    ],
)
def test_currency_may_be_left_open_in_a_draft(node):
    assert problems(document(node)) == [
        "criteria.currency: is still open; the number must be known before publishing"
    ]
    assert parse(document(node), draft=True).open_places == ("criteria.currency",)


@pytest.mark.parametrize(("score", "result"), [("8", Result.MET), ("7.99", Result.NOT_MET)])
def test_checklist_is_scored_as_a_share(score, result):
    known = PartnerFacts(
        checklists=(
            Checklist(
                id="c", kind="readiness", period=FOREVER, score=Decimal(score), out_of=Decimal(10)
            ),
            Checklist(id="d", kind="other", period=FOREVER, score=Decimal(9), out_of=Decimal(10)),
        )
    )
    node = leaf("checklist_score", checklists=["readiness"], at_least=0.8)

    assert finding_on(TODAY, node, known).result is result
