"""What is asked follows the award: reach it, keep it, renew it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from accreditation.criteria.kinds.dossier import Phase
from accreditation.criteria.phases import phase_on
from accreditation.criteria.records import Term
from accreditation.models import Accreditation, Award, Evaluation, StandingChange
from accreditation.queries.past import Reading, past_verdict
from accreditation.queries.renewals import RenewalAhead, renewal_ahead
from accreditation.queries.standings import standing_in
from accreditation.queries.verdicts import facts_today
from partners.models import OrganizationAttribute, Partner, Vendor
from tests import cast
from tests.accreditation.criteria.worlds import leaf
from tests.accreditation.documents import engineers
from tests.stories import judge_all, publish

PROGRAM = "authorized-service"
GRANTED, ENDS = date(2026, 3, 2), date(2027, 3, 2)
OPEN = Term(PROGRAM, GRANTED, ENDS, None)
RENEWED = (Term(PROGRAM, GRANTED, ENDS, ENDS), Term(PROGRAM, ENDS, date(2028, 3, 2), None))


@pytest.mark.parametrize(
    ("terms", "on", "phase"),
    [
        ((), GRANTED, Phase.INITIAL),
        ((OPEN,), date(2026, 3, 1), Phase.INITIAL),
        ((OPEN,), GRANTED, Phase.INITIAL),
        ((OPEN,), date(2026, 3, 3), Phase.KEEP),
        ((OPEN,), date(2027, 3, 1), Phase.KEEP),
        ((OPEN,), ENDS, Phase.RENEW),
        ((OPEN,), date(2027, 3, 20), Phase.RENEW),
        (RENEWED, ENDS, Phase.RENEW),
        (RENEWED, date(2027, 3, 3), Phase.KEEP),
        ((Term(PROGRAM, GRANTED, None, date(2026, 6, 1)),), date(2026, 6, 1), Phase.KEEP),
        ((Term(PROGRAM, GRANTED, None, date(2026, 6, 1)),), date(2026, 6, 2), Phase.INITIAL),
        ((Term("other", GRANTED, None, None),), date(2026, 6, 2), Phase.INITIAL),
    ],
)
def test_phase_of_a_day(terms: tuple[Term, ...], on: date, phase: Phase) -> None:
    assert phase_on(terms, PROGRAM, on) is phase


def asked(key: str, **need: Any) -> dict[str, Any]:
    return leaf("attribute", key, attribute="projects", **need)


@pytest.fixture
def acme(in_northwind: Vendor) -> Partner:
    """Three projects earn the award, one keeps it, two renew it. Acme has three."""
    document = engineers(at_least=1, term_months=12)
    document["criteria"] = {
        "phases": {
            "initial": asked("reach", at_least=3),
            "keep": asked("keep", at_least=1),
            "renew": asked("renew", at_least=2),
        }
    }
    publish(document)
    acme = cast.partner("acme")
    projects(acme, 3, date(2024, 1, 1))
    judge_all()
    return acme


def projects(of: Partner, count: int, since: date) -> None:
    OrganizationAttribute.objects.filter(partner=of, ended_on=None).update(ended_on=since)
    cast.attribute(of, "projects", str(count), since=since, kind="number")


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 17, 0, tzinfo=UTC)


def moves() -> list[tuple[str, date]]:
    return list(StandingChange.objects.order_by("on", "id").values_list("because", "on"))


def test_less_keeps_an_award_than_earned_it(acme: Partner) -> None:
    projects(acme, 1, date(2026, 5, 1))

    judge_all(noon(date(2026, 5, 1)))

    assert moves() == [("level_met", GRANTED)]


def test_renewal_asks_its_own(acme: Partner) -> None:
    projects(acme, 1, date(2026, 5, 1))
    judge_all(noon(date(2026, 5, 1)))

    judge_all(noon(ENDS))

    assert moves() == [("level_met", GRANTED), ("no_level_met", ENDS)]


def test_renewed_award_is_kept_from_the_day_after(acme: Partner) -> None:
    projects(acme, 2, date(2026, 5, 1))
    judge_all(noon(date(2026, 5, 1)))

    judge_all(noon(date(2027, 3, 5)))

    assert Award.objects.get(ended_on=None).granted_on == ENDS
    evaluation = Evaluation.objects.latest("recorded_at", "id")
    assert evaluation.judged_on == date(2027, 3, 3)
    assert evaluation.verdict["levels"][0]["finding"]["key"] == "keep"


def ahead(acme: Partner, on: date) -> RenewalAhead | None:
    """Return what the next renewal asks, as seen on a day."""
    standing = standing_in(acme, PROGRAM, on)
    assert standing is not None
    return renewal_ahead(acme, standing, facts_today(acme, on))


@pytest.mark.parametrize(("count", "level"), [(3, "authorized"), (2, "authorized"), (1, None)])
def test_what_a_renewal_asks_is_known_before(acme: Partner, count: int, level: str | None) -> None:
    projects(acme, count, date(2026, 5, 1))
    judge_all(noon(date(2026, 5, 1)))

    found = ahead(acme, date(2026, 5, 1))

    assert found is not None
    assert (found.on, found.verdict.level) == (ENDS, level)
    [asked_then] = found.levels
    assert (asked_then.root.finding.key, asked_then.root.finding.need) == ("renew", 2)
    judge_all(noon(ENDS))
    renewed = Award.objects.filter(ended_on=None, granted_on=ENDS).exists()
    assert renewed is (level is not None)


def test_the_renewal_is_asked_by_the_rules_of_its_day(acme: Partner) -> None:
    document = engineers(at_least=1, term_months=12)
    document["criteria"] = {
        "phases": {"initial": asked("reach", at_least=3), "renew": asked("renew", at_least=9)}
    }
    for day in (date(2026, 9, 1), ENDS, ENDS + timedelta(days=1)):
        publish(document, effective_on=day)

    found = ahead(acme, GRANTED)

    assert found is not None
    assert (found.program.version.effective_on, found.verdict.level) == (ENDS, None)


def test_nothing_is_said_of_a_renewal_that_asks_what_keeps(in_northwind: Vendor) -> None:
    document = engineers(at_least=1, term_months=12)
    document["criteria"] = asked("reach", at_least=1)
    publish(document)
    acme = cast.partner("acme")
    projects(acme, 1, date(2024, 1, 1))
    judge_all()

    assert ahead(acme, GRANTED) is None


def test_nothing_is_said_of_a_renewal_before_anything_is_held(acme: Partner) -> None:
    bolt = cast.partner("bolt")
    judge_all()

    assert ahead(bolt, GRANTED) is None


def test_lapsed_award_has_to_be_reached_again(acme: Partner) -> None:
    projects(acme, 0, date(2026, 5, 1))
    judge_all(noon(date(2026, 5, 1)))
    projects(acme, 2, date(2026, 6, 1))

    judge_all(noon(date(2026, 6, 1)))

    assert Accreditation.objects.get(partner=acme).standing == "lapsed"


@pytest.mark.parametrize(
    ("on", "key"),
    [(GRANTED, "reach"), (date(2026, 3, 3), "keep"), (date(2027, 3, 2), "renew")],
)
def test_past_day_is_judged_by_what_was_asked_then(acme: Partner, on: date, key: str) -> None:
    judge_all(noon(date(2027, 6, 1)))

    past = past_verdict(acme, PROGRAM, on, Reading.CORRECTED)

    assert past is not None
    assert past.verdict.levels[0].finding.key == key


def test_program_asks_for_months_at_its_own_lower_level(in_northwind: Vendor) -> None:
    document = engineers(at_least=1)
    document["levels"] = [
        {"key": "advanced", "name": {"en": "Advanced"}},
        {
            "key": "premier",
            "name": {"en": "Premier"},
            "criteria": leaf("holds_level", "sustained", programs=[PROGRAM], for_months=6),
        },
    ]
    document["criteria"] = asked("projects", at_least=1)
    publish(document)
    acme = cast.partner("acme")
    projects(acme, 1, date(2024, 1, 1))

    judge_all()
    judge_all(noon(date(2027, 1, 1)))

    changes = StandingChange.objects.order_by("on", "id").select_related("to_level")
    assert [(one.to_level.key, one.on) for one in changes if one.to_level] == [
        ("advanced", GRANTED),
        ("premier", date(2026, 9, 2)),
    ]
