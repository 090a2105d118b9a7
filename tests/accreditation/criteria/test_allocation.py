"""Who fills which slot: the worked examples of published programs, and what they teach."""

from datetime import date

from accreditation.criteria.allocation import (
    Competition,
    Conflict,
    Limit,
    Measure,
    Shortage,
    Suitable,
    allocate,
)
from tests.accreditation.criteria.competitions import (
    DIFFERENT_PEOPLE,
    NOBODY_TWICE,
    SPECIALIZATIONS,
    allocated,
    competing,
    line,
    people_of,
    slot,
)
from tests.accreditation.criteria.worlds import TODAY

GOLD_COMPETENCIES = (DIFFERENT_PEOPLE, NOBODY_TWICE)


# --- Role slots: whoever comes first must not take what only one other can have ---------------


def test_slots_are_filled_where_taking_the_first_who_fits_would_fail():
    competition = competing(
        slot("UC AM", "Ana", "Ben"),
        slot("UC SE", "Ana", "Cem"),
        slot("UC FE", "Cem"),
        limits=[DIFFERENT_PEOPLE],
    )

    assert allocated(competition) == {"UC": ["Ben", "Ana", "Cem"]}


def test_missing_person_is_wanted_for_any_of_the_slots_they_compete_for():
    competition = competing(
        slot("UC AM", "Ana"),
        slot("UC SE", "Ana", "Cem"),
        slot("UC FE", "Cem"),
        limits=[DIFFERENT_PEOPLE],
    )

    outcome = allocate(competition, TODAY).of("UC")

    assert (outcome.kept, outcome.gap) == (False, 1)
    assert outcome.shortages == (
        Shortage(
            gap=1,
            slots=("UC AM", "UC SE", "UC FE"),
            contested=("UC AM", "UC SE", "UC FE"),
            suitable=(Suitable("Ana", 1), Suitable("Cem", 1)),
        ),
    )
    assert outcome.conflicts == ()


def test_shortages_without_people_in_common_are_told_apart():
    competition = competing(
        slot("UC AM"),
        slot("UC SE", "Ana"),
        slot("UC FE", "Ana"),
        slot("UC PM", "Ben"),
        limits=[DIFFERENT_PEOPLE],
    )

    outcome = allocate(competition, TODAY).of("UC")

    assert people_of(allocate(competition, TODAY), "UC") == [None, "Ana", None, "Ben"]
    assert [(one.gap, one.slots) for one in outcome.shortages] == [
        (1, ("UC AM",)),
        (1, ("UC SE", "UC FE")),
    ]
    assert all(one.proven for one in outcome.shortages)


def test_shortages_are_told_apart_where_only_a_filled_slot_connects_them():
    competition = competing(
        slot("UC SE1", "Ana"),
        slot("UC SE2", "Ana"),
        slot("UC FE1", "Ben"),
        slot("UC FE2", "Ben"),
        slot("UC PM", "Ana", "Ben", "Cem"),
        limits=[DIFFERENT_PEOPLE],
    )

    missing = allocate(competition, TODAY).of("UC").shortages

    assert [(one.gap, one.slots) for one in missing] == [
        (1, ("UC SE1", "UC SE2")),
        (1, ("UC FE1", "UC FE2")),
    ]


# --- Caps across specializations ---------------------------------------------------------------


def specializations(*, sue: bool) -> Competition:
    return competing(
        slot("A AM", "Al"),
        slot("A SE", "Sam", *["Sue"] * sue),
        slot("A FE", "Fay"),
        slot("B AM", "Al"),
        slot("B SE", "Sam"),
        slot("B FE", "Fay", "Flo"),
        slot("C AM", "Al"),
        slot("C SE", "Sam"),
        slot("C FE", "Flo"),
        limits=SPECIALIZATIONS,
        awarded={"A": date(2025, 1, 10), "B": date(2025, 3, 1), "C": date(2025, 6, 1)},
    )


def test_caps_leave_a_systems_engineer_to_those_who_have_no_other():
    assert allocated(specializations(sue=True)) == {
        "A": ["Al", "Sue", "Fay"],
        "B": ["Al", "Sam", "Fay"],
        "C": ["Al", "Sam", "Flo"],
    }


def test_what_was_awarded_first_is_kept_and_the_conflict_reported():
    allocation = allocate(specializations(sue=False), TODAY)

    outcome = allocation.of("C")

    assert allocation.kept == {"A", "B"}
    assert people_of(allocation, "C") == ["Al", None, "Flo"]
    assert outcome.shortages == (
        Shortage(1, ("C SE",), ("A SE", "B SE", "C SE"), (Suitable("Sam", 2),)),
    )
    assert outcome.conflicts == (Conflict("Sam", "A SE", "A"), Conflict("Sam", "B SE", "B"))


def test_what_was_awarded_first_wins_against_a_higher_level_and_an_identifier():
    competition = competing(
        slot("A.gold 1", "Sam", role="any"),
        slot("B.silver 1", "Sam", role="any"),
        slot("C.silver 1", "Sam", role="any"),
        limits=[NOBODY_TWICE],
        awarded={"B.silver": date(2025, 3, 1), "C.silver": date(2025, 1, 10)},
    )

    assert allocate(competition, TODAY).kept == {"C.silver"}


def test_without_an_award_the_higher_level_wins_then_the_identifier():
    competition = competing(
        slot("B.silver 1", "Sam", role="any"),
        slot("C.gold 1", "Sam", role="any"),
        slot("A.silver 1", "Sam", role="any"),
        limits=[NOBODY_TWICE],
    )

    allocation = allocate(competition, TODAY)

    assert [one.designation for one in allocation.outcomes] == ["C.gold", "A.silver", "B.silver"]
    assert allocation.kept == {"C.gold"}


# --- Reserved across designations --------------------------------------------------------------


def gold_competencies(*both: str, **more) -> Competition:
    return competing(
        *line("X", "Cy", "Di", "Ed", *both, need=4),
        *line("Y", "Fi", "Gus", "Hal", *both, need=4),
        limits=GOLD_COMPETENCIES,
        awarded={"X": date(2025, 2, 1), "Y": date(2025, 4, 1)},
        **more,
    )


def test_people_reserved_by_one_competency_leave_enough_for_the_other():
    assert allocated(gold_competencies("Ada", "Bo")) == {
        "X": ["Ada", "Cy", "Di", "Ed"],
        "Y": ["Bo", "Fi", "Gus", "Hal"],
    }


def test_competencies_that_could_each_hold_alone_cannot_both():
    silver = [
        slot(f"Y {number}", "Ada", "Fi", "Gus", "Hal", role="any", levels=levels)
        for number, levels in enumerate([("Y.silver", "Y.gold")] * 2 + [("Y.gold",)] * 2, start=1)
    ]
    competition = competing(
        *line("X.gold", "Ada", "Cy", "Di", "Ed", need=4),
        *silver,
        limits=[
            DIFFERENT_PEOPLE,
            Limit(1, Measure.PROGRAMS, designations=frozenset({"X.gold", "Y.gold"})),
        ],
        awarded={"X.gold": date(2025, 2, 1), "Y.gold": date(2025, 4, 1)},
    )

    allocation = allocate(competition, TODAY)
    outcome = allocation.of("Y.gold")

    assert people_of(allocation, "X.gold") == ["Ada", "Cy", "Di", "Ed"]
    # Ada would have to go from the place she has for silver; Fi stays in hers.
    assert people_of(allocation, "Y.gold") == ["Gus", "Fi", "Hal", None]
    assert outcome.conflicts == (Conflict("Ada", "X.gold 1", "X.gold"),)
    assert [(one.gap, len(one.contested), len(one.suitable)) for one in outcome.shortages] == [
        (1, 8, 7)
    ]
    # Silver reserves nobody: one of its people may be used by X as well.
    assert people_of(allocation, "Y.silver") == ["Ada", "Fi"]


# --- One kind of role, and badges --------------------------------------------------------------


def test_nobody_changes_roles_and_a_badge_uses_nobody_up():
    competition = competing(
        slot("A AM", "Al"),
        slot("A SE", "Ira"),
        slot("A FE", "Fay"),
        slot("A badge", "Ira", uses_up=False),
        slot("B AM", "Al"),
        slot("B SE", "Sue"),
        slot("B FE", "Ira"),
        limits=SPECIALIZATIONS,
        awarded={"A": date(2025, 1, 10)},
    )

    allocation = allocate(competition, TODAY)

    assert allocated(competition) == {"A": ["Al", "Ira", "Fay", "Ira"]}
    assert people_of(allocation, "B") == ["Al", "Sue", None]
    assert allocation.of("B").shortages == (
        Shortage(1, ("B FE",), ("A SE", "B FE"), (Suitable("Ira", 1),)),
    )
    assert allocation.of("B").conflicts == (Conflict("Ira", "A SE", "A"),)


def test_badge_that_nobody_has_is_what_is_missing():
    competition = competing(
        slot("A AM", "Al"), slot("A badge", uses_up=False), limits=SPECIALIZATIONS
    )

    outcome = allocate(competition, TODAY).of("A")

    assert (outcome.kept, outcome.people) == (False, (("A AM", "Al"), ("A badge", None)))
    assert outcome.shortages == (Shortage(1, ("A badge",), ("A badge",), ()),)


def test_badge_stays_with_whom_it_was():
    competition = competing(
        slot("A badge", "Al", "Ira", uses_up=False), limits=[], earlier={"A badge": "Ira"}
    )

    assert allocated(competition) == {"A": ["Ira"]}


def test_forbidden_pair_keeps_apart_what_no_other_limit_does():
    pair = Limit(1, Measure.ROLES, roles=frozenset({"SE", "FE"}))
    slots = [slot("A AM", "Ira"), slot("A SE", "Ira"), slot("B FE", "Ira", "Jo")]

    assert allocated(competing(*slots, limits=[pair])) == {"A": ["Ira", "Ira"], "B": ["Jo"]}


# --- Merged partners ---------------------------------------------------------------------------


def test_merged_company_renews_three_golds_in_the_only_way_there_is():
    competition = competing(
        *line("X", "A", "B", "C", "D", "F", need=4),
        *line("Y", "C", "G1", "G2", "G3", need=4),
        *line("Z", "H1", "H2", "H3", "H4", need=4),
        limits=GOLD_COMPETENCIES,
        awarded={"X": date(2019, 10, 1), "Y": date(2019, 12, 1), "Z": date(2019, 12, 1)},
    )

    assert allocated(competition) == {
        "X": ["A", "B", "D", "F"],
        "Y": ["C", "G1", "G2", "G3"],
        "Z": ["H1", "H2", "H3", "H4"],
    }


# --- Several equally good fillings -------------------------------------------------------------


def test_people_of_the_earlier_award_stay_where_others_would_do_as_well():
    competition = gold_competencies(
        "Ada", "Bo", earlier={"X 1": "Cy", "X 2": "Bo", "X 3": "Ed", "X 4": "Di"}
    )

    assert allocated(competition) == {
        "X": ["Cy", "Bo", "Ed", "Di"],
        "Y": ["Ada", "Fi", "Gus", "Hal"],
    }


def test_person_stays_in_another_slot_rather_than_not_at_all():
    competition = competing(
        slot("A 1", "Ana", "Ben", "Zoe", role="any"),
        slot("A 2", "Ana", "Cem", role="any"),
        limits=[DIFFERENT_PEOPLE],
        # Ben has lost what slot 2 asks for; in slot 1 he can stay, if Ana moves.
        earlier={"A 1": "Ana", "A 2": "Ben"},
    )

    assert allocated(competition) == {"A": ["Ben", "Ana"]}


def test_person_who_is_needed_elsewhere_keeps_nobody_else_from_staying():
    competition = competing(
        slot("A 1", "Abe", "Pia", "Quin", role="any"),
        slot("A 2", "Zoe", role="any"),
        slot("B 1", "Pia", role="any"),
        limits=[DIFFERENT_PEOPLE, NOBODY_TWICE],
        earlier={"A 1": "Pia", "A 2": "Quin"},
    )

    assert allocated(competition) == {"A": ["Quin", "Zoe"], "B": ["Pia"]}


def test_people_stay_even_if_fewer_are_needed_now():
    competition = competing(
        *line("A", "Ana", "Ben", "Cem", need=2),
        limits=[DIFFERENT_PEOPLE],
        earlier={"A 1": "Cem", "A 2": "Ben", "A 3": "Ana"},
    )

    assert allocated(competition) == {"A": ["Cem", "Ben"]}


def test_who_lost_what_the_slot_asks_for_is_replaced():
    competition = competing(
        *line("A", "Ana", "Ben", need=1), limits=[DIFFERENT_PEOPLE], earlier={"A 1": "Sam"}
    )

    assert allocated(competition) == {"A": ["Ana"]}


def test_keeping_a_designation_comes_before_keeping_its_people():
    competition = competing(
        slot("A 1", "Ana", "Ben", role="any"),
        slot("B 1", "Ben", role="any"),
        limits=[NOBODY_TWICE],
        awarded={"A": date(2025, 1, 10)},
        earlier={"A 1": "Ben"},
    )

    assert allocated(competition) == {"A": ["Ana"], "B": ["Ben"]}


def test_lost_designation_shows_its_most_even_if_a_kept_one_had_to_change():
    competition = competing(
        slot("A 1", "Ana", "Ben", role="any"),
        slot("B 1", "Ben", role="any"),
        slot("B 2", role="any"),
        limits=[NOBODY_TWICE],
        awarded={"A": date(2025, 1, 10)},
        earlier={"A 1": "Ben"},
    )

    allocation = allocate(competition, TODAY)

    assert people_of(allocation, "A") == ["Ben"]
    assert people_of(allocation, "B") == ["Ben", None]
    assert [(one.gap, one.slots) for one in allocation.of("B").shortages] == [(1, ("B 2",))]
