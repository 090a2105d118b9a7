"""What follows if somebody leaves, asked before anything is written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from accreditation.models import Accreditation
from accreditation.queries.departures import levels_lost
from accreditation.standing import Standing
from partners.models import Employment, Partner, Vendor
from partners.operations.people import end_employment
from partners.rules import SYSTEM
from tests import cast
from tests.accreditation.public_cast import certify, document, partner, publish
from tests.stories import judge_all


@pytest.fixture
def acme(in_northwind: Vendor) -> Partner:
    """Acme with one person more than Silver asks, exactly what Gold asks."""
    publish(document("delivery", "Silver Partner", "Gold Partner"))
    acme = partner("acme")
    certify(acme, "delivery", people=2)
    judge_all()
    return acme


def _somebody(acme: Partner) -> Employment:
    return Employment.objects.filter(partner=acme).order_by("started_on", "pk")[0]


def test_the_level_above_is_lost_and_the_one_below_stays(acme: Partner) -> None:
    [lost] = levels_lost(_somebody(acme), cast.TODAY, cast.TODAY)

    assert (lost.before.key, lost.after and lost.after.key) == ("gold-partner", "silver-partner")


def test_the_last_person_takes_the_last_level_along(acme: Partner) -> None:
    Employment.objects.exclude(pk=_somebody(acme).pk).update(ended_on=cast.TODAY)

    [lost] = levels_lost(_somebody(acme), cast.TODAY, cast.TODAY)

    assert (lost.before.key, lost.after) == ("silver-partner", None)


def test_nothing_is_lost_by_somebody_who_does_not_count(acme: Partner) -> None:
    sven = cast.employment(cast.person("Sven"), acme)

    assert levels_lost(sven, cast.TODAY, cast.TODAY) == []


def test_who_should_have_left_long_ago_is_missing_today(acme: Partner) -> None:
    """In 2024 nobody was certified yet, so nothing could be lost then."""
    [lost] = levels_lost(_somebody(acme), date(2024, 1, 31), cast.TODAY)

    assert (lost.before.key, lost.after and lost.after.key) == ("gold-partner", "silver-partner")


def test_the_question_changes_nothing_and_its_answer_comes_true(acme: Partner) -> None:
    leaving = _somebody(acme)
    levels_lost(leaving, cast.TODAY, cast.TODAY)
    unchanged = Employment.objects.get(pk=leaving.pk).ended_on

    end_employment(employment=leaving, last_day=cast.TODAY, by=SYSTEM, now=cast.NOW)
    judge_all(cast.NOW + timedelta(days=1))

    assert unchanged is None
    accreditation = Accreditation.objects.select_related("level").get(partner=acme)
    assert (accreditation.standing, accreditation.level.key) == (
        Standing.ACCREDITED,
        "silver-partner",
    )
