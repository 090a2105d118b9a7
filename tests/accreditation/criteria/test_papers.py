"""Documents, attestations, audits, agreements, fees, listings."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.periods import DAY, Period
from accreditation.criteria.records import (
    Agreement,
    Attestation,
    Audit,
    DocumentAccepted,
    Fee,
    ListingElsewhere,
)
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode, Result
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    finding_on,
    leaf,
    reasons,
    rules,
    through,
)

FOREVER = Period(LONG_AGO)


def paper(sort, record="one", kind="plan", period=FOREVER, **more):
    return sort(id=record, kind=kind, period=period, **more)


@pytest.mark.parametrize(
    ("kind", "naming", "field", "sort"),
    [
        ("document_accepted", "documents", "documents", DocumentAccepted),
        ("agreement_signed", "agreements", "agreements", Agreement),
        ("fee_paid", "fees", "fees", Fee),
        ("listed", "listings", "listings", ListingElsewhere),
        ("attestation_valid", "frameworks", "attestations", Attestation),
    ],
)
def test_paper_of_the_kind_counts_through_its_last_day(kind, naming, field, sort):
    node = leaf(kind, **{naming: ["plan"]})
    known = PartnerFacts(
        **{field: (paper(sort, period=through(LONG_AGO, TODAY)), paper(sort, "x", kind="other"))}
    )

    today, tomorrow = (finding_on(day, node, known) for day in (TODAY, TODAY + DAY))

    assert (today.result, today.need, today.changes_on) == (Result.MET, 1, TODAY + DAY)
    assert today.cause == Cause(CauseCode.RECORD_EXPIRES, "one")
    assert (tomorrow.result, reasons(tomorrow)) == (
        Result.NOT_MET,
        {"one": ReasonCode.EXPIRED},
    )
    assert finding_on(TODAY, node, PartnerFacts()).result is Result.NOT_MET


def test_paper_begins_by_itself():
    node = leaf("fee_paid", fees=["annual"])
    known = PartnerFacts(fees=(paper(Fee, kind="annual", period=Period(TODAY + DAY)),))

    finding = finding_on(TODAY, node, known)

    assert reasons(finding) == {"one": ReasonCode.NOT_YET_VALID}
    assert (finding.changes_on, finding.cause) == (
        TODAY + DAY,
        Cause(CauseCode.RECORD_STARTS, "one"),
    )


def test_document_waiting_for_review_cannot_be_judged():
    node = leaf("document_accepted", documents=["plan"])
    known = PartnerFacts(documents=(paper(DocumentAccepted, pending=True),))

    finding = finding_on(TODAY, node, known)

    assert finding.result is Result.CANNOT_BE_JUDGED
    assert reasons(finding) == {"one": ReasonCode.PENDING_REVIEW}


def test_document_of_this_year_is_asked_anew_next_year():
    node = leaf("document_accepted", documents=["plan"], window={"year_from": "01-01"})
    known = PartnerFacts(documents=(paper(DocumentAccepted, period=Period(date(2026, 2, 1))),))

    finding = finding_on(TODAY, node, known)

    assert (finding.result, finding.changes_on) == (Result.MET, date(2027, 1, 1))


def test_attestation_is_for_a_scope():
    node = leaf("attestation_valid", frameworks=["soc2"], scopes=["cloud"])
    cloud = paper(Attestation, kind="soc2", scope="cloud")
    known = PartnerFacts(attestations=(cloud, replace(cloud, id="two", scope="office")))

    finding = finding_on(TODAY, node, known)

    assert (finding.have, reasons(finding)) == (1, {"two": ReasonCode.WRONG_SCOPE})


def test_audit_is_passed_with_a_minimum_score():
    node = leaf("audit_passed", audits=["module-a"], minimum_score=0.7)
    one = paper(Audit, kind="module-a", passed=True, score=Decimal("0.7"))
    known = PartnerFacts(
        audits=(
            one,
            replace(one, id="low", score=Decimal("0.6999")),
            replace(one, id="none", score=None),
            replace(one, id="failed", passed=False, score=Decimal(1)),
        )
    )

    finding = finding_on(TODAY, node, known)

    assert finding.have == 1
    assert reasons(finding) == {
        "low": ReasonCode.SCORE_TOO_LOW,
        "none": ReasonCode.SCORE_TOO_LOW,
        "failed": ReasonCode.NOT_PASSED,
    }


def test_audit_without_a_minimum_needs_only_to_be_passed():
    node = leaf("audit_passed", audits=["module-a"])

    assert (
        finding_on(
            TODAY, node, PartnerFacts(audits=(paper(Audit, kind="module-a", passed=True),))
        ).result
        is Result.MET
    )


@pytest.mark.parametrize(
    ("industry", "submitted", "reason"),
    [
        ("public-sector", date(2027, 2, 28), None),
        ("public-sector", date(2027, 3, 1), ReasonCode.PAST_DEADLINE),
        ("retail", date(2027, 2, 28), ReasonCode.WRONG_ATTRIBUTE),
    ],
)
def test_w28_confirmation_letter_only_for_a_regulated_industry(industry, submitted, reason):
    contract = leaf("document_accepted", "contract", documents=["contract"])
    letter = leaf(
        "document_accepted",
        "letter",
        documents=["letter"],
        where={
            "attributes": {"industry": ["public-sector", "health"]},
            "within": [{"date": "submitted", "after": "closed", "months": 6}],
        },
    )
    known = PartnerFacts(
        documents=(
            paper(
                DocumentAccepted,
                kind="letter",
                attributes={"industry": industry},
                dates={"closed": date(2026, 8, 31), "submitted": submitted},
            ),
        )
    )

    finding = finding_on(TODAY, {"any": [contract, letter]}, known)

    assert (finding.result is Result.MET) is (reason is None)
    assert reasons(finding.children[1]) == ({"one": reason} if reason else {})


def test_paper_may_be_asked_of_some_levels_only():
    criterion = rules(
        leaf("document_accepted", documents=["plan"], at_least={"gold": 1}),
        {"key": "silver", "name": {"en": "S"}, "criteria": leaf("listed", "l", listings=["a"])},
        "gold",
    ).criteria

    assert criterion is not None
    assert [criterion.asks(level) for level in ("silver", "gold")] == [False, True]
