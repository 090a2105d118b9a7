"""A partner's forecast and its single points of failure, from the rows, and how they come true."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from accreditation.criteria.verdicts import CauseCode
from accreditation.criteria.whatif import SubjectKind
from accreditation.models import Evaluation, ProgramVersion
from accreditation.operations.programs import withdraw_version
from accreditation.queries.departures import NotOnRecord, loss_without, single_points_of
from accreditation.queries.evaluations import verdict_of
from accreditation.queries.forecast import ToldForecast, forecast_of
from accreditation.queries.programs import InForce, program_in_force
from enablement.models import Certificate, Certification
from partners.enums import PartnerState
from partners.models import Employment, Partner, Vendor
from partners.operations.people import end_employment
from partners.periods import last_day
from partners.rules import SYSTEM
from tests import cast
from tests.accreditation.criteria.worlds import leaf
from tests.accreditation.documents import built_on, engineers
from tests.stories import judge_all, publish

ENDS = {"Edda": date(2026, 4, 1), "Mara": date(2026, 6, 1), "Paul": date(2026, 8, 1)}


@pytest.fixture
def acme(in_northwind: Vendor) -> Partner:
    """Three engineers whose certificates end in March, May and July; two are needed."""
    acme = cast.partner("acme", "Acme Cloud Services")
    role, what = cast.job_role("technical-engineer"), cast.certification("cloud-engineer")
    for name, end in ENDS.items():
        person = cast.person(name)
        cast.employment(person, acme, role)
        cast.certificate(person, what, until=end)
    publish(engineers(at_least=2))
    judge_all()
    return acme


def in_force() -> InForce:
    found = program_in_force("authorized-service", cast.TODAY)
    assert found is not None
    return found


def foreseen(acme: Partner) -> ToldForecast:
    return forecast_of(acme, in_force(), cast.TODAY)


def verdict_on(acme: Partner, on: date) -> str | None:
    """Return the level found by judging on a day, the way the product does."""
    judge_all(datetime.combine(on, time(15), tzinfo=UTC))
    return verdict_of(Evaluation.objects.filter(partner=acme).latest("recorded_at", "pk")).level


def test_forecast_names_the_day_the_chain_and_the_person(acme: Partner) -> None:
    found = foreseen(acme)

    assert found.forecast.lapses_on == ENDS["Mara"]
    [step] = found.steps
    assert step.chain[-1].label is not None
    assert step.chain[-1].label.text == {"en": "Certified cloud engineers"}
    assert (step.chain[-1].link.after.have, step.chain[-1].link.after.need) == (1, 2)
    assert (step.cause.record.person, step.cause.record.title) == ("Mara", "Cloud Engineer")


def test_forecast_comes_true_on_its_day_and_not_before(acme: Partner) -> None:
    lapses_on = foreseen(acme).forecast.lapses_on
    assert lapses_on is not None

    assert verdict_on(acme, last_day(lapses_on)) == "authorized"
    assert verdict_on(acme, lapses_on) is None


def test_the_renewal_that_is_named_moves_the_lapse_to_its_day(acme: Partner) -> None:
    renewal = foreseen(acme).renewal
    assert renewal is not None
    assert (renewal.record.person, renewal.renewal.lapses_on) == ("Mara", ENDS["Paul"])

    Certificate.objects.filter(pk=renewal.record.id).update(expires_on=None)

    assert foreseen(acme).forecast.lapses_on == ENDS["Paul"]


def test_a_version_to_come_is_taken_from_its_first_day_on(acme: Partner) -> None:
    comes = date(2026, 4, 15)
    publish(engineers(at_least=3), effective_on=comes)

    found = foreseen(acme)

    assert found.forecast.lapses_on == comes
    # Edda's certificate ends before: renewed, she would be the third.
    assert found.renewal is not None
    assert (found.renewal.record.person, found.renewal.renewal.lapses_on) == ("Edda", ENDS["Mara"])
    [step] = found.steps
    assert step.cause.cause.code is CauseCode.RULES_REPLACED
    assert (step.program.version.number, step.chain[-1].link.after.need) == (2, 3)
    assert step.chain[-1].label is not None
    [version] = found.replaced
    assert (version.program.version.number, version.day, version.level) == (2, comes, None)
    assert verdict_on(acme, last_day(comes)) == "authorized"
    assert verdict_on(acme, comes) is None


def test_facts_that_only_a_version_to_come_asks_for_are_known(acme: Partner) -> None:
    document = engineers(at_least=1)
    document["criteria"] = leaf("role_slots", "team", roles=[
        {"key": "engineer", "text": {"en": "Engineer"}, "certifications": ["cloud-engineer"],
         "at_least": 2},
    ])  # fmt: skip
    publish(document, effective_on=date(2026, 4, 15))

    assert foreseen(acme).forecast.lapses_on == ENDS["Mara"]


def test_what_is_held_today_is_what_the_version_in_force_says_it_is(acme: Partner) -> None:
    """The service belongs to the cloud today; from April on it is said to belong elsewhere."""
    service, comes = engineers(at_least=2), date(2026, 4, 15)
    for group, day in (("cloud", cast.TODAY), ("edge", comes)):
        grouped = service | {"program": {**service["program"], "groups": [group]}}
        publish(grouped, effective_on=day)
    solution = built_on("solution", "authorized-service")
    solution["criteria"] = leaf("holds_level", groups=["cloud"], at_least=1)
    publish(solution)
    judge_all()
    program = program_in_force("solution", cast.TODAY)
    assert program is not None

    assert forecast_of(acme, program, cast.TODAY).forecast.level == "authorized"


def test_a_version_withdrawn_is_not_foreseen(acme: Partner) -> None:
    publish(engineers(at_least=3), effective_on=date(2026, 4, 15))
    second = ProgramVersion.objects.get(number=2)

    withdraw_version(version=second, reason="Too early", by=SYSTEM, now=cast.NOW)

    found = foreseen(acme)
    assert (found.forecast.lapses_on, found.replaced) == (ENDS["Mara"], ())


def test_questions_asked_do_not_grow_with_the_team(
    acme: Partner, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    program = in_force()
    with CaptureQueriesContext(connection) as few:
        forecast_of(acme, program, cast.TODAY)
        single_points_of(acme, program, cast.TODAY)
    what = Certification.objects.get()
    for number in range(5):
        person = cast.person(f"Engineer {number}")
        cast.employment(person, acme)
        cast.certificate(person, what, until=date(2026, 5, 1 + number))

    with django_assert_num_queries(len(few)):
        forecast_of(acme, program, cast.TODAY)
        single_points_of(acme, program, cast.TODAY)


def test_nothing_is_foreseen_for_a_partner_that_left(acme: Partner) -> None:
    Partner.objects.filter(pk=acme.pk).update(state=PartnerState.ENDED, ended_on=cast.TODAY)
    acme.refresh_from_db()

    assert foreseen(acme).forecast.level is None


def test_there_is_no_single_point_of_failure_with_one_to_spare(acme: Partner) -> None:
    assert single_points_of(acme, in_force(), cast.TODAY).losses == ()


def test_everybody_is_one_when_nobody_is_to_spare(acme: Partner) -> None:
    Employment.objects.filter(person__name="Edda").update(ended_on=cast.TODAY)

    losses = single_points_of(acme, in_force(), cast.TODAY).losses

    assert [(one.subjects[0].name, one.loss.level) for one in losses] == [
        ("Mara", None),
        ("Paul", None),
    ]
    assert {one.subjects[0].subject.kind for one in losses} == {SubjectKind.PERSON}
    assert [one.finding.key for one in losses[0].broken] == ["engineers"]


def test_simulated_departures_are_what_ending_the_employments_does(acme: Partner) -> None:
    leaving = list(Employment.objects.filter(person__name__in=["Edda", "Paul"]))

    loss = loss_without(
        acme, in_force(), [str(one.person_id) for one in leaving], cast.TODAY, cast.TODAY
    )
    before = verdict_on(acme, cast.TODAY)
    for one in leaving:
        yesterday = cast.TODAY - timedelta(days=1)
        end_employment(employment=one, last_day=yesterday, by=SYSTEM, now=cast.NOW)

    assert (loss.loss.before, loss.loss.level) == (before, verdict_on(acme, cast.TODAY))
    assert (loss.loss.before, loss.loss.level) == ("authorized", None)


def test_a_single_certificate_may_fall_away_without_the_person(acme: Partner) -> None:
    edda, mara = (str(Certificate.objects.get(person__name=name).pk) for name in ("Edda", "Mara"))

    loss = loss_without(acme, in_force(), [edda, mara], cast.TODAY, cast.TODAY)

    assert loss.loss.level is None
    assert [one.name for one in loss.subjects] == ["Cloud Engineer", "Cloud Engineer"]


def test_ids_of_others_are_not_known(acme: Partner) -> None:
    stranger = cast.person("Sven")

    with pytest.raises(NotOnRecord) as refused:
        loss_without(acme, in_force(), [str(stranger.pk)], cast.TODAY, cast.TODAY)

    assert refused.value.ids == (str(stranger.pk),)
