"""Whatever is recorded about a partner or its customers has that partner judged again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accreditation.models import DueMark
from documents.models import Customer, Deployment, Reference, SurveyResponse, Transaction
from partners.models import Partner
from tests import cast

pytestmark = pytest.mark.usefixtures("in_northwind")

MAKERS: dict[type[Any], Callable[[Partner, Customer], Any]] = {
    Deployment: cast.deployment,
    Reference: cast.reference,
    Transaction: cast.transaction,
    SurveyResponse: lambda at, whose: cast.survey_response(at, whose, "4"),
}
each_fact = pytest.mark.parametrize("model", MAKERS, ids=lambda model: model.__name__)


def due() -> list[str]:
    """Return who has become due since it was asked last."""
    slugs = sorted(DueMark.objects.values_list("partner__slug", flat=True))
    DueMark.objects.all().delete()
    return slugs


@each_fact
def test_a_fact_marks_its_partner_when_it_comes_changes_and_goes(model: type[Any]) -> None:
    acme, cove = cast.partner("acme"), cast.partner("cove")
    contoso = cast.customer("Contoso")
    due()

    fact = MAKERS[model](acme, contoso)
    assert due() == ["acme"]
    model.objects.filter(pk=fact.pk).update(partner=cove)
    assert due() == ["acme", "cove"]
    fact.refresh_from_db()
    fact.delete()
    assert due() == ["cove"]


@each_fact
def test_what_is_known_of_a_customer_concerns_whoever_worked_for_it(model: type[Any]) -> None:
    contoso, other = cast.customer("Contoso"), cast.customer("Fabrikam")
    MAKERS[model](cast.partner("acme"), contoso)
    MAKERS[model](cast.partner("cove"), other)
    due()

    Customer.objects.filter(pk=contoso.pk).update(industry="retail")

    # Twice: who it was and who it is, each in a statement of its own.
    assert due() == ["acme", "acme"]


@each_fact
def test_a_link_concerns_the_partners_of_the_duplicate_and_later_of_the_survivor(
    model: type[Any],
) -> None:
    survivor, duplicate = cast.customer("Contoso Ltd"), cast.customer("CONTOSO Limited")
    MAKERS[model](cast.partner("acme"), duplicate)
    due()

    Customer.objects.filter(pk=duplicate.pk).update(merged_into=survivor, merge_reason="Same")
    linked = set(due())
    Customer.objects.filter(pk=survivor.pk).update(size="enterprise")

    assert linked == {"acme"}
    assert set(due()) == {"acme"}
