"""Rules that hold for every template and file of the look."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.template.loader import get_template, render_to_string
from django.test import Client
from pytest_django import Settings

from portal.look.icons import ICONS

LOOK = Path(__file__).resolve().parents[3] / "portal" / "look"
TEMPLATES = sorted((LOOK / "templates").rglob("*.html"))
SPRITE = LOOK / "static" / "look" / "icons.svg"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_compiles_and_keeps_the_strict_policy(path: Path) -> None:
    source = path.read_text()

    get_template(str(path.relative_to(LOOK / "templates")))
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", source)


def test_named_icons_are_those_of_the_sprite() -> None:
    symbols = ET.parse(SPRITE).getroot().iter("{http://www.w3.org/2000/svg}symbol")

    assert {symbol.get("id") for symbol in symbols} == ICONS


@pytest.mark.parametrize("code", [400, 403, 404, 500])
def test_error_page_is_drawn_without_request_or_context(code: int) -> None:
    html = render_to_string(f"{code}.html")

    assert f'<p class="big">{code}</p>' in html
    assert html.count("<h1>") == 1


@pytest.mark.urls("tests.portal.look.urls")
def test_unknown_address_is_answered_in_the_look(client: Client) -> None:
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert "This page does not exist" in response.content.decode()


@pytest.mark.urls("tests.portal.look.urls")
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_page_tells_its_language_and_direction(
    client: Client, settings: Settings, language: str, direction: str
) -> None:
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    html = client.get("/gallery/", headers={"accept-language": language}).content.decode()

    assert f'<html lang="{language}" dir="{direction}">' in html
