"""A and one of B or C, of one and the same person."""

from datetime import timedelta

import pytest

from accreditation.criteria.facts import CatalogRelease
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode, Result
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    certificate,
    counted,
    employee,
    facts,
    finding_on,
    leaf,
    people,
    reasons,
)

DAY = timedelta(days=1)
TOMORROW = TODAY + DAY
A = {"certifications": ["a"], "at_least": 1}
B_OR_C = {"certifications": ["b", "c"], "at_least": 1}
A_AND_B_OR_C = people(each_holds=[A, B_OR_C])


def holder(person: str, *certifications: str):
    return [employee(person), *(certificate(person, one) for one in certifications)]


def test_edda_holds_a_and_c_and_counts_while_finn_holds_a_only():
    known = facts(*holder("Edda", "a", "c"), *holder("Finn", "a"))

    finding = finding_on(TODAY, A_AND_B_OR_C, known)

    assert (finding.result, finding.have) == (Result.MET, 1)
    assert counted(finding) == ["Edda-a", "Edda-c"]
    assert reasons(finding) == {"Finn-a": ReasonCode.OTHERS_MISSING}


@pytest.mark.parametrize(
    ("held", "met"),
    [
        (["a", "b"], True),
        (["a", "b", "c"], True),
        (["b", "c"], False),
        (["a"], False),
        ([], False),
    ],
)
def test_one_person_needs_something_of_each_set(held, met):
    finding = finding_on(TODAY, A_AND_B_OR_C, facts(*holder("Edda", *held)))

    assert (finding.result is Result.MET) is met


def test_two_people_who_complete_each_other_do_not_count():
    known = facts(*holder("Edda", "a"), *holder("Finn", "b"))

    finding = finding_on(TODAY, A_AND_B_OR_C, known)

    assert finding.have == 0
    assert set(reasons(finding).values()) == {ReasonCode.OTHERS_MISSING}


def test_more_than_is_asked_of_a_set_is_no_second_person():
    known = facts(*holder("Edda", "a", "b", "c"))

    finding = finding_on(TODAY, A_AND_B_OR_C, known)

    assert counted(finding) == ["Edda-a", "Edda-b"]
    assert reasons(finding) == {"Edda-c": ReasonCode.DUPLICATE_FOR_PERSON}


def test_certificate_of_a_set_that_is_not_full_is_one_of_too_few():
    two = people(each_holds=[A, {"certifications": ["b", "c"], "at_least": 2}])

    finding = finding_on(TODAY, two, facts(*holder("Edda", "a", "b")))

    assert reasons(finding) == {
        "Edda-a": ReasonCode.OTHERS_MISSING,
        "Edda-b": ReasonCode.TOO_FEW_CERTIFICATES,
    }


def test_certificate_serves_each_set_to_which_it_belongs():
    """Two of the family, one of which is a professional's."""
    node = people(
        each_holds=[
            {"families": ["cloud"], "at_least": 2},
            {"certification_levels": ["professional"], "at_least": 1},
        ]
    )
    expert = certificate("Edda", "a", family="cloud", certification_level="professional")
    basic = certificate("Edda", "b", family="cloud", certification_level="basic")

    both = finding_on(TODAY, node, facts(employee("Edda"), expert, basic))
    basics = finding_on(TODAY, node, facts(employee("Edda"), basic))

    assert (both.have, counted(both)) == (1, ["Edda-a", "Edda-b"])
    assert reasons(basics) == {"Edda-b": ReasonCode.TOO_FEW_CERTIFICATES}


@pytest.mark.parametrize(("distinct", "have"), [(True, 0), (False, 1)])
def test_certificates_of_a_set_are_of_different_certifications_unless_told_else(distinct, have):
    node = people(
        each_holds=[A, {"certifications": ["b", "c"], "at_least": 2, "distinct": distinct}]
    )
    known = facts(*holder("Edda", "a", "b"), certificate("Edda", "b", record="again"))

    assert finding_on(TODAY, node, known).have == have


def test_change_is_named_by_the_set_that_decides():
    known = facts(
        employee("Edda"),
        certificate("Edda", "a", last=TODAY + 5 * DAY),
        certificate("Edda", "b", last=TODAY),
        certificate("Edda", "c", since=TOMORROW, last=TOMORROW),
    )

    today = finding_on(TODAY, A_AND_B_OR_C, known)
    later = finding_on(TODAY + 2 * DAY, A_AND_B_OR_C, known)

    assert (today.result, today.changes_on) == (Result.MET, TODAY + 2 * DAY)
    assert today.cause == Cause(CauseCode.CERTIFICATE_EXPIRES, "Edda-c", "Edda")
    assert (later.result, later.changes_on) == (Result.NOT_MET, None)
    assert reasons(later) == {
        "Edda-a": ReasonCode.OTHERS_MISSING,
        "Edda-b": ReasonCode.EXPIRED,
        "Edda-c": ReasonCode.EXPIRED,
    }


def test_what_is_lacking_is_foreseen():
    known = facts(*holder("Edda", "a"), certificate("Edda", "b", since=TOMORROW))

    finding = finding_on(TODAY, A_AND_B_OR_C, known)

    assert (finding.changes_on, finding.cause) == (
        TOMORROW,
        Cause(CauseCode.CERTIFICATE_STARTS, "Edda-b", "Edda"),
    )


def test_each_set_has_its_own_equivalents():
    old_a = {"certifications": ["old"], "earned_through": LONG_AGO.isoformat()}
    node = people(each_holds=[{**A, "equivalents": [old_a]}, B_OR_C])

    instead_of_a = finding_on(TODAY, node, facts(*holder("Edda", "old", "b")))
    instead_of_b = finding_on(TODAY, node, facts(*holder("Edda", "old", "a")))

    assert counted(instead_of_a) == ["Edda-b", "Edda-old"]
    assert instead_of_b.have == 0


def test_unknown_version_leaves_open_whether_the_person_counts():
    known = facts(
        employee("Edda"),
        certificate("Edda", "a", family="f", version=1),
        certificate("Edda", "b"),
        CatalogRelease("f", 1, LONG_AGO),
    )

    finding = finding_on(TODAY, {**A_AND_B_OR_C, "newest_versions": 1}, known)

    assert finding.result is Result.CANNOT_BE_JUDGED
    assert reasons(finding) == {
        "Edda-a": ReasonCode.OTHERS_MISSING,
        "Edda-b": ReasonCode.VERSION_UNKNOWN,
    }


def test_slot_takes_somebody_who_holds_something_of_each_set():
    role = {
        "key": "lead",
        "text": {"en": "Lead"},
        "each_holds": [A, B_OR_C],
        "at_least": 1,
    }
    known = facts(*holder("Edda", "a", "c"), *holder("Finn", "a"))

    (lead,) = finding_on(TODAY, leaf("role_slots", roles=[role]), known).children

    assert (lead.result, counted(lead)) == (Result.MET, ["Edda-a", "Edda-c"])
    assert reasons(lead) == {"Finn-a": ReasonCode.OTHERS_MISSING}
