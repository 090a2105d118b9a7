"""What levels need: looked up by an attribute, or a share of a population."""

from datetime import date
from decimal import Decimal

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.gaps import NeedCode, UnknownNeed
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import DAY, Period
from accreditation.criteria.records import OrganizationAttribute
from accreditation.criteria.verdicts import Cause, CauseCode, Finding, Result
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    certificate,
    document,
    employee,
    facts,
    finding_on,
    leaf,
    people,
    rules,
    team,
    through,
)

FOREVER = Period(LONG_AGO)
BY_SIZE = {
    "by": "headcount",
    "table": [
        {"from": 100, "need": 2},
        {"from": 5000, "need": 100},
        {"from": 500, "need": 3},
        {"from": 0, "need": 1},
    ],
}


def partner(size: int, *attributes: OrganizationAttribute) -> PartnerFacts:
    staff = [f"P{number:03}" for number in range(size)]
    base = facts(*map(employee, staff), *map(certificate, staff))
    return PartnerFacts(base.certificates, base.employments, attributes=attributes)


def headcount(value, period=FOREVER, record="size"):
    return OrganizationAttribute(record, "headcount", value, period)


@pytest.mark.parametrize(
    ("value", "need", "result"),
    [
        (Decimal(0), 1, Result.MET),
        (Decimal(100), 2, Result.MET),
        (Decimal("499.9"), 2, Result.MET),
        (Decimal(1200), 3, Result.NOT_MET),
        (Decimal(-1), 0, Result.CANNOT_BE_JUDGED),
        ("large", 0, Result.CANNOT_BE_JUDGED),
    ],
)
def test_need_is_looked_up_by_the_size_of_the_company(value, need, result):
    finding = finding_on(TODAY, people(at_least=BY_SIZE), partner(2, headcount(value)))

    assert (finding.need, finding.result) == (need, result)


def test_need_cannot_be_looked_up_without_the_attribute():
    assert finding_on(TODAY, people(at_least=BY_SIZE), partner(9)).result is (
        Result.CANNOT_BE_JUDGED
    )


@pytest.mark.parametrize(("region", "need"), [("emea", 2), ("apac", 1), ("mars", 7)])
def test_need_is_looked_up_by_region(region, need):
    bar = {"by": "region", "table": {"emea": 2, "apac": 1}, "otherwise": 7}
    where = OrganizationAttribute("r", "region", region, FOREVER)

    assert finding_on(TODAY, people(at_least=bar), partner(2, where)).need == need


def test_level_may_look_up_and_another_state_its_number():
    program = rules(people(at_least={"silver": 1, "gold": BY_SIZE}), "silver", "gold")

    verdict = judge(program, partner(2, headcount(Decimal(600))), TODAY)

    assert verdict.level == "silver"
    assert verdict.of("gold").finding.need == 3


def test_growing_company_needs_more_by_itself():
    known = partner(
        2,
        headcount(Decimal(100), through(LONG_AGO, TODAY)),
        headcount(Decimal(600), Period(TODAY + DAY), "grown"),
    )

    finding = finding_on(TODAY, people(at_least=BY_SIZE), known)

    assert (finding.result, finding.changes_on) == (Result.MET, TODAY + DAY)
    assert finding.cause == Cause(CauseCode.ATTRIBUTE_CHANGES, "grown")


SHARE = {"share": 0.5, "of": {"attribute": "strategists"}, "at_most": 100}


@pytest.mark.parametrize(
    ("population", "certified", "need", "result"),
    [
        (7, 3, "3.5", Result.NOT_MET),
        (7, 4, "3.5", Result.MET),
        (260, 99, "100", Result.NOT_MET),
        (260, 100, "100", Result.MET),
        (0, 4, "0", Result.CANNOT_BE_JUDGED),
    ],
)
def test_w20_share_of_a_population_is_not_rounded_and_has_a_cap(
    population, certified, need, result
):
    declared = OrganizationAttribute("s", "strategists", Decimal(population), FOREVER)

    finding = finding_on(TODAY, people(at_least=SHARE), partner(certified, declared))

    assert (finding.need, finding.result) == (Decimal(need), result)


@pytest.mark.parametrize(
    ("need", "unknown"),
    [
        (SHARE, UnknownNeed(NeedCode.ATTRIBUTE_SAYS_NOTHING, "strategists")),
        (
            {"share": 0.5, "of": {"countries": ["DE"]}},
            UnknownNeed(NeedCode.NOBODY_TO_SHARE),
        ),
        (
            {"by": "region", "table": {"emea": 2}},
            UnknownNeed(NeedCode.ATTRIBUTE_SAYS_NOTHING, "region"),
        ),
        (2, None),
    ],
)
@pytest.mark.parametrize("form", ["leaf", "group"])
def test_need_that_nobody_knows_is_told_with_its_reason(form, need, unknown):
    """Edda and Paul are certified; Acme has said neither its region nor how many strategists."""
    groups = {"at_least": need, "of": [people("a"), people("b"), people("c")]}
    node = people(at_least=need) if form == "leaf" else groups

    finding = finding_on(TODAY, node, facts(*team("Edda", "Paul")))

    assert finding.need_unknown == unknown
    assert (finding.result, finding.need) == (
        (Result.CANNOT_BE_JUDGED, 0) if unknown else (Result.MET, 2)
    )
    assert Finding.from_json(finding.to_json()) == finding


def test_nothing_is_too_many_where_nobody_knows_how_many_are_allowed():
    need = {"by": "region", "table": {"emea": 0}}
    node = people()
    del node["at_least"]

    finding = finding_on(TODAY, {**node, "at_most": need}, facts(*team("Edda")))

    assert (finding.result, finding.shortfall) == (Result.CANNOT_BE_JUDGED, 0)


def test_points_that_nobody_knows_how_many_are_needed_say_so():
    item = {
        "key": "i",
        "text": {"en": "I"},
        "points": 1,
        "measure": {"kind": "people_holding", "certifications": ["engineer"]},
    }
    node = leaf("score", at_least={"by": "region", "table": {"emea": 2}}, items=[item])

    finding = finding_on(TODAY, node, facts(*team("Edda")))

    assert finding.need_unknown == UnknownNeed(NeedCode.ATTRIBUTE_SAYS_NOTHING, "region")


def test_share_of_a_population_that_is_no_number_cannot_be_judged():
    declared = OrganizationAttribute("s", "strategists", "many", FOREVER)

    finding = finding_on(TODAY, people(at_least=SHARE), partner(1, declared))

    assert finding.result is Result.CANNOT_BE_JUDGED


OF_ROLE = people(
    at_least={"share": 0.5, "of": {"job_roles": ["strategist"]}}, job_roles=["strategist"]
)


def strategists(*, joins: date | None = None) -> PartnerFacts:
    role = {"strategist": FOREVER}
    return facts(
        employee("Edda", roles=role),
        certificate("Edda"),
        employee("Paul", roles=role),
        employee("Mara", roles=role, since=joins or LONG_AGO),
        employee("Sven"),
    )


def test_w20_population_is_everybody_in_the_job_role():
    finding = finding_on(TODAY, OF_ROLE, strategists())

    assert (finding.have, finding.need, finding.result) == (1, Decimal("1.5"), Result.NOT_MET)


def test_newcomer_without_a_certificate_lowers_the_share():
    finding = finding_on(TODAY, OF_ROLE, strategists(joins=TODAY + DAY))

    assert (finding.result, finding.changes_on) == (Result.MET, TODAY + DAY)
    assert finding.cause == Cause(CauseCode.JOB_ROLE_STARTS, "Mara-job", "Mara")


def test_leaver_without_a_certificate_raises_the_share():
    role = {"strategist": FOREVER}
    known = facts(
        employee("Edda", roles=role),
        certificate("Edda"),
        employee("Paul", roles=role),
        employee("Mara", roles=role, last=TODAY),
    )

    finding = finding_on(TODAY, OF_ROLE, known)

    assert finding.cause == Cause(CauseCode.JOB_ROLE_ENDS, "Mara-job", "Mara")


def in_germany(*, moves: date | None = None) -> PartnerFacts:
    """Edda is certified, and one of everybody employed in Germany; Paul comes from France."""
    arrival = {"FR": Period(LONG_AGO, moves), "DE": Period(moves)} if moves else {"FR": FOREVER}
    return facts(
        employee("Edda", places={"DE": FOREVER}),
        certificate("Edda"),
        employee("Mara", places={"DE": FOREVER}, kind="contractor"),
        employee("Paul", places=arrival),
        employee("Sven", places={"DE": FOREVER}),
        employee("Nobody knows where"),
    )


OF_PLACE = people(
    at_least={"share": 0.5, "of": {"countries": ["DE"], "employment": ["employee"]}},
    countries=["DE"],
)


def test_population_may_be_narrowed_by_place_and_kind_of_employment():
    finding = finding_on(TODAY, OF_PLACE, in_germany())

    assert (finding.have, finding.need, finding.result) == (1, 1, Result.MET)


def test_who_moves_into_a_population_is_named():
    finding = finding_on(TODAY, OF_PLACE, in_germany(moves=TODAY + DAY))

    assert (finding.result, finding.changes_on) == (Result.MET, TODAY + DAY)
    assert finding.cause == Cause(CauseCode.PERSON_MOVES, "Paul-job", "Paul")


@pytest.mark.parametrize(
    ("of", "last", "code"),
    [
        ({"employment": ["employee"]}, True, CauseCode.PERSON_LEAVES),
        ({"employment": ["employee"]}, False, CauseCode.PERSON_STARTS),
    ],
)
def test_who_is_hired_or_leaves_changes_a_population_without_roles(of, last, code):
    days = {"last": TODAY} if last else {"since": TODAY + DAY}
    known = facts(employee("Edda"), certificate("Edda"), employee("Paul"), employee("Sven", **days))
    node = people(at_least={"share": 0.5, "of": of})

    finding = finding_on(TODAY, node, known)

    assert (finding.result is Result.MET) is not last
    assert finding.cause == Cause(code, "Sven-job", "Sven")


BARS = [
    ({"by": "x"}, "criteria.at_least.table: is missing"),
    ({"table": {"a": 1}}, "criteria.at_least.table: is not a level of this program"),
    ({"by": "x", "table": {"a": 0}}, "criteria.at_least.table.a: must be a positive whole number"),
    ({"by": "x", "table": [{"need": 1}]}, "criteria.at_least.table[0].from: is missing"),
    (
        {"by": "x", "table": [{"from": "a", "need": 1}]},
        "criteria.at_least.table[0].from: must be a number",
    ),
    ({"share": 1.5, "of": {"attribute": "a"}}, "criteria.at_least.share: must be a number above 0"),
    (
        {"share": True, "of": {"attribute": "a"}},
        "criteria.at_least.share: must be a number above 0",
    ),
    ({"share": 0.5}, "criteria.at_least.of: is missing"),
    ({"share": "open", "of": {"attribute": "a"}}, "criteria.at_least.share: is still open"),
    (
        {"share": 0.5, "of": {"attribute": "a", "countries": ["DE"], "regions": ["n"]}},
        "criteria.at_least.of: must have exactly one of: attribute, countries, regions",
    ),
    ({"share": 0.5, "of": {}}, "criteria.at_least.of.attribute: is missing"),
    (
        {"share": 0.5, "of": {"attribute": "a", "job_roles": ["b"]}},
        "criteria.at_least.of: must have exactly one of: attribute, job_roles",
    ),
    (
        {"share": float("inf"), "of": {"attribute": "a"}},
        "criteria.at_least.share: must be a number",
    ),
]


@pytest.mark.parametrize(("bar", "problem"), BARS, ids=[text for _, text in BARS])
def test_need_with_a_mistake_is_refused_at_its_place(bar, problem):
    assert problems(document(people(at_least=bar)))[0].startswith(problem)


def test_two_comparisons_at_once_are_refused():
    assert problems(document(people(at_least=1, at_most=3)))[0] == (
        "criteria: must have exactly one of: at_least, more_than, at_most, less_than"
    )


def test_upper_limit_may_be_zero():
    node = leaf("people_holding", certifications=["engineer"], at_most=0)

    assert [finding_on(TODAY, node, partner(size)).result for size in (0, 1)] == [
        Result.MET,
        Result.NOT_MET,
    ]


def test_upper_limit_must_be_given():
    node = leaf("people_holding", certifications=["engineer"], at_most=None)

    assert problems(document(node)) == ["criteria.at_most: is missing"]
