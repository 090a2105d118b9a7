"""The benchmark: small data is made and measured; what differs is not compared."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from accreditation.models import DueMark
from config.bench import evaluation, report, tenancy
from config.bench.fill import Scale, fill
from config.bench.races import AnswersDiffer, Outcome, Race, Side, Times, run
from enablement.models import Certificate
from partners.models import Partner, Vendor
from partners.tenancy.context import tenant

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def vendors(transactional_db: None) -> list[Vendor]:
    """Two vendors of three partners; committed, because the owner looks on."""
    return list(fill(Scale(vendors=2, partners=3), on=NOW.date(), now=NOW))


def test_every_vendor_has_the_same_facts_and_nothing_due(vendors):
    found = []
    for vendor in vendors:
        with tenant(vendor):
            days = Certificate.objects.order_by("id").values_list("awarded_on", "expires_on")
            found.append((Partner.objects.count(), list(days)))
            assert not DueMark.objects.exists()

    assert found[0] == found[1]
    assert (found[0][0], len(found[0][1])) == (3, 120)


def test_both_sides_of_every_race_come_to_the_same_answer(vendors):
    for race in tenancy.races(vendors[0]):
        assert run(_short(race)).product.wall
    outcomes = [run(_short(race)) for race in evaluation.races(vendors, on=NOW.date(), now=NOW)]

    assert [one.share for one in outcomes] == [1, 1, 1, pytest.approx(1 / 3)]


def _short(race: Race) -> Race:
    return Race(race.name, race.target, race.product, race.floor, rounds=1, share=race.share)


def test_ways_to_different_answers_are_not_compared():
    with pytest.raises(AnswersDiffer, match="sums: 4 is not 5"):
        run(Race("sums", 1, Side(lambda: 4), Side(lambda: 5)))


def test_each_side_goes_first_in_every_other_round():
    turns: list[str] = []
    run(Race("turns", 1, Side(lambda: turns.append("p")), Side(lambda: turns.append("f")), 2))

    assert "".join(turns[2:]) == "pffp"


def test_a_ratio_counts_the_same_work_and_is_bold_above_its_target():
    tenth = Outcome("sweep", 2, Times([0.5], 0.1), Times([1.0], 0.2), "SELECT 1", 0.0, share=0.1)

    assert tenth.ratio == pytest.approx(5)
    assert "| sweep | **5.00** | ≤ 2 | 500.00 | 1000.00 |" in report.table([tenth])


def test_what_people_wrote_stays_when_the_page_is_written_again():
    first = report.page("", [], vendors=1, on=NOW.date())
    edited = first + "\nWhere the time goes.\n"

    again = report.page(report.account_in(edited), [], vendors=2, on=NOW.date())

    assert "with 2 vendors" in again
    assert again.endswith("\n\nWhere the time goes.\n")
