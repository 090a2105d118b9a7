"""Random partners and rules, dense enough that everything meets everything within some weeks."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from accreditation.criteria.facts import (
    CatalogRelease,
    Certificate,
    Employment,
    PartnerFacts,
    RoleSpell,
)
from accreditation.criteria.periods import Period
from tests.accreditation.criteria.worlds import TODAY, document, people

LEVELS = ("silver", "gold")
PEOPLE = ("Edda", "Mara", "Paul")
CERTIFICATIONS = ("a", "b", "c")
FAMILIES = ("x", "y")
KINDS = ("employee", "contractor")
ROLES = ("engineer", "architect")

days = st.integers(-20, 20).map(lambda number: TODAY + timedelta(days=number))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(days)
    length = draw(st.none() | st.integers(1, 30))
    return Period(start, None if length is None else start + timedelta(days=length))


certificates = st.builds(
    Certificate,
    id=st.uuids().map(str),
    person=st.sampled_from(PEOPLE),
    certification=st.sampled_from(CERTIFICATIONS),
    period=periods(),
    family=st.sampled_from((*FAMILIES, None)),
    certification_level=st.sampled_from(("associate", "professional", None)),
    version=st.none() | st.integers(1, 4),
    revoked_on=st.none() | st.none() | days,
)

employments = st.builds(
    Employment,
    id=st.uuids().map(str),
    person=st.sampled_from(PEOPLE),
    kind=st.sampled_from(KINDS),
    period=periods(),
    roles=st.lists(
        st.builds(RoleSpell, role=st.sampled_from(ROLES), period=periods()), max_size=2
    ).map(tuple),
)

releases = st.builds(
    CatalogRelease,
    family=st.sampled_from(FAMILIES),
    version=st.integers(1, 4),
    released_on=days,
)

facts = st.builds(
    PartnerFacts,
    certificates=st.lists(certificates, max_size=8).map(tuple),
    employments=st.lists(employments, max_size=5).map(tuple),
    releases=st.lists(releases, max_size=4).map(tuple),
)

needs = st.integers(1, 3) | st.dictionaries(
    st.sampled_from(LEVELS), st.integers(1, 3), min_size=1, max_size=2
)


def _some(values: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


@st.composite
def leaves(draw: st.DrawFn, number: int = 0) -> dict[str, Any]:
    """Return a people criterion; `number` makes its key its own."""
    options: dict[str, st.SearchStrategy[Any]] = {
        "families": _some(FAMILIES),
        "certification_levels": _some(("associate", "professional")),
        "employment": _some(KINDS),
        "job_roles": _some(ROLES),
        "newest_versions": st.integers(1, 2),
        "each_holds": st.fixed_dictionaries(
            {"at_least": st.integers(1, 3), "distinct": st.booleans()}
        ),
        "earned_from": days.map(date.isoformat),
        "counts_through": days.map(date.isoformat),
    }
    chosen = draw(st.sets(st.sampled_from(sorted(options)), max_size=3))
    node = {name: draw(options[name]) for name in sorted(chosen)}
    return people(f"people-{number}", certifications=["a", "b"], at_least=draw(needs), **node)


FORMS = ("all", "any", "none", "of")


@st.composite
def documents(draw: st.DrawFn, forms: tuple[str, ...] = FORMS) -> dict[str, Any]:
    """Return rules of two levels: a tree of groups over up to five people criteria."""
    number = iter(range(100))

    def group(branches: list[dict[str, Any]]) -> dict[str, Any]:
        form = draw(st.sampled_from(forms))
        return {form: branches} | ({"at_least": 1} if form == "of" else {})

    def some_leaves() -> list[dict[str, Any]]:
        return [draw(leaves(next(number))) for _ in range(draw(st.integers(1, 3)))]

    tree = group([*some_leaves(), group(some_leaves())])
    # Every level is asked something, whatever the tree asks.
    levels = [
        {"key": level, "name": {"en": level}, "criteria": people(f"own-{level}", at_least=1)}
        for level in LEVELS
    ]
    for level in levels:
        level["criteria"]["certifications"] = ["c"]
    return document(tree, *levels, settings={"nested_levels": draw(st.booleans())})
