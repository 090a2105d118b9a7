"""Two programs that reserve their people from each other, from certificates to verdicts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accreditation.criteria.verdicts import Finding, ReasonCode, Verdict
from accreditation.models import Accreditation, Award, DueMark, Evaluation
from accreditation.queries.departures import levels_lost
from accreditation.queries.evaluations import latest_evaluations, verdict_of
from accreditation.queries.forecast import forecast_of
from accreditation.queries.past import Reading, past_verdict
from accreditation.queries.programs import program_in_force
from enablement.models import Certificate, Certification
from partners.models import Employment, Partner, Person, Vendor
from tests import cast
from tests.accreditation.criteria.worlds import leaf
from tests.stories import judge_all, publish

LATER = cast.NOW + timedelta(days=7)
BEN_UNTIL = date(2026, 4, 1)


def specialization(key: str) -> dict[str, Any]:
    """Ask for one engineer who is used for nothing else."""
    return {
        "format": 1,
        "program": {"key": key, "name": {"en": key.title()}, "kind": "technical"},
        "levels": [{"key": "advanced", "name": {"en": "Advanced"}}],
        "people": {"pool": "specializations", "programs_per_person": 1},
        "criteria": {
            "key": "team",
            "kind": "role_slots",
            "text": {"en": "A team"},
            "roles": [
                {
                    "key": "engineer",
                    "text": {"en": "An engineer"},
                    "certifications": ["cloud-engineer"],
                    "at_least": 1,
                }
            ],
        },
    }


@pytest.fixture
def acme(in_northwind: Vendor) -> Partner:
    """Acme with Edda and Finn (until the end of March): voice awarded first, then data."""
    acme = cast.partner("acme")
    exam = cast.certification("cloud-engineer")
    staffed(acme, exam, "Edda")
    staffed(acme, exam, "Finn", until=BEN_UNTIL)
    publish(specialization("voice"))
    judge_all()
    publish(specialization("data"), effective_on=LATER.date())
    judge_all(LATER)
    return acme


def staffed(partner: Partner, exam: Certification, name: str, until: date | None = None) -> None:
    person = cast.person(f"{name} of {partner.slug}" if partner.slug != "acme" else name)
    cast.employment(person, partner)
    cast.certificate(person, exam, since=date(2026, 1, 1), until=until)


def verdicts(partner: Partner) -> dict[str, Verdict]:
    found = latest_evaluations([partner.pk])
    return {one.program.key: verdict_of(one) for one in found.values()}


def engineer(verdict: Verdict) -> Finding:
    [role] = verdict.levels[0].finding.children
    return role


def holder(verdict: Verdict) -> str:
    [counted] = engineer(verdict).counted
    return Person.objects.get(pk=counted.person).name


def corrected(partner: Partner, on: date) -> dict[str, str | None]:
    """Return the levels of a past day by what is known today."""
    found = {key: past_verdict(partner, key, on, Reading.CORRECTED) for key in ("voice", "data")}
    return {key: one.verdict.level for key, one in found.items() if one}


def test_each_program_has_somebody_of_its_own(acme: Partner) -> None:
    found = verdicts(acme)

    assert {key: one.level for key, one in found.items()} == dict.fromkeys(
        ("voice", "data"), "advanced"
    )
    assert {holder(one) for one in found.values()} == {"Edda", "Finn"}
    assert Award.objects.count() == 2


def test_what_was_awarded_later_is_lost_and_the_conflict_reported(acme: Partner) -> None:
    judge_all(datetime(2026, 4, 1, 15, 0, tzinfo=UTC))

    found = verdicts(acme)
    edda = Person.objects.get(name="Edda")
    standings = {
        one.program.key: one.standing for one in Accreditation.objects.select_related("program")
    }
    lost = {one.person: (one.reason, one.used_by) for one in engineer(found["data"]).not_counted}

    assert {key: one.level for key, one in found.items()} == {"voice": "advanced", "data": None}
    assert standings == {"voice": "accredited", "data": "lapsed"}
    assert holder(found["voice"]) == "Edda"
    assert lost[str(edda.pk)] == (ReasonCode.USED_ELSEWHERE, "voice/team/engineer/1")


def test_loss_was_foreseen_on_its_day(acme: Partner) -> None:
    found = verdicts(acme)

    assert {key: one.changes_on for key, one in found.items()} == {"voice": None, "data": BEN_UNTIL}


def test_judging_again_changes_nothing(acme: Partner) -> None:
    stored = Evaluation.objects.count()
    Certificate.objects.filter(person__name="Edda").update(awarded_on=date(2026, 1, 1))

    judge_all(LATER)

    assert Evaluation.objects.count() == stored


def test_somebody_who_leaves_costs_the_program_awarded_later(acme: Partner) -> None:
    for name in ("Edda", "Finn"):
        leaving = Employment.objects.get(partner=acme, person__name=name)

        lost = levels_lost(leaving, LATER.date(), cast.TODAY)

        assert [one.program.program.key for one in lost] == ["data"]


def test_past_day_is_corrected_with_the_awards_of_that_day(acme: Partner) -> None:
    Certificate.objects.filter(person__name="Finn").update(expires_on=date(2026, 3, 5))
    day = LATER.date()

    known = {key: past_verdict(acme, key, day, Reading.KNOWN) for key in ("voice", "data")}

    assert corrected(acme, day) == {"voice": "advanced", "data": None}
    assert all(one and one.verdict.level == "advanced" for one in known.values())


def test_past_day_is_corrected_with_awards_that_have_ended_since(acme: Partner) -> None:
    Certificate.objects.update(expires_on=date(2026, 5, 1))
    judge_all(datetime(2026, 6, 1, 15, 0, tzinfo=UTC))
    Certificate.objects.filter(person__name="Finn").update(expires_on=date(2026, 3, 5))

    assert not Award.objects.filter(ended_on=None).exists()
    assert corrected(acme, LATER.date()) == {"voice": "advanced", "data": None}


def test_past_day_is_corrected_without_awards_that_came_later(in_northwind: Vendor) -> None:
    """Voice was awarded in March; of two programs without an award the first by key has her."""
    acme = cast.partner("acme")
    staffed(acme, cast.certification("cloud-engineer"), "Edda")
    publish(specialization("voice"))
    judge_all()
    publish(specialization("data"), effective_on=date(2026, 2, 1))

    assert corrected(acme, date(2026, 2, 15)) == {"voice": None, "data": "advanced"}


def test_an_award_keeps_whom_it_rests_on(in_northwind: Vendor) -> None:
    acme, exam = cast.partner("acme"), cast.certification("cloud-engineer")
    edda = cast.person("Edda")
    cast.employment(edda, acme)
    staffed(acme, exam, "Finn")
    publish(specialization("voice"))
    judge_all()

    cast.certificate(edda, exam, since=date(2026, 1, 1))
    judge_all(LATER)

    assert holder(verdicts(acme)["voice"]) == "Finn"


def test_an_award_after_a_gap_is_the_later_one(in_northwind: Vendor) -> None:
    """Voice was first, lapsed, and came back after data: now data keeps the only engineer."""
    acme, exam = cast.partner("acme"), cast.certification("cloud-engineer")
    staffed(acme, exam, "Edda", until=date(2026, 3, 20))
    publish(specialization("voice"))
    judge_all()
    lapsed = datetime(2026, 3, 20, 15, 0, tzinfo=UTC)
    judge_all(lapsed)
    publish(specialization("data"), effective_on=date(2026, 3, 25), now=lapsed)
    judge_all(lapsed)
    staffed(acme, exam, "Finn", until=date(2026, 6, 1))
    judge_all(datetime(2026, 4, 1, 15, 0, tzinfo=UTC))
    Certificate.objects.filter(person__name="Edda").update(expires_on=None)
    judge_all(datetime(2026, 5, 1, 15, 0, tzinfo=UTC))
    assert {one.level for one in verdicts(acme).values()} == {"advanced"}

    judge_all(datetime(2026, 6, 1, 15, 0, tzinfo=UTC))

    assert {key: one.level for key, one in verdicts(acme).items()} == {
        "voice": None,
        "data": "advanced",
    }


def test_an_award_that_ended_on_a_day_holds_nobody_on_it(in_northwind: Vendor) -> None:
    """Of two programs without an award the first by key has the only engineer."""
    acme, ended = cast.partner("acme"), date(2026, 3, 20)
    staffed(acme, cast.certification("cloud-engineer"), "Edda", until=ended)
    publish(specialization("voice"))
    judge_all()
    judge_all(datetime(2026, 3, 20, 15, 0, tzinfo=UTC))
    publish(specialization("data"), effective_on=date(2026, 3, 15))
    Certificate.objects.update(expires_on=None)

    assert corrected(acme, ended - timedelta(days=1)) == {"voice": "advanced", "data": None}
    assert corrected(acme, ended) == {"voice": None, "data": "advanced"}


def test_a_lower_level_is_held_as_long_as_the_higher_one_was(in_northwind: Vendor) -> None:
    """Voice was gold before data was awarded, and is silver since: silver is held since then."""
    acme, exam = cast.partner("acme"), cast.certification("cloud-engineer")
    voice = specialization("voice")
    voice["levels"] = [{"key": key, "name": {"en": key}} for key in ("silver", "gold")]
    voice["criteria"]["roles"][0]["at_least"] = {"silver": 1, "gold": 2}
    staffed(acme, exam, "Edda")
    staffed(acme, exam, "Finn", until=date(2026, 4, 1))
    publish(voice)
    judge_all()
    staffed(acme, cast.certification("data-engineer"), "Gus", until=date(2026, 6, 1))
    data = specialization("data")
    data["criteria"]["roles"][0]["certifications"] = ["cloud-engineer", "data-engineer"]
    publish(data, effective_on=LATER.date())
    judge_all(LATER)
    judge_all(datetime(2026, 4, 1, 15, 0, tzinfo=UTC))
    both = {key: one.level for key, one in verdicts(acme).items()}

    judge_all(datetime(2026, 6, 1, 15, 0, tzinfo=UTC))

    assert both == {"voice": "silver", "data": "advanced"}
    assert {key: one.level for key, one in verdicts(acme).items()} == {
        "voice": "silver",
        "data": None,
    }


def test_number_of_statements_does_not_grow_with_partners(acme: Partner) -> None:
    exam = Certification.objects.get(key="cloud-engineer")

    def statements() -> int:
        DueMark.objects.all().delete()
        for partner in Partner.objects.all():
            DueMark.objects.create(partner=partner, due_at=LATER, cause="asked")
        with CaptureQueriesContext(connection) as context:
            judge_all(LATER)
        return len(context)

    with_one = statements()
    for number in range(3):
        other = cast.partner(f"other-{number}")
        staffed(other, exam, "Edda")
        staffed(other, exam, "Finn")
    judge_all(LATER)

    assert statements() <= with_one


@pytest.mark.parametrize("today", ["people_holding", "role_slots"])
def test_a_version_to_come_that_shares_people_leaves_those_of_others(
    in_northwind: Vendor, today: str
) -> None:
    """Voice asks for Edda whoever else has her; from a day on it shares her, and data has her."""
    acme, comes = cast.partner("acme"), date(2026, 4, 15)
    staffed(acme, cast.certification("cloud-engineer"), "Edda")
    publish(specialization("data"))
    voice = specialization("voice")
    del voice["people"]
    if today == "people_holding":
        voice["criteria"] = leaf(today, certifications=["cloud-engineer"], at_least=1)
    publish(voice)
    judge_all()
    publish(specialization("voice"), effective_on=comes)
    program = program_in_force("voice", cast.TODAY)
    assert program is not None

    found = forecast_of(acme, program, cast.TODAY)

    assert (found.forecast.level, found.forecast.lapses_on) == ("advanced", comes)
    judge_all(datetime(2026, 4, 15, 15, 0, tzinfo=UTC))
    assert {key: one.level for key, one in verdicts(acme).items()} == {
        "data": "advanced",
        "voice": None,
    }
