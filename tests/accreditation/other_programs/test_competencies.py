"""What programs mean that build on others: Dell's Premier, Riverbed's and Schneider's partners."""

from datetime import date
from typing import Any

import pytest

from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.records import (
    Agreement,
    CourseCompletion,
    DocumentAccepted,
    ListingElsewhere,
)
from accreditation.criteria.verdicts import Result
from tests.accreditation.criteria.figures import reading
from tests.accreditation.criteria.worlds import TODAY, employee, finding_of
from tests.accreditation.other_programs.worlds import (
    FOREVER,
    filled,
    holding,
    organization,
    paper,
    partner,
    program,
)

QUARTER = date(2026, 1, 31)


def taught(course: str, *people: str) -> list[Any]:
    taken = [CourseCompletion(f"{one}-{course}", one, course, FOREVER) for one in people]
    return [*(employee(one) for one in people), *taken]


def competencies(group: str, *names: str, level: str = "held") -> list[Any]:
    return [holding(one, level, group) for one in names]


def premier(**changes: Any) -> Any:
    known = {
        "about": organization(country="GB"),
        "agreement": paper(Agreement, "reseller-agreement"),
        "proof": paper(DocumentAccepted, "proof-of-trade"),
        "profile": paper(DocumentAccepted, "profile", Period(date(2025, 3, 3))),
        "revenue": reading(1_500_000, QUARTER, metric="enterprise-revenue", currency="USD"),
        "certified": competencies("partnerdirect-certification", "storage", "server"),
        "training": taught("dell-solutions", "Edda"),
        "logo": paper(ListingElsewhere, "premier-logo"),
    }
    return partner(*{**known, **changes}.values())


def revenue(dollars: int, on: date = QUARTER) -> Any:
    return reading(dollars, on, metric="enterprise-revenue", currency="USD")


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        pytest.param({}, "premier", id="everything"),
        pytest.param({"revenue": revenue(1_499_999)}, "registered", id="a dollar less"),
        pytest.param(
            {"revenue": revenue(750_000), "about": organization(country="ES")},
            "premier",
            id="half of it elsewhere",
        ),
        pytest.param(
            {"revenue": revenue(1_500_000, date(2026, 2, 1))},
            "registered",
            id="in the quarter that is not over",
        ),
        pytest.param(
            {"revenue": revenue(1_500_000, date(2025, 1, 31))},
            "registered",
            id="five quarters ago",
        ),
        pytest.param(
            {"certified": competencies("partnerdirect-certification", "storage")},
            "registered",
            id="one certification",
        ),
        pytest.param({"training": []}, "registered", id="nobody trained"),
        pytest.param({"logo": []}, "registered", id="no logo"),
        pytest.param(
            {"profile": paper(DocumentAccepted, "profile", Period(date(2025, 3, 2)))},
            None,
            id="profile not updated within the year",
        ),
        pytest.param({"agreement": []}, None, id="no agreement"),
    ],
)
def test_dell_premier_partner(changes: dict[str, Any], level: str | None) -> None:
    rules = program("dell-partnerdirect-premier-2012")

    assert judge(rules, premier(**changes), TODAY).level == level


def test_dell_premier_partner_without_a_country_cannot_be_judged() -> None:
    verdict = judge(program("dell-partnerdirect-premier-2012"), premier(about=[]), TODAY)

    assert verdict.of("premier").result is Result.CANNOT_BE_JUDGED
    assert verdict.level == "registered"


RIVERBED = filled(
    "riverbed-partner-2012",
    {"at_least.elite": 1000, "at_least": 1, "year_from": "01-01", "currency": "USD"},
)
FOUR = ("wan", "storage", "application", "performance")


@pytest.mark.parametrize(
    ("held", "dollars", "level"),
    [
        (0, 0, "authorized"),
        (1, 0, "premium"),
        (2, 5000, "premium"),
        (3, 999, "premium"),
        (3, 1000, "elite"),
        (4, 1000, "elite"),
    ],
)
def test_riverbed_partner_needs_competencies_rather_than_revenue(
    held: int, dollars: int, level: str
) -> None:
    known = partner(
        taught("riverbed-basics", "Edda"),
        competencies("competency", *FOUR[:held]),
        reading(dollars, TODAY, currency="USD"),
    )

    assert judge(RIVERBED, known, TODAY).level == level


SCHNEIDER = filled(
    "schneider-electric-it",
    {"year_from": "01-01", "at_least.premier": 2, "at_least.elite": 3},
)
REGISTERED = paper(Agreement, "registration")
MODULES = [
    *taught("module-sales", "Edda", "Paul"),
    CourseCompletion("Edda-module-technology", "Edda", "module-technology", FOREVER),
]


@pytest.mark.parametrize(
    ("records", "level"),
    [
        pytest.param([], "registered", id="registered"),
        pytest.param(
            [competencies("schneider-certification", "software"), 5_000], "selected", id="selected"
        ),
        pytest.param(
            [competencies("schneider-certification", "software"), 4_999], "registered", id="little"
        ),
        pytest.param(
            [competencies("schneider-certification", "software", "cooling"), 100_000, MODULES],
            "premier",
            id="premier",
        ),
        pytest.param(
            [competencies("schneider-certification", "software", "data-center"), 250_000, MODULES],
            "elite",
            id="elite",
        ),
        pytest.param(
            [competencies("schneider-certification", "software", "cooling"), 250_000, MODULES],
            "premier",
            id="not for data centers",
        ),
    ],
)
def test_schneider_electric_partner(records: list[Any], level: str) -> None:
    known = partner(
        REGISTERED,
        *(reading(one, TODAY, currency="EUR") if isinstance(one, int) else one for one in records),
    )

    assert judge(SCHNEIDER, known, TODAY).level == level


def test_module_that_two_people_took_is_completed_twice() -> None:
    verdict = judge(SCHNEIDER, partner(REGISTERED, *MODULES), TODAY)

    assert finding_of(verdict, "elite", "modules").have == 3
