"""Random records of every sort, and random criteria that ask for them."""

import json
import operator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.periods import Period
from accreditation.criteria.records import (
    Agreement,
    Attestation,
    Audit,
    Checklist,
    CourseCompletion,
    Decision,
    Deployment,
    DocumentAccepted,
    Fee,
    HeldLevel,
    ListingElsewhere,
    MetricReading,
    OrganizationAttribute,
    Reference,
    SurveyAnswer,
    Transaction,
)
from tests.accreditation.criteria import strategies
from tests.accreditation.criteria.strategies import days, periods
from tests.accreditation.criteria.strategies_of_measures import (
    MEASURE,
    METRIC,
    SCORE,
    THEN,
    grown,
)
from tests.accreditation.criteria.strategies_of_roles import roles
from tests.accreditation.criteria.worlds import TODAY, document, leaf, people

MANY_DAYS = st.integers(-500, 20).map(lambda number: TODAY + timedelta(days=number))
FEW = st.sampled_from("ab")
VALUES = st.integers(-3, 12).map(Decimal)


def _spread(start: date, length: int) -> Period:
    return Period(start, start + timedelta(days=length) if length else None)


spread = st.builds(_spread, MANY_DAYS, st.sampled_from((0, 1, 30, 200)))


def _numbered(sort: Any, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    several = st.lists(st.fixed_dictionaries(fields), max_size=3)
    return several.map(
        lambda found: tuple(
            sort(id=f"{sort.__name__}-{number}", **one) for number, one in enumerate(found)
        )
    )


WORTH: dict[str, st.SearchStrategy[Any]] = {
    "value": st.none() | VALUES,
    "currency": st.sampled_from(("USD", "EUR")),
    "attributes": st.fixed_dictionaries({}, optional={"days": st.sampled_from(("-1", "2.5", "x"))}),
}
PAPER = {"kind": FEW, "period": periods, "pending": st.booleans()}
RECORDS: dict[str, st.SearchStrategy[Any]] = {
    "references": _numbered(
        Reference, customer=FEW, period=spread, withdrawn_on=st.none() | days, public=st.booleans()
    ),
    "transactions": _numbered(
        Transaction,
        customer=FEW,
        made_on=MANY_DAYS,
        region=FEW,
        pending=st.booleans(),
        **WORTH,
    ),
    "agreements": _numbered(Agreement, **PAPER),
    "fees": _numbered(Fee, **PAPER),
    "listings": _numbered(ListingElsewhere, **PAPER),
    "attestations": _numbered(Attestation, scope=FEW, **PAPER),
    "audits": _numbered(Audit, passed=st.booleans(), score=st.none() | VALUES, **PAPER),
    "checklists": _numbered(Checklist, score=VALUES, out_of=st.just(Decimal(10)), **PAPER),
    "deployments": _numbered(
        Deployment,
        customer=FEW,
        kind=FEW,
        completed_on=MANY_DAYS,
        confirmed_on=st.none() | MANY_DAYS,
        withdrawn_on=st.none() | days,
        industry=FEW,
        pending=st.booleans(),
        **WORTH,
    ),
    "survey_answers": _numbered(
        SurveyAnswer,
        customer=FEW,
        service_type=FEW,
        score=VALUES,
        answered_on=MANY_DAYS,
    ),
    "documents": _numbered(
        DocumentAccepted, amount=st.none() | VALUES, currency=st.just("USD"), **PAPER
    ),
    "courses": _numbered(
        CourseCompletion,
        person=st.sampled_from(strategies.PEOPLE),
        course=FEW,
        period=periods,
        mode=st.sampled_from(("", "online")),
        hours=strategies.HOURS,
    ),
    "readings": _numbered(
        MetricReading,
        metric=FEW,
        period=spread,
        value=VALUES,
        item=FEW,
        attributes=st.fixed_dictionaries({"good": FEW}),
    ),
    "attributes": _numbered(
        OrganizationAttribute,
        name=FEW,
        value=st.one_of(VALUES, FEW, st.booleans(), days),
        period=periods,
    ),
    "decisions": _numbered(
        Decision,
        criterion=st.just("decided_by_person"),
        accepted=st.booleans(),
        period=periods,
        by=st.just("mara"),
        reason=st.just("Because."),
        pending=st.booleans(),
    ),
    "held_levels": _numbered(HeldLevel, program=FEW, level=FEW, period=spread),
}
"""Records by the field of the facts."""


windows = st.sampled_from(
    (
        {"rolling_days": 90},
        {"rolling_months": 12},
        {"forward_months": 1},
        {"calendar_months": 2},
        {"fixed": {"from": "2026-02-20", "through": "2026-03-10"}},
        {"year_from": "03-05"},
        {"closed_year_from": "03-05"},
        {"closed_months": 1},
        {"closed_months": 1, "on_last_day": True},
        {"closed_quarters": 2, "quarters_from": "03-01"},
    )
)
counts = st.one_of(
    st.integers(1, 2).map(lambda need: {"at_least": need}),
    st.just({"at_most": 1}),
    st.just({"at_least": {"by": "a", "table": [{"from": 3, "need": 2}], "otherwise": 1}}),
    st.sampled_from(
        (
            {"job_roles": ["engineer"]},
            {"employment": ["employee"], "countries": ["DE"]},
            {"job_roles": ["architect"], "regions": ["north"]},
        )
    ).map(lambda population: {"at_least": {"share": 0.5, "of": population}}),
)
so_many = st.sampled_from(
    (1, 2, {"gold": 1}, {"by": "a", "table": [{"from": 3, "need": 2}], "otherwise": 1})
)
"""How many of several things: at all levels, per level, looked up."""
spans = st.sampled_from(({}, {"days": 20}, {"months": 1}, {"months": 1, "days": 3}))
numbers = st.sampled_from(
    (
        {"at_least": 3},
        {"more_than": 0},
        {"less_than": 4.5},
        {"at_most": 2},
        {"at_least": {"share": 0.7, "of": {"attribute": "b"}}},
    )
)
shares = st.sampled_from(({"at_least": 0.5}, {"more_than": 0}, {"less_than": 0.8}, {"at_most": 1}))

EACH_COMPLETES = tuple(
    {"each_completes": each} for each in ({"at_least": 1}, {"at_least": 2}, {"hours": 16})
)

LEAVES: dict[str, Any] = {
    "earlier": (
        st.builds(
            lambda bar, months, measure: {**bar, "months": months, "measure": measure},
            numbers,
            st.sampled_from((1, 12)),
            THEN,
        ),
        {},
    ),
    "agreement_signed": (counts, {"agreements": ["a"]}),
    "fee_paid": (counts, {"fees": ["a"]}),
    "listed": (counts, {"listings": ["a", "b"]}),
    "attestation_valid": (counts, {"frameworks": ["a"], "scopes": ["b"]}),
    "audit_passed": (counts, {"audits": ["a"], "minimum_score": 3}),
    "checklist_score": (shares, {"checklists": ["a"]}),
    "document_amount": (numbers, {"documents": ["a"], "currency": "USD"}),
    "fee_amount": (numbers, {"fees": ["a"], "currency": "USD"}),
    "records_counted": (counts, {"records": "deployments", "distinct": "customer"}),
    "document_accepted": (counts, {"documents": ["a"]}),
    "course_completed": (
        st.builds(operator.or_, counts, st.sampled_from(({}, *EACH_COMPLETES)))
        | st.builds(operator.or_, numbers, st.just({"count": "hours"})),
        {"courses": ["a", "b"], "count": "people"},
    ),
    "holds_level": (counts, {"programs": ["a", "b", "c"]}),
    "survey_answers": (counts, {"distinct": "customer"}),
    "satisfaction": (numbers, {"minimum_answers": 2, "each_service_type": True}),
    "attribute": (numbers, {"attribute": "a"}),
    "growth": (numbers, {**METRIC, "take": "latest", "as": "difference"}),
    "ratio": (
        numbers,
        {"numerator": {**MEASURE, "metric": "a"}, "denominator": {**MEASURE, "if_none": "zero"}},
    ),
    "months_since": (counts, {"event": "a", "most": 4}),
    "event_passed": (spans, {"event": "a"}),
    "net": (
        numbers,
        {
            "gains": {**MEASURE, "metric": "a"},
            "losses": {"kind": "document_accepted", "documents": ["a"]},
        },
    ),
    "every_item": (st.just({}), {**METRIC, "must": {"good": ["a"]}, "which": {"more_than": 2}}),
    "decided_by_person": (st.just({}), {}),
    "role_slots": (roles.map(lambda one: {"roles": list(one)}), {}),
    "certificates_held": (counts, {"certifications": ["a", "b"]}),
}
WINDOWED = {
    "records_counted",
    "document_accepted",
    "course_completed",
    "survey_answers",
    "satisfaction",
    "every_item",
}
TAKES = ("sum", "latest", "mean", "median", "largest", "smallest")
figures = st.fixed_dictionaries(
    {"metric": st.just("a"), "take": st.sampled_from(TAKES), "window": windows}
) | st.fixed_dictionaries(
    {"metric": st.just("a"), "take": st.sampled_from(("mean", "largest")), "per": st.just("item")},
    optional={"window": windows},
)
worth = {
    "records": st.sampled_from(("deployments", "transactions")),
    "take": st.sampled_from(("sum", "mean", "median", "largest", "smallest")),
    "per": st.sampled_from(("record", "customer")),
}
values = st.fixed_dictionaries(
    worth, optional={"number": st.just("days"), "if_none": st.just("zero"), "window": windows}
) | st.fixed_dictionaries(
    {**worth, "currency": st.just("USD"), "rates": st.just({"EUR": 0.5})},
    optional={"unconfirmed": st.just(True), "window": windows},
)
FIGURES = {"metric": figures, "records_value": values}
"""What is asked of figures, beyond a number."""
DRAWN_APART = (*FIGURES, "people_holding", "score")
"""Kinds that are not in LEAVES because more than their threshold varies."""


@st.composite
def leaves(draw: st.DrawFn) -> dict[str, Any]:
    """Return a criterion of any kind."""
    kind = draw(st.sampled_from((*sorted(LEAVES), "references", *DRAWN_APART)))
    if kind == "references":
        asked = draw(st.sampled_from(({"public": True}, {"regions": ["a"]})))
        records = "references" if "public" in asked else "transactions"
        more = {"records": records, "where": asked, "distinct": "customer"}
        return leaf("records_counted", "records_counted", **more, **draw(counts))
    if kind == "people_holding":
        asked = draw(strategies.leaves())
        del asked["at_least"]
        return {**asked, **draw(counts)}
    if kind == "score":
        return leaf("score", "score", **SCORE)
    if kind in FIGURES:
        return leaf(kind, kind, **draw(FIGURES[kind]), **draw(numbers))
    needs, fields = LEAVES[kind]
    if kind in WINDOWED and draw(st.booleans()):
        fields = {**fields, "window": draw(windows)}
    if kind == "ratio" and draw(st.booleans()):
        fields = grown(draw(THEN))
    if kind == "growth":
        months = st.integers(1, 3).map(lambda count: {"closed_months": count})
        year = st.just({"closed_year_from": "03-05"})
        fields = {**fields, "window": draw(months | year)}
    return leaf(kind, kind, **{**fields, **draw(needs)})


@st.composite
def nodes(draw: st.DrawFn) -> dict[str, Any]:
    """Return a criterion, or one asked in another way."""
    inner = draw(leaves())
    other = people("other", certifications=["a"], at_least=1)
    forms: dict[str, Any] = {
        "none": None,
        "when": {"when": other, "then": inner},
        "unless": {"when": inner, "then": other},
        "steps": {"steps": [other, inner]},
        "sustained": {"sustained": {"months": 1}, "then": inner},
        "any_day": {"any_day": {"window": draw(windows)}, "then": inner},
        "snapshot": {"snapshot": {"on": ["01-31", "03-05", "03-20"]}, "then": inner},
        "for_each": {
            "for_each": {"metric": "a", "by": "good", **draw(numbers)},
            "each": {"a": {**other, "key": "one"}, "b": inner},
        },
        "grouped": {"grouped": {"by": "good", "at_least": draw(so_many)}, "then": inner},
        "grouped-people": {
            "grouped": {"by": "country", "people": True, "at_least": draw(so_many)},
            "then": other if inner["kind"] == "role_slots" else inner,
        },
        "shown": {"all": [other, {"key": "beside", "text": {"en": "b"}, "shown": MEASURE}]},
        "after_event": {"after_event": {"event": "b", "days": 9}, "then": inner},
    }
    chosen = draw(st.sampled_from((*sorted(forms), "phases", "all", "of")))
    if chosen == "phases":
        return {"phases": {"initial": inner, "keep": other}}
    if chosen in ("all", "of"):
        return {chosen: [other, inner], **({"at_least": draw(so_many)} if chosen == "of" else {})}
    form = forms[chosen]
    return {"key": "node", "text": {"en": "node"}, **form} if form else inner


USED = {
    "agreement_signed": "agreements",
    "attestation_valid": "attestations",
    "audit_passed": "audits",
    "checklist_score": "checklists",
    "course_completed": "courses",
    "decided_by_person": "decisions",
    "document_accepted": "documents",
    "document_amount": "documents",
    "fee_paid": "fees",
    "holds_level": "held_levels",
    "listed": "listings",
    "metric": "readings",
    "satisfaction": "survey_answers",
    "survey_answers": "survey_answers",
}
"""What is looked at by which word of a document; people and attributes always are."""

Case = tuple[dict[str, Any], PartnerFacts]


@st.composite
def partners(draw: st.DrawFn, *fields: str) -> PartnerFacts:
    """Return a partner with people, attributes and a few records in these fields of the facts."""
    base = draw(strategies.facts())
    return replace(base, **{name: draw(RECORDS[name]) for name in ("attributes", *fields)})


@st.composite
def cases(draw: st.DrawFn, criteria: st.SearchStrategy[Any]) -> Case:
    """Return rules that ask some criteria, and a partner with the records that they look at."""
    written = document(draw(criteria))
    words = json.dumps(written)
    used = {field for word, field in USED.items() if f'"{word}"' in words}
    used |= {field for field in RECORDS if f'"records": "{field}"' in words}
    used |= {"courses"} if '"courses"' in words or '"hours"' in words else set()
    return written, draw(partners(*sorted(used)))
