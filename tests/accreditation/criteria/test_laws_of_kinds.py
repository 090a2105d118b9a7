"""The engine's laws, tried on every kind of criterion and every way of asking."""

from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from accreditation.criteria.document import parse
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.verdicts import Verdict, canonical_json, content_hash
from tests.accreditation.criteria.strategies import days
from tests.accreditation.criteria.strategies_of_records import LEAVES, documents, leaves, partners
from tests.accreditation.criteria.test_laws import DAY, FAR, RANK, findings, results
from tests.accreditation.criteria.worlds import document, leaf


@given(documents, partners(), days, st.data())
def test_verdict_of_any_kind_holds_until_the_day_it_names(written, known, on, data):
    rules = parse(written)
    verdict = judge(rules, known, on)
    last = (verdict.changes_on or on + FAR) - DAY
    day = data.draw(st.dates(on, last))

    assert results(judge(rules, known, day)) == results(verdict)
    if verdict.changes_on is not None:
        assert results(judge(rules, known, verdict.changes_on)) != results(verdict)


@given(documents, partners(), days, st.data())
def test_nothing_in_any_kind_changes_before_the_review(written, known, on, data):
    rules = parse(written)
    verdict = judge(rules, known, on)
    last = (verdict.review_on or on + FAR) - DAY
    day = data.draw(st.dates(on, last))

    assert judge(rules, known, day) == judge(rules, known, last) == verdict
    if verdict.review_on is not None:
        assert content_hash(judge(rules, known, verdict.review_on)) != content_hash(verdict)


@given(leaves().map(document), partners(), days)
def test_every_finding_of_any_kind_forecasts_its_own_change(written, known, on):
    rules = parse(written)
    before = findings(judge(rules, known, on))

    for number, finding in enumerate(before):
        assert (finding.changes_on is None) == (finding.cause is None)
        if finding.changes_on is not None:
            eve = findings(judge(rules, known, finding.changes_on - DAY))[number]
            then = findings(judge(rules, known, finding.changes_on))[number]
            assert eve.result == finding.result != then.result


@given(documents, partners(), days, st.randoms(use_true_random=False))
def test_order_of_records_never_matters(written, known, on, random):
    rules = parse(written)
    shuffled = PartnerFacts(
        **{
            field.name: tuple(random.sample(records, len(records)))
            for field in fields(known)
            if (records := getattr(known, field.name)) is not None
        }
    )

    assert canonical_json(judge(rules, shuffled, on)) == canonical_json(judge(rules, known, on))


@given(leaves().map(document), partners(), days)
def test_no_record_is_counted_and_not_counted(written, known, on):
    for finding in findings(judge(parse(written), known, on)):
        records = [one.record for one in (*finding.counted, *finding.not_counted)]
        assert len(records) == len(set(records))


@given(documents, partners(), days)
def test_verdict_of_any_kind_survives_storage(written, known, on):
    verdict = judge(parse(written), known, on)

    assert Verdict.from_json(verdict.to_json()) == verdict


RISING = ("records_counted", "document_accepted", "course_completed", "holds_level")
MORE = {
    "records_counted": "deployments",
    "document_accepted": "documents",
    "course_completed": "courses",
    "holds_level": "held_levels",
}


@given(st.sampled_from(RISING), st.integers(1, 3), partners(), partners(), days)
def test_further_records_never_make_a_count_worse(kind, need, known, other, on):
    rules = parse(document(leaf(kind, kind, **LEAVES[kind][1], at_least=need)))
    name = MORE[kind]
    further = [replace(one, id=f"further-{one.id}") for one in getattr(other, name)]
    more = replace(known, **{name: (*getattr(known, name), *further)})

    before, after = judge(rules, known, on), judge(rules, more, on)

    assert RANK[results(before)[0]] <= RANK[results(after)[0]]
