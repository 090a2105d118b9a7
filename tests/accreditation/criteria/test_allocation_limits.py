"""Limits that interlock, days on which people count, and competitions that are refused."""

from datetime import timedelta

import pytest

from accreditation.criteria.allocation import (
    Competition,
    Designation,
    Limit,
    Measure,
    Slot,
    Suitable,
    allocate,
)
from tests.accreditation.criteria.competitions import (
    ALWAYS,
    DIFFERENT_PEOPLE,
    NOBODY_TWICE,
    ONE_ROLE_TYPE,
    SPECIALIZATIONS,
    allocated,
    competing,
    line,
    slot,
)
from tests.accreditation.criteria.worlds import TODAY

# --- Limits that interlock ---------------------------------------------------------------------


def test_shortage_that_numbers_cannot_prove_says_so():
    # Ana could fill two of the three slots, but not while A keeps her.
    competition = competing(
        slot("A 1", "Ana", role="any"), *line("B", "Ana", need=2), limits=[NOBODY_TWICE]
    )

    (shortage,) = allocate(competition, TODAY).of("B").shortages

    assert (shortage.gap, shortage.slots) == (2, ("B 1", "B 2"))
    assert shortage.suitable == (Suitable("Ana", 2),)
    assert not shortage.proven


def test_slot_that_its_person_may_fill_in_the_same_role_is_not_missing():
    competition = competing(
        slot("A FE", "Ana"), slot("B AM", "Ana"), slot("B FE", "Ana"), limits=[ONE_ROLE_TYPE]
    )

    (shortage,) = allocate(competition, TODAY).of("B").shortages

    assert (shortage.gap, shortage.slots) == (1, ("B AM",))


def test_unproven_shortage_is_told_apart_from_one_without_anybody():
    competition = competing(
        slot("A 1", "Ana", role="any"),
        *line("B", "Ana", need=2),
        slot("B 3", role="any"),
        limits=[NOBODY_TWICE],
    )

    missing = allocate(competition, TODAY).of("B").shortages

    assert [(one.gap, one.slots, one.proven) for one in missing] == [
        (2, ("B 1", "B 2"), False),
        (1, ("B 3",), True),
    ]


def interlocked() -> Competition:
    """Return two specializations whose people could each be either of two kinds."""
    both = ("Ana", "Ben")
    return competing(
        *[slot(f"{name} {role}", *both) for name in "AB" for role in ("SE", "FE")],
        slot("C SE", "Ana", "Cem"),
        limits=SPECIALIZATIONS,
        earlier={"A SE": "Ben", "B SE": "Ana"},
    )


def test_roles_that_interlock_are_searched_through():
    assert allocated(interlocked()) == {
        "A": ["Ben", "Ana"],
        "B": ["Ben", "Ana"],
        "C": ["Cem"],
    }


def test_search_that_is_cut_short_leaves_a_designation_undecided():
    outcome = allocate(interlocked(), TODAY, tries=1).of("B")

    assert (outcome.kept, outcome.undecided) == (False, True)


def test_search_that_is_cut_short_is_not_certain_how_many_are_missing():
    competition = competing(
        slot("A SE", "Cem"),
        slot("B SE", "Cem"),
        slot("B FE", "Cem"),
        limits=[DIFFERENT_PEOPLE, ONE_ROLE_TYPE],
    )

    assert allocate(competition, TODAY).of("B").certain
    assert not allocate(competition, TODAY, tries=1).of("B").certain


# --- Days and refusals -------------------------------------------------------------------------


def test_person_counts_through_the_last_day():
    tomorrow = TODAY + timedelta(days=1)
    competition = competing(slot("A SE", "Sam", until={"Sam": tomorrow}), limits=[])

    assert allocated(competition, TODAY) == {"A": ["Sam"]}
    assert allocated(competition, tomorrow) == {}


def test_designation_without_slots_is_kept():
    competition = Competition((Designation("A", "A", 1),), ())

    assert allocated(competition) == {"A": []}


def test_unknown_designation_has_no_outcome():
    with pytest.raises(KeyError):
        allocate(competing(slot("A SE", "Sam"), limits=[]), TODAY).of("B")


A, B, A_AGAIN = Designation("A", "A", 1), Designation("B", "B", 1), Designation("A", "B", 1)


@pytest.mark.parametrize(
    ("designations", "slots"),
    [
        ((A, A_AGAIN), ()),
        ((A,), (slot("A SE"), slot("A SE"))),
        ((A,), (slot("B SE"),)),
        ((A, B), (slot("A SE", levels=("A", "B")),)),
    ],
    ids=["designation twice", "slot twice", "unknown designation", "two programs"],
)
def test_competition_that_contradicts_itself_is_refused(designations, slots):
    with pytest.raises(ValueError, match=r"share an id|is asked by"):
        Competition(designations, slots)


def test_slot_nobody_asks_for_is_refused():
    with pytest.raises(ValueError, match="no designation"):
        Slot("A SE", "SE", (), {})


def test_person_without_an_id_is_refused():
    with pytest.raises(ValueError, match="without an id"):
        Slot("A SE", "SE", ("A",), {"": ALWAYS})


def test_limit_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        Limit(0, Measure.ROLES)
