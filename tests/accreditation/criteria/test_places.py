"""People who are asked to work in a country or a region."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from accreditation.criteria.periods import Period
from accreditation.criteria.records import CourseCompletion
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode, Result
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
    rules,
    through,
)

DAY = timedelta(days=1)
TOMORROW = TODAY + DAY
ALWAYS = Period(LONG_AGO)


def known_in(place: str | None, person: str = "Edda", **job):
    """Return somebody who holds the certification and works in a place, None: nobody knows."""
    places = {} if place is None else {place: ALWAYS}
    return employee(person, places=places, **job), certificate(person)


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("DE", None),
        ("AT", None),
        ("FR", ReasonCode.WRONG_REGION),
        (None, ReasonCode.PLACE_UNKNOWN),
    ],
)
def test_person_counts_who_works_in_one_of_the_countries(place, reason):
    finding = finding_on(TODAY, people(countries=["DE", "AT"]), facts(*known_in(place)))

    assert counted(finding) == ([] if reason else ["Edda-engineer"])
    assert reasons(finding) == ({"Edda-engineer": reason} if reason else {})


@pytest.mark.parametrize(
    ("asked", "met"),
    [
        ({"regions": ["north"]}, True),
        ({"regions": ["south"]}, False),
        ({"countries": ["DE"], "regions": ["north"]}, True),
        ({"countries": ["FR"], "regions": ["north"]}, False),
        ({}, True),
    ],
)
def test_region_is_the_vendors_word_and_asked_beside_the_country(asked, met):
    finding = finding_on(TODAY, people(**asked), facts(*known_in("DE/north")))

    assert (finding.result is Result.MET) is met


def test_move_is_foreseen_on_its_day_with_its_cause():
    moves = {"DE": through(LONG_AGO, TODAY), "FR": Period(TOMORROW)}
    known = facts(employee("Edda", places=moves), certificate("Edda"))

    before = finding_on(TODAY, people(countries=["DE"]), known)
    there = finding_on(TODAY, people(countries=["FR"]), known)
    after = finding_on(TOMORROW, people(countries=["DE"]), known)

    assert (before.result, before.changes_on) == (Result.MET, TOMORROW)
    assert (there.result, there.changes_on) == (Result.NOT_MET, TOMORROW)
    assert before.cause == there.cause
    assert before.cause == Cause(CauseCode.PERSON_MOVES, "Edda-engineer", "Edda")
    assert reasons(after) == {"Edda-engineer": ReasonCode.WRONG_REGION}


def test_place_of_another_employment_does_not_help():
    main = employee("Edda", record="main", kind="contractor", places={"DE": ALWAYS})
    side = employee("Edda", record="side", places={"FR": ALWAYS})

    finding = finding_on(
        TODAY,
        people(employment=["employee"], countries=["DE"]),
        facts(main, side, certificate("Edda")),
    )

    assert reasons(finding) == {"Edda-engineer": ReasonCode.WRONG_REGION}


@pytest.mark.parametrize(
    "asked",
    [
        people(employment=["employee"], countries=["DE"]),
        leaf(
            "course_completed",
            courses=["safety"],
            count="people",
            at_least=1,
            employment=["employee"],
            countries=["DE"],
        ),
    ],
    ids=["certificate", "course"],
)
def test_place_of_another_employment_does_not_tell_where_this_one_is(asked):
    main = employee("Edda", record="main", kind="contractor", places={"FR": ALWAYS})
    side = employee("Edda", record="side")
    done = CourseCompletion("C", "Edda", "safety", ALWAYS)
    known = replace(facts(main, side, certificate("Edda")), courses=(done,))

    finding = finding_on(TODAY, asked, known)

    assert list(reasons(finding).values()) == [ReasonCode.PLACE_UNKNOWN]


def test_job_role_is_missed_before_the_place():
    known = facts(*known_in("FR"))

    finding = finding_on(TODAY, people(job_roles=["architect"], countries=["DE"]), known)

    assert reasons(finding) == {"Edda-engineer": ReasonCode.WRONG_JOB_ROLE}


def test_every_certificate_of_a_person_there_counts():
    known = facts(*known_in("DE"), certificate("Edda", record="second"), *known_in("FR", "Paul"))
    asked = leaf("certificates_held", certifications=["engineer"], at_least=2, countries=["DE"])

    finding = finding_on(TODAY, asked, known)

    assert (finding.result, counted(finding)) == (Result.MET, ["Edda-engineer", "second"])
    assert reasons(finding) == {"Paul-engineer": ReasonCode.WRONG_REGION}


@pytest.mark.parametrize("by", ["job_roles", "certifications"])
def test_slot_takes_somebody_who_works_there(by):
    contact = {"engineer": ALWAYS}
    known = facts(
        *known_in("DE", "Edda", roles=contact),
        *known_in("FR", "Finn", roles=contact),
        *known_in(None, "Mara", roles=contact),
    )
    role = {
        "key": "contact",
        "text": {"en": "Contact in Germany"},
        by: ["engineer"],
        "countries": ["DE"],
        "at_least": 1,
    }

    (contact,) = finding_on(TODAY, leaf("role_slots", roles=[role]), known).children

    record = "job" if by == "job_roles" else "engineer"
    assert counted(contact) == [f"Edda-{record}"]
    assert reasons(contact) == {
        f"Finn-{record}": ReasonCode.WRONG_REGION,
        f"Mara-{record}": ReasonCode.PLACE_UNKNOWN,
    }


def test_place_alone_makes_no_role():
    role = {"key": "a", "text": {"en": "A"}, "countries": ["DE"], "at_least": 1}

    assert problems(document(leaf("role_slots", roles=[role]))) == [
        "criteria.roles[0]: must name certifications, families or certification_levels"
    ]


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("DE", None),
        ("FR", ReasonCode.WRONG_REGION),
        (None, ReasonCode.PLACE_UNKNOWN),
    ],
)
def test_course_counts_that_was_finished_by_somebody_who_works_there(place, reason):
    job, _ = known_in(place)
    asked = leaf(
        "course_completed", courses=["safety"], count="people", at_least=1, countries=["DE"]
    )
    known = facts(job)
    done = CourseCompletion("C", "Edda", "safety", Period(date(2025, 1, 1)))

    finding = finding_on(TODAY, asked, replace(known, courses=(done,)))

    assert reasons(finding) == ({"C": reason} if reason else {})


def test_move_of_who_finished_a_course_is_foreseen():
    moves = {"DE": through(LONG_AGO, TODAY)}
    asked = leaf(
        "course_completed", courses=["safety"], count="people", at_least=1, countries=["DE"]
    )
    done = CourseCompletion("C", "Edda", "safety", Period(date(2025, 1, 1)))

    known = facts(employee("Edda", places=moves))
    finding = finding_on(TODAY, asked, replace(known, courses=(done,)))

    assert (finding.changes_on, finding.cause) == (
        TOMORROW,
        Cause(CauseCode.PERSON_MOVES, "C", "Edda"),
    )


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"countries": "DE"}, "criteria.countries: must be a list with at least one entry"),
        ({"countries": []}, "criteria.countries: must be a list with at least one entry"),
        ({"countries": [7]}, "criteria.countries[0]: must be text"),
        (
            {"countries": ["DE", "DE"]},
            "criteria.countries[1]: DE is already used at criteria.countries[0]",
        ),
        ({"regions": []}, "criteria.regions: must be a list with at least one entry"),
    ],
)
def test_places_that_cannot_be_are_refused_where_they_stand(asked, message):
    assert problems(document(people(**asked))) == [message]


def test_countries_are_looked_up_in_the_standard_on_publishing():
    named = [str(one.key) for one in rules(people(countries=["DE", "XX"])).references]

    assert named == ["engineer", "DE", "XX"]
