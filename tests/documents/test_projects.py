"""What is particular to deployments, references, transactions and survey answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from documents.enums import Confirmer
from documents.models import Customer, Deployment
from documents.operations import (
    Particulars,
    accept_deployments,
    accept_references,
    accept_transactions,
    confirm_deployment,
    end_reference,
)
from partners.enums import MembershipRole
from partners.models import Partner
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, NotAllowed
from tests import cast
from tests.audited import one_entry
from tests.cast import NOW, TODAY
from tests.documents.facts import (
    DAY,
    DEPLOYMENT,
    PROJECTS,
    REFERENCE,
    SURVEY,
    TRANSACTION,
    Verbs,
)

pytestmark = pytest.mark.usefixtures("in_northwind")

TOMORROW = date(2026, 3, 3)
FULL = Particulars(
    kind="migration",
    products=("suite", "mail"),
    service_types=("consulting",),
    industry="retail",
    region="emea",
    country="DE",
    location="Berlin",
    customer_size="enterprise",
    stage="production",
    public=True,
    value=Decimal("1234567890123456.7891"),
    currency="EUR",
    attributes={"co-sell": "yes"},
    dates={"signed": date(2025, 12, 1)},
)


def confirm(deployment: Deployment, **more: Any) -> Deployment:
    given = {"on": TODAY, "confirmed_by": Confirmer.CUSTOMER, "by": SYSTEM, "now": NOW}
    return confirm_deployment(deployment=deployment, **{**given, **more})


@pytest.mark.parametrize("verbs", PROJECTS, ids=lambda verbs: verbs.noun)
def test_particulars_are_kept_exactly(verbs: Verbs, acme: Partner, contoso: Customer) -> None:
    (record,) = verbs.recorded(verbs.row(acme, contoso, particulars=FULL)).new

    record.refresh_from_db()
    assert Particulars.of(record) == FULL


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"country": "UK"}, "country", "“UK” is not the code of a country."),
        (
            {"currency": "eur"},
            "currency",
            "A currency is three capital letters, for example EUR.",
        ),
        (
            {"value": Decimal("0.00001")},
            "value",
            "This number has more than 4 decimal places.",
        ),
        ({"value": Decimal("1e16")}, "value", "This number is too large."),
        ({"value": Decimal("NaN")}, "value", "This number is too large."),
        ({"stage": "x" * 81}, "stage", "This text is longer than 80 characters."),
        ({"products": ("x" * 81,)}, "products", "This text is longer than 80 characters."),
        (
            {"products": tuple(map(str, range(51)))},
            "products",
            "This list has more than 50 entries.",
        ),
        (
            {"attributes": {"a": "x" * 301}},
            "attributes",
            "This text is longer than 300 characters.",
        ),
        (
            {"dates": {"signed": date(1, 1, 1)}},
            "dates",
            "Ensure this value is greater than or equal to 1 January 1900.",
        ),
    ],
)
def test_particulars_that_cannot_be_kept_are_refused(
    acme: Partner, contoso: Customer, wrong: dict[str, Any], field: str, message: str
) -> None:
    row = TRANSACTION.row(acme, contoso, particulars=replace(FULL, **wrong))

    with pytest.raises(CannotRecord) as refusal:
        TRANSACTION.recorded(row)

    assert (refusal.value.field, refusal.value.message) == (field, message)


@pytest.mark.parametrize(
    ("verbs", "wrong", "field", "message"),
    [
        (DEPLOYMENT, {"completed_on": TOMORROW}, "completed_on", "3 March 2026 is in the future."),
        (
            DEPLOYMENT,
            {"confirmed_on": date(2026, 1, 14), "confirmed_by": Confirmer.VENDOR},
            "confirmed_on",
            "It was completed on 15 January 2026.",
        ),
        (
            DEPLOYMENT,
            {"confirmed_on": DAY},
            "confirmed_by",
            "Say both: on which day it was confirmed, and by whom.",
        ),
        (
            REFERENCE,
            {"valid_through": date(2026, 1, 14)},
            "valid_through",
            "The last day lies before the first.",
        ),
        (TRANSACTION, {"made_on": TOMORROW}, "made_on", "3 March 2026 is in the future."),
        (
            TRANSACTION,
            {"particulars": Particulars()},
            "kind",
            "Say what kind it is: a sale, a resale, a referral.",
        ),
        (SURVEY, {"answered_on": TOMORROW}, "answered_on", "3 March 2026 is in the future."),
        (SURVEY, {"score": Decimal(100_000)}, "score", "This number is too large."),
    ],
)
def test_days_and_figures_that_cannot_be_are_refused(
    acme: Partner, contoso: Customer, verbs: Verbs, wrong: dict[str, Any], field: str, message: str
) -> None:
    with pytest.raises(CannotRecord) as refusal:
        verbs.recorded(verbs.row(acme, contoso, **wrong))

    assert (refusal.value.field, refusal.value.message) == (field, message)


@pytest.mark.parametrize("verbs", [REFERENCE, SURVEY], ids=lambda verbs: verbs.noun)
def test_the_deployment_named_is_the_partners_own(
    verbs: Verbs, acme: Partner, contoso: Customer
) -> None:
    own = cast.deployment(acme, contoso)
    foreign = cast.deployment(cast.partner("cove"), contoso)

    (fact,) = verbs.recorded(verbs.row(acme, contoso, deployment=own)).new

    assert fact.deployment == own
    with pytest.raises(CannotRecord, match="This deployment is not the partner's"):
        verbs.recorded(verbs.row(acme, contoso, "A-2", deployment=foreign))


def test_a_deployment_is_confirmed_once_and_accepted_with_it(
    acme: Partner, contoso: Customer
) -> None:
    (deployment,) = DEPLOYMENT.recorded(DEPLOYMENT.row(acme, contoso)).new
    Deployment.objects.update(pending=True)

    with one_entry("deployment.confirmed") as entries:
        confirm(deployment)

    deployment.refresh_from_db()
    assert (deployment.confirmed_on, deployment.confirmed_by) == (TODAY, "customer")
    assert not deployment.pending
    assert entries[0].changes == {"on": "2026-03-02", "confirmed_by": "customer"}
    with pytest.raises(CannotRecord, match="It was confirmed on 2 March 2026 already"):
        confirm(deployment)


@pytest.mark.parametrize(
    ("on", "message"),
    [
        (date(2026, 1, 14), "It was completed on 15 January 2026."),
        (TOMORROW, "3 March 2026 is in the future."),
    ],
)
def test_a_confirmation_has_a_day_that_can_be(
    acme: Partner, contoso: Customer, on: date, message: str
) -> None:
    (deployment,) = DEPLOYMENT.recorded(DEPLOYMENT.row(acme, contoso)).new

    with pytest.raises(CannotRecord) as refusal:
        confirm(deployment, on=on)

    assert (refusal.value.field, refusal.value.message) == ("on", message)


def test_what_was_withdrawn_is_not_confirmed_and_not_ended(
    acme: Partner, contoso: Customer
) -> None:
    (deployment,) = DEPLOYMENT.recorded(DEPLOYMENT.row(acme, contoso)).new
    (reference,) = REFERENCE.recorded(REFERENCE.row(acme, contoso)).new
    DEPLOYMENT.withdrawn(deployment)
    REFERENCE.withdrawn(reference)

    with pytest.raises(CannotRecord, match="It was withdrawn on 2 March 2026"):
        confirm(deployment)
    with pytest.raises(CannotRecord, match="It was withdrawn on 2 March 2026"):
        end_reference(reference=reference, last_day=TODAY, by=SYSTEM, now=NOW)


def test_a_reviewer_confirms_and_a_partner_neither_confirms_nor_claims_to_be_confirmed(
    acme: Partner, contoso: Customer
) -> None:
    rita = cast.actor(cast.member("Rita", MembershipRole.REVIEWER))
    paul = cast.actor(cast.member("Paul", MembershipRole.PARTNER_ADMIN, acme))
    (deployment,) = DEPLOYMENT.recorded(DEPLOYMENT.row(acme, contoso), by=paul).new
    claimed = {"confirmed_on": DAY, "confirmed_by": Confirmer.CUSTOMER}

    for refused in (
        lambda: confirm(deployment, by=paul),
        lambda: DEPLOYMENT.recorded(DEPLOYMENT.row(acme, contoso, "A-2", **claimed), by=paul),
        lambda: DEPLOYMENT.corrected(deployment, DEPLOYMENT.row(acme, contoso, **claimed), by=paul),
    ):
        with pytest.raises(NotAllowed, match=r"deployment\.confirm"):
            refused()
    assert confirm(deployment, by=rita).confirmed_on == TODAY


@pytest.mark.parametrize(
    ("verbs", "accept"),
    [
        (DEPLOYMENT, accept_deployments),
        (REFERENCE, accept_references),
        (TRANSACTION, accept_transactions),
    ],
    ids=lambda one: getattr(one, "noun", ""),
)
def test_a_reviewer_accepts_what_partners_recorded(
    verbs: Verbs, accept: Any, acme: Partner, contoso: Customer
) -> None:
    rita = cast.actor(cast.member("Rita", MembershipRole.REVIEWER))
    paul = cast.actor(cast.member("Paul", MembershipRole.PARTNER_ADMIN, acme))
    (own,) = verbs.recorded(verbs.row(acme, contoso)).new
    (waiting,) = verbs.recorded(verbs.row(acme, contoso, "A-2"), by=paul).new

    with one_entry(f"{verbs.noun}.accepted") as entries:
        accepted = accept([own, waiting], by=rita, now=NOW)

    assert accepted == [own, waiting]
    assert entries[0].subject_ids == [waiting.pk]
    assert not verbs.model.objects.filter(pending=True).exists()
    with pytest.raises(NotAllowed):
        accept([waiting], by=paul, now=NOW)


def test_consent_ends_after_its_last_day(acme: Partner, contoso: Customer) -> None:
    (reference,) = REFERENCE.recorded(REFERENCE.row(acme, contoso)).new

    with one_entry("reference.ended") as entries:
        end_reference(reference=reference, last_day=TODAY, by=SYSTEM, now=NOW)

    reference.refresh_from_db()
    assert reference.ended_on == TOMORROW
    assert entries[0].changes == {"last_day": "2026-03-02"}
    with pytest.raises(CannotRecord, match="The last day lies before the first"):
        end_reference(reference=reference, last_day=date(2026, 1, 14), by=SYSTEM, now=NOW)
