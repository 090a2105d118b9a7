"""What holds for every kind of fact: recorded once, corrected, withdrawn, by whom, for whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accreditation.models import DueMark
from documents.models import Customer
from partners.enums import ActorKind, MembershipRole
from partners.models import AuditEntry, Partner
from partners.refusals import CannotRecord
from partners.rules import Actor, NotAllowed
from tests import cast
from tests.audited import one_entry
from tests.cast import TODAY
from tests.documents.facts import DAY, EVERY_KIND, PROJECTS, SURVEY, Verbs

pytestmark = pytest.mark.usefixtures("in_northwind")

each_kind = pytest.mark.parametrize("verbs", EVERY_KIND, ids=lambda verbs: verbs.noun)
each_project = pytest.mark.parametrize("verbs", PROJECTS, ids=lambda verbs: verbs.noun)


def paul(acme: Partner, role: MembershipRole = MembershipRole.PARTNER_ADMIN) -> Actor:
    return cast.actor(cast.member("Paul", role, acme))


@each_kind
def test_a_fact_is_recorded_once_audited_and_rung_for(
    verbs: Verbs,
    acme: Partner,
    contoso: Customer,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    DueMark.objects.all().delete()

    with (
        one_entry(f"{verbs.noun}.recorded") as entries,
        django_capture_on_commit_callbacks() as bells,  # type: ignore[attr-defined]
    ):
        (fact,) = verbs.recorded(verbs.row(acme, contoso)).new
        again = verbs.recorded(verbs.row(acme, contoso))

    assert (again.new, again.known) == ([], [fact])
    assert (entries[0].subject_ids, entries[0].partner_ids) == ([fact.pk], [acme.pk])
    assert list(DueMark.objects.values_list("partner", flat=True)) == [acme.pk]
    assert len(bells) == 1


@each_kind
def test_two_partners_may_use_one_number(verbs: Verbs, acme: Partner, contoso: Customer) -> None:
    other = cast.partner("cove")

    recorded = verbs.recorded(verbs.row(acme, contoso), verbs.row(other, contoso))

    assert len(recorded.new) == 2


@each_kind
def test_three_rows_cost_as_many_statements_as_one(
    verbs: Verbs, acme: Partner, contoso: Customer
) -> None:
    def statements(*numbers: str) -> int:
        with CaptureQueriesContext(connection) as context:
            verbs.recorded(*(verbs.row(acme, contoso, number) for number in numbers))
        return len(context)

    assert statements("A-1") == statements("A-2", "A-3", "A-4")


@each_kind
def test_a_correction_changes_what_was_wrong_and_keeps_the_rest(
    verbs: Verbs, acme: Partner, contoso: Customer
) -> None:
    fabrikam = cast.customer("Fabrikam")
    (fact,) = verbs.recorded(verbs.row(acme, contoso)).new

    with one_entry(f"{verbs.noun}.corrected"):
        verbs.corrected(fact, verbs.row(acme, fabrikam))

    fact.refresh_from_db()
    assert (fact.customer, fact.external_id, fact.source) == (fabrikam, "A-1", "test")


@each_kind
def test_a_withdrawn_fact_is_kept_with_its_reason(
    verbs: Verbs, acme: Partner, contoso: Customer
) -> None:
    (fact,) = verbs.recorded(verbs.row(acme, contoso)).new

    with one_entry(f"{verbs.noun}.withdrawn") as entries:
        verbs.withdrawn(fact, reason=" The customer asked ")

    fact.refresh_from_db()
    assert (fact.withdrawn_on, fact.withdrawal_reason) == (TODAY, "The customer asked")
    assert "customer" not in str(entries[0].changes)
    with pytest.raises(CannotRecord, match="It was withdrawn on 2 March 2026 already"):
        verbs.withdrawn(fact)


@each_kind
@pytest.mark.parametrize(
    ("on", "reason", "field", "message"),
    [
        (date(2026, 3, 3), "Mistake", "on", "The day cannot be in the future."),
        (date(2026, 1, 14), "Mistake", "on", "Its first day is 15 January 2026."),
        (TODAY, "  ", "reason", "Say why: the partner will read it."),
        (TODAY, "x" * 301, "reason", "This text is longer than 300 characters."),
    ],
)
def test_a_withdrawal_needs_a_day_that_can_be_and_a_reason(
    verbs: Verbs,
    acme: Partner,
    contoso: Customer,
    on: date,
    reason: str,
    field: str,
    message: str,
) -> None:
    (fact,) = verbs.recorded(verbs.row(acme, contoso)).new

    with pytest.raises(CannotRecord) as refusal:
        verbs.withdrawn(fact, on=on, reason=reason)

    assert (refusal.value.field, refusal.value.message) == (field, message)


@each_kind
def test_a_fact_needs_something_it_is_called(
    verbs: Verbs, acme: Partner, contoso: Customer
) -> None:
    with pytest.raises(CannotRecord, match="Say what it is called"):
        verbs.recorded(verbs.row(acme, contoso, " "))


@each_kind
def test_a_channel_manager_records_and_withdraws_for_managed_partners_only(
    verbs: Verbs, acme: Partner, contoso: Customer
) -> None:
    membership = cast.member("Mara", MembershipRole.CHANNEL_MANAGER)
    mara, managed = cast.actor(membership), cast.partner("managed", manager=membership)
    (foreign,) = verbs.recorded(verbs.row(acme, contoso)).new

    (own,) = verbs.recorded(verbs.row(managed, contoso), by=mara).new
    verbs.withdrawn(own, by=mara)

    for refused in (
        lambda: verbs.recorded(verbs.row(acme, contoso, "A-2"), by=mara),
        lambda: verbs.corrected(foreign, verbs.row(acme, contoso), by=mara),
        lambda: verbs.withdrawn(foreign, by=mara),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert set(verbs.model.objects.visible_to(mara)) == {own}


@each_project
def test_what_a_partner_records_waits_and_may_be_corrected_until_it_is_accepted(
    verbs: Verbs, acme: Partner, contoso: Customer
) -> None:
    by = paul(acme)
    (record,) = verbs.recorded(verbs.row(acme, contoso), by=by).new
    assert record.pending

    verbs.corrected(record, verbs.row(acme, cast.customer("Fabrikam")), by=by)
    record.refresh_from_db()
    assert record.pending
    verbs.corrected(record, verbs.row(acme, contoso))
    record.refresh_from_db()
    assert not record.pending

    with pytest.raises(CannotRecord, match="It was accepted already"):
        verbs.corrected(record, verbs.row(acme, contoso), by=by)
    with pytest.raises(NotAllowed):
        verbs.withdrawn(record, by=by)
    with pytest.raises(NotAllowed):
        verbs.recorded(verbs.row(cast.partner("cove"), contoso), by=by)


@each_kind
@pytest.mark.parametrize(
    "role",
    [MembershipRole.REVIEWER, MembershipRole.ANALYST],
)
def test_who_only_looks_or_reviews_records_nothing(
    verbs: Verbs, acme: Partner, contoso: Customer, role: MembershipRole
) -> None:
    by = cast.actor(cast.member("Rita", role))

    with pytest.raises(NotAllowed):
        verbs.recorded(verbs.row(acme, contoso), by=by)


@pytest.mark.parametrize(
    "role",
    [
        MembershipRole.PARTNER_ADMIN,
        MembershipRole.EVIDENCE_EDITOR,
        MembershipRole.LEARNER,
        MembershipRole.PARTNER_VIEWER,
    ],
)
def test_a_partner_never_writes_what_its_customers_answered(
    acme: Partner, contoso: Customer, role: MembershipRole
) -> None:
    by = paul(acme, role)
    (answer,) = SURVEY.recorded(SURVEY.row(acme, contoso)).new
    worse = replace(SURVEY.row(acme, contoso), answered_on=DAY)

    for refused in (
        lambda: SURVEY.recorded(SURVEY.row(acme, contoso, "A-2"), by=by),
        lambda: SURVEY.corrected(answer, worse, by=by),
        lambda: SURVEY.withdrawn(answer, by=by),
    ):
        with pytest.raises(NotAllowed, match=r"survey\.record"):
            refused()


@each_kind
def test_a_key_of_a_program_owner_records_for_every_partner(
    verbs: Verbs, acme: Partner, contoso: Customer
) -> None:
    key = Actor(kind=ActorKind.API_KEY, id=acme.pk, role=MembershipRole.PROGRAM_OWNER)

    assert len(verbs.recorded(verbs.row(acme, contoso), by=key).new) == 1
    assert AuditEntry.objects.get().actor_kind == ActorKind.API_KEY
