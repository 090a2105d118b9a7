"""The published programs as documents, and the worked examples about their people."""

from datetime import date
from pathlib import Path

import accreditation
from accreditation.criteria.document import Rules, parse
from accreditation.criteria.facts import CatalogRelease
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.verdicts import ReasonCode, Result
from accreditation.criteria.yaml_source import load_yaml
from tests.accreditation.criteria.worlds import (
    TODAY,
    certificate,
    employee,
    facts,
    finding_of,
    finding_on,
    people,
    reasons,
)

PROGRAMS = Path(accreditation.__file__).parent / "programs"


def program(name: str) -> Rules:
    return parse(load_yaml((PROGRAMS / f"{name}.yaml").read_text()))


def odoo(person: str, version: int):
    return certificate(
        person,
        f"odoo-functional-{version}",
        record=f"{person}-v{version}",
        family="odoo-functional",
        version=version,
    )


ODOO_RELEASES = [
    CatalogRelease("odoo-functional", version, day)
    for version, day in [
        (16, date(2022, 10, 12)),
        (17, date(2023, 11, 2)),
        (18, date(2024, 10, 2)),
        (19, date(2025, 9, 18)),
        (20, date(2026, 10, 5)),
    ]
]
ODOO_PARTNER = facts(
    *ODOO_RELEASES,
    *(employee(person) for person in "ABCDEG"),
    employee("F", last=date(2026, 8, 31)),
    *(
        odoo(person, version)
        for person, version in [
            ("A", 19),
            ("B", 18),
            ("C", 17),
            ("D", 16),
            ("D", 18),
            ("E", 16),
            ("F", 17),
            ("G", 19),
        ]
    ),
)


def test_w09_newest_versions_and_a_leaver():
    verdict = judge(program("odoo-partner-levels"), ODOO_PARTNER, date(2026, 9, 30))
    gold = finding_of(verdict, "gold", "certified")

    assert verdict.level == "silver"
    assert {one.person for one in gold.counted} == set("ABCDG")
    assert (gold.have, gold.need, gold.shortfall) == (5, 6, 1)
    assert reasons(gold) == {
        "D-v16": ReasonCode.SUPERSEDED_VERSION,
        "E-v16": ReasonCode.SUPERSEDED_VERSION,
        "F-v17": ReasonCode.PERSON_LEFT,
    }


def test_w09_release_of_version_20_drops_version_17_by_itself():
    rules = program("odoo-partner-levels")

    september = judge(rules, ODOO_PARTNER, date(2026, 9, 30))
    december = judge(rules, ODOO_PARTNER, date(2026, 12, 31))

    assert (september.changes_on, september.review_on) == (None, date(2026, 10, 5))
    assert december.level == "silver"
    certified = finding_of(december, "silver", "certified")
    assert certified.have == 4
    assert reasons(certified)["C-v17"] is ReasonCode.SUPERSEDED_VERSION


def test_w26_three_certificates_of_two_people_are_two():
    known = facts(
        employee("Ann"),
        certificate("Ann", "advisor"),
        certificate("Ann", "payroll"),
        employee("Ben"),
        certificate("Ben", "advisor"),
    )

    finding = finding_on(TODAY, people(certifications=["advisor", "payroll"], at_least=3), known)

    assert (finding.result, finding.have) == (Result.NOT_MET, 2)
    assert reasons(finding) == {"Ann-payroll": ReasonCode.DUPLICATE_FOR_PERSON}


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
