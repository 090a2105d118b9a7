"""The engine's laws, tried on random partners and rules."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from accreditation.criteria.document import parse
from accreditation.criteria.facts import Certificate, Employment, PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.records import CourseCompletion
from accreditation.criteria.verdicts import (
    Finding,
    ReasonCode,
    Result,
    Verdict,
    canonical_json,
)
from tests.accreditation.criteria import strategies
from tests.accreditation.criteria.laws import (
    DAY,
    RANK,
    every_finding_forecasts_its_own_change,
    holds_until_the_day_it_names,
    results,
    stays_the_same_before_the_review,
)
from tests.accreditation.criteria.strategies import COURSES, days, documents, leaves
from tests.accreditation.criteria.worlds import document

UNKNOWN = {ReasonCode.VERSION_UNKNOWN, ReasonCode.HOURS_UNKNOWN}
LITTLE = ({"at_least": 1}, {"hours": 1})
"""What every single record has: one of a kind, or an hour."""
NAMING = ("certifications", "families", "certification_levels")


@given(documents(), strategies.facts(), days, st.data())
def test_verdict_holds_until_the_day_it_names(written, known, on, data):
    holds_until_the_day_it_names(parse(written), known, on, data)


@given(documents(), strategies.facts(), days, st.data())
def test_nothing_at_all_changes_before_the_review(written, known, on, data):
    stays_the_same_before_the_review(parse(written), known, on, data)


@given(documents(), strategies.facts(), days)
def test_every_finding_forecasts_its_own_change(written, known, on):
    every_finding_forecasts_its_own_change(parse(written), known, on)


@given(documents(), strategies.facts(), days)
def test_outlook_is_what_judging_on_its_days_says(written, known, on):
    rules = parse(written)
    verdict = judge(rules, known, on)
    level = verdict.level

    for step in verdict.outlook:
        assert judge(rules, known, step.day - DAY).level == level
        level = judge(rules, known, step.day).level
        assert level == step.level


@given(
    documents(forms=("all", "any", "of")),
    strategies.facts(),
    strategies.certificates,
    strategies.employments,
    strategies.completions,
    days,
)
def test_another_fact_never_makes_monotone_rules_worse(written, known, one, job, done, on):
    rules = parse(written)
    more = replace(
        known,
        certificates=(*known.certificates, one),
        employments=(*known.employments, job),
        courses=(*known.courses, done),
    )

    before, after = judge(rules, known, on), judge(rules, more, on)

    for fewer, many in zip(results(before), results(after), strict=True):
        assert RANK[fewer] <= RANK[many]


@given(documents(), strategies.facts(), days, st.randoms(use_true_random=False))
def test_order_of_facts_never_matters(written, known, on, random):
    rules = parse(written)
    names = ("certificates", "employments", "releases", "courses")
    shuffled = PartnerFacts(
        **{
            name: tuple(random.sample(records, len(records)))
            for name in names
            if (records := getattr(known, name)) is not None
        }
    )

    assert canonical_json(judge(rules, shuffled, on)) == canonical_json(judge(rules, known, on))


@given(leaves(), strategies.facts(), days)
def test_counted_and_not_counted_are_all_that_was_considered(node, known, on):
    considered = {
        one.id
        for one in (*known.certificates, *known.courses)
        if any(belongs(wanted, one) for wanted in sets_of(node))
    }

    for finding in leaf_findings(node, known, on):
        records = [one.record for one in (*finding.counted, *finding.not_counted)]
        assert sorted(records) == sorted(considered)


@given(leaves(), strategies.facts(), days)
def test_every_counted_record_satisfies_the_filter_on_its_own(node, known, on):
    each = [
        {**node, "at_least": 1, "each_holds": [{**wanted, **LITTLE["hours" in wanted]}]}
        for wanted in sets_of(node)
    ]
    unasked = [
        (*NAMING, *(() if "certifications" in wanted else strategies.OF_CERTIFICATES))
        for wanted in sets_of(node)
    ]
    alone = [
        {name: one for name, one in node.items() if name not in names}
        for node, names in zip(each, unasked, strict=True)
    ]

    for finding in leaf_findings(node, known, on):
        for one in finding.counted:
            record = {
                name: tuple(held for held in getattr(known, name) if held.id == one.record)
                for name in ("certificates", "courses")
            }
            only = [leaf_findings(one, replace(known, **record), on) for one in alone]
            assert Result.MET in {first.result for first, *_ in only}


@given(leaves(), strategies.facts(), days)
def test_have_is_what_a_plain_reading_counts(node, known, on):
    for finding in leaf_findings(node, known, on):
        assert finding.have == plain_count(node, known, on)
        assert finding.have == len({one.person for one in finding.counted})
        if not UNKNOWN & {one.reason for one in finding.not_counted}:
            assert (finding.result is Result.MET) == (finding.have >= finding.need)


@given(documents(), strategies.facts(), days)
def test_verdict_survives_its_json(written, known, on):
    verdict = judge(parse(written), known, on)

    assert Verdict.from_json(verdict.to_json()) == verdict


def leaf_findings(node, known, on) -> list[Finding]:
    levels = node["at_least"] if isinstance(node["at_least"], dict) else ["silver"]
    verdict = judge(parse(document(node, *levels)), known, on)
    return [level.finding for level in verdict.levels]


def plain_count(node, known: PartnerFacts, on) -> Decimal:
    """Return how many people count, by reading the criterion word for word for one day."""
    number = 0
    for person in strategies.PEOPLE:
        if not works(node, known, person, on):
            continue
        held = [one for one in known.certificates if one.person == person]
        held = [one for one in held if holds(node, known, one, on)]
        done = [one for one in known.courses if one.person == person and on in one.period]
        number += all(enough(wanted, held, done, on) for wanted in sets_of(node))
    return Decimal(number)


def sets_of(node) -> list[dict[str, Any]]:
    """Return the sets of which each person needs some; those of a plain criterion are one."""
    each = node.get("each_holds", {"at_least": 1})
    if isinstance(each, list):
        return each
    return [{**each, **{name: node[name] for name in NAMING if name in node}}]


def enough(wanted, held: list[Certificate], done: list[CourseCompletion], on) -> bool:
    if {"courses", "hours"} & set(wanted):
        finished = [one for one in done if belongs(wanted, one)]
        seen = [one for one in finished if within(wanted.get("window", {}), one.period.start, on)]
        if "hours" in wanted:
            known = (one.hours for one in seen if one.hours is not None)
            return sum(known) >= wanted["hours"]
        return len({one.course for one in seen}) >= wanted["at_least"]
    fitting = [one for one in held if belongs(wanted, one)]
    distinct = wanted.get("distinct", True)
    return len({one.certification if distinct else one.id for one in fitting}) >= wanted["at_least"]


def belongs(wanted, one: Certificate | CourseCompletion) -> bool:
    if isinstance(one, CourseCompletion):
        in_mode = one.mode in wanted.get("modes", [one.mode])
        any_course = COURSES if "hours" in wanted else []
        return one.course in wanted.get("courses", any_course) and in_mode
    return (
        one.certification in wanted.get("certifications", [])
        and one.family in wanted.get("families", [one.family])
        and one.certification_level in wanted.get("certification_levels", [one.certification_level])
    )


def works(node, known: PartnerFacts, person: str, on) -> bool:
    return any(
        job.person == person
        and on in job.period
        and job.kind in node.get("employment", [job.kind])
        and (job.working_time or 0) >= node.get("working_time", 0)
        and (
            "job_roles" not in node
            or any(spell.role in node["job_roles"] and on in spell.period for spell in job.roles)
        )
        and works_there(node, job, on)
        for job in known.employments
    )


def works_there(node, job: Employment, on) -> bool:
    here = next((spell for spell in job.places if on in spell.period), None)
    if here is None:
        return not {"countries", "regions"} & set(node)
    return here.country in node.get("countries", [here.country]) and here.region in node.get(
        "regions", [here.region]
    )


def holds(node, known: PartnerFacts, one: Certificate, on) -> bool:
    return (
        on in one.period
        and (one.revoked_on is None or on < one.revoked_on)
        and node.get("earned_from", "") <= one.period.start.isoformat()
        and within(node.get("earned_within", {}), one.period.start, on)
        and on.isoformat() <= node.get("counts_through", "9999")
        and ("newest_versions" not in node or new_enough(node["newest_versions"], known, one, on))
    )


def within(window, day, on) -> bool:
    """Return whether a day is in a window, for the windows that the strategies draw."""
    month = on.replace(day=1)
    before = (month - DAY).replace(day=1)
    match window:
        case {"rolling_days": count}:
            return on - count * DAY < day <= on
        case {"calendar_months": 1}:
            return before <= day <= on
        case {"closed_months": 1}:
            return before <= day < month
    return True


def new_enough(newest: int, known: PartnerFacts, one: Certificate, on) -> bool:
    family = [release for release in known.releases if release.family == one.family]
    if not family or one.version is None:
        return False
    out = {release.version for release in family if release.released_on <= on}
    return len([version for version in out if version > one.version]) < newest
