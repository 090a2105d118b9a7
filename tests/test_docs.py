"""The pages for people keep up with the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps

from accreditation.criteria.verdicts import ReasonCode

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")])
RECORDS = sorted((DOCS / "decisions").glob("*.md"))
GLOSSARY = DOCS / "glossary.md"
MODEL = r"`((?:partners|enablement|documents|accreditation)\.[A-Z]\w+)`"
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)|(?:src|href)=\"([^\"#]+)\"")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def models() -> list[str]:
    labels = ("partners", "enablement", "documents", "accreditation")
    found = [model for label in labels for model in apps.get_app_config(label).get_models()]
    return [f"{model._meta.app_label}.{model.__name__}" for model in found]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_inside_the_repository_lead_somewhere(page: Path) -> None:
    prose = re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)
    targets = [first or second for first, second in LINK.findall(prose)]
    inside = [one for one in targets if not re.match(r"[a-z]+:", one)]

    assert [one for one in inside if not (page.parent / one).exists()] == []


@pytest.mark.parametrize(
    "page", [one for one in DOCS.rglob("*.md") if one.parent.name != "decisions"], ids=name
)
def test_every_page_is_in_the_index(page: Path) -> None:
    index = DOCS / "README.md"
    linked = {(DOCS / target).resolve() for target, _ in LINK.findall(index.read_text())}

    assert page == index or page in linked


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(one.name[:4]) for one in RECORDS]

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("record", RECORDS, ids=name)
def test_a_decision_carries_its_number_and_fits_on_a_page(record: Path) -> None:
    lines = record.read_text().splitlines()
    headings = [line for line in lines if line.startswith("## ")]

    assert re.match(rf"# {record.name[:4]}:? \S", lines[0])
    assert headings[:3] == ["## Context", "## Decision", "## Consequences"]
    assert len(lines) <= 60


def test_glossary_explains_every_model() -> None:
    written = re.findall(MODEL, GLOSSARY.read_text())

    assert set(models()) - set(written) == set()


def test_glossary_knows_no_model_that_is_gone() -> None:
    written = re.findall(MODEL, GLOSSARY.read_text())

    assert set(written) - set(models()) == set()


def test_make_targets_in_pages_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        target
        for page in PAGES
        for target in re.findall(r"`(?:[A-Z]+=\S+ )?make ([a-z]+)", page.read_text())
    }

    assert named - targets == set()


def test_files_named_in_the_architecture_exist() -> None:
    text = (DOCS / "architecture.md").read_text()
    paths = re.findall(r"`((?:accreditation|config|enablement|partners|portal)/[\w/.]+)[:`]", text)

    assert [one for one in paths if not (ROOT / one).exists()] == []
    assert len(paths) > 10


def test_every_reason_why_a_record_does_not_count_is_explained() -> None:
    page = (DOCS / "how-to" / "read-a-verdict.md").read_text()

    assert [reason.value for reason in ReasonCode if f"`{reason.value}`" not in page] == []


def test_pictures_are_small_and_shown_somewhere() -> None:
    pictures = {picture.relative_to(ROOT) for picture in (DOCS / "pictures").iterdir()}
    text = "".join(page.read_text() for page in PAGES)

    assert [one for one in pictures if (ROOT / one).stat().st_size > 200_000] == []
    assert [one for one in pictures if one.name not in text] == []
