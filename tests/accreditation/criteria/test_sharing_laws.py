"""The engine's laws where several programs want the same people."""

from collections import Counter
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from accreditation.criteria.document import Rules, parse
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.sharing import Entrant, Sharing, earlier_seats
from accreditation.criteria.verdicts import Result, Verdict, canonical_json, content_hash
from tests.accreditation.criteria import strategies
from tests.accreditation.criteria.laws import DAY, FAR, findings, results
from tests.accreditation.criteria.strategies import CERTIFICATIONS, days
from tests.accreditation.criteria.worlds import people

LEVELS = ("silver", "gold")
ROLES = ("seller", "engineer")


@st.composite
def roles(draw: st.DrawFn) -> list[dict[str, Any]]:
    keys = draw(st.lists(st.sampled_from(ROLES), min_size=1, max_size=2, unique=True))
    return [
        {
            "key": key,
            "text": {"en": key},
            "certifications": draw(
                st.lists(st.sampled_from(CERTIFICATIONS), min_size=1, max_size=2, unique=True)
            ),
            "at_least": draw(st.sampled_from((1, 2, {"silver": 1, "gold": 2}, {"gold": 1}))),
            "uses_up": draw(st.sampled_from((True, True, True, False))),
        }
        for key in keys
    ]


def slots(key: str, asked: list[dict[str, Any]]) -> dict[str, Any]:
    return {"key": key, "kind": "role_slots", "text": {"en": key}, "roles": asked}


@st.composite
def programs(draw: st.DrawFn, key: str, limits: dict[str, Any]) -> Rules:
    team = slots("team", draw(roles()))
    other = people("other", certifications=["c"], at_least=1)
    tree = draw(
        st.sampled_from(
            (
                team,
                {"all": [team, other]},
                {"any": [team, other]},
                {"any": [team, slots("another", draw(roles()))]},
                {"all": [team, slots("another", draw(roles()))]},
            )
        )
    )
    levels = [
        {"key": level, "name": {"en": level}, "criteria": people(f"own-{level}")}
        for level in LEVELS
    ]
    for level in levels:
        level["criteria"]["certifications"] = ["a", "b"]
    return parse(
        {
            "format": 1,
            "program": {"key": key, "name": {"en": key}, "kind": "technical"},
            "settings": {"nested_levels": draw(st.booleans())},
            "levels": levels,
            "people": {"pool": "all", **limits},
            "criteria": tree,
        }
    )


@st.composite
def entrants(draw: st.DrawFn) -> list[Entrant]:
    """Return up to three programs of one pool, some of them awarded."""
    limits = draw(
        st.sampled_from(
            (
                {"programs_per_person": 1},
                {"roles_per_person": 1},
                {"programs_per_person": 1, "levels": ["gold"]},
                {"programs_per_person": 2, "slots_per_person": 2},
            )
        )
    )
    awarded = st.dictionaries(st.sampled_from(LEVELS), days, max_size=2)
    return [
        Entrant(draw(programs(key, limits)), awarded_on=draw(awarded))
        for key in ("x", "y", "z")[: draw(st.integers(2, 3))]
    ]


def judged(competing: list[Entrant], known: PartnerFacts, on: date) -> list[Verdict]:
    sharing = Sharing(competing, known, on)
    return [judge(one.rules, known, on, sharing=sharing) for one in competing]


@given(entrants(), strategies.facts(), days, st.data())
def test_verdicts_hold_until_the_day_they_name(competing, known, on, data):
    number = data.draw(st.integers(0, len(competing) - 1))
    verdict = judged(competing, known, on)[number]
    last = (verdict.changes_on or on + FAR) - DAY
    day = data.draw(st.dates(on, last))

    assert results(judged(competing, known, day)[number]) == results(verdict)
    if verdict.changes_on is not None:
        assert results(judged(competing, known, verdict.changes_on)[number]) != results(verdict)


@given(entrants(), strategies.facts(), days, st.data())
def test_nothing_changes_before_the_review(competing, known, on, data):
    number = data.draw(st.integers(0, len(competing) - 1))
    verdict = judged(competing, known, on)[number]
    last = (verdict.review_on or on + FAR) - DAY
    day = data.draw(st.dates(on, last))

    assert judged(competing, known, day)[number] == verdict
    assert judged(competing, known, last)[number] == verdict
    if verdict.review_on is not None:
        later = judged(competing, known, verdict.review_on)[number]
        assert content_hash(later) != content_hash(verdict)


@given(entrants(), strategies.facts(), days, st.data())
def test_any_finding_forecasts_its_own_change(competing, known, on, data):
    every = [
        (number, position, finding)
        for number, verdict in enumerate(judged(competing, known, on))
        for position, finding in enumerate(findings(verdict))
    ]
    for _, _, finding in every:
        assert (finding.changes_on is None) == (finding.cause is None)
    if changing := [one for one in every if one[2].changes_on is not None]:
        number, position, finding = data.draw(st.sampled_from(changing))
        eve = judged(competing, known, finding.changes_on - DAY)[number]
        then = judged(competing, known, finding.changes_on)[number]
        assert findings(eve)[position].result == finding.result
        assert findings(then)[position].result != finding.result


@given(entrants(), strategies.facts(), days, st.randoms(use_true_random=False))
def test_order_never_matters(competing, known, on, random):
    shuffled = PartnerFacts(
        certificates=tuple(random.sample(known.certificates, len(known.certificates))),
        employments=tuple(random.sample(known.employments, len(known.employments))),
        releases=known.releases,
    )

    turned = judged(competing[::-1], shuffled, on)[::-1]

    assert [*map(canonical_json, turned)] == [*map(canonical_json, judged(competing, known, on))]


@given(entrants(), strategies.facts(), days)
def test_nobody_whom_a_met_level_counts_does_more_than_the_limits_allow(competing, known, on):
    programs: Counter[str] = Counter()
    kinds: dict[str, set[str]] = {}
    for entrant, verdict in zip(competing, judged(competing, known, on), strict=True):
        people = entrant.rules.people
        used = used_by_met_levels(entrant.rules, verdict, people.levels)
        assert all(len(mine) <= people.slots for mine in used.values())
        programs.update(list(used))
        for person, mine in used.items():
            kinds.setdefault(person, set()).update(role for role, _ in mine)
        most, roles_at_once = people.programs.get(""), people.roles
    assert most is None or all(number <= most for number in programs.values())
    assert roles_at_once is None or all(len(one) <= roles_at_once for one in kinds.values())


def used_by_met_levels(rules: Rules, verdict: Verdict, counted) -> dict[str, set[tuple[str, int]]]:
    """Return the slots of each person that the highest level met rests on."""
    used: dict[str, set[tuple[str, int]]] = {}
    levels = [one for one in verdict.levels if one.level == verdict.level]
    for level in levels:
        if counted and level.level not in counted:
            continue
        for finding in findings(Verdict((level,), None, None, None)):
            criterion, _, key = finding.key.partition(".")
            if finding.kind != "role_slot" or finding.result is not Result.MET:
                continue
            node = next(one for one in rules.labels() if one.key == finding.key)
            assert node.text
            if not uses_up(rules, criterion, key) or not whole(level.finding, criterion):
                continue
            for number, person in enumerate(dict.fromkeys(one.person for one in finding.counted)):
                used.setdefault(person, set()).add((key, number))
    return used


def whole(root, criterion: str) -> bool:
    """Return whether all slots of a criterion are filled: only then is anybody used by it."""
    return any(
        one.key == criterion and one.result is Result.MET
        for one in findings(Verdict((Level(root),), None, None, None))
    )


class Level:
    def __init__(self, finding) -> None:
        self.finding = finding


def uses_up(rules: Rules, criterion: str, key: str) -> bool:
    rest = [rules.criteria]
    while rest:
        node = rest.pop()
        for role in getattr(node, "roles", ()):
            if (node.label.key, role.key) == (criterion, key):
                return role.uses_up
        rest.extend(getattr(node, "branches", ()) if not hasattr(node, "roles") else ())
    raise AssertionError


@given(entrants(), strategies.facts(), days)
def test_what_was_granted_stays_as_it_is_when_it_is_judged_again(competing, known, on):
    before, lost = judged(competing, known, on), True
    while lost:
        awarded = [
            granted(entrant, verdict, on)
            for entrant, verdict in zip(competing, before, strict=True)
        ]
        after = judged(awarded, known, on)
        # A lost award sets people free: others may rise by that, and nobody falls.
        lost = any(
            one.awarded_on.keys() - new.awarded_on.keys()
            for one, new in zip(competing, awarded, strict=True)
        )
        for then, now in zip(before, after, strict=True):
            assert rank_of(then) <= rank_of(now) if lost else then.level == now.level
        competing, before = awarded, after


def rank_of(verdict: Verdict) -> int:
    return verdict.of(verdict.level).rank if verdict.level else 0


def granted(entrant: Entrant, verdict: Verdict, on: date) -> Entrant:
    """Return a program with the award that follows from its verdict."""
    if verdict.level is None:
        return Entrant(entrant.rules)
    rank = verdict.of(verdict.level).rank
    nested = entrant.rules.settings.nested_levels
    held = [
        one.key
        for one in entrant.rules.levels
        if one.key == verdict.level or (nested and one.rank < rank)
    ]
    return Entrant(
        entrant.rules,
        awarded_on={key: entrant.awarded_on.get(key, on) for key in held},
        earlier=earlier_seats(entrant.rules, verdict, verdict.level),
    )
