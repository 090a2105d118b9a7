"""What a person must hold to count: several certifications, or new versions of one."""

from datetime import date, timedelta

import pytest

from accreditation.criteria.facts import CatalogRelease
from accreditation.criteria.periods import Period
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode, Result
from tests.accreditation.criteria.worlds import (
    TODAY,
    certificate,
    counted,
    employee,
    facts,
    finding_on,
    people,
    reasons,
    team,
)

DAY = timedelta(days=1)
TOMORROW = TODAY + DAY

TWO_EACH = {"at_least": 2, "distinct": True}


def test_person_with_too_few_different_certifications_does_not_count():
    known = facts(
        employee("Edda"),
        certificate("Edda", "engineer", record="first"),
        certificate("Edda", "engineer", record="again"),
    )

    distinct = finding_on(
        TODAY, people(certifications=["engineer", "other"], each_holds=TWO_EACH), known
    )
    any_two = finding_on(TODAY, people(each_holds={"at_least": 2, "distinct": False}), known)

    assert distinct.have == 0
    assert set(reasons(distinct).values()) == {ReasonCode.TOO_FEW_CERTIFICATES}
    assert (any_two.have, counted(any_two)) == (1, ["again", "first"])


def test_of_three_certifications_those_two_count_that_last_longest():
    known = facts(
        employee("Edda"),
        certificate("Edda", "a", last=TODAY + 3 * DAY),
        certificate("Edda", "b", last=TODAY + DAY),
        certificate("Edda", "c", last=TODAY + 2 * DAY),
    )
    node = people(certifications=["a", "b", "c"], each_holds=TWO_EACH)

    finding = finding_on(TODAY, node, known)

    assert counted(finding) == ["Edda-a", "Edda-c"]
    assert reasons(finding) == {"Edda-b": ReasonCode.DUPLICATE_FOR_PERSON}
    assert (finding.changes_on, finding.cause) == (
        TODAY + 3 * DAY,
        Cause(CauseCode.CERTIFICATE_EXPIRES, "Edda-c", "Edda"),
    )


def releases(**days):
    return [
        CatalogRelease("erp", int(name[1:]), date.fromisoformat(day)) for name, day in days.items()
    ]


NEWEST = {"families": ["erp"], "newest_versions": 2}


def test_release_drops_the_oldest_version_by_itself():
    known = facts(
        *releases(v1="2023-01-01", v2="2024-01-01", v3="2026-03-03"),
        employee("Edda"),
        certificate("Edda", family="erp", version=1),
    )

    before = finding_on(TODAY, people(**NEWEST), known)
    after = finding_on(TOMORROW, people(**NEWEST), known)

    assert (before.result, before.changes_on) == (Result.MET, TOMORROW)
    assert before.cause == Cause(CauseCode.VERSION_SUPERSEDED, "Edda-engineer", "Edda")
    assert reasons(after) == {"Edda-engineer": ReasonCode.SUPERSEDED_VERSION}


def test_version_released_twice_supersedes_once():
    known = facts(
        *releases(v1="2023-01-01", v2="2024-01-01"),
        CatalogRelease("erp", 2, date(2025, 1, 1)),
        employee("Edda"),
        certificate("Edda", family="erp", version=1),
    )

    assert finding_on(TODAY, people(**NEWEST), known).result is Result.MET


@pytest.mark.parametrize("version", [1, None])
def test_unknown_version_cannot_be_judged_where_it_decides(version):
    known = [employee("Edda"), certificate("Edda", family="erp", version=version)]
    if version is None:
        known += releases(v1="2023-01-01")

    one = finding_on(TODAY, people(**NEWEST), facts(*known))
    two = finding_on(TODAY, people(**NEWEST, at_least=2), facts(*known))

    assert (one.result, one.have, one.need) == (Result.CANNOT_BE_JUDGED, 0, 1)
    assert reasons(one) == {"Edda-engineer": ReasonCode.VERSION_UNKNOWN}
    assert two.result is Result.NOT_MET


def test_certificate_outside_every_family_has_no_version_to_judge():
    known = facts(*team("Edda"))

    finding = finding_on(TODAY, people(newest_versions=1), known)

    assert finding.result is Result.CANNOT_BE_JUDGED


def test_unknown_version_stops_mattering_when_the_person_leaves():
    known = facts(employee("Edda", last=TODAY), certificate("Edda", family="erp"))

    finding = finding_on(TODAY, people(**NEWEST), known)

    assert (finding.result, finding.changes_on) == (Result.CANNOT_BE_JUDGED, TOMORROW)
    assert finding.cause == Cause(CauseCode.PERSON_LEAVES, "Edda-engineer", "Edda")


def test_r13_roles_are_asked_one_by_one():
    """Three engineers, an architect and a seller, each certified in their role."""
    asked = [("engineer", 3), ("architect", 1), ("seller", 1)]
    tree = {
        "all": [
            people(role, certifications=[role], job_roles=[role], at_least=need)
            for role, need in asked
        ]
    }
    staff = [(f"{role}{number}", role) for role, need in asked for number in range(need)]
    records = [
        record
        for name, role in staff
        for record in (
            employee(name, roles={role: Period(date(2020, 1, 1))}),
            certificate(name, role),
        )
    ]

    assert finding_on(TODAY, tree, facts(*records)).result is Result.MET
    for missing in range(0, len(records), 2):
        fewer = records[:missing] + records[missing + 2 :]
        finding = finding_on(TODAY, tree, facts(*fewer))
        assert (finding.result, finding.have, finding.need) == (Result.NOT_MET, 2, 3)
