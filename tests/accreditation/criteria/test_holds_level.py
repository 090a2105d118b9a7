"""Designations that build on designations."""

from datetime import date

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.periods import DAY, Period
from accreditation.criteria.records import Foreseen, HeldLevel, Kin
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode, Result
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    counted,
    document,
    finding_on,
    leaf,
    reasons,
    through,
)


def held(program: str, level: str = "expert", *, groups=(), family="", period=None) -> HeldLevel:
    return HeldLevel(
        f"{program}-{level}", program, level, period or Period(LONG_AGO), frozenset(groups), family
    )


def many(count: int, group: str) -> list[HeldLevel]:
    return [held(f"{group}{number}", groups=[group]) for number in range(count)]


def test_upper_limit_says_by_how_much_it_is_exceeded():
    gold = leaf("holds_level", groups=["specialization"], at_most=4)

    four, five = (
        finding_on(TODAY, gold, PartnerFacts(held_levels=tuple(many(count, "specialization"))))
        for count in (4, 5)
    )

    assert (four.result, four.shortfall) == (Result.MET, 0)
    assert (five.result, five.have, five.need, five.shortfall) == (Result.NOT_MET, 5, 4, 1)
    assert five.to_json()["comparison"] == "at_most"
    assert type(five).from_json(five.to_json()) == five


def test_upper_limit_names_what_ends_as_the_cause_of_getting_better():
    ends = held("b", groups=["g"], period=through(LONG_AGO, TODAY))
    known = PartnerFacts(held_levels=(held("a", groups=["g"]), ends))

    finding = finding_on(TODAY, leaf("holds_level", groups=["g"], at_most=1), known)

    assert (finding.changes_on, finding.cause) == (
        TODAY + DAY,
        Cause(CauseCode.LEVEL_LOST, ends.id),
    )


def test_filters_narrow_each_other():
    known = PartnerFacts(
        held_levels=(held("a", "expert"), held("a", "principal"), held("b", "expert"))
    )

    finding = finding_on(TODAY, leaf("holds_level", programs=["a"], levels=["expert"]), known)

    assert counted(finding) == ["a-expert"]


def test_level_must_be_held_without_a_break_for_longer_than_six_months():
    node = leaf("holds_level", programs=["tier"], for_months=6)
    known = PartnerFacts(
        held_levels=(
            held("tier", "advanced", period=Period(date(2025, 10, 1), date(2026, 1, 1))),
            held("tier", "premier", period=Period(date(2026, 1, 1))),
        )
    )

    early = finding_on(date(2026, 3, 31), node, known)

    assert (early.result, early.changes_on) == (Result.NOT_MET, date(2026, 4, 1))
    assert early.cause == Cause(CauseCode.TIME_PASSES, "tier-premier")
    assert reasons(early)["tier-premier"] is ReasonCode.NOT_HELD_LONG_ENOUGH
    assert finding_on(date(2026, 4, 1), node, known).result is Result.MET


def test_without_a_filter_it_asks_nothing_in_particular():
    assert problems(document(leaf("holds_level"))) == ["criteria.programs: is missing"]


FAMILY_TREE = tuple(
    HeldLevel(f"{kin}-gold", "country", "gold", Period(LONG_AGO), kin=kin, holder=str(kin))
    for kin in Kin
)


@pytest.mark.parametrize(
    ("held_by", "holders"),
    [
        (None, ["self"]),
        ("self", ["self"]),
        ("children", ["child"]),
        ("subtree", ["below", "child", "self"]),
        ("above", ["above"]),
    ],
)
def test_levels_of_related_partners_count_as_the_program_says(held_by, holders):
    asked = {} if held_by is None else {"held_by": held_by}
    node = leaf("holds_level", levels=["gold"], distinct="partner", at_least=1, **asked)

    finding = finding_on(TODAY, node, PartnerFacts(held_levels=FAMILY_TREE))

    assert counted(finding) == [f"{one}-gold" for one in holders]
    assert finding.have == len(holders)


def test_one_designation_held_by_many_partners_counts_once_unless_partners_are_counted():
    node = leaf("holds_level", levels=["gold"], held_by="subtree", at_least=2)

    finding = finding_on(TODAY, node, PartnerFacts(held_levels=FAMILY_TREE))

    assert (finding.result, finding.have) == (Result.NOT_MET, 1)


@pytest.mark.parametrize(
    ("program", "kin", "delay"),
    [("delivery", Kin.SELF, 1), ("delivery", Kin.CHILD, 0), ("other", Kin.SELF, 0)],
)
def test_only_what_the_program_itself_grants_the_partner_counts_from_the_day_after(
    program, kin, delay
):
    """A verdict must not depend on what follows from it that day; `delivery` asks here."""
    first, end = TODAY, TODAY + 10 * DAY
    level = HeldLevel("one", program, "silver", Period(first, end), kin=kin)
    node = leaf("holds_level", levels=["silver"], held_by="subtree", distinct="partner")

    def result(day):
        return finding_on(day, node, PartnerFacts(held_levels=(level,))).result

    days = [first - DAY, first, first + DAY, end - DAY, end, end + DAY]
    counts = [first + delay * DAY <= day < end + delay * DAY for day in days]
    assert [result(day) is Result.MET for day in days] == counts


@pytest.mark.parametrize(
    ("foreseen", "result"), [(Foreseen.END, Result.MET), (Foreseen.ALL, Result.NOT_MET)]
)
def test_program_asks_for_its_own_levels_as_they_are_recorded_not_as_foreseen(foreseen, result):
    """What it will take away or give follows from its verdict, so it cannot decide it."""
    level = HeldLevel("one", "delivery", "silver", Period(LONG_AGO, TODAY - DAY), foreseen=foreseen)
    known = PartnerFacts(held_levels=(level,))

    finding = finding_on(TODAY, leaf("holds_level", levels=["silver"]), known)

    assert (finding.result, finding.changes_on) == (result, None)
