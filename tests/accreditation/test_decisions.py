"""Criteria that a person decides: from a day on, with a reason, for one program."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accreditation.criteria.judge import judge
from accreditation.criteria.verdicts import Result
from accreditation.models import CriterionDecision, DueMark, Program
from accreditation.operations.decisions import (
    confirm_decision,
    decide_criterion,
    withdraw_decision,
)
from accreditation.queries.facts import facts_for
from accreditation.queries.programs import program_in_force
from partners.enums import MembershipRole
from partners.models import Partner
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, NotAllowed
from tests import cast
from tests.accreditation.documents import engineers
from tests.audited import one_entry
from tests.cast import NOW, TODAY
from tests.stories import publish

pytestmark = pytest.mark.usefixtures("in_northwind")

JANUARY, JANUARY_31, FEBRUARY = date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1)


def interview(program: str) -> dict[str, Any]:
    """Ask for an interview, which somebody has to find convincing."""
    document = engineers(at_least=1)
    document["program"]["key"] = program
    document["criteria"] = {
        "key": "interview",
        "kind": "decided_by_person",
        "text": {"en": "A convincing interview"},
    }
    return document


@pytest.fixture
def acme() -> Partner:
    for program in ("authorized-service", "authorized-sales"):
        publish(interview(program))
    return cast.partner("acme")


def decide(of: Partner, *, since: date, accepted: bool = True, **more: Any) -> CriterionDecision:
    key = more.pop("program", "authorized-service")
    return decide_criterion(
        partner=of,
        program=Program.objects.get(key=key),
        since=since,
        accepted=accepted,
        **{"criterion": "interview", "reason": "Convincing.", "by": SYSTEM, "now": NOW, **more},
    )


def result(of: Partner, program: str = "authorized-service", on: date = TODAY) -> Result:
    rules = program_in_force(program, on)
    assert rules is not None
    return judge(rules.rules, facts_for([of.pk])[of.pk], on).levels[0].result


def test_until_somebody_decides_nobody_can_tell(acme: Partner) -> None:
    assert result(acme) is Result.CANNOT_BE_JUDGED


def test_a_decision_holds_from_its_day_for_its_own_program_alone(acme: Partner) -> None:
    with one_entry("criterion.decided"):
        decide(acme, since=FEBRUARY)

    assert result(acme) is Result.MET
    assert result(acme, on=JANUARY_31) is Result.CANNOT_BE_JUDGED
    assert result(acme, program="authorized-sales") is Result.CANNOT_BE_JUDGED


def test_a_decision_holds_through_its_last_day(acme: Partner) -> None:
    decide(acme, since=JANUARY, valid_through=JANUARY_31)

    assert result(acme, on=JANUARY_31) is Result.MET
    assert result(acme, on=FEBRUARY) is Result.CANNOT_BE_JUDGED


def test_a_later_decision_ends_the_one_in_force(acme: Partner) -> None:
    first = decide(acme, since=JANUARY)

    decide(acme, since=FEBRUARY, accepted=False, reason="It was not theirs.")

    first.refresh_from_db()
    assert (first.ended_on, first.reason) == (FEBRUARY, "It was not theirs.")
    assert result(acme, on=JANUARY) is Result.MET
    assert result(acme) is Result.NOT_MET


@pytest.mark.parametrize(
    ("valid_through", "ended_on"),
    [(date(2026, 1, 14), date(2026, 1, 15)), (date(2026, 2, 14), FEBRUARY)],
    ids=["over by then", "still in force"],
)
def test_a_later_decision_ends_only_what_is_still_in_force(
    acme: Partner, valid_through: date, ended_on: date
) -> None:
    first = decide(acme, since=JANUARY, valid_through=valid_through)

    decide(acme, since=FEBRUARY, accepted=False)

    first.refresh_from_db()
    assert first.ended_on == ended_on


def test_a_decision_ends_none_of_another_criterion_program_or_partner(acme: Partner) -> None:
    document = interview("authorized-support")
    asked = document["criteria"]
    document["criteria"] = {"any": [asked, {**asked, "key": "demonstration"}]}
    publish(document)
    support: dict[str, Any] = {"program": "authorized-support"}
    others = [
        decide(acme, since=JANUARY, criterion="demonstration", **support),
        decide(acme, since=JANUARY, program="authorized-sales"),
        decide(cast.partner("cove"), since=JANUARY, **support),
    ]

    decide(acme, since=FEBRUARY, **support)

    for one in others:
        one.refresh_from_db()
    assert [one.ended_on for one in others] == [None, None, None]


@pytest.mark.parametrize(
    ("valid_through", "ended_on"),
    [
        (None, FEBRUARY),
        (date(2026, 2, 14), FEBRUARY),
        (date(2026, 1, 14), date(2026, 1, 15)),
    ],
)
def test_a_decision_learned_late_holds_at_most_until_the_next_one(
    acme: Partner, valid_through: date | None, ended_on: date
) -> None:
    decide(acme, since=FEBRUARY, accepted=False)

    earlier = decide(acme, since=JANUARY, valid_through=valid_through)

    assert earlier.ended_on == ended_on
    assert (result(acme, on=JANUARY), result(acme)) == (Result.MET, Result.NOT_MET)


def test_a_decision_of_the_same_day_replaces_the_first(acme: Partner) -> None:
    first = decide(acme, since=FEBRUARY)

    decide(acme, since=FEBRUARY, accepted=False, reason="Mixed up.")

    first.refresh_from_db()
    assert first.withdrawn_at == NOW
    assert result(acme) is Result.NOT_MET


def test_a_pending_decision_settles_nothing_until_another_person_confirms_it(
    acme: Partner,
) -> None:
    rita, olga = (
        cast.actor(cast.member(who, role))
        for who, role in (("Rita", MembershipRole.REVIEWER), ("Olga", MembershipRole.OWNER))
    )
    decision = decide(acme, since=FEBRUARY, by=rita, pending=True)
    assert result(acme) is Result.CANNOT_BE_JUDGED

    with pytest.raises(CannotRecord):
        confirm_decision(decision=decision, by=rita, now=NOW)
    with one_entry("criterion.decision_confirmed"):
        confirm_decision(decision=decision, by=olga, now=NOW)

    assert result(acme) is Result.MET
    with pytest.raises(CannotRecord):
        confirm_decision(decision=decision, by=olga, now=NOW)


def test_a_withdrawn_decision_was_never_made(acme: Partner) -> None:
    decision = decide(acme, since=FEBRUARY)

    with one_entry("criterion.decision_withdrawn"):
        withdraw_decision(decision=decision, reason="Wrong partner.", by=SYSTEM, now=NOW)

    assert result(acme) is Result.CANNOT_BE_JUDGED


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"criterion": "engineers"}, "criterion"),
        ({"since": date(1, 1, 1)}, "started_on"),
        ({"valid_through": JANUARY_31}, "valid_through"),
    ],
)
def test_a_decision_needs_a_reason_a_day_and_a_criterion_that_is_left_to_people(
    acme: Partner, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(CannotRecord) as refusal:
        decide(acme, **{"since": FEBRUARY, **changes})

    assert refusal.value.field == field


@pytest.mark.parametrize(
    "role", [MembershipRole.CHANNEL_MANAGER, MembershipRole.ANALYST, MembershipRole.PARTNER_ADMIN]
)
def test_those_who_do_not_review_decide_nothing(acme: Partner, role: MembershipRole) -> None:
    at = acme if role == MembershipRole.PARTNER_ADMIN else None
    by = cast.actor(cast.member("Sven", role, at))

    with pytest.raises(NotAllowed):
        decide(acme, since=FEBRUARY, by=by)


def test_the_database_refuses_two_decisions_on_one_day(acme: Partner) -> None:
    decision = decide(acme, since=FEBRUARY)
    decision.pk, decision.started_on = None, TODAY
    again = CriterionDecision(
        **{
            field.attname: getattr(decision, field.attname)
            for field in decision._meta.concrete_fields
            if field.name != "id"
        }
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


def test_a_decision_marks_its_partner_due(acme: Partner) -> None:
    DueMark.objects.all().delete()

    decide(acme, since=FEBRUARY)

    assert set(DueMark.objects.values_list("partner", flat=True)) == {acme.pk}
