"""What a program may ask for when it is published."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from accreditation.criteria.document import parse
from accreditation.criteria.problems import DocumentError
from accreditation.models import DueMark, Level, Program, ProgramVersion
from accreditation.operations import programs
from accreditation.operations.programs import CannotPublish, draft_version, publish_version
from accreditation.queries.catalog_names import names_for
from accreditation.queries.facts import KINDS_WITH_FACTS
from accreditation.queries.programs import programs_in_force
from accreditation.requirements import asked_by_levels
from partners.models import Vendor
from partners.rules import SYSTEM
from tests import cast
from tests.accreditation.documents import built_on, engineers
from tests.accreditation.worked_examples.lifecycles import noon
from tests.stories import judge_all

DAY = date(2026, 4, 1)


def drafted(document: dict[str, Any]) -> ProgramVersion:
    return draft_version(document=document, by=SYSTEM, now=cast.NOW)


def publish(version: ProgramVersion) -> None:
    publish_version(version=version, effective_on=DAY, by=SYSTEM, now=cast.NOW)


def test_keys_that_the_catalog_does_not_know_are_named_with_their_places(
    in_northwind: Vendor,
) -> None:
    with pytest.raises(DocumentError) as refusal:
        publish(drafted(engineers(at_least=2)))

    assert [str(one) for one in refusal.value.problems] == [
        "criteria.certifications[0]: cloud-engineer is not in the vendor's catalog",
        "criteria.job_roles[0]: technical-engineer is not in the vendor's catalog",
    ]


def test_courses_are_looked_for_in_the_catalog_and_called_by_their_names(
    in_northwind: Vendor,
) -> None:
    cast.course("security-basics")
    document = engineers(at_least=2)
    document["criteria"] = {
        "key": "courses",
        "kind": "course_completed",
        "text": {"en": "Courses"},
        "courses": ["security-basics", "securty-basics"],
        "count": "people",
        "at_least": 1,
    }

    with pytest.raises(DocumentError) as refusal:
        publish(drafted(document))
    rules = parse(document)
    said = asked_by_levels(rules, names_for(rules))[0].requirements[0].sentence

    assert [str(one) for one in refusal.value.problems] == [
        "criteria.courses[1]: securty-basics is not in the vendor's catalog"
    ]
    assert "any of Security Basics or securty-basics" in said


def test_criterion_without_kept_facts_may_be_drafted_and_not_published(
    in_northwind: Vendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Facts of every kind are kept; a new one may come before its facts.
    monkeypatch.setattr(programs, "KINDS_WITH_FACTS", KINDS_WITH_FACTS - {"agreement_signed"})
    document = engineers(at_least=2)
    document["criteria"] = {
        "key": "agreement",
        "kind": "agreement_signed",
        "text": {"en": "Signed partner agreement"},
        "evidence": {"en": "The agreement"},
        "dimension": "commercial_competency",
        "agreements": ["partner-agreement"],
    }

    with pytest.raises(CannotPublish, match="“agreement” asks for facts that are not kept yet"):
        publish(drafted(document))


RECORDS = {"kind": "records_counted", "records": "deployments", "distinct": "record"}
KEPT_NOWHERE = {"kind": "checklist_score", "checklists": ["self-check"]}


@pytest.mark.parametrize(
    "measure",
    [
        {"kind": "ratio", "at_least": 0.5, "numerator": RECORDS, "denominator": KEPT_NOWHERE},
        {"kind": "net", "at_least": 1, "gains": RECORDS, "losses": KEPT_NOWHERE},
        {
            "kind": "score",
            "at_least": 5,
            "items": [
                {
                    "key": "projects",
                    "text": {"en": "Projects"},
                    "measure": RECORDS,
                    "points": 1,
                    "only_if": [{"measure": KEPT_NOWHERE, "at_least": 1}],
                }
            ],
        },
    ],
    ids=lambda measure: measure["kind"],
)
def test_measure_without_kept_facts_is_found_inside_another(
    in_northwind: Vendor, measure: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "KINDS_WITH_FACTS", KINDS_WITH_FACTS - {"checklist_score"})
    document = engineers(at_least=2)
    document["criteria"] = {
        "key": "projects-done",
        "text": {"en": "Projects done"},
        "evidence": {"en": "Names of customers"},
        "dimension": "delivery_quality",
        **measure,
    }

    with pytest.raises(CannotPublish, match=r"not kept yet \(checklist_score\)"):
        publish(drafted(document))


def test_country_that_is_none_is_refused_with_its_place(in_northwind: Vendor) -> None:
    cast.certification("cloud-engineer")
    cast.job_role("technical-engineer")
    document = engineers(at_least=2)
    document["criteria"]["countries"] = ["DE", "de"]

    with pytest.raises(DocumentError) as refusal:
        publish(drafted(document))

    assert str(refusal.value) == (
        "criteria.countries[1]: de is not the code of a country, which has two capital letters, "
        "as in DE"
    )


def test_award_on_application_is_not_published_while_nobody_could_apply(
    in_northwind: Vendor,
) -> None:
    cast.certification("cloud-engineer")
    cast.job_role("technical-engineer")

    with pytest.raises(DocumentError, match=r"settings\.award: must be automatic .* cannot apply"):
        publish(drafted(engineers(at_least=2, award="on_application")))


def test_published_version_is_frozen_for_everybody(in_northwind: Vendor) -> None:
    cast.certification("cloud-engineer")
    cast.job_role("technical-engineer")
    version = drafted(engineers(at_least=2))
    publish(version)

    with pytest.raises(Exception, match="a published program version is frozen"):
        ProgramVersion.objects.filter(pk=version.pk).update(document={})


def test_only_a_draft_is_published(in_northwind: Vendor) -> None:
    cast.certification("cloud-engineer")
    cast.job_role("technical-engineer")
    version = drafted(engineers(at_least=2))
    publish(version)

    with pytest.raises(CannotPublish, match="Only a draft"):
        publish(version)


@pytest.fixture
def circle(in_northwind: Vendor) -> Vendor:
    """Solution builds on service, whose next version would build on solution."""
    cast.certification("cloud-engineer")
    cast.job_role("technical-engineer")
    publish(drafted(built_on("service")))
    publish(drafted(built_on("solution", "service")))
    return in_northwind


def test_circle_of_programs_is_refused_when_it_is_drafted(circle: Vendor) -> None:
    with pytest.raises(DocumentError) as refusal:
        drafted(built_on("service", "solution"))

    assert [str(one) for one in refusal.value.problems] == [
        "criteria.programs: a cycle: service → solution → service"
    ]


def test_circle_of_drafts_is_refused_with_the_second(in_northwind: Vendor) -> None:
    drafted(built_on("service", "solution"))

    with pytest.raises(DocumentError, match="a cycle: solution → service → solution"):
        drafted(built_on("solution", "service"))


def test_circle_that_no_draft_showed_is_refused_when_it_is_published(circle: Vendor) -> None:
    # Written past the operations, as an import of rows would.
    version = drafted(built_on("service"))
    ProgramVersion.objects.filter(pk=version.pk).update(document=built_on("service", "solution"))

    with pytest.raises(DocumentError, match="a cycle: service → solution → service"):
        publish_version(version=version, effective_on=date(2026, 5, 1), by=SYSTEM, now=cast.NOW)


def test_program_that_nobody_wrote_cannot_be_built_on(in_northwind: Vendor) -> None:
    with pytest.raises(DocumentError, match=r"criteria.programs\[0\]: gone is not in the vendor's"):
        publish(drafted(built_on("service", "gone")))


@pytest.fixture
def draft(in_northwind: Vendor) -> ProgramVersion:
    cast.certification("cloud-engineer")
    cast.job_role("technical-engineer")
    return drafted(engineers(at_least=2))


@pytest.mark.parametrize("day", [date(2200, 1, 1), date(9999, 12, 31)])
def test_no_version_waits_for_a_day_that_never_comes(draft: ProgramVersion, day: date) -> None:
    """It would keep every other version of the program from being published."""
    with pytest.raises(CannotPublish, match="before 2200"):
        publish_version(version=draft, effective_on=day, by=SYSTEM, now=cast.NOW)

    publish_version(version=draft, effective_on=date(2199, 12, 31), by=SYSTEM, now=cast.NOW)


@pytest.mark.parametrize(
    ("effective_on", "due_at"),
    [
        (date(2026, 4, 1), datetime(2026, 4, 1, 4, 0, tzinfo=UTC)),
        (cast.TODAY, cast.NOW),
        (date(2026, 1, 1), cast.NOW),
    ],
)
def test_active_partners_are_judged_now_and_when_the_version_begins_in_new_york(
    draft: ProgramVersion, effective_on: date, due_at: datetime
) -> None:
    cast.partner("acme")
    cast.partner("left", state="ended", ended_on=date(2026, 2, 1))
    DueMark.objects.all().delete()

    publish_version(version=draft, effective_on=effective_on, by=SYSTEM, now=cast.NOW)

    marks = DueMark.objects.order_by("due_at").values_list("partner__slug", "due_at", "cause")
    assert list(marks) == [
        ("acme", moment, "version_published") for moment in sorted({cast.NOW, due_at})
    ]


def test_levels_that_a_version_drops_keep_their_place_among_the_others(
    in_northwind: Vendor,
) -> None:
    """Somebody may hold one: it is above what it was above."""
    cast.certification("cloud-engineer")
    cast.job_role("technical-engineer")
    for day, keys in enumerate((["low", "middle", "high"], ["new", "high", "low"], ["high"])):
        document = engineers(at_least=2)
        document["levels"] = [{"key": key, "name": {"en": key}} for key in keys]
        version = drafted(document)
        publish_version(
            version=version,
            effective_on=cast.TODAY - timedelta(days=2 - day),
            by=SYSTEM,
            now=cast.NOW,
        )
        found = list(Level.objects.order_by("rank").values_list("key", "rank"))
        expected = [["low", "middle", "high"], ["new", "high", "low", "middle"],
                    ["new", "high", "low", "middle"]][day]  # fmt: skip
        assert found == [(key, rank) for rank, key in enumerate(expected, start=1)]


def test_a_version_may_begin_before_one_that_waits(in_northwind: Vendor) -> None:
    """It judges until then; each is told on its day, and the names are those of the day."""
    cast.certification("cloud-engineer")
    cast.job_role("technical-engineer")
    between = DAY + timedelta(days=10)
    for number, day in enumerate((cast.TODAY, DAY + timedelta(days=20), between), start=1):
        publish_version(
            version=drafted(called(f"Service {number}", number)),
            effective_on=day,
            by=SYSTEM,
            now=cast.NOW,
        )

    days = (DAY, between, DAY + timedelta(days=19), DAY + timedelta(days=20))
    assert [in_force_on(day) for day in days] == [
        (1, "Service 1"),
        (3, "Service 3"),
        (3, "Service 3"),
        (2, "Service 2"),
    ]
    cast.partner("acme")
    for day in days:
        judge_all(noon(day))
        assert Program.objects.get().name["en"] == in_force_on(day)[1]


def called(name: str, needs: int) -> dict[str, Any]:
    document = engineers(at_least=needs)
    document["program"]["name"] = {"en": name}
    return document


def in_force_on(day: date) -> tuple[int, str]:
    [found] = programs_in_force(day)
    return found.version.number, found.program.name["en"]


@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        (DAY, "Version 2 begins on 1 April 2026 already. Choose another day."),
        (cast.TODAY, "Version 1 begins on 2 March 2026 already. Choose another day."),
        (cast.TODAY - timedelta(days=1), "Version 1 is in force since 2 March 2026. Choose a"),
    ],
)
def test_a_version_does_not_begin_with_another_or_before_the_one_in_force(
    in_northwind: Vendor, day: date, refusal: str
) -> None:
    cast.certification("cloud-engineer")
    cast.job_role("technical-engineer")
    for begins in (cast.TODAY, DAY):
        version = drafted(engineers(at_least=2))
        publish_version(version=version, effective_on=begins, by=SYSTEM, now=cast.NOW)

    with pytest.raises(CannotPublish, match=refusal):
        publish_version(
            version=drafted(engineers(at_least=3)), effective_on=day, by=SYSTEM, now=cast.NOW
        )
