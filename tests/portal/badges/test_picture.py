"""The badge as a file."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from partners.models import Vendor
from partners.tenancy.context import tenant
from portal.badges.picture import ELLIPSIS, Badge, badge_svg, width_of, wrapped
from portal.look.components import SealSpec
from tests.accreditation.public_cast import FOUR, certify, document, partner, publish
from tests.portal.public_pages import JAPANESE, LONG, lapse, number_of, rise
from tests.stories import judge_all

SVG = "{http://www.w3.org/2000/svg}"


def badge(**changes: object) -> Badge:
    values = {
        "title": "Title",
        "language": "en",
        "heading": "Northwind · Technical competency",
        "designation": "Authorized Service Partner",
        "partner": "Acme",
        "partner_language": "",
        "footer": "Valid · NW-7K3M-92QD",
        "is_valid": True,
        "seal": SealSpec("technical"),
        "color": "#3b46b8",
    }
    return Badge(**(values | changes))  # type: ignore[arg-type]


def lines_of(svg: str) -> list[list[str]]:
    root = ET.fromstring(svg)
    return [[span.text or "" for span in text] for text in root.iter(f"{SVG}text")]


def picture(client: Client, number: str, **headers: str) -> str:
    return client.get(f"/v/northwind/awards/{number}.svg", headers=headers).content.decode()


@pytest.mark.parametrize("program", FOUR)
def test_badge_says_designation_vendor_and_partner(
    client: Client, directory: Vendor, program: str
) -> None:
    number = number_of(directory, "acme", program)

    svg = picture(client, number)

    heading, designation, holder, footer = (" ".join(lines) for lines in lines_of(svg))
    assert heading.startswith("Northwind · ")
    assert (designation, holder, footer) == (
        FOUR[program][1],
        "Acme Systemhaus GmbH",
        f"Valid · {number}",
    )
    title = ET.fromstring(svg).find(f"{SVG}title")
    assert title is not None
    assert title.text == (
        f"{FOUR[program][1]}: Acme Systemhaus GmbH. Awarded by Northwind. Valid · {number}"
    )


def test_badge_of_a_tier_is_told_apart(client: Client, directory: Vendor) -> None:
    svg = picture(client, number_of(directory, "tierra", "standing"))

    assert lines_of(svg)[0] == ["Northwind · Tier"]


def test_badge_of_an_award_that_is_over_is_gray_and_says_so(
    client: Client, directory: Vendor
) -> None:
    number = number_of(directory, "aurora", "security")
    before = picture(client, number)
    lapse(directory, "aurora")

    after = picture(client, number)

    assert lines_of(after)[-1] == [f"No longer valid · {number}"]
    assert "stroke-dasharray" in after
    assert "stroke-dasharray" not in before


def test_badge_on_a_website_lives_on_when_its_award_is_replaced(
    client: Client, directory: Vendor
) -> None:
    old = number_of(directory, "acme", "delivery")
    rise(directory, "acme")
    new = number_of(directory, "acme", "delivery")

    shown = picture(client, old)

    assert new != old
    assert shown == picture(client, new)
    assert lines_of(shown)[-1] == [f"Valid · {new}"]


def test_file_is_inert_and_kept_for_five_minutes(client: Client, directory: Vendor) -> None:
    address = f"/v/northwind/awards/{number_of(directory, 'acme', 'service')}.svg"

    response = client.get(address)

    assert response.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "public, max-age=300"
    body = response.content.decode()
    assert "style" not in body
    assert "<script" not in body


def test_reader_who_has_the_picture_is_told_so(client: Client, directory: Vendor) -> None:
    number = number_of(directory, "acme", "delivery")
    address = f"/v/northwind/awards/{number}.svg"
    tag = client.get(address).headers["ETag"]

    unchanged = client.get(address, headers={"if-none-match": tag})
    rise(directory, "acme")
    changed = client.get(address, headers={"if-none-match": tag})

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged.headers["Cache-Control"] == "public, max-age=300"
    assert changed.status_code == 200


def test_picture_is_the_same_whatever_the_reader_speaks(client: Client, directory: Vendor) -> None:
    number = number_of(directory, "acme", "service")

    assert picture(client, number) == picture(client, number, **{"accept-language": "de"})


@pytest.mark.parametrize("name", ['A & "B" <script>', "\x0bBell\x07", "]]>", "&amp;", "عربي"])
def test_every_name_makes_a_picture(client: Client, northwind: Vendor, name: str) -> None:
    with tenant(northwind):
        publish(document("service", "Authorized Service Partner"))
        certify(partner("odd", name), "service")
        judge_all()

    svg = picture(client, number_of(northwind, "odd", "service"))

    shown = "".join(sign for sign in name if sign >= " ")
    assert lines_of(svg)[2] == [shown]


@pytest.mark.parametrize("name", [LONG, JAPANESE * 8, "W" * 120, "a" * 200, "Ж" * 120])
def test_long_name_stays_inside_the_picture(name: str) -> None:
    svg = badge_svg(badge(partner=name[:200], designation="Advanced Security Accreditation " * 3))

    for text in ET.fromstring(svg).iter(f"{SVG}text"):
        size = int(text.attrib["font-size"])
        for line in text:
            assert 136 + width_of(line.text or "") * size <= 440 - 20
            assert size <= float(line.attrib["y"]) <= 180 - size / 3


def test_name_that_fits_is_told_in_full() -> None:
    lines = lines_of(badge_svg(badge(partner=LONG)))[2]

    assert " ".join(lines) == LONG
    assert len(lines) == 4


def test_name_that_does_not_fit_ends_in_an_ellipsis() -> None:
    lines = lines_of(badge_svg(badge(partner=JAPANESE * 12)))[2]

    assert lines[-1].endswith(ELLIPSIS)


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("one two", 10, ["one two"]),
        ("one two", 2.5, ["one", "two"]),
        ("日本語", 2, ["日本", "語"]),
        ("日本go", 3, ["日本", "go"]),
        ("abcdef", 2, ["abc", "def"]),
        ("", 5, [""]),
    ],
)
def test_text_is_broken_between_words_and_beside_wide_signs(
    text: str, room: float, lines: list[str]
) -> None:
    assert wrapped(text, room) == lines
