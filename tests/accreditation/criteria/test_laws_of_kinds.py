"""The engine's laws, tried on every kind of criterion and every way of asking."""

from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from accreditation.criteria.document import parse
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.kinds import registry
from accreditation.criteria.verdicts import Verdict, canonical_json
from tests.accreditation.criteria.laws import (
    RANK,
    every_finding_forecasts_its_own_change,
    findings,
    holds_until_the_day_it_names,
    results,
    stays_the_same_before_the_review,
)
from tests.accreditation.criteria.strategies import days
from tests.accreditation.criteria.strategies_of_records import (
    DRAWN_APART,
    LEAVES,
    cases,
    leaves,
    nodes,
    partners,
)
from tests.accreditation.criteria.worlds import document, leaf


def test_no_kind_goes_without_laws():
    assert sorted({*LEAVES, *DRAWN_APART}) == registry.names()


@given(cases(nodes()), days, st.data())
def test_verdict_of_any_kind_holds_until_the_day_it_names(case, on, data):
    written, known = case
    holds_until_the_day_it_names(parse(written), known, on, data)


@given(cases(nodes()), days, st.data())
def test_nothing_in_any_kind_changes_before_the_review(case, on, data):
    written, known = case
    stays_the_same_before_the_review(parse(written), known, on, data)


@given(cases(leaves()), days)
def test_every_finding_of_any_kind_forecasts_its_own_change(case, on):
    written, known = case
    every_finding_forecasts_its_own_change(parse(written), known, on)


@given(cases(nodes()), days, st.randoms(use_true_random=False))
def test_order_of_records_never_matters(case, on, random):
    written, known = case
    rules = parse(written)
    shuffled = PartnerFacts(
        **{
            field.name: tuple(random.sample(records, len(records)))
            for field in fields(known)
            if (records := getattr(known, field.name)) is not None
        }
    )

    assert canonical_json(judge(rules, shuffled, on)) == canonical_json(judge(rules, known, on))


@given(cases(leaves()), days)
def test_no_record_is_counted_and_not_counted(case, on):
    written, known = case
    for finding in findings(judge(parse(written), known, on)):
        records = [one.record for one in (*finding.counted, *finding.not_counted)]
        assert len(records) == len(set(records))


@given(cases(nodes()), days)
def test_verdict_of_any_kind_survives_storage(case, on):
    written, known = case
    verdict = judge(parse(written), known, on)

    assert Verdict.from_json(verdict.to_json()) == verdict


MORE = {
    "records_counted": "deployments",
    "document_accepted": "documents",
    "course_completed": "courses",
    "holds_level": "held_levels",
}


@given(st.sampled_from(sorted(MORE)), st.integers(1, 3), days, st.data())
def test_further_records_never_make_a_count_worse(kind, need, on, data):
    rules = parse(document(leaf(kind, kind, **LEAVES[kind][1], at_least=need)))
    name = MORE[kind]
    known, other = data.draw(partners(name)), data.draw(partners(name))
    further = [replace(one, id=f"further-{one.id}") for one in getattr(other, name)]
    more = replace(known, **{name: (*getattr(known, name), *further)})

    before, after = judge(rules, known, on), judge(rules, more, on)

    assert RANK[results(before)[0]] <= RANK[results(after)[0]]
