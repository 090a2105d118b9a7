"""What is foreseen of a level, against what evaluations do day by day, through programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from accreditation.criteria.verdicts import CauseCode, content_hash
from accreditation.models import Accreditation, Evaluation
from accreditation.operations.evaluation import evaluate
from accreditation.queries.evaluations import verdict_of
from accreditation.queries.past import Reading, past_verdict
from accreditation.queries.programs import programs_in_force, versions_ahead
from enablement.models import Certificate
from partners.models import Partner, Vendor
from partners.rules import SYSTEM
from tests import cast
from tests.accreditation.criteria.worlds import leaf
from tests.accreditation.documents import engineers
from tests.accreditation.worked_examples.lifecycles import noon
from tests.stories import judge_all, publish

DAY = timedelta(days=1)
EXPIRES = date(2026, 5, 10)


def service(*needs: int, **settings: Any) -> dict[str, Any]:
    """Return a program of people: a level for each number that is needed."""
    document = engineers(at_least=1, **settings)
    names = ("silver", "gold")[: len(needs)]
    document["levels"] = [{"key": one, "name": {"en": one.title()}} for one in names]
    document["criteria"]["at_least"] = dict(zip(names, needs, strict=True))
    return document


def asking(key: str, program: str, *levels: str, **asked: Any) -> dict[str, Any]:
    """Return a program that asks for levels (any, if none is named) of another one."""
    document = engineers(at_least=1)
    document["program"] |= {"key": key, "name": {"en": key.title()}}
    if levels:
        asked["levels"] = list(levels)
    document["criteria"] = leaf("holds_level", "designation", programs=[program], **asked)
    return document


@pytest.fixture
def acme(in_northwind: Vendor) -> Partner:
    """Two engineers; Edda's certificate ends in May."""
    acme = cast.partner("acme")
    role, what = cast.job_role("technical-engineer"), cast.certification("cloud-engineer")
    for name, end in (("Edda", EXPIRES), ("Finn", None)):
        person = cast.person(name)
        cast.employment(person, acme, role)
        cast.certificate(person, what, until=end)
    return acme


def latest(of: Partner, program: str) -> Evaluation:
    return Evaluation.objects.filter(partner=of, program__key=program).latest("recorded_at", "pk")


def days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


Steps = list[tuple[date, str | None]]


def lived(of: Partner, program: str) -> Steps:
    """Return the days on which evaluations found another level than before, and that level."""
    recorded = Evaluation.objects.filter(partner=of, program__key=program)
    return changes(
        (one.judged_on, verdict_of(one).level) for one in recorded.order_by("recorded_at", "pk")
    )


def foreseen(of: Partner, program: str) -> Steps:
    """Return the days on which the latest verdict says that the level changes, and the level."""
    evaluation = latest(of, program)
    verdict = verdict_of(evaluation)
    ahead = [(one.day, one.level) for one in verdict.outlook]
    return changes([(evaluation.judged_on, verdict.level), *ahead])


def changes(steps: Iterable[tuple[date, str | None]]) -> Steps:
    found: Steps = []
    for day, level in steps:
        if not found or found[-1][1] != level:
            found.append((day, level))
    return found


JUNE = {"down": ["06-01"]}
LATER: list[tuple[dict[str, Any], str, date]] = [
    (service(2), "silver", EXPIRES),
    (service(2, grace_days=14), "silver", date(2026, 5, 25)),
    (service(2, reviews=JUNE), "silver", date(2026, 6, 1)),
    (service(2, grace_days=7, reviews=JUNE), "silver", date(2026, 6, 9)),
    (service(2, term_months=3, reviews={"down": "at_renewal"}), "silver", date(2026, 6, 2)),
    (
        service(2, term_months=3, renewal_late_days=20, reviews={"down": "at_renewal"}),
        "silver",
        date(2026, 6, 22),
    ),
    (service(1, 2), "gold", EXPIRES),
    (service(1, 2, grace_days=14, reviews=JUNE), "gold", date(2026, 6, 1)),
]


@pytest.mark.parametrize(("document", "level", "lost_on"), LATER)
def test_loss_is_foreseen_through_programs_and_comes_true(
    acme: Partner, document: dict[str, Any], level: str, lost_on: date
) -> None:
    publish(document)
    publish(asking("tier", "authorized-service", level))
    publish(asking("group", "tier"))
    judge_all()

    ahead = {one: foreseen(acme, one) for one in ("tier", "group")}
    judge_all(noon(date(2026, 7, 1)))

    assert ahead["tier"] == [(cast.TODAY, "authorized"), (lost_on, None)]
    assert ahead["group"] == [(cast.TODAY, "authorized"), (lost_on, None)]
    assert {one: lived(acme, one) for one in ahead} == ahead


def test_level_that_falls_and_is_still_enough_is_no_loss_above(acme: Partner) -> None:
    publish(service(1, 2))
    publish(asking("tier", "authorized-service"))
    judge_all()

    ahead = foreseen(acme, "tier")
    judge_all(noon(EXPIRES + DAY))

    assert ahead == lived(acme, "tier") == [(cast.TODAY, "authorized")]


def test_level_that_time_brings_is_foreseen_above(acme: Partner) -> None:
    Certificate.objects.filter(person__name="Edda").update(
        awarded_on=date(2026, 4, 1), expires_on=None
    )
    publish(service(2))
    publish(asking("tier", "authorized-service", for_months=2))
    judge_all()

    ahead = foreseen(acme, "tier")
    judge_all(noon(date(2026, 7, 1)))

    assert ahead == lived(acme, "tier")
    assert [level for _, level in ahead] == [None, "authorized"]


def test_program_foresees_the_loss_below_and_names_it(acme: Partner) -> None:
    publish(service(2, grace_days=14))
    publish(asking("tier", "authorized-service"))
    judge_all()

    [level] = verdict_of(latest(acme, "tier")).levels

    assert level.changes_on == EXPIRES + timedelta(days=15)
    assert level.cause is not None
    assert level.cause.code is CauseCode.LEVEL_LOST
    held = latest(acme, "tier").records[level.cause.record]
    assert (held["program"], held["foreseen"]) == ("authorized-service", "end")


def test_new_certificate_takes_the_foreseen_end_away(acme: Partner) -> None:
    publish(service(2))
    publish(asking("tier", "authorized-service"))
    judge_all()
    before = verdict_of(latest(acme, "tier")).changes_on

    Certificate.objects.update(expires_on=None)
    judge_all(noon(cast.TODAY + DAY))

    assert (before, verdict_of(latest(acme, "tier")).changes_on) == (EXPIRES, None)


def test_page_sees_of_each_day_what_its_evaluation_saw(acme: Partner) -> None:
    publish(service(1, 2, grace_days=5, reviews={"down": ["06-01"]}))
    publish(asking("tier", "authorized-service", "gold"))
    judge_all()

    for day in days(EXPIRES - DAY, date(2026, 6, 2)):
        evaluate(
            partner_ids=[acme.pk],
            programs=programs_in_force(day),
            coming=versions_ahead(day),
            on=day,
            by=SYSTEM,
            now=noon(day),
        )
        past = past_verdict(acme, "tier", day, Reading.CORRECTED)
        assert past is not None
        assert content_hash(past.verdict) == latest(acme, "tier").content_hash, day


def test_head_office_foresees_what_a_branch_loses(acme: Partner) -> None:
    office = cast.partner("office")
    Partner.objects.filter(pk=acme.pk).update(parent=office)
    publish(service(2, grace_days=14))
    publish(asking("tier", "authorized-service", held_by="children"))
    judge_all()

    lost_on = verdict_of(latest(office, "tier")).changes_on
    judge_all(noon(EXPIRES + timedelta(days=14)))
    kept = Accreditation.objects.get(partner=office, program__key="tier").standing
    judge_all(noon(EXPIRES + timedelta(days=15)))

    assert lost_on == EXPIRES + timedelta(days=15)
    assert kept == "accredited"
    assert Accreditation.objects.get(partner=office, program__key="tier").standing == "lapsed"


def test_head_office_hears_that_a_branch_holds_on_longer(acme: Partner) -> None:
    office = cast.partner("office")
    Partner.objects.filter(pk=acme.pk).update(parent=office)
    publish(service(2))
    publish(asking("tier", "authorized-service", held_by="children"))
    judge_all()

    Certificate.objects.update(expires_on=None)
    judge_all(noon(cast.TODAY + DAY))

    assert verdict_of(latest(office, "tier")).changes_on is None
