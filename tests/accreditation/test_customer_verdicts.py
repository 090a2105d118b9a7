"""The road of one deployment: recorded, counted, shown, withdrawn; and of one reference twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accreditation.models import Accreditation, DueMark, Evaluation
from accreditation.standing import Standing
from documents.enums import Confirmer
from documents.operations import (
    NewDeployment,
    NewTransaction,
    Particulars,
    link_customers,
    record_deployments,
    record_transactions,
    withdraw_deployment,
    withdraw_reference,
    withdraw_transaction,
)
from partners.models import Partner
from partners.rules import SYSTEM
from tests import cast
from tests.accreditation.documents import engineers
from tests.stories import judge_all, publish

pytestmark = pytest.mark.usefixtures("in_northwind")

WHO: dict[str, Any] = {"by": SYSTEM, "now": cast.NOW}


def asking(**criteria: Any) -> dict[str, Any]:
    """Return a document that asks for records of customers."""
    document = engineers(at_least=1)
    document["criteria"] = {
        "key": "customers",
        "text": {"en": "Happy customers"},
        "evidence": {"en": "What they say"},
        "dimension": "delivery_quality",
        **criteria,
    }
    return document


def result(partner: Partner) -> tuple[str, str]:
    """Return have and result as stored last."""
    judge_all()
    verdict = Evaluation.objects.filter(partner=partner).latest("recorded_at", "id").verdict
    finding = verdict["levels"][0]["finding"]
    return finding["have"], finding["result"]


def test_a_deployment_makes_its_partner_due_and_changes_the_verdict_until_it_is_withdrawn() -> None:
    acme, contoso = cast.partner("acme"), cast.customer("Contoso")
    publish(
        asking(
            kind="records_counted",
            records="deployments",
            distinct="customer",
            at_least=1,
            where={"industries": ["retail"]},
        )
    )
    before = result(acme)
    contoso.industry = "retail"
    contoso.save()
    judge_all()

    row = NewDeployment(
        partner=acme,
        customer=contoso,
        external_id="P-1",
        completed_on=date(2026, 1, 15),
        confirmed_on=date(2026, 2, 1),
        confirmed_by=Confirmer.CUSTOMER,
    )
    (deployment,) = record_deployments([row], source="test", **WHO).new
    marked = DueMark.objects.filter(partner=acme, cause="facts_changed").exists()
    during = result(acme)
    held = Accreditation.objects.get(partner=acme).standing
    withdraw_deployment(deployment=deployment, on=cast.TODAY, reason="By mistake", **WHO)

    assert marked
    assert before == ("0", "not_met")
    assert (during, held) == (("1", "met"), Standing.ACCREDITED)
    assert result(acme) == ("0", "not_met")


def test_one_customer_under_two_names_counts_once_when_the_entries_are_linked() -> None:
    """W15 of the worked examples: two before the link, one after, two with Fabrikam."""
    acme = cast.partner("acme")
    publish(asking(kind="records_counted", records="references", distinct="customer", at_least=2))
    first = cast.customer("Contoso Ltd", register_number="HRB 1")
    second = cast.customer("CONTOSO Limited", register_number="HRB 1")
    for customer in (first, second):
        cast.reference(acme, customer)
    before = result(acme)
    decided = Evaluation.objects.filter(partner=acme).latest("recorded_at", "id")

    link_customers(duplicate=second, survivor=first, reason="Same register number", **WHO)
    linked = result(acme)
    third = cast.reference(acme, cast.customer("Fabrikam"))
    more = result(acme)
    withdraw_reference(reference=third, on=cast.TODAY, reason="The customer asked", **WHO)

    assert [before, linked, more, result(acme)] == [
        ("2", "met"),
        ("1", "not_met"),
        ("2", "met"),
        ("1", "not_met"),
    ]
    assert Evaluation.objects.get(pk=decided.pk).verdict == decided.verdict


def test_deals_are_worth_their_sum_until_one_is_withdrawn() -> None:
    acme, contoso = cast.partner("acme"), cast.customer("Contoso")
    publish(
        asking(
            kind="records_value",
            records="transactions",
            take="sum",
            currency="EUR",
            rates={"USD": 1.25},
            at_least=1_000_000,
        )
    )
    before = result(acme)
    deals = record_transactions(
        [
            NewTransaction(
                partner=acme,
                customer=contoso,
                external_id=f"{value} {currency}",
                made_on=date(2026, 1, 15),
                particulars=Particulars(kind="sale", value=Decimal(value), currency=currency),
            )
            for value, currency in (("750000", "EUR"), ("312500.01", "USD"))
        ],
        source="test",
        **WHO,
    ).new
    reached = result(acme)
    withdraw_transaction(sale=deals[1], on=cast.TODAY, reason="By mistake", **WHO)

    assert [before, reached, result(acme)] == [
        ("0", "cannot_be_judged"),
        ("1000000.008", "met"),
        ("750000", "not_met"),
    ]


@pytest.mark.parametrize(
    "criteria",
    [
        {"kind": "survey_answers", "distinct": "record", "at_least": 2},
        {"kind": "satisfaction", "at_least": 4, "minimum_answers": 2},
    ],
)
def test_a_withdrawn_answer_counts_no_more(criteria: dict[str, Any]) -> None:
    acme, contoso = cast.partner("acme"), cast.customer("Contoso")
    publish(asking(**criteria))
    cast.survey_response(acme, contoso, "4")
    answer = cast.survey_response(acme, contoso, "5")
    before = result(acme)[1]

    answer.withdrawn_on, answer.withdrawal_reason = cast.TODAY, "Another partner's"
    answer.save()

    assert before == "met"
    assert result(acme)[1] != "met"
