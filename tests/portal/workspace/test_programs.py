"""Programs: rules in words, drafts from documents, versions published from a day on."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from accreditation.criteria.settings import Settings
from accreditation.criteria.yaml_source import load_yaml
from accreditation.enums import VersionState
from accreditation.models import Program, ProgramVersion
from partners.enums import MembershipRole
from partners.models import Partner, Vendor
from partners.tenancy.context import tenant
from portal.workspace.programs import settings_facts
from tests.accreditation.documents import built_on, engineers
from tests.accreditation.public_cast import document, publish
from tests.portal.workspace.conftest import Enter

OWNER = MembershipRole.OWNER
NEW = "drafts/new/"
SERVICE = "programs/authorized-service/"


def _yaml(at_least: int) -> str:
    return yaml.safe_dump(engineers(at_least=at_least))


def test_a_program_is_told_in_words(acme: Partner, enter: Enter) -> None:
    answer = enter().get(SERVICE)

    [level] = answer.context["levels"]
    assert level.title == "Authorized Service Partner"
    [requirement] = level.requirements
    assert requirement.text == "Certified cloud engineers"
    assert requirement.sentence.startswith("At least 2 people, each with the certification")
    assert ("Grace", "30 days") in answer.context["facts"]
    assert "Upload a rules document" not in answer.content.decode()


def test_a_program_says_when_levels_move_and_whose_facts_count(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    reviews = {"up": ["03-01", "09-01"], "down": "at_renewal"}
    rules = engineers(
        at_least=1, term_months=12, renewal_late_days=30, reviews=reviews, facts_of="subtree"
    )
    with tenant(northwind):
        publish(rules | {"program": {**rules["program"], "key": "kept"}})

    facts = dict(enter().get("programs/kept/").context["facts"])

    assert facts["Judged by"] == "The facts of the partner and of all partners below it"
    assert facts["Late renewal"] == "30 days"
    assert facts["Levels held rise"] == "1 March, 1 September"
    assert facts["Levels held fall"] == "When the award is renewed"


@pytest.mark.parametrize(
    ("number", "term", "days"), [(1, "1 month", "1 day"), (2, "2 months", "2 days")]
)
def test_one_month_and_one_day_are_told_as_one(number: int, term: str, days: str) -> None:
    settings = Settings(
        term_months=number,
        grace_days=number,
        renewal_window_days=number,
        renewal_late_days=number,
    )

    facts = dict(settings_facts(settings))

    assert facts["Term"] == term
    assert {facts[name] for name in ("Grace", "Renewal window", "Late renewal")} == {days}


def test_an_uploaded_document_becomes_the_next_draft(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    file = SimpleUploadedFile("rules.yaml", _yaml(3).encode())

    answer = enter(OWNER).post(NEW, file=file)

    assert answer["Location"] == f"/v/northwind/manage/{SERVICE}"
    with tenant(northwind):
        draft = ProgramVersion.objects.get(number=2)
    assert (draft.state, draft.document["criteria"]["at_least"]) == (VersionState.DRAFT, 3)


def test_all_problems_of_a_document_are_listed_by_place_and_the_text_is_kept(
    acme: Partner, enter: Enter
) -> None:
    text = (
        _yaml(2).replace("kind: technical", "kind: magical").replace("at_least: 2", "at_least: 0")
    )

    answer = enter(OWNER).post(NEW, text=text)

    assert answer.status_code == 422
    errors = answer.context["form"].errors["text"]
    assert [error.partition(":")[0] for error in errors] == ["program.kind", "criteria.at_least"]
    assert "magical" in answer.content.decode()


def test_a_refused_file_is_shown_as_text_to_be_corrected(acme: Partner, enter: Enter) -> None:
    text = _yaml(2).replace("kind: technical", "kind: magical")

    answer = enter(OWNER).post(NEW, file=SimpleUploadedFile("rules.yaml", text.encode()))

    assert answer.status_code == 422
    assert answer.context["form"]["text"].value() == text


def test_a_circle_of_programs_is_refused_at_its_place(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    with tenant(northwind):
        publish(built_on("solution", "authorized-service"))

    answer = enter(OWNER).post(NEW, text=yaml.safe_dump(built_on("authorized-service", "solution")))

    assert answer.status_code == 422
    assert answer.context["form"].errors["text"] == [
        "criteria.programs: a cycle: authorized-service → solution → authorized-service"
    ]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"text": "  "},
        {"text": "a: [b"},
        {"file": SimpleUploadedFile("rules.yaml", b"\xff\xfe\x00")},
        {"file": SimpleUploadedFile("rules.yaml", b"format: 1"), "text": "format: 1"},
    ],
    ids=["nothing", "blank", "no yaml", "no text", "a file and a text"],
)
def test_what_is_no_document_is_refused(
    acme: Partner, enter: Enter, sent: dict[str, object]
) -> None:
    assert enter(OWNER).post(NEW, **sent).status_code == 422


def test_a_draft_is_published_from_a_day_on(acme: Partner, northwind: Vendor, enter: Enter) -> None:
    visit = enter(OWNER)
    visit.post(NEW, text=_yaml(1))
    path = f"{SERVICE}versions/2/publish/"

    past = visit.post(path, effective_on="2026-03-01")
    done = visit.post(path, effective_on="2026-03-05")

    assert (past.status_code, list(past.context["form"].errors)) == (422, ["effective_on"])
    assert done["Location"] == f"/v/northwind/manage/{SERVICE}"
    assert visit.get(path).status_code == 404
    chips = [str(one.chip.label) for one in visit.get(SERVICE).context["versions"]]
    assert chips == ["Published, not in force yet", "In force"]
    with tenant(northwind):
        assert ProgramVersion.objects.get(number=2).effective_on == date(2026, 3, 5)


def test_a_version_that_waits_is_withdrawn_with_a_reason(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    visit = enter(OWNER)
    visit.post(NEW, text=_yaml(1))
    visit.post(f"{SERVICE}versions/2/publish/", effective_on="2026-03-05")
    path = f"{SERVICE}versions/2/withdraw/"

    asked = visit.get(path)
    silent = visit.post(path, reason=" ")
    done = visit.post(path, reason="Too early")

    assert asked.context["instead"].number == 1
    assert "Withdraw version</button>" in asked.content.decode()
    assert (silent.status_code, list(silent.context["form"].errors)) == (422, ["reason"])
    assert done["Location"] == f"/v/northwind/manage/{SERVICE}"
    lines = visit.get(SERVICE).context["versions"]
    assert [str(one.chip.label) for one in lines] == ["Withdrawn", "In force"]
    assert [one.withdraw_url for one in lines] == ["", ""]
    for page in (SERVICE, f"{SERVICE}versions/2/"):
        assert "Too early" in visit.text(page)
    assert "This version is withdrawn already" in visit.text(path)


@pytest.mark.parametrize(
    ("number", "refusal"),
    [(1, "can no longer be withdrawn"), (2, "Only a published version can be withdrawn")],
    ids=["in force", "draft"],
)
def test_only_what_waits_can_be_withdrawn(
    acme: Partner, enter: Enter, number: int, refusal: str
) -> None:
    visit = enter(OWNER)
    visit.post(NEW, text=_yaml(1))
    path = f"{SERVICE}versions/{number}/withdraw/"

    html = visit.text(path)
    assert refusal in html
    assert "Withdraw version</button>" not in html
    answer = visit.post(path, reason="Too early")
    assert answer.status_code == 422
    assert refusal in answer.context["form"].non_field_errors()[0]


def test_who_may_not_publish_sees_no_way_to_withdraw(acme: Partner, enter: Enter) -> None:
    visit = enter(OWNER)
    visit.post(NEW, text=_yaml(1))
    visit.post(f"{SERVICE}versions/2/publish/", effective_on="2026-03-05")
    path = f"{SERVICE}versions/2/withdraw/"

    assert [bool(one.withdraw_url) for one in visit.get(SERVICE).context["versions"]] == [
        True,
        False,
    ]
    mara = enter()
    assert [one.withdraw_url for one in mara.get(SERVICE).context["versions"]] == ["", ""]
    assert mara.get(path).status_code == 403


def test_publishing_names_what_the_catalog_does_not_know(acme: Partner, enter: Enter) -> None:
    visit = enter(OWNER)
    visit.post(NEW, text=_yaml(1).replace("cloud-engineer", "unknown-exam"))

    answer = visit.post(f"{SERVICE}versions/2/publish/", effective_on="2026-03-05")

    assert answer.status_code == 422
    [error] = answer.context["form"].non_field_errors()
    assert "unknown-exam is not in the vendor" in error


def test_a_version_cannot_begin_with_one_that_is_published(acme: Partner, enter: Enter) -> None:
    visit = enter(OWNER)
    for number in (2, 3):
        visit.post(NEW, text=_yaml(number))
    visit.post(f"{SERVICE}versions/3/publish/", effective_on="2026-03-05")

    answer = visit.post(f"{SERVICE}versions/2/publish/", effective_on="2026-03-05")

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["effective_on"])


def test_without_programs_the_list_says_how_one_begins(northwind: Vendor, enter: Enter) -> None:
    assert "No programs yet" in enter(OWNER).text("programs/")


def test_only_public_programs_lead_to_their_public_rules(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    with tenant(northwind):
        publish(document("inner", "Inner"))
        Program.objects.filter(key="inner").update(is_public=False)

    lines = enter().get("programs/").context["lines"]

    assert {line.name: line.public_url for line in lines} == {
        "Authorized Service": "/v/northwind/programs/authorized-service/",
        "Inner": "",
    }


@pytest.mark.parametrize("programs", [1, 3])
def test_the_list_takes_the_same_statements_for_one_and_for_three(
    acme: Partner,
    northwind: Vendor,
    enter: Enter,
    programs: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with tenant(northwind):
        for number in range(1, programs):
            publish(document(f"program-{number}", "Level"))
    visit = enter()

    with django_assert_num_queries(11):
        answer = visit.get("programs/")

    assert len(answer.context["lines"]) == programs


def test_a_draft_says_what_it_asks_and_what_it_changes(acme: Partner, enter: Enter) -> None:
    visit = enter(OWNER)
    visit.post(NEW, text=_yaml(3))

    answer = visit.get(f"{SERVICE}versions/2/")

    assert answer.context["changes"] == [
        "Days of grace: 0 instead of 30.",
        "“Certified cloud engineers”, Authorized: at least 3 people instead of at least 2 people.",
    ]
    [level] = answer.context["levels"]
    assert level.requirements[0].sentence.startswith("At least 3 people, each with the")
    assert ("Grace", "0 days") in answer.context["facts"]
    assert answer.context["before_publishing"] == []
    assert visit.get(f"{SERVICE}versions/1/").context["changes"] == []
    assert visit.get(f"{SERVICE}versions/1/", before="2").context["before"].number == 2
    assert visit.get(f"{SERVICE}versions/9/").status_code == 404


def test_a_draft_says_what_keeps_it_from_being_published(acme: Partner, enter: Enter) -> None:
    visit = enter(OWNER)
    text = (
        _yaml(3).replace("cloud-engineer", "clod-engineer").replace("at_least: 3", "at_least: open")
    )
    visit.post(NEW, text=text)

    html = visit.text(f"{SERVICE}versions/2/")

    assert "Before publishing" in html
    assert "criteria.at_least: is still open; the number must be known before publishing" in html
    assert "criteria.certifications[0]: clod-engineer is not in the vendor&#x27;s catalog" in html
    assert "Before publishing" not in visit.text(f"{SERVICE}versions/1/")


def test_a_version_is_taken_away_as_yaml(acme: Partner, enter: Enter) -> None:
    answer = enter().get(f"{SERVICE}versions/1/document.yaml")

    assert answer["Content-Disposition"] == ('attachment; filename="authorized-service-v1.yaml"')
    assert load_yaml(answer.content.decode()) == engineers(at_least=2, grace_days=30)


def test_a_published_program_is_drafted_by_its_name(
    acme: Partner, northwind: Vendor, enter: Enter
) -> None:
    visit = enter(OWNER)

    done = visit.post(NEW, name="odoo-partner-levels")
    both = visit.post(NEW, name="odoo-partner-levels", text=_yaml(1))

    assert done["Location"].endswith("/manage/programs/odoo-partner-levels/")
    assert both.status_code == 422


def test_a_program_may_be_called_new(acme: Partner, enter: Enter) -> None:
    visit = enter(OWNER)
    visit.post(NEW, text=_yaml(1).replace("authorized-service", "new"))

    assert visit.get("programs/new/").context["versions"][0].number == 1
