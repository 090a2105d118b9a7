"""Single points of failure: who and what a level cannot do without."""

import json
from datetime import date
from functools import partial

from hypothesis import assume, given
from hypothesis import strategies as st

from accreditation.criteria.dependence import loss_of, single_points
from accreditation.criteria.document import parse
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.records import Decision, Deployment, DocumentAccepted
from accreditation.criteria.whatif import (
    CIRCUMSTANCES,
    Subject,
    SubjectKind,
    subject_of,
    without,
)
from tests.accreditation.criteria.figures import known, metric, reading
from tests.accreditation.criteria.strategies import days
from tests.accreditation.criteria.strategies_of_records import cases, nodes
from tests.accreditation.criteria.worlds import (
    TODAY,
    document,
    employee,
    facts,
    leaf,
    people,
    rules,
    team,
    through,
)

EDDA, MARA = Subject(SubjectKind.PERSON, "Edda"), Subject(SubjectKind.PERSON, "Mara")


def ladder() -> object:
    return partial(
        judge,
        rules(
            None,
            {"key": "silver", "name": {"en": "Silver"}, "criteria": people("one", at_least=1)},
            {
                "key": "gold",
                "name": {"en": "Gold"},
                "criteria": {
                    "all": [people("two", at_least=2), people("expert", certifications=["expert"])]
                },
            },
        ),
    )


def test_everybody_counts_where_there_is_nobody_to_spare() -> None:
    known = facts(*team("Edda", "Mara"), *team("Edda", certification="expert")[1:])

    found = single_points(ladder(), known, TODAY)

    assert [(one.subjects, one.level) for one in found.losses] == [
        ((EDDA,), "silver"),
        ((MARA,), "silver"),
    ]
    assert [one.key for one in found.losses[0].broken] == ["two", "expert"]
    assert [one.key for one in found.losses[1].broken] == ["two"]
    assert found.complete


def test_whoever_is_one_of_enough_is_no_single_point() -> None:
    known = facts(*team("Edda", "Mara", "Paul"), *team("Edda", certification="expert")[1:])

    found = single_points(ladder(), known, TODAY)

    assert [one.subjects for one in found.losses] == [(EDDA,)]


def test_the_worst_loss_comes_first() -> None:
    known = facts(*team("Edda"), employee("Mara"), *team("Mara", certification="expert")[1:])
    asked = partial(
        judge,
        rules(
            None,
            {"key": "silver", "name": {"en": "Silver"}, "criteria": people("one", at_least=1)},
            {
                "key": "gold",
                "name": {"en": "Gold"},
                "criteria": people("expert", certifications=["expert"]),
            },
        ),
    )

    found = single_points(asked, known, TODAY)

    assert [(one.subjects, one.level) for one in found.losses] == [
        ((EDDA,), None),
        ((MARA,), "silver"),
    ]


def test_customers_fall_away_with_all_that_was_done_for_them_and_papers_alone() -> None:
    known = PartnerFacts(
        deployments=tuple(
            Deployment(
                id=f"d{n}",
                customer=customer,
                completed_on=date(2026, 1, 1),
                confirmed_on=date(2026, 2, 1),
            )
            for n, customer in enumerate(("hospital", "hospital", "bank"))
        ),
        documents=(DocumentAccepted(id="plan", kind="plan", period=through(date(2026, 1, 1))),),
    )
    asked = partial(
        judge,
        parse(
            document(
                {
                    "all": [
                        leaf(
                            "records_counted",
                            "done",
                            records="deployments",
                            distinct="record",
                            at_least=2,
                        ),
                        leaf("document_accepted", "plan", documents=["plan"]),
                    ]
                }
            )
        ),
    )

    found = single_points(asked, known, TODAY)

    assert [one.subjects[0] for one in found.losses] == [
        Subject(SubjectKind.RECORD, "plan"),
        Subject(SubjectKind.CUSTOMER, "hospital"),
    ]


def test_figures_are_circumstances_that_nobody_takes_away() -> None:
    asked = partial(judge, rules(metric("sum", at_least=5)))

    found = single_points(asked, known(reading(7)), TODAY)

    assert (found.level, found.losses) == ("gold", ())


def test_decision_that_excuses_is_missed_like_one_that_approves() -> None:
    decided = Decision(
        id="exempt",
        criterion="large",
        accepted=False,
        period=Period(TODAY),
        by="Mara",
        reason="Too small.",
    )
    asked = partial(
        judge,
        rules(
            {
                "key": "staff",
                "text": {"en": "Staff of a large partner"},
                "when": leaf("decided_by_person", "large"),
                "then": people("two", at_least=2),
            }
        ),
    )

    found = single_points(asked, PartnerFacts(decisions=(decided,)), TODAY)

    assert [one.subjects for one in found.losses] == [(Subject(SubjectKind.RECORD, "exempt"),)]


def test_nothing_can_be_lost_where_nothing_is_met() -> None:
    assert single_points(ladder(), PartnerFacts(), TODAY).losses == ()


def test_several_together_are_lost_where_none_alone_is() -> None:
    known = facts(*team("Edda", "Mara", "Paul"), *team("Paul", certification="expert")[1:])

    loss = loss_of(ladder(), known, [EDDA, MARA], TODAY)

    assert (loss.before, loss.level, [one.key for one in loss.broken]) == (
        "gold",
        "silver",
        ["two"],
    )


@given(cases(nodes()), days)
def test_single_points_are_those_without_whom_judging_finds_less(case, on):
    written, known = case
    # A share of everybody falls with people who do not count themselves, and so does a group that
    # is there because somebody works in its place: those are not tried.
    assume('"share"' not in json.dumps(written) and '"people": true' not in json.dumps(written))
    ask = partial(judge, parse(written))
    now = ask(known, on)
    ranks = {None: 0, **{one.level: one.rank for one in now.levels}}

    found = {one.subjects[0]: one.level for one in single_points(ask, known, on).losses}

    circumstances = {one.id for family in CIRCUMSTANCES for one in getattr(known, family)}
    for subject in {one for one in subject_of(known).values() if one.id not in circumstances}:
        then = ask(without(known, [subject], on), on).level
        assert found.get(subject, now.level) == then or ranks[then] > ranks[now.level]


@given(cases(nodes()), days, st.data())
def test_a_loss_is_judging_without_it(case, on, data):
    written, known = case
    ask = partial(judge, parse(written))
    everybody = sorted(set(subject_of(known).values()))
    if not everybody:
        return
    subject = data.draw(st.sampled_from(everybody))

    loss = loss_of(ask, known, [subject], on)

    assert loss.before == ask(known, on).level
    assert loss.level == ask(without(known, [subject], on), on).level
