"""W28: evidence is fresh, and a letter stands in for a contract in regulated industries only."""

from datetime import date

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.records import DocumentAccepted
from accreditation.criteria.verdicts import ReasonCode, Result
from tests.accreditation.criteria.worlds import finding_of, reasons
from tests.accreditation.worked_examples.worlds import program

CLOSED, SIGNED, IN_TIME = date(2026, 8, 31), date(2026, 9, 15), date(2027, 2, 28)
ASKED_ON = date(2027, 3, 31)


def evidence(
    kind: str = "statement-of-work",
    *,
    signed: date = SIGNED,
    submitted: date = IN_TIME,
    pending: bool = False,
    **attributes: str,
) -> PartnerFacts:
    described = {"service": "migration", "delivered-as": "own-paid-service", **attributes}
    return PartnerFacts(
        documents=(
            DocumentAccepted(
                id="one",
                kind=kind,
                period=Period(submitted),
                pending=pending,
                attributes=described,
                dates={
                    "opportunity-closed": CLOSED,
                    "customer-signed": signed,
                    "submitted": submitted,
                },
            ),
        )
    )


def judged(known: PartnerFacts):
    return judge(program("gitlab-services-evidence"), known, ASKED_ON)


@pytest.mark.parametrize(("submitted", "level"), [(IN_TIME, "accepted"), (date(2027, 3, 1), None)])
def test_w28_six_months_after_the_opportunity_end_with_the_month(submitted, level):
    verdict = judged(evidence(submitted=submitted))

    assert verdict.level == level
    if level is None:
        late = {"one": ReasonCode.PAST_DEADLINE}
        assert reasons(finding_of(verdict, "accepted", "sow")) == late


def test_signature_is_at_most_six_months_old():
    """Signed on 27 August: the last good day is 27 February."""
    assert judged(evidence(signed=date(2026, 8, 27))).level is None
    assert judged(evidence(signed=date(2026, 8, 28))).level == "accepted"


@pytest.mark.parametrize(
    ("industry", "level"), [("public-sector", "accepted"), ("retail", None), ("", None)]
)
def test_w28_letter_instead_of_the_contract_only_in_a_regulated_industry(industry, level):
    assert judged(evidence("confirmation-letter", industry=industry)).level == level


@pytest.mark.parametrize(
    ("described", "level"),
    [
        ({"service": "hosting"}, None),
        ({"service": "training"}, None),
        ({"service": "training", "value": "2999.99", "currency": "USD"}, None),
        ({"service": "training", "value": "3000", "currency": "EUR"}, None),
        ({"service": "training", "value": "3000", "currency": "USD"}, "accepted"),
        ({"delivered-as": "subcontracted"}, None),
        ({"delivered-as": "free-of-charge"}, None),
    ],
)
def test_service_is_in_scope_and_training_is_worth_it(described, level):
    assert judged(evidence(**described)).level == level


def test_document_in_review_cannot_be_judged():
    verdict = judged(evidence(pending=True))

    assert verdict.of("accepted").result is Result.CANNOT_BE_JUDGED
