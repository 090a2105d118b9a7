"""People by where they work, each place judged by itself: two engineers in each of three countries."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation.criteria.document import parse
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import DAY, Period
from accreditation.criteria.records import CourseCompletion, Transaction
from accreditation.criteria.verdicts import Cause, CauseCode, Finding, ReasonCode, Result
from tests.accreditation.criteria import strategies
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    certificate,
    counted,
    document,
    employee,
    facts,
    finding_on,
    leaf,
    people,
    reasons,
)

FOREVER = Period(LONG_AGO)
SOON = TODAY + DAY


def grouped(then, **more):
    asked = {"by": "country", "people": True, **more}
    return {"key": "spread", "text": {"en": "In each country."}, "grouped": asked, "then": then}


TWO_IN_EACH_OF_THREE = grouped(people(at_least=2), at_least=3)


def engineer(person: str, *, last: date | None = None, **places: Period):
    """Return somebody certified who works in these countries."""
    return [employee(person, places=places), certificate(person, last=last)]


def acme(*more) -> PartnerFacts:
    """Return Edda and Paul in Germany, Mara and Sven in France, Ada in Austria, and others."""
    return facts(
        *engineer("Edda", DE=FOREVER),
        *engineer("Paul", DE=FOREVER),
        *engineer("Mara", FR=FOREVER),
        *engineer("Sven", FR=FOREVER),
        *engineer("Ada", AT=FOREVER),
        *(record for one in more for record in one),
    )


def by_country(finding: Finding) -> dict[str, Finding]:
    """Return what is said of the people of each country."""
    return {group.key: group.children[0] for group in finding.children}


def test_two_engineers_are_needed_in_each_of_three_countries():
    two = finding_on(TODAY, TWO_IN_EACH_OF_THREE, acme())
    three = finding_on(TODAY, TWO_IN_EACH_OF_THREE, acme(engineer("Max", AT=FOREVER)))

    assert (two.result, two.have, two.need) == (Result.NOT_MET, 2, 3)
    assert {name: one.have for name, one in by_country(two).items()} == {"AT": 1, "DE": 2, "FR": 2}
    assert (three.result, three.have) == (Result.MET, 3)


def test_people_elsewhere_are_named_with_the_reason():
    nowhere = [employee("Nobody knows where"), certificate("Nobody knows where")]

    austria = by_country(finding_on(TODAY, TWO_IN_EACH_OF_THREE, acme(nowhere)))["AT"]

    assert counted(austria) == ["Ada-engineer"]
    assert reasons(austria) == {
        **dict.fromkeys(
            [f"{one}-engineer" for one in ("Edda", "Mara", "Paul", "Sven")], ReasonCode.WRONG_REGION
        ),
        "Nobody knows where-engineer": ReasonCode.PLACE_UNKNOWN,
    }


def test_somebody_who_moves_counts_where_they_work_on_the_day():
    """Max moves from Germany to Austria tomorrow: Germany keeps its two, Austria gets its second."""
    moves = engineer("Max", DE=Period(LONG_AGO, SOON), AT=Period(SOON))

    today = finding_on(TODAY, TWO_IN_EACH_OF_THREE, acme(moves))
    tomorrow = finding_on(SOON, TWO_IN_EACH_OF_THREE, acme(moves))

    assert (today.result, today.changes_on) == (Result.NOT_MET, SOON)
    assert today.cause == Cause(CauseCode.PERSON_MOVES, "Max-engineer", "Max")
    assert {name: one.have for name, one in by_country(today).items()} == {
        "AT": 1,
        "DE": 3,
        "FR": 2,
    }
    assert tomorrow.result is Result.MET


def test_country_where_nobody_ever_works_is_no_group():
    over = employee("Old", last=date(2021, 1, 1), places={"IT": Period(date(2022, 1, 1))})

    assert set(by_country(finding_on(TODAY, TWO_IN_EACH_OF_THREE, acme([over])))) == {
        "AT", "DE", "FR",
    }  # fmt: skip


def test_records_of_a_country_stand_beside_its_people():
    sales = leaf("records_counted", "sales", records="transactions", distinct="record", at_least=1)
    node = grouped({"all": [sales, people(at_least=2)]})
    sold = Transaction(id="sold", customer="a", country="FR", made_on=LONG_AGO)
    other = replace(sold, id="elsewhere", country="US")

    finding = finding_on(TODAY, node, replace(acme(), transactions=(sold, other)))

    assert finding.result is Result.MET
    assert {group.key: group.result for group in finding.children} == {
        "AT": Result.NOT_MET,
        "DE": Result.NOT_MET,
        "FR": Result.MET,
        "US": Result.NOT_MET,
    }


def test_without_asking_for_it_people_belong_to_every_group():
    sold = Transaction(id="sold", customer="a", country="US", made_on=LONG_AGO)
    node = grouped(people(at_least=5), people=False)

    finding = finding_on(TODAY, node, replace(acme(), transactions=(sold,)))

    assert {name: one.have for name, one in by_country(finding).items()} == {"US": 5}


def test_courses_and_shares_are_those_of_the_people_there():
    trained = leaf("course_completed", "c", courses=["safety"], count="people",
                   at_least={"share": 0.5, "of": {"employment": ["employee"]}})  # fmt: skip
    done = tuple(
        CourseCompletion(id=f"{one}-safety", person=one, course="safety", period=FOREVER)
        for one in ("Edda", "Ada")
    )

    finding = finding_on(TODAY, grouped(trained), replace(acme(), courses=done))

    found = by_country(finding)
    assert {name: (one.have, one.need) for name, one in found.items()} == {
        "AT": (1, 0.5),
        "DE": (1, 1),
        "FR": (0, 1),
    }
    assert reasons(found["FR"]) == dict.fromkeys(
        ["Ada-safety", "Edda-safety"], ReasonCode.WRONG_REGION
    )


def test_groups_within_groups_narrow_the_people_further():
    north = engineer("Max", **{"DE/north": FOREVER})
    inner = {**grouped(people(at_least=1), by="region"), "key": "inner"}
    node = grouped(inner)

    found = by_country(finding_on(TODAY, node, acme(north)))

    assert {name: one.result for name, one in found.items()} == {
        "AT": Result.NOT_MET,
        "DE": Result.MET,
        "FR": Result.NOT_MET,
    }


SLOTS = leaf(
    "role_slots",
    "team",
    roles=[{"key": "a", "text": {"en": "A"}, "certifications": ["a"], "at_least": 1}],
)


@pytest.mark.parametrize(
    ("node", "problem"),
    [
        (
            grouped(people(), by="industry"),
            "criteria.grouped.by: must be one of: country, region",
        ),
        (grouped(people(), people="yes"), "criteria.grouped.people: must be true or false"),
        (
            grouped({"all": [people(), SLOTS]}),
            (
                "criteria.grouped.people: cannot be said of role_slots: who fills them is decided "
                "among all people of the partner"
            ),
        ),
    ],
)
def test_people_of_groups_with_a_mistake_are_refused_at_their_place(node, problem):
    assert problems(document(node)) == [problem]


@given(
    strategies.facts(), strategies.leaves(), strategies.days, st.sampled_from(strategies.COUNTRIES)
)
def test_people_of_a_country_are_those_who_are_asked_to_work_there(known, node, on, country):
    asked = set(node.get("countries", [country])) & {country}
    node = {**node, "at_least": 1}
    plain = judge(parse(document({**node, "countries": [country]})), known, on)
    finding = judge(parse(document(grouped(node))), known, on).levels[0].finding

    there = by_country(finding).get(country)
    have = plain.levels[0].finding.have if asked else 0
    assert (there.have if there else 0) == have
