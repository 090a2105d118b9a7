"""German is complete: what is said in English is in the catalog, translated, compiled and shown."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import NamedTuple

import pytest
from django.test import Client
from django.utils.formats import date_format
from django.utils.translation import override
from django.utils.translation.template import templatize

from accreditation.criteria.document import parse
from accreditation.criteria.problems import Problem, ProblemCode
from accreditation.program_library import load, names
from accreditation.requirements import Requirement, asked_by_levels
from accreditation.wording.codes import problem_text
from partners.enums import MembershipRole
from partners.models import Partner, Vendor
from partners.tenancy.context import tenant
from tests import cast
from tests.accreditation.documents import engineers
from tests.stories import judge_all, publish

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("accreditation", "config", "documents", "enablement", "partners", "portal")
CATALOG = ROOT / "portal" / "locale" / "de" / "LC_MESSAGES" / "django.po"
# Calls that mark a sentence; what their first arguments are: context, message, plural.
MARKS = {"_": "m", "gettext": "m", "ngettext": "mp", "pgettext": "cm", "npgettext": "cmp"}
TEXT = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"\b(_|n?p?gettext)\(\s*({TEXT}(?:\s*,\s*{TEXT})*)")
FIELD = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) (".*")$')
VISIBLE = re.compile(r'>([^<>]+)<|\b(?:alt|aria-label|data-l|placeholder|title)="([^"]*)"')
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\{?\w*|</?\w+>")


class Message(NamedTuple):
    """What a catalog is asked for."""

    context: str
    text: str
    plural: str


# --- What is said ------------------------------------------------------------------------------


def in_python(source: str) -> Iterator[Message]:
    """Yield what a module marks; a sentence in a variable was marked where it was written."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            roles = MARKS.get(re.sub("_(lazy|noop)$", "", name), "")
            texts = [each.value for each in node.args if isinstance(each, ast.Constant)]
            if roles and len(texts) >= len(roles):
                yield message(roles, texts)


def in_template(source: str) -> Iterator[Message]:
    """Yield what a template marks, by Django's own reading of its tags."""
    for name, texts in IN_TEMPLATE.findall(templatize(source)):
        yield message(MARKS[name], [ast.literal_eval(each) for each in re.findall(TEXT, texts)])


def message(roles: str, texts: list[str]) -> Message:
    by_role = dict(zip(roles, texts, strict=False))
    return Message(by_role.get("c", ""), by_role["m"], by_role.get("p", ""))


@cache
def said() -> Mapping[Message, str]:
    """Return every message of our code and templates, and a file that says it."""
    found: dict[Message, str] = {}
    for package in PACKAGES:
        for ending, read in ((".py", in_python), (".html", in_template)):
            for path in sorted((ROOT / package).rglob(f"*{ending}")):
                for each in read(path.read_text(encoding="utf-8")):
                    found.setdefault(each, path.relative_to(ROOT).as_posix())
    return found


# --- What the catalog answers ------------------------------------------------------------------


@cache
def entries() -> Mapping[Message, tuple[str, ...]]:
    """Return the answers of the catalog: one, or one for each plural form."""
    return {
        Message(
            entry.get("msgctxt", ""), entry.get("msgid", ""), entry.get("msgid_plural", "")
        ): tuple(text for key, text in entry.items() if key.startswith("msgstr"))
        for entry in map(fields, CATALOG.read_text(encoding="utf-8").strip().split("\n\n"))
    }


def fields(block: str) -> dict[str, str]:
    entry, key = {}, ""
    for line in block.splitlines():
        if line.startswith("#"):
            continue
        opened = FIELD.match(line)
        key, text = opened.groups() if opened else (key, line)
        entry[key] = entry.get(key, "") + ast.literal_eval(text)
    return entry


def translations() -> list[tuple[str, str]]:
    """Return pairs of an English and a German text, each plural form with its own."""
    return [
        pair
        for each, answers in entries().items()
        if each.text
        for pair in zip((each.text, each.plural or each.text), answers, strict=False)
    ]


# --- The catalog -------------------------------------------------------------------------------


def test_everything_said_is_in_the_catalog() -> None:
    missing = {each.text: where for each, where in said().items() if each not in entries()}

    assert len(said()) > 800
    assert missing == {}, "run `make messages` and translate what is new"


def test_the_catalog_holds_nothing_that_nobody_says() -> None:
    assert [each.text for each in entries() if each.text and each not in said()] == []


def test_every_message_is_translated() -> None:
    assert [each.text for each, answers in entries().items() if not all(answers)] == []
    assert [
        each.text for each, answers in entries().items() if each.plural and len(answers) != 2
    ] == []


def test_no_translation_is_a_guess() -> None:
    assert re.findall(r"^#.*\bfuzzy\b.*$", CATALOG.read_text(encoding="utf-8"), re.MULTILINE) == []


def test_placeholders_and_markup_survive_translation() -> None:
    changed = [
        (english, german)
        for english, german in translations()
        if sorted(PLACEHOLDER.findall(english)) != sorted(PLACEHOLDER.findall(german))
    ]

    assert changed == []


def test_the_compiled_catalog_is_in_step() -> None:
    with CATALOG.with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)._catalog
    expected: dict[str | tuple[str, int], str] = {"": compiled[""]}
    for each, answers in entries().items():
        if not each.text:
            continue
        key = f"{each.context}\x04{each.text}" if each.context else each.text
        for form, answer in enumerate(answers):
            expected[(key, form) if each.plural else key] = answer

    assert compiled == expected, "run `make messages`"


@pytest.mark.parametrize(
    ("english", "german"),
    [
        (r"accreditation", "Akkreditierung"),
        (r"certification code|certifications?$", "Zertifizierung"),
        (r"\bcertificates?\b", "Zertifikat"),
        (r"designations?\b", "Titel"),
        (r"\bgrace\b", "Nachfrist"),
        (r"award numbers?", "Auszeichnungsnummer"),
        (r"requirements?\b", "Anforderung"),
        (r"lapse[sd]\b", "erl[io]sch|erloschen"),
        (r"job roles?", "Funktion"),
        (r"revoked?\b", "[Ww]iderr[ui]"),
        (r"\bdirectory\b", "[Vv]erzeichnis"),
        (r"workspace", "Arbeitsbereich"),
    ],
)
def test_a_word_of_the_field_is_always_the_same_word(english: str, german: str) -> None:
    words = [[PLACEHOLDER.sub("", text) for text in pair] for pair in translations()]
    asked = [pair for pair in words if re.search(english, pair[0], re.IGNORECASE)]

    assert asked
    assert [pair for pair in asked if not re.search(german, pair[1], re.IGNORECASE)] == []


def test_german_is_formal_and_has_its_own_quotation_marks() -> None:
    informal = re.compile(r"\b(du|dich|dir|deine?[mnrs]?)\b|[”’\"]", re.IGNORECASE)

    assert [german for _, german in translations() if informal.search(german)] == []


# --- Pages -------------------------------------------------------------------------------------


@pytest.fixture
def acme(northwind: Vendor) -> Partner:
    """Acme holds a designation, with a person who counts and one who does not."""
    with tenant(northwind):
        mara = cast.member("Mara", MembershipRole.CHANNEL_MANAGER)
        acme = cast.partner("acme", "Acme Cloud Services", manager=mara)
        cast.member("Paul", MembershipRole.PARTNER_ADMIN, acme)
        what, role = cast.certification("cloud-engineer"), cast.job_role("technical-engineer")
        for name, until in (("Edda", None), ("Finn", cast.TODAY)):
            person = cast.person(name)
            cast.employment(person, acme, role)
            cast.certificate(person, what, until=until)
        publish(engineers(at_least=1, grace_days=30))
        judge_all()
    return acme


@pytest.mark.parametrize(
    ("reader", "address", "sentence"),
    [
        ("", "partners/", "1 Partner. Jeder hier gezeigte Titel wird täglich"),
        ("", "programs/", "Diese Regeln gelten heute."),
        ("", "programs/authorized-service/", "Was ein Partner nachweisen muss"),
        ("", "verify/", "Ein Badge prüfen"),
        ("", "accounts/login/", "Anmelden"),
        ("Paul", "portal/acme/", "Sie führen 1 Titel."),
        ("Paul", "portal/acme/accreditations/", "Ihr Stand darin"),
        ("Paul", "portal/acme/accreditations/authorized-service/", "Nein, abgelaufen"),
        ("Paul", "portal/acme/team/", "in welchen Funktionen"),
        ("Paul", "portal/acme/members/", "Jemanden einladen"),
        ("Mara", "manage/", "Keine Akkreditierung Ihrer Partner ist in Nachfrist"),
        ("Mara", "manage/partners/", "Liste der Partner"),
        ("Mara", "manage/partners/acme/", "Zertifikat erfassen"),
        ("Mara", "manage/programs/authorized-service/", "Regeln für Auszeichnungen"),
    ],
)
def test_page_speaks_german_to_who_asks_for_it(
    client: Client, acme: Partner, reader: str, address: str, sentence: str
) -> None:
    if reader:
        client.force_login(cast.user(reader))
    # The same page in English first: no cache may hand it on.
    english = client.get(f"/v/northwind/{address}").content.decode()
    german = client.get(f"/v/northwind/{address}", headers={"accept-language": "de-AT,de;q=0.9"})

    html = german.content.decode()
    assert german.status_code == 200
    assert '<html lang="en"' in english
    assert '<html lang="de"' in html
    assert sentence in " ".join(html.split())
    assert leftovers(html) == []


def leftovers(html: str) -> list[str]:
    """Return messages that a page still says in English."""
    spoken = {" ".join((text or said).split()) for text, said in VISIBLE.findall(html)}
    return sorted(
        english
        for english, german in translations()
        if english in spoken and german != english and not PLACEHOLDER.search(english)
    )


def test_days_are_written_as_germans_write_them(client: Client, acme: Partner) -> None:
    client.force_login(cast.user("Paul"))
    html = client.get(
        "/v/northwind/portal/acme/accreditations/authorized-service/",
        headers={"accept-language": "de"},
    ).content.decode()

    assert "in Kraft seit 01.01.2026" in re.sub(r"<[^>]+>", "", html)
    with override("de"):
        assert date_format(cast.TODAY, "DATE_FORMAT") == "2. März 2026"


def test_a_problem_of_a_rules_document_is_told_in_german() -> None:
    problem = Problem("levels[0]", ProblemCode.ENDS_BEFORE_START, {"start": "2026-01-01"})

    with override("de"):
        assert problem_text(problem) == "levels[0]: darf nicht vor 2026-01-01 liegen"


# --- Rules -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", names())
def test_what_a_published_program_asks_is_said_in_german(name: str) -> None:
    rules = parse(load(name), draft=True)
    said_in = {}
    for language in ("en", "de"):
        with override(language):
            asked = [one for level in asked_by_levels(rules) for one in level.requirements]
            said_in[language] = [text for one in asked for text in rule_texts(one)]
    both = zip(said_in["en"], said_in["de"], strict=True)

    assert said_in["de"]
    assert [german for english, german in both if english == german] == []


def rule_texts(one: Requirement) -> Iterator[str]:
    """Yield how a requirement and its parts are asked, without the author's own words."""
    yield from filter(None, (one.sentence, one.choice))
    for part in one.parts:
        yield from rule_texts(part)
