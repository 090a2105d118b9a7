"""Papers, figures, attributes and courses reach the engine with every field it may ask for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accreditation.criteria import records
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.kinds import registry
from accreditation.criteria.periods import Period
from accreditation.queries.facts import KINDS_WITH_FACTS, facts_for
from documents.models import (
    AcceptedDocument,
    Agreement,
    Attestation,
    Audit,
    Checklist,
    Fee,
    ListingProof,
)
from partners.models import Partner
from tests import cast
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("in_northwind")

JANUARY, JULY, OCTOBER = date(2026, 1, 1), date(2026, 7, 1), date(2026, 10, 1)
SAID: dict[str, Any] = {
    "since": JANUARY,
    "ended_on": JULY,
    "amount": Decimal("500.5"),
    "currency": "EUR",
    "pending": True,
    "attributes": {"tier": "gold"},
    "dates": {"signed": "2025-12-01"},
}
KNOWN: dict[str, Any] = {
    "kind": "plan",
    "period": Period(JANUARY, JULY),
    "amount": Decimal("500.5"),
    "currency": "EUR",
    "pending": True,
    "attributes": {"tier": "gold"},
    "dates": {"signed": date(2025, 12, 1)},
}
SORTS: list[tuple[Any, str, Any, dict[str, Any]]] = [
    (AcceptedDocument, "documents", records.DocumentAccepted, {}),
    (Agreement, "agreements", records.Agreement, {}),
    (Fee, "fees", records.Fee, {}),
    (ListingProof, "listings", records.ListingElsewhere, {}),
    (Attestation, "attestations", records.Attestation, {"scope": "cloud"}),
    (Audit, "audits", records.Audit, {"passed": False, "score": Decimal("61.25")}),
    (Checklist, "checklists", records.Checklist, {"score": Decimal(9), "out_of": Decimal(10)}),
]
each_sort = pytest.mark.parametrize(
    ("model", "family", "record", "own"), SORTS, ids=lambda one: getattr(one, "__name__", "")
)


def facts_of(partner: Partner) -> PartnerFacts:
    return facts_for([partner.pk])[partner.pk]


@each_sort
def test_a_paper_carries_every_field(
    acme: Partner, model: Any, family: str, record: Any, own: dict[str, Any]
) -> None:
    row = cast.paper(model, acme, "plan", **SAID, **own)

    assert getattr(facts_of(acme), family) == (record(id=str(row.pk), **KNOWN, **own),)


@each_sort
def test_a_withdrawn_paper_holds_until_the_day_before(
    acme: Partner, model: Any, family: str, record: Any, own: dict[str, Any]
) -> None:
    withdrawn = {"withdrawal_reason": "Taken back."}
    cast.paper(model, acme, "plan", withdrawn_on=JULY, ended_on=OCTOBER, **withdrawn, **own)
    cast.paper(model, acme, "never", withdrawn_on=JANUARY, **withdrawn, **own)

    assert [one.period for one in getattr(facts_of(acme), family)] == [Period(JANUARY, JULY)]


def test_a_figure_carries_every_field(acme: Partner) -> None:
    row = cast.metric_reading(
        acme,
        "revenue",
        "1000.25",
        since=JANUARY,
        ended_on=JULY,
        currency="EUR",
        item="suite",
        attributes={"region": "emea"},
        dates={"closed": "2026-07-04"},
        delivered_by="billing",
    )

    assert facts_of(acme).readings == (
        records.MetricReading(
            id=str(row.pk),
            metric="revenue",
            period=Period(JANUARY, JULY),
            value=Decimal("1000.25"),
            currency="EUR",
            item="suite",
            attributes={"region": "emea"},
            dates={"closed": date(2026, 7, 4)},
            source="billing",
        ),
    )


def test_a_figure_withdrawn_from_its_first_day_is_no_fact(acme: Partner) -> None:
    gone = {"withdrawn_on": JANUARY, "withdrawal_reason": "Wrong."}
    cast.metric_reading(acme, "revenue", "1", since=JANUARY, **gone)

    assert facts_of(acme).readings == ()


@pytest.mark.parametrize(
    ("kind", "value", "meant"),
    [
        ("text", "large", "large"),
        ("number", "1200.5", Decimal("1200.5")),
        ("yes_no", "true", True),
        ("yes_no", "false", False),
        ("day", "2024-06-30", date(2024, 6, 30)),
    ],
)
def test_an_attribute_means_what_its_kind_says(
    acme: Partner, kind: str, value: str, meant: object
) -> None:
    row = cast.attribute(acme, "about", value, kind=kind, since=JANUARY, ended_on=JULY)
    cast.attribute(acme, "gone", "yes", withdrawn_at=NOW, reason="Mistaken.")

    (known,) = facts_of(acme).attributes

    assert known == records.OrganizationAttribute(
        str(row.pk),
        "about",
        meant,
        Period(JANUARY, JULY),  # type: ignore[arg-type]
    )
    assert type(known.value) is type(meant)


def test_facts_of_every_kind_of_criterion_are_kept() -> None:
    assert set(registry.names()) - KINDS_WITH_FACTS <= {"holds_level", "role_slots"}
    assert set(registry.names()) >= KINDS_WITH_FACTS
