"""Gains minus losses, and what is shown without being asked."""

from datetime import date

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import DAY
from accreditation.criteria.records import Transaction
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode, Result
from tests.accreditation.criteria.figures import figures, measure
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.test_wrapping import node
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    certificate,
    counted,
    document,
    employee,
    finding_on,
    leaf,
    people,
    reasons,
    rules,
    team,
)
from tests.accreditation.criteria.worlds import facts as world


def customers(kind: str):
    return {
        "kind": "records_counted",
        "records": "transactions",
        "kinds": [kind],
        "distinct": "customer",
        "window": {"rolling_months": 12},
    }


NET = leaf("net", gains=customers("added"), losses=customers("lost"), at_least=2)


def sold(record: str, kind: str, customer: str = "", day: date = TODAY, **more) -> Transaction:
    return Transaction(id=record, customer=customer or record, kind=kind, made_on=day, **more)


def known(*sales: Transaction) -> PartnerFacts:
    return PartnerFacts(transactions=sales)


def test_customers_won_less_customers_lost():
    finding = finding_on(
        TODAY,
        NET,
        known(
            sold("a1", "added", "a"),
            sold("a2", "added", "a"),
            sold("b", "added"),
            sold("c", "lost"),
            sold("old", "lost", day=LONG_AGO),
        ),
    )

    assert (finding.result, finding.have, finding.shortfall) == (Result.NOT_MET, 1, 1)
    gains, losses = finding.children
    assert (gains.kind, gains.have, counted(gains)) == ("gains", 2, ["a1", "b"])
    assert (losses.kind, losses.have, counted(losses)) == ("losses", 1, ["c"])
    assert reasons(gains)["a2"] is ReasonCode.DUPLICATE_CUSTOMER
    assert reasons(losses)["old"] is ReasonCode.OUTSIDE_WINDOW


def test_loss_that_becomes_too_old_helps():
    lost_on = date(2025, 3, 3)
    finding = finding_on(
        TODAY, NET, known(sold("a", "added"), sold("b", "added"), sold("c", "lost", day=lost_on))
    )

    assert (finding.result, finding.changes_on) == (Result.NOT_MET, TODAY + DAY)
    assert finding.cause == Cause(CauseCode.RECORD_TOO_OLD, "c")


def test_loss_to_come_and_gain_that_ends_hurt():
    coming = known(sold("a", "added"), sold("b", "added"), sold("c", "lost", day=TODAY + DAY))
    ending = known(sold("a", "added"), sold("b", "added", withdrawn_on=TODAY + DAY))

    first, second = (finding_on(TODAY, NET, one) for one in (coming, ending))

    assert (first.result, first.changes_on) == (Result.MET, TODAY + DAY)
    assert first.cause == Cause(CauseCode.RECORD_STARTS, "c")
    assert second.cause == Cause(CauseCode.RECORD_WITHDRAWN, "b")


def test_change_is_explained_by_what_moved_the_number_though_both_move():
    day = TODAY + DAY
    ending = [sold(one, "added", withdrawn_on=day) for one in ("a", "b")]
    lost = [sold(one, "lost", withdrawn_on=day) for one in ("c", "d", "e")]
    kept = [sold(one, "added") for one in ("f", "g", "h")]

    finding = finding_on(TODAY, {**NET, "at_least": 3}, known(*ending, *lost, *kept))

    assert (finding.result, finding.have, finding.changes_on) == (Result.NOT_MET, 2, day)
    assert finding.cause == Cause(CauseCode.RECORD_WITHDRAWN, "c")


@pytest.mark.parametrize(
    ("pending", "result"),
    [("added", Result.CANNOT_BE_JUDGED), ("lost", Result.CANNOT_BE_JUDGED), ("", Result.MET)],
)
def test_what_waits_for_review_may_be_gained_or_lost(pending, result):
    base = [sold("a", "added"), sold("b", "added", pending=pending == "added")]
    finding = finding_on(TODAY, NET, known(*base, sold("c", pending, pending=True)))

    assert finding.result is result


def test_unknown_figure_leaves_nothing_to_judge():
    node = leaf(
        "net",
        gains=measure("gains"),
        losses={"kind": "metric", "metric": "losses", "take": "latest"},
        at_least=1,
    )

    assert finding_on(TODAY, node, figures(gains=9)).result is Result.CANNOT_BE_JUDGED
    assert finding_on(TODAY, node, figures(gains=9, losses="8.5")).have == 0.5


WRONG = [
    ({"gains": customers("added")}, "criteria.losses: is missing"),
    ({"losses": {"kind": "decided_by_person"}}, "criteria.losses.kind: counts nothing that could"),
]


@pytest.mark.parametrize(("asked", "problem"), WRONG, ids=[one for _, one in WRONG])
def test_net_with_a_mistake_is_refused_at_its_place(asked, problem):
    assert any(
        one.startswith(problem) for one in problems(document(leaf("net", at_least=1, **asked)))
    )


BESIDE = {
    "key": "counter",
    "text": {"en": "Shown."},
    "shown": {"kind": "people_holding", "certifications": ["engineer"]},
}

BESIDE2 = BESIDE | {"key": "another-counter"}


def test_what_is_shown_decides_nothing():
    program = rules({"all": [people("one", job_roles=["architect"]), BESIDE]})

    verdict = judge(program, world(*team("Edda")), TODAY)
    asked, shown = verdict.levels[0].finding.children

    assert (verdict.level, asked.result, shown.result) == (None, Result.NOT_MET, Result.MET)
    assert (shown.have, shown.need, shown.unit) == (1, 0, "people")
    assert counted(shown) == ["Edda-engineer"]


UNMET = people("one", job_roles=["architect"])


@pytest.mark.parametrize(
    "criteria",
    [
        {"any": [UNMET, BESIDE]},
        {"at_least": 1, "of": [UNMET, BESIDE]},
        {"any": [UNMET, {"all": [BESIDE]}]},
        {"any": [UNMET, {"any": [BESIDE]}]},
        {"any": [UNMET, node("when", people("two"), then=BESIDE)]},
        {"any": [UNMET, node("sustained", {"months": 1}, then=BESIDE)]},
        {"any": [UNMET, node("after_event", {"event": "joined", "days": 1}, then=BESIDE)]},
        {"any": [UNMET, node("steps", [BESIDE])]},
    ],
    ids=["any", "of", "all", "any in any", "when", "sustained", "after_event", "steps"],
)
def test_what_is_shown_stands_in_for_nothing_that_is_asked(criteria):
    program = {"all": [criteria, people("else")]}

    verdict = judge(rules(program), world(*team("Edda")), TODAY)
    group = verdict.levels[0].finding.children[0]

    assert verdict.level is None
    assert (group.result, group.have, group.need) == (Result.NOT_MET, 0, 1)
    assert len(group.children) == 2


def test_what_is_shown_keeps_nothing_from_being_met():
    program = rules({"all": [people("one"), {"none": [UNMET | {"key": "other"}, BESIDE]}, BESIDE2]})

    verdict = judge(program, world(*team("Edda")), TODAY)

    assert verdict.level == "gold"
    assert (verdict.levels[0].finding.have, verdict.levels[0].finding.need) == (2, 2)


def test_what_is_shown_is_looked_at_again_when_it_changes():
    program = rules({"all": [people("one"), BESIDE]})
    soon = certificate("Mara", since=TODAY + DAY)

    verdict = judge(program, world(*team("Edda"), employee("Mara"), soon), TODAY)

    assert (verdict.changes_on, verdict.review_on) == (None, TODAY + DAY)


def test_level_that_only_shows_something_asks_nothing():
    assert problems(document(BESIDE)) == ["levels[0]: asks nothing of level gold"]


def test_texts_of_what_is_shown_are_those_of_the_document():
    found = rules({"all": [people("one"), BESIDE]})

    assert [label.key for label in found.labels()] == ["one", "counter"]
    assert [one.label.kind for one in found.looking()].count("people_holding") == 2


def test_what_is_shown_is_a_measure():
    found = problems(document({**BESIDE, "shown": people()}))

    assert [one.partition(":")[0] for one in found] == [
        "criteria.shown.key",
        "criteria.shown.text",
        "criteria.shown.at_least",
    ]
