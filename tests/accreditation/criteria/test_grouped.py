"""Facts by region or country, each judged by itself; months since an event."""

from dataclasses import replace
from datetime import date

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import DAY, Period
from accreditation.criteria.records import OrganizationAttribute, Transaction
from accreditation.criteria.verdicts import Cause, CauseCode, Finding, Result
from tests.accreditation.criteria.figures import known, metric, reading
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    document,
    finding_on,
    leaf,
    people,
    rules,
    team,
)
from tests.accreditation.criteria.worlds import facts as world


def grouped(then, **more):
    more = {"by": "region", **more}
    return {"key": "best", "text": {"en": "In a region."}, "grouped": more, "then": then}


def score(value: int, region: str, day: date = LONG_AGO):
    attributes = {"region": region} if region else {}
    return reading(value, day, f"{region}-{value}", attributes=attributes)


def groups(finding: Finding) -> dict[str, Result]:
    return {child.key: child.result for child in finding.children}


SCORED = grouped(metric(at_least=500))


@pytest.mark.parametrize(
    ("readings", "result", "shown"),
    [
        ([score(480, "emea"), score(510, "apac")], Result.MET, {"apac": True, "emea": False}),
        ([score(480, "emea"), score(490, "apac")], Result.NOT_MET, {"apac": False, "emea": False}),
        ([score(480, "emea"), score(9999, "")], Result.NOT_MET, {"emea": False}),
        ([], Result.NOT_MET, {}),
    ],
)
def test_regions_are_judged_one_by_one_and_never_added_up(readings, result, shown):
    finding = finding_on(TODAY, SCORED, known(*readings))

    assert finding.result is result
    assert {name: one is Result.MET for name, one in groups(finding).items()} == shown


def test_several_groups_may_be_needed():
    two = grouped(metric(at_least=500), at_least=2)
    one_country = known(score(510, "emea"), score(100, "apac"))
    two_countries = known(score(510, "emea"), score(500, "apac"))

    assert finding_on(TODAY, two, one_country).result is Result.NOT_MET
    assert finding_on(TODAY, two, two_countries).result is Result.MET


def size(value: str) -> OrganizationAttribute:
    return OrganizationAttribute("size", "size", value, Period(LONG_AGO))


def test_each_level_needs_its_own_number_of_groups():
    """Acme convinces two regions: enough for silver and gold, while bronze is not asked at all."""
    node = grouped(metric(at_least=500), at_least={"silver": 1, "gold": 2, "platinum": 3})
    program = rules({"all": [people(), node]}, "bronze", "silver", "gold", "platinum")
    acme = replace(
        world(*team("Edda")), readings=known(score(510, "emea"), score(500, "apac")).readings
    )

    verdict = judge(program, acme, TODAY)
    [_, asked] = verdict.of("platinum").finding.children

    assert verdict.level == "gold"
    assert (asked.result, asked.have, asked.need) == (Result.NOT_MET, 2, 3)
    assert [one.kind for one in verdict.of("bronze").finding.children] == ["people_holding"]


@pytest.mark.parametrize(
    ("facts", "result", "need"),
    [
        ([size("small")], Result.MET, 1),
        ([size("large")], Result.NOT_MET, 2),
        ([], Result.CANNOT_BE_JUDGED, 0),
    ],
)
def test_number_of_groups_may_hang_on_an_attribute(facts, result, need):
    node = grouped(metric(at_least=500), at_least={"by": "size", "table": {"small": 1, "large": 2}})
    acme = replace(known(score(510, "emea")), attributes=tuple(facts))

    finding = finding_on(TODAY, node, acme)

    assert (finding.result, finding.have, finding.need) == (result, 1, need)


def test_number_of_groups_that_changes_by_itself_is_explained():
    soon = TODAY + DAY
    grows = (
        OrganizationAttribute("was", "size", "small", Period(LONG_AGO, soon)),
        OrganizationAttribute("is", "size", "large", Period(soon)),
    )
    table = {"by": "size", "table": {"small": 1, "large": 2}}
    acme = replace(known(score(510, "emea")), attributes=grows)

    finding = finding_on(TODAY, grouped(metric(at_least=500), at_least=table), acme)

    assert (finding.result, finding.changes_on) == (Result.MET, soon)
    assert finding.cause == Cause(CauseCode.ATTRIBUTE_CHANGES, "is")


def test_customers_name_their_group_in_a_field_and_people_belong_to_all():
    sales = leaf("records_counted", "s", records="transactions", distinct="record", at_least=2)
    node = grouped({"all": [sales, people()]}, by="country")
    facts = PartnerFacts(
        transactions=tuple(
            Transaction(id=f"T{number}", customer="a", country=country, made_on=LONG_AGO)
            for number, country in enumerate(["ch", "ch", "de"])
        ),
        employments=world(*team("Edda")).employments,
        certificates=world(*team("Edda")).certificates,
    )

    finding = finding_on(TODAY, node, facts)

    assert groups(finding) == {"ch": Result.MET, "de": Result.NOT_MET}


def test_group_that_changes_by_itself_is_named():
    soon = TODAY + DAY
    finding = finding_on(TODAY, SCORED, known(score(480, "emea"), score(20, "emea", soon)))

    assert (finding.result, finding.changes_on) == (Result.NOT_MET, soon)
    assert finding.cause == Cause(CauseCode.RECORD_STARTS, "emea-20")


def test_level_that_the_node_does_not_ask_is_not_asked_in_any_group():
    program = rules(
        {"all": [people("one"), grouped(metric(at_least={"gold": 500}))]}, "silver", "gold"
    )

    verdict = judge(program, world(*team("Edda")), TODAY)

    assert verdict.level == "silver"


def test_grouped_with_a_mistake_is_refused_at_its_place():
    assert problems(document({**SCORED, "grouped": {"at_least": 0}})) == [
        "criteria.grouped.by: is missing",
        "criteria.grouped.at_least: must be a positive whole number",
    ]
    assert problems(document(grouped(metric(at_least=500), at_least={"iron": 2}))) == [
        "criteria.grouped.at_least.iron: is not a level of this program; its levels: gold",
    ]


MONTHS = leaf("months_since", event="earned", most=3, at_least=3)


def earned(day: date) -> PartnerFacts:
    return PartnerFacts(
        attributes=(OrganizationAttribute("e", "earned", day, Period(LONG_AGO)),),
        readings=known(reading(90, date(2026, 4, 1))).readings,
    )


@pytest.mark.parametrize(
    ("day", "have"),
    [
        ("2026-01-31", 1),
        ("2026-02-28", 1),
        ("2026-03-01", 2),
        ("2026-03-30", 2),
        ("2026-03-31", 3),
        ("2027-01-01", 3),
    ],
)
def test_months_begin_on_the_day_of_the_event(day, have):
    finding = finding_on(date.fromisoformat(day), MONTHS, earned(date(2026, 1, 31)))

    assert finding.have == have
    assert (finding.result is Result.MET) is (have == 3)


def test_months_pass_by_themselves():
    finding = finding_on(date(2026, 3, 1), MONTHS, earned(date(2026, 1, 31)))

    assert finding.changes_on == date(2026, 3, 31)
    assert finding.cause == Cause(CauseCode.TIME_PASSES, "e")


@pytest.mark.parametrize("facts", [PartnerFacts(), earned(date(2026, 3, 3))])
def test_months_since_what_has_not_happened_cannot_be_judged(facts):
    assert finding_on(TODAY, MONTHS, facts).result is Result.CANNOT_BE_JUDGED


def test_revenue_of_a_newcomer_is_judged_per_month():
    revenue = {
        "kind": "metric",
        "metric": "revenue",
        "take": "sum",
        "window": {"year_from": "01-01"},
    }
    months = {"kind": "months_since", "event": "earned", "most": 12}
    node = leaf("ratio", numerator=revenue, denominator=months, at_least=30)

    in_time, late = (earned(date(2026, month, 15)) for month in (2, 1))

    assert finding_on(date(2026, 4, 20), node, in_time).have == 30
    assert finding_on(date(2026, 4, 20), node, in_time).result is Result.MET
    assert finding_on(date(2026, 4, 20), node, late).have == 22.5
