"""Scores as documents describe them."""

import pytest

from accreditation.criteria.document import parse
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from tests.accreditation.criteria.figures import ONE, item, score
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.test_score import modern_work, track
from tests.accreditation.criteria.worlds import TODAY, document, leaf, rules


def test_level_that_is_not_asked_points_is_not_judged():
    program = rules(
        {"any": [score(item("a"), at_least={"gold": 1}), leaf("listed", "l", listings=["x"])]},
        "silver",
        "gold",
    )

    verdict = judge(program, PartnerFacts(), TODAY)

    assert [len(level.finding.children) for level in verdict.levels] == [1, 2]


def test_tracks_are_not_asked_of_other_levels():
    tracks = leaf("score", at_least={"gold": 1}, tracks=[track("smb", {"at_least": 1})] * 1)
    program = rules({"any": [tracks, leaf("listed", "l", listings=["x"])]}, "silver", "gold")

    assert len(judge(program, PartnerFacts(), TODAY).of("silver").finding.children) == 1


def test_items_and_tracks_have_labels():
    keys = [label.key for label in parse(document(modern_work())).labels()]

    assert keys[:4] == ["leaf", "enterprise", "smb", "enterprise-adds"]
    assert [label.key for label in parse(document(score(item("a")))).labels()] == ["leaf", "a"]


SCORES = [
    (score(), "criteria.items: must be a list with at least one entry"),
    (leaf("score", at_least=1, tracks=[]), "criteria.tracks: must be a list"),
    (score(item("a", points=0)), "criteria.items[0].points: must be a number above zero"),
    (score(item("a", points=1, bands=[])), "criteria.items[0]: must have exactly one of: points"),
    (score(item("a", bands=[])), "criteria.items[0].bands: must be a list"),
    (score(item("a", up_to={"points": 1})), "criteria.items[0].up_to.at: is missing"),
    (score(item("a", category="b")), "criteria.items[0].category: must be one of: "),
    (score(item("a", cap=0)), "criteria.items[0].cap: must be a number above zero"),
    (score(item("a", minimum=1)), "criteria.items[0].minimum: must be a mapping"),
    (
        score(item("a", minimum={"at_least": {"iron": 1}})),
        "criteria.items[0].minimum.at_least.iron: is not a level of this program; its levels: gold",
    ),
    (
        score(item("a", minimum={"at_least": {"gold": "1"}})),
        "criteria.items[0].minimum.at_least.gold: must be a number",
    ),
    (
        score(item("a", minimum={"at_least": {}})),
        "criteria.items[0].minimum.at_least: is missing",
    ),
    (
        score(item("a", minimum={"at_least": 1, "more_than": 2})),
        "criteria.items[0].minimum: must have exactly one of: at_least",
    ),
    (
        score(item("a", only_if=[{"measure": ONE}])),
        "criteria.items[0].only_if[0].at_least: is missing",
    ),
    (score(item("a", measure={"kind": "score"})), "criteria.items[0].measure.kind: counts nothing"),
    (score(item("a"), item("a")), "criteria.items[1].key: a is already used"),
    (score(item("a", per=0)), "criteria.items[0].per: must be a number above zero"),
    (score(item("a"), extra=1), "criteria.extra: is not known here"),
    (
        leaf("score", at_least=1, tracks=[track("smb", None) | {"extra": 1}]),
        "criteria.tracks[0].extra: is not known here",
    ),
]


@pytest.mark.parametrize(("node", "problem"), SCORES, ids=[text for _, text in SCORES])
def test_score_with_a_mistake_is_refused_at_its_place(node, problem):
    assert problems(document(node))[0].startswith(problem)


def test_a_mistake_that_is_met_twice_is_told_once():
    assert problems(document(score(item("a", minimum=[])))) == [
        "criteria.items[0].minimum: must be a mapping of names to values"
    ]
