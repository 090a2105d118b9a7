"""The list of partners: what is shown, how it is narrowed, what it costs."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partners.models import Vendor
from partners.tenancy.context import tenant
from tests.accreditation.public_cast import FOUR, certify, document, partner, publish
from tests.portal.public_pages import JAPANESE, LONG, lapse
from tests.stories import judge_all

LIST = "/v/northwind/partners/"


def page(client: Client, query: str = "", **headers: str) -> str:
    response = client.get(f"{LIST}{query}", headers=headers)
    assert response.status_code == 200
    return unescape(response.content.decode())


def names(html: str) -> list[str]:
    cards = re.findall(r'<h3 class="h2"><a href="[^"]+">(.+?)</a>', html)
    return [re.sub(r"<[^>]+>", "", one) for one in cards]


def counts(html: str, facet: str) -> dict[str, int]:
    """Return the numbers behind a facet's values, as the wide page shows them."""
    wide = html[html.index('class="only-l"') :]
    found = re.findall(rf'name="{facet}" value="([^"]+)"[^>]*>[^<]+<span class="c">(\d+)', wide)
    return {value: int(number) for value, number in found}


@pytest.mark.django_db
def test_front_of_a_vendor_leads_to_its_directory(client: Client, northwind: Vendor) -> None:
    assert client.get("/v/northwind/").headers["Location"] == LIST


def test_partners_are_listed_by_their_accreditations_with_designations_word_for_word(
    client: Client, directory: Vendor
) -> None:
    html = page(client)

    assert names(html) == [
        "Acme Systemhaus GmbH",
        LONG,
        "Soluções Aurora do Atlântico Ltda.",
        JAPANESE,
        "Tierra",
    ]
    for _, designation in FOUR.values():
        assert f"<span>{designation}</span>" in html


def test_tiers_are_shown_apart_from_what_was_earned(client: Client, directory: Vendor) -> None:
    html = page(client)

    assert re.findall(r'class="dbadge tier".+?<span>(.+?)</span>', html) == [
        "Select Tier",
        "Premier Tier",
    ]
    assert "standing" not in counts(html, "program")
    assert counts(html, "tier") == {"standing:premier-tier": 1, "standing:select-tier": 1}


def test_name_tells_its_language(client: Client, directory: Vendor) -> None:
    assert f'<span lang="ja">{JAPANESE}</span>' in page(client)


def test_filters_are_kept_in_the_address_and_can_be_taken_back(
    client: Client, directory: Vendor
) -> None:
    html = page(client, "?q=mbh&country=DE&designation=healthcare:healthcare-specialist-partner")

    assert names(html) == ["Acme Systemhaus GmbH", LONG]
    chips = re.findall(r'<a class="chip line" href="([^"]+)">(.+?) <svg', html)
    assert chips == [
        ("?designation=healthcare%3Ahealthcare-specialist-partner&country=DE", "“mbh”"),
        ("?q=mbh&country=DE", "Healthcare Specialist Partner"),
        ("?q=mbh&designation=healthcare%3Ahealthcare-specialist-partner", "Germany"),
    ]


def test_values_of_a_facet_add_up_and_those_without_partners_stay(
    client: Client, directory: Vendor
) -> None:
    html = page(client, "?country=JP&country=BR")

    assert names(html) == ["Soluções Aurora do Atlântico Ltda.", JAPANESE]
    assert counts(html, "country") == {"DE": 2, "BR": 1, "JP": 1, "PT": 1, "ES": 1}
    assert counts(html, "program") == {"service": 0, "healthcare": 0, "security": 1, "delivery": 1}


def test_countries_are_named_in_the_readers_language(client: Client, directory: Vendor) -> None:
    html = page(client, "", **{"accept-language": "de"})

    assert "Leipzig, Deutschland" in html
    assert "Bringt klinische Archive in die Cloud." in html


def test_empty_result_names_the_filter_to_give_up(client: Client, directory: Vendor) -> None:
    html = page(client, "?q=tierra&country=DE&country=JP")

    assert names(html) == []
    assert re.findall(r'<li><a href="([^"]+)">(.+?)</a></li>', html) == [
        ("?country=DE&country=JP", "3 partners without “tierra”"),
        ("?q=tierra", "1 partner without Germany, Japan"),
    ]


def test_similar_spelling_is_found_and_said(client: Client, directory: Vendor) -> None:
    html = page(client, "?q=systemhuas")

    assert names(html) == ["Acme Systemhaus GmbH"]
    assert "Nothing is spelled exactly like “systemhuas”" in html


def test_results_can_be_sorted_by_name(client: Client, directory: Vendor) -> None:
    html = page(client, "?sort=name")

    assert names(html)[:2] == ["Acme Systemhaus GmbH", LONG]
    assert names(html)[3:] == ["Tierra", JAPANESE]
    assert '<a href="?sort=name" aria-current="true">Name</a>' in html


@pytest.mark.parametrize(
    "query",
    [
        "?q=%00",
        "?q=%25_%27%22",
        "?country=%00",
        "?country=%27--",
        "?sort=weight",
        "?page=x",
        "?page=999",
        "?q=" + "a" * 5000,
        "?designation=" + "a" * 5000,
        "?q=%ff",
        "?" + "&".join(f"country=A{number}" for number in range(500)),
    ],
)
def test_nonsense_in_the_address_is_no_error(client: Client, directory: Vendor, query: str) -> None:
    assert client.get(f"{LIST}{query}").status_code == 200


def test_what_is_asked_is_shown_as_text(client: Client, directory: Vendor) -> None:
    html = client.get(f"{LIST}?q=<script>&country=<b>").content.decode()

    assert "<script>" not in html.replace('<script src="', "")
    assert "<b>" not in html[html.index('id="finder"') :].replace("<b>Filters</b>", "")


@pytest.mark.django_db
def test_directory_without_partners_says_why(client: Client, northwind: Vendor) -> None:
    html = page(client)

    assert "No partner holds a designation yet" in html


def test_partner_that_lapsed_is_gone(client: Client, directory: Vendor) -> None:
    lapse(directory, "aurora")

    assert "Soluções Aurora do Atlântico Ltda." not in page(client)


def test_long_list_comes_in_pages_of_twenty(client: Client, northwind: Vendor) -> None:
    with tenant(northwind):
        publish(document("service", "Authorized Service Partner"))
        for number in range(21):
            certify(partner(f"p{number:02}", f"Partner {number:02}", ("Köln", "DE")), "service")
        judge_all()

    first, second = page(client, "?country=DE"), page(client, "?country=DE&page=2")

    assert names(first) == [f"Partner {number:02}" for number in range(20)]
    assert names(second) == ["Partner 20"]
    assert 'href="?country=DE&page=2"' in first


def test_rivals_partner_never_appears(client: Client, directory: Vendor, umbra: Vendor) -> None:
    with tenant(umbra):
        publish(document("service", "Authorized Service Partner"))
        certify(partner("bolt", "Bolt", ("Ōsaka", "JP")), "service")
        judge_all()

    assert "Bolt" not in names(page(client, "?country=JP"))
    assert client.get("/v/northwind/partners/bolt/").status_code == 404
    assert client.get("/v/umbra/partners/bolt/").status_code == 200


def test_list_asks_as_much_for_three_partners_as_for_one(client: Client, northwind: Vendor) -> None:
    with tenant(northwind):
        publish(document("service", "Authorized Service Partner"))
    asked = []
    for slugs in (["a"], ["b", "c"]):
        with tenant(northwind):
            for slug in slugs:
                certify(partner(slug, slug.upper(), ("Köln", "DE")), "service")
            judge_all()
        with CaptureQueriesContext(connection) as queries:
            page(client, "?country=DE")
        asked.append(len(queries))

    # The vendor, opening and closing its space (4), levels, total, counts of facets (3), page (2).
    assert asked == [12, 12]
