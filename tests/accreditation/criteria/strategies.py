"""Random partners and rules, dense enough that everything meets everything within some weeks."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from accreditation.criteria.facts import (
    CatalogRelease,
    Certificate,
    Employment,
    PartnerFacts,
    PlaceSpell,
    RoleSpell,
)
from accreditation.criteria.periods import Period
from accreditation.criteria.records import CourseCompletion
from tests.accreditation.criteria.worlds import TODAY, document, people

LEVELS = ("silver", "gold")
PEOPLE = ("Edda", "Mara", "Paul")
CERTIFICATIONS = ("a", "b", "c")
FAMILIES = ("x", "y")
KINDS = ("employee", "contractor")
ROLES = ("engineer", "architect")
COURSES = ("a", "b", "c")
COUNTRIES = ("DE", "FR")
REGIONS = ("", "north")

days = st.integers(-20, 20).map(lambda number: TODAY + timedelta(days=number))


def _period(first: int, length: int) -> Period:
    start = TODAY + timedelta(days=first)
    return Period(start, start + timedelta(days=length) if length else None)


periods = st.builds(_period, st.integers(-40, 15), st.just(0) | st.integers(5, 40))

certificates = st.builds(
    Certificate,
    id=st.just("another"),
    person=st.sampled_from(PEOPLE),
    certification=st.sampled_from(CERTIFICATIONS),
    period=periods,
    family=st.sampled_from((*FAMILIES, *FAMILIES, None)),
    certification_level=st.sampled_from(("associate", "professional")),
    version=st.sampled_from((1, 1, 2, 2, 3, None)),
    revoked_on=st.one_of(st.none(), st.none(), st.none(), days),
)

HOURS = st.sampled_from((Decimal("7.5"), Decimal(16), Decimal(16), None))

completions = st.builds(
    CourseCompletion,
    id=st.just("another"),
    person=st.sampled_from(PEOPLE),
    course=st.sampled_from(COURSES),
    period=periods,
    mode=st.sampled_from(("", "online")),
    hours=HOURS,
)

spells = st.builds(RoleSpell, role=st.sampled_from(ROLES), period=periods)


@st.composite
def places(draw: st.DrawFn) -> tuple[PlaceSpell, ...]:
    """Return up to two places, one after the other."""
    first, *later = sorted(draw(st.sets(days, max_size=2))) or [None]
    if first is None:
        return ()
    ends = [*later, None]
    return tuple(
        PlaceSpell(
            draw(st.sampled_from(COUNTRIES)), Period(start, end), draw(st.sampled_from(REGIONS))
        )
        for start, end in zip([first, *later], ends, strict=True)
    )


def employments_of(people: st.SearchStrategy[str]) -> st.SearchStrategy[Employment]:
    return st.builds(
        Employment,
        id=st.just("another"),
        person=people,
        kind=st.sampled_from(KINDS),
        period=periods,
        roles=st.lists(spells, min_size=1, max_size=1).map(tuple),
        places=places(),
        working_time=st.sampled_from((None, 40, 50, 100)),
    )


employments = employments_of(st.sampled_from(PEOPLE))

releases = st.builds(
    CatalogRelease,
    family=st.sampled_from(FAMILIES),
    version=st.integers(1, 4),
    released_on=days,
)


@st.composite
def facts(draw: st.DrawFn) -> PartnerFacts:
    """Return a partner most of whose people have a job, and most certificates a known version."""
    held = draw(st.lists(certificates, min_size=2, max_size=7))
    done = draw(st.lists(completions, min_size=2, max_size=5))
    jobs = [draw(employments_of(st.just(person))) for person in PEOPLE]
    jobs += draw(st.lists(employments, max_size=1))
    return PartnerFacts(
        certificates=tuple(replace(one, id=f"c{number}") for number, one in enumerate(held)),
        employments=tuple(replace(one, id=f"e{number}") for number, one in enumerate(jobs)),
        releases=tuple(draw(st.lists(releases, min_size=2, max_size=4))),
        courses=tuple(replace(one, id=f"d{number}") for number, one in enumerate(done)),
    )


EARNED_WITHIN = ({"rolling_days": 20}, {"calendar_months": 1}, {"closed_months": 1})

needs = st.integers(1, 2) | st.dictionaries(
    st.sampled_from(LEVELS), st.integers(1, 3), min_size=1, max_size=2
)


def _some(values: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


sets = st.fixed_dictionaries(
    {"certifications": _some(CERTIFICATIONS), "at_least": st.just(1)},
    optional={"families": st.just(list(FAMILIES))},
) | st.fixed_dictionaries(
    {"certifications": st.just(["a", "b", "c"]), "at_least": st.integers(1, 2)},
    optional={"distinct": st.booleans()},
)
"""Certificates of which a person needs some beside those of other sets."""

course_sets = st.fixed_dictionaries(
    {"courses": st.just(["a", "b"]), "at_least": st.integers(1, 2)},
    optional={"modes": st.just(["online"]), "window": st.sampled_from(EARNED_WITHIN)},
)
"""Courses of which a person needs to have finished some."""

hour_sets = st.fixed_dictionaries(
    {"hours": st.sampled_from((7, 16, 23.5))},
    optional={
        "courses": st.just(["a", "b"]),
        "modes": st.just(["online"]),
        "window": st.sampled_from(EARNED_WITHIN),
    },
)
"""Hours of training that a person needs."""

OF_CERTIFICATES = ("newest_versions", "earned_from", "earned_within", "counts_through")
"""What nobody asks where no set is of certificates."""


@st.composite
def leaves(draw: st.DrawFn, number: int = 0) -> dict[str, Any]:
    """Return a people criterion; `number` makes its key its own."""
    options: dict[str, st.SearchStrategy[Any]] = {
        "families": st.just(list(FAMILIES)),
        "certification_levels": _some(("associate", "professional")),
        "employment": _some(KINDS),
        "job_roles": _some(ROLES),
        "countries": _some(COUNTRIES),
        "regions": st.just(["north"]),
        "working_time": st.sampled_from((50, 100)),
        "newest_versions": st.just(1),
        "each_holds": st.fixed_dictionaries(
            {"at_least": st.integers(1, 2), "distinct": st.booleans()}
        ),
        "earned_from": days.map(date.isoformat),
        "earned_within": st.sampled_from(EARNED_WITHIN),
        "counts_through": days.map(date.isoformat),
    }
    chosen = draw(st.sets(st.sampled_from(sorted(options)), max_size=2))
    node = {name: draw(options[name]) for name in sorted(chosen)}
    if {"earned_from", "counts_through"} <= chosen:
        node["earned_from"], node["counts_through"] = sorted(
            (node["earned_from"], node["counts_through"])
        )
    if draw(st.integers(0, 3)) == 0:
        for name in ("families", "certification_levels"):
            node.pop(name, None)
        node["each_holds"] = draw(st.lists(sets | course_sets | hour_sets, min_size=1, max_size=3))
        if not any("certifications" in one for one in node["each_holds"]):
            node = {name: one for name, one in node.items() if name not in OF_CERTIFICATES}
    else:
        node["certifications"] = ["a", "b"]
    return people(f"people-{number}", at_least=draw(needs), **node)


FORMS = ("all", "any", "none", "of")


@st.composite
def documents(draw: st.DrawFn, forms: tuple[str, ...] = FORMS) -> dict[str, Any]:
    """Return rules of two levels: a tree of groups over up to four people criteria."""
    number = iter(range(100))

    def group(branches: list[dict[str, Any]]) -> dict[str, Any]:
        form = draw(st.sampled_from(forms))
        return {form: branches} | ({"at_least": 1} if form == "of" else {})

    def some_leaves() -> list[dict[str, Any]]:
        return [draw(leaves(next(number))) for _ in range(draw(st.integers(1, 2)))]

    tree = group([*some_leaves(), group(some_leaves())])
    # Every level is asked something, whatever the tree asks.
    levels = [
        {"key": level, "name": {"en": level}, "criteria": people(f"own-{level}", at_least=1)}
        for level in LEVELS
    ]
    for level in levels:
        level["criteria"]["certifications"] = ["c"]
    return document(tree, *levels, settings={"nested_levels": draw(st.booleans())})
