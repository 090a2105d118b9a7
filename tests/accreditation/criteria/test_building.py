"""Programs that build on programs: the order in which they are judged, and no circles."""

import pytest

from accreditation.criteria.building import Cycle, Node, cycles, in_order
from accreditation.criteria.document import parse
from tests.accreditation.criteria.worlds import document, leaf, people


def node(key: str, asked: object = None, *levels: object, groups: tuple[str, ...] = ()) -> Node:
    written = document(people("enough") if asked is None else asked, *levels)
    written["program"] |= {"key": key}
    if groups:
        written["program"]["groups"] = list(groups)
    return parse(written).node()


def asks(*programs: str, key: str = "asks", **more: object) -> dict[str, object]:
    return leaf("holds_level", key, programs=list(programs), **more)


@pytest.mark.parametrize(
    ("programs", "order"),
    [
        ([node("a"), node("b")], ["a", "b"]),
        ([node("tier", asks("k1", "k2")), node("k1"), node("k2")], ["k1", "k2", "tier"]),
        ([node("c", asks("b")), node("b", asks("a")), node("a")], ["a", "b", "c"]),
        (
            [node("tier", leaf("holds_level", groups=["g"])), node("x"), node("y", groups=("g",))],
            ["y", "tier", "x"],
        ),
        ([node("tier", leaf("holds_level", levels=["gold"])), node("x")], ["x", "tier"]),
    ],
)
def test_what_is_asked_for_is_judged_first(programs: list[Node], order: list[str]) -> None:
    assert in_order({one.key: one for one in programs}) == order


def test_circle_that_was_not_refused_still_has_an_order() -> None:
    circle = {"a": node("a", asks("b")), "b": node("b", asks("a"))}

    assert in_order(circle) == ["b", "a"]


@pytest.mark.parametrize(
    ("home", "others", "found"),
    [
        (node("a", asks("b")), [node("b")], []),
        (node("a", asks("b")), [node("b", asks("a"))], [("criteria.programs", "a b a")]),
        (
            node("a", {"all": [people(), asks("b")]}),
            [node("b", asks("c")), node("c", asks("a"))],
            [("criteria.all[1].programs", "a b c a")],
        ),
        (
            node("a", asks("b"), groups=("g",)),
            [node("b", leaf("holds_level", groups=["g"]))],
            [("criteria.programs", "a b a")],
        ),
        (
            node("a", leaf("holds_level", groups=["g"])),
            [node("b", asks("a"), groups=("g",)), node("c", groups=("g",))],
            [("criteria.groups", "a b a")],
        ),
        (node("a", asks("b")), [node("b"), node("b", asks("a"))], [("criteria.programs", "a b a")]),
        (
            node("a", asks("b", held_by="children")),
            [node("b", asks("a"))],
            [("criteria.programs", "a b a")],
        ),
    ],
)
def test_circle_is_found_at_the_place_that_closes_it(
    home: Node, others: list[Node], found: list[tuple[str, str]]
) -> None:
    expected = [Cycle(place, tuple(path.split())) for place, path in found]

    assert list(cycles(home, others)) == expected


def test_circle_hidden_in_a_measure_is_found() -> None:
    hidden = leaf(
        "score",
        at_least=1,
        items=[
            {
                "key": "item",
                "text": {"en": "Held"},
                "points": 1,
                "measure": {"kind": "holds_level", "programs": ["b"]},
            }
        ],
    )

    (cycle,) = cycles(node("a", hidden), [node("b", asks("a"))])

    assert cycle.place == "criteria.items[0].measure.programs"


def own(level: str, **asked: object) -> Node:
    return node(
        "a",
        people("all"),
        "silver",
        {"key": "gold", "name": {"en": "Gold"}, "criteria": asks("a", levels=[level], **asked)},
    )


def test_program_may_ask_for_a_lower_level_of_its_own() -> None:
    assert list(cycles(own("silver", for_months=6), [])) == []


@pytest.mark.parametrize(
    "home",
    [own("gold"), own("unheard-of"), node("a", asks("a")), node("a", asks("a", held_by="subtree"))],
)
def test_program_never_reached_because_it_asks_for_itself_is_refused(home: Node) -> None:
    (cycle,) = cycles(home, [])

    assert cycle.path == ("a", "a")


def test_program_may_ask_for_what_partners_below_hold_of_it() -> None:
    assert list(cycles(node("a", asks("a", held_by="children")), [])) == []
