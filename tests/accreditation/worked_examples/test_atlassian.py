"""W21: levels that are not nested, rules about every app, working hours. And the model of 2017."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.records import ListingElsewhere
from accreditation.criteria.verdicts import ReasonCode
from accreditation.criteria.working_time import working_hours
from tests.accreditation.criteria.figures import reading
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    certificate,
    counted,
    employee,
    facts,
    finding_of,
    reasons,
)
from tests.accreditation.worked_examples.worlds import met, program

MARKETPLACE = "atlassian-marketplace-partner"
FRIDAY, MONDAY = datetime(2026, 2, 27, 18, 0), datetime(2026, 3, 2, 17, 30)  # noqa: DTZ001 - local


def app(name: str, installs: int, hosting: str, **attributes: str):
    return reading(
        installs,
        metric=f"{hosting}-app-installs",
        record=name,
        item=name,
        attributes={"paid": "yes", "public": "yes", **attributes},
    )


def publisher(gross: int = 3_200_000, cloud: str = "0.05") -> PartnerFacts:
    in_cloud = int(gross * Decimal(cloud))
    sales = [
        reading(amount, TODAY, metric="gross-sales", currency="USD", attributes={"hosting": where})
        for where, amount in (("cloud", in_cloud), ("server", gross - in_cloud))
    ]
    waited = working_hours(FRIDAY, MONDAY)
    return PartnerFacts(
        listings=(ListingElsewhere(id="l", kind="paid-cloud-app", period=Period(LONG_AGO)),),
        readings=(
            *sales,
            app("Z", 500, "server", **{"data-center-approved": "yes"}),
            app("V", 499, "server", **{"data-center-approved": "no"}),
            app("X", 100, "cloud", **{"bug-bounty": "no"}),
            app("Y", 101, "cloud", **{"bug-bounty": "yes"}),
            reading(f"{float(waited)}", TODAY, metric="escalation-answer-hours", item="escalation"),
        ),
    )


def test_w21_gold_by_sales_alone_where_silver_fails():
    verdict = judge(program(MARKETPLACE), publisher(), TODAY)

    assert verdict.level == "gold"
    sales = {level: met(verdict, level, "sales") for level in ("silver", "gold", "platinum")}
    assert sales == {"silver": False, "gold": True, "platinum": False}
    share = finding_of(verdict, "silver", "sales_cloud_share")
    assert (share.have, share.need) == (Decimal("0.05"), Decimal("0.15"))


def test_w21_every_app_that_is_asked_is_as_required():
    verdict = judge(program(MARKETPLACE), publisher(), TODAY)

    approved = finding_of(verdict, "gold", "dc_approved")
    assert (counted(approved), approved.not_counted) == (["Z"], ())
    gold = finding_of(verdict, "gold", "bug_bounty_gold")
    assert (counted(gold), gold.not_counted) == (["Y"], ())
    platinum = finding_of(verdict, "platinum", "bug_bounty_platinum")
    assert reasons(platinum) == {"X": ReasonCode.NOT_AS_REQUIRED}


def test_w21_weekend_is_no_working_time():
    verdict = judge(program(MARKETPLACE), publisher(), TODAY)

    answered = finding_of(verdict, "gold", "sla")
    assert (answered.have, answered.need) == (Decimal("23.5"), 24)
    assert met(verdict, "gold", "sla") is True


@pytest.mark.parametrize(
    ("gross", "cloud", "levels"),
    [
        (100_000, "0.15", {"silver"}),
        (500_000, "0.25", {"silver", "gold"}),
        (1_000_000, "0.35", {"silver", "gold", "platinum"}),
        (3_000_000, "0", {"gold"}),
        (8_000_000, "0.25", {"silver", "gold", "platinum"}),
    ],
)
def test_each_way_to_the_sales_of_a_level(gross, cloud, levels):
    verdict = judge(program(MARKETPLACE), publisher(gross, cloud), TODAY)

    asked = ("silver", "gold", "platinum")
    assert {level for level in asked if met(verdict, level, "sales")} == levels


@pytest.mark.parametrize(("size", "level"), [(0, None), (1, "silver"), (3, "silver"), (4, "gold")])
def test_professionals_hold_two_different_certifications(size, level):
    family = {"family": "atlassian-certified-professional"}
    known = facts(
        *(employee(f"P{number}") for number in range(size)),
        *(
            certificate(f"P{number}", certification, **family)
            for number in range(size)
            for certification in ("acp-100", "acp-300")
        ),
        employee("Same"),
        *(certificate("Same", "acp-100", record=name, **family) for name in ("one", "two")),
        employee("Freelance", kind="contractor"),
        certificate("Freelance", "acp-100", **family),
        certificate("Freelance", "acp-300", **family),
    )

    verdict = judge(program("atlassian-solution-2017"), known, TODAY)

    assert verdict.level == level
    silver = reasons(finding_of(verdict, "silver", "professionals"))
    assert silver == {
        "one": ReasonCode.TOO_FEW_CERTIFICATES,
        "two": ReasonCode.TOO_FEW_CERTIFICATES,
        "Freelance-acp-100": ReasonCode.WRONG_EMPLOYMENT_KIND,
        "Freelance-acp-300": ReasonCode.WRONG_EMPLOYMENT_KIND,
    }


def test_installs_of_an_app_that_is_not_public_do_not_matter():
    known = publisher()
    hidden = app("H", 5_000, "cloud", public="no", **{"bug-bounty": "no"})

    verdict = judge(program(MARKETPLACE), replace(known, readings=(*known.readings, hidden)), TODAY)

    assert verdict.level == "gold"
