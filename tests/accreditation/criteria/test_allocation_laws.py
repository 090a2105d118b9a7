"""The laws of allocation, held against the word-for-word meaning on every small competition."""

import random
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from accreditation.criteria.allocation import (
    Competition,
    Designation,
    Limit,
    Measure,
    Slot,
    allocate,
)
from accreditation.criteria.periods import Period, Periods
from tests.accreditation.criteria.competitions import ALWAYS, Meaning
from tests.accreditation.criteria.worlds import TODAY

PEOPLE = ("Ana", "Ben", "Cem", "Dea", "Eli")
ROLES = ("am", "se", "fe")

designations = st.lists(
    st.builds(
        Designation,
        id=st.sampled_from(("P:1", "P:2", "Q:1", "R:1")),
        program=st.just(""),
        rank=st.integers(1, 2),
        awarded_on=st.none() | st.sampled_from((date(2025, 1, 10), date(2025, 3, 1))),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda one: one.id,
).map(lambda found: [replace(one, program=one.id[0]) for one in found])


def limits_among(names: list[str]) -> st.SearchStrategy[list[Limit]]:
    some_roles = st.frozensets(st.sampled_from(ROLES), max_size=2)
    some_names = st.just(frozenset()) | st.frozensets(st.sampled_from(names), max_size=2)
    measures = st.sampled_from(list(Measure))
    return st.lists(
        st.builds(Limit, st.integers(1, 2), measures, some_roles, some_names), max_size=3
    )


def subset(of: tuple[str, ...], mask: int) -> list[str]:
    return [one for number, one in enumerate(of) if mask >> number & 1]


@st.composite
def competitions(draw: st.DrawFn, spells: tuple[Periods, ...] = (ALWAYS,)) -> Competition:
    """Return up to 3 designations, 6 slots and 5 people under random limits."""
    asked = draw(designations)
    programs = sorted({one.program for one in asked})
    slots = []
    for number in range(draw(st.integers(1, 6))):
        program = draw(st.sampled_from(programs))
        levels = [one.id for one in asked if one.program == program]
        people = subset(PEOPLE, draw(st.integers(1, 2 ** len(PEOPLE) - 1)))
        slots.append(
            Slot(
                id=f"s{number}",
                role=draw(st.sampled_from(ROLES)),
                designations=tuple(draw(st.sampled_from([levels[:1], levels[-1:], levels]))),
                eligible={one: draw(st.sampled_from(spells)) for one in people},
                uses_up=draw(st.integers(0, 9)) > 0,
            )
        )
    earlier = {one.id: draw(st.sampled_from((*PEOPLE, ""))) for one in slots[:4]}
    return Competition(
        designations=tuple(asked),
        slots=tuple(slots),
        limits=tuple(draw(limits_among([one.id for one in asked]))),
        earlier={slot: person for slot, person in earlier.items() if person},
    )


@given(competitions())
def test_allocation_is_what_it_means(competition):
    meaning = Meaning(competition, TODAY)
    best = meaning.best()

    allocation = allocate(competition, TODAY)

    assert allocation.kept == {one.id for one in meaning.kept}
    for one in meaning.kept:
        for slot, (named, person) in zip(
            competition.slots_of(one), allocation.of(one.id).people, strict=True
        ):
            assert named == slot.id
            if slot.uses_up:
                assert person == best[slot.id]
            else:
                assert person in slot.people_on(TODAY)


@given(competitions())
def test_lost_designation_lacks_as_few_people_as_possible(competition):
    meaning = Meaning(competition, TODAY)
    allocation = allocate(competition, TODAY)

    for lost in (one for one in meaning.ranked if one not in meaning.kept):
        outcome = allocation.of(lost.id)
        empties = meaning.empty_slots(lost)

        assert outcome.gap == sum(one.gap for one in outcome.shortages) == len(empties[0])
        assert {slot for one in outcome.shortages for slot in one.slots} == set().union(*empties)
        for shortage in outcome.shortages:
            assert {len(one & set(shortage.slots)) for one in empties} == {shortage.gap}


@given(competitions())
def test_partial_filling_can_stand_beside_what_is_kept(competition):
    meaning = Meaning(competition, TODAY)
    allocation = allocate(competition, TODAY)

    for lost in (one for one in meaning.ranked if one not in meaning.kept):
        near = {
            slot: person
            for slot, person in allocation.of(lost.id).people
            if competition_slot(competition, slot).uses_up
        }
        own = frozenset(one.id for one in competition.slots_of(lost))
        fillings = meaning.fillings([*meaning.kept, lost], lacking=own)
        assert any(near.items() <= filling.items() for filling in fillings)


def competition_slot(competition: Competition, name: str) -> Slot:
    return next(one for one in competition.slots if one.id == name)


@given(competitions())
def test_proof_shows_fewer_people_than_slots(competition):
    meaning = Meaning(competition, TODAY)
    allocation = allocate(competition, TODAY)

    for lost in (one for one in meaning.ranked if one not in meaning.kept):
        for shortage in allocation.of(lost.id).shortages:
            contested = [competition_slot(competition, one) for one in shortage.contested]
            suits = {one for slot in contested for one in slot.people_on(TODAY)}
            asked = [*meaning.kept, lost]
            most = sum(meaning.most_of(one, shortage.contested, asked) for one in suits)

            assert {one.person for one in shortage.suitable} == suits
            assert set(shortage.slots) <= set(shortage.contested)
            if shortage.proven:
                assert most + shortage.gap <= len(contested)
                for one in shortage.suitable:
                    assert meaning.most_of(one.person, shortage.contested, asked) <= one.at_most


@given(competitions(), st.randoms(use_true_random=False))
def test_order_of_input_never_matters(competition, chance: random.Random):
    def shuffled(things):
        return tuple(chance.sample(list(things), len(things)))

    # The slots of a program stay in the order of its document.
    programs = {one.id: one.program for one in competition.designations}
    orders = {one: [] for one in programs.values()}
    for one in competition.slots:
        orders[programs[one.designations[0]]].append(one)
    turns = [programs[one.designations[0]] for one in shuffled(competition.slots)]
    mixed = Competition(
        designations=shuffled(competition.designations),
        slots=tuple(
            replace(one, eligible=dict(shuffled(one.eligible.items())))
            for one in (orders[turn].pop(0) for turn in turns)
        ),
        limits=shuffled(competition.limits),
        earlier=dict(shuffled(competition.earlier.items())),
    )

    assert allocate(mixed, TODAY) == allocate(competition, TODAY)


@given(competitions())
def test_allocation_stays_when_it_is_the_earlier_one(competition):
    allocation = allocate(competition, TODAY)
    people = {
        slot: person for one in allocation.outcomes if one.kept for slot, person in one.people
    }

    again = allocate(replace(competition, earlier=people), TODAY)

    for name in allocation.kept:
        assert again.of(name).people == allocation.of(name).people


@given(competitions())
def test_who_wins_is_never_worse_off_by_a_rival(competition):
    ranked = competition.by_precedence()
    fewer = replace(
        competition,
        designations=tuple(ranked[:-1]),
        slots=tuple(
            replace(one, designations=levels)
            for one in competition.slots
            if (levels := tuple(name for name in one.designations if name != ranked[-1].id))
        ),
    )

    assert allocate(competition, TODAY).kept - {ranked[-1].id} == allocate(fewer, TODAY).kept


def spell(first: int, days: int | None) -> Periods:
    start = TODAY + timedelta(days=first)
    return (Period(start, days and start + timedelta(days=days)),)


SPELLS = (
    ALWAYS,
    spell(-3, 4),
    spell(-2, 5),
    spell(-1, 9),
    spell(0, 3),
    spell(2, None),
    spell(3, 2),
)


@given(competitions(SPELLS))
def test_what_is_kept_changes_only_on_the_days_that_are_named(competition):
    named = {TODAY, *competition.days_after(TODAY)}

    for number in range(12):
        day = TODAY + timedelta(days=number)
        if day in named:
            kept = allocate(competition, day).kept
        assert kept == {one.id for one in Meaning(competition, day).kept}
