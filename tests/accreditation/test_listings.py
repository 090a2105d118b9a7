"""The directory's projection: who is listed, what is found, what each filter would show."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accreditation.models import Listing
from accreditation.queries.listings import (
    Facet,
    Order,
    Search,
    counts_without,
    facet_counts,
    find_listings,
    forgiving,
    listing_of,
    words_of,
)
from accreditation.search_text import searchable
from partners.models import Partner, Vendor
from partners.tenancy.context import tenant
from tests.accreditation.public_cast import certify, document, partner, publish
from tests.stories import judge_all


@pytest.fixture
def listed(in_northwind: Vendor) -> Vendor:
    """Three listed partners, one with a tier only, and Dora who is enrolled and holds nothing."""
    publish(document("delivery", "Silver Delivery Partner", "Gold Delivery Partner"))
    publish(document("service", "Authorized Service Partner"))
    publish(document("standing", "Select", kind="tier"))
    moeller = partner(
        "moeller",
        "Möller & Søn GmbH",
        ("Köln", "DE"),
        industries=["Healthcare"],
        summary={"en": "Moves clinical archives."},
    )
    sakura = partner("sakura", "桜メディカルシステムズ株式会社", ("大阪", "JP"), ("Berlin", "DE"))
    tierra = partner("tierra", "Tierra", ("Madrid", "ES"))
    partner("dora", "Dora", ("Köln", "DE"))
    certify(moeller, "delivery", 1)
    certify(moeller, "service")
    certify(sakura, "delivery", 2)
    certify(tierra, "standing")
    judge_all()
    return in_northwind


def found(search: Search, order: Order = Order.BEST) -> list[str]:
    return [one.slug for one in find_listings(forgiving(search), order)]


def by_words(text: str) -> list[str]:
    return found(Search(words=words_of(text)))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Möller & Søn GmbH", "moller & son gmbh"),
        ("MÜNCHEN  Straße", "munchen strasse"),
        ("Łódź Ærø Œuvre", "lodz aero oeuvre"),
        ("株式会社 サクラ", "株式会社 サクラ"),
        ("\uff26\uff35\uff2c\uff2c ﾊﾝｶｸ", "full ハンカク"),
    ],
)
def test_text_is_folded_for_searching(text: str, folded: str) -> None:
    assert searchable(text) == folded


def test_only_partners_that_hold_a_public_designation_are_listed(listed: Vendor) -> None:
    assert found(Search()) == ["moeller", "sakura", "tierra"]


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("moller", ["moeller"]),
        ("MÖLLER", ["moeller"]),
        ("son gmbh", ["moeller"]),
        ("koln", ["moeller"]),
        ("healthcare", ["moeller"]),
        ("clinical gmbh", ["moeller"]),
        ("gold delivery", ["sakura"]),
        ("メディカル", ["sakura"]),
        ("大阪", ["sakura"]),
        ("100%", []),
        ("", ["moeller", "sakura", "tierra"]),
    ],
)
def test_words_are_found_whatever_their_case_and_accents(
    listed: Vendor, text: str, slugs: list[str]
) -> None:
    assert by_words(text) == slugs


@pytest.mark.parametrize(
    ("text", "slug"),
    [("mollar", "moeller"), ("helthcare", "moeller"), ("tiera madird", "tierra")],
)
def test_misspelled_words_find_what_is_similar(listed: Vendor, text: str, slug: str) -> None:
    search = forgiving(Search(words=words_of(text)))

    assert search.similar
    assert [one.slug for one in find_listings(search)] == [slug]


def test_spelled_words_do_not_also_find_similar_ones(listed: Vendor) -> None:
    search = Search(words=words_of("tierra"))

    assert forgiving(search) == search


def test_best_match_is_by_accreditations_and_then_by_name(listed: Vendor) -> None:
    weights = dict(Listing.objects.values_list("slug", "weight"))

    assert weights == {"moeller": 150, "sakura": 100, "tierra": 0}
    assert found(Search(), Order.NAME) == ["moeller", "tierra", "sakura"]


@pytest.mark.parametrize(
    ("chosen", "slugs"),
    [
        ({Facet.COUNTRY: ("DE",)}, ["moeller", "sakura"]),
        ({Facet.COUNTRY: ("JP", "ES")}, ["sakura", "tierra"]),
        ({Facet.COUNTRY: ("DE",), Facet.PROGRAM: ("service",)}, ["moeller"]),
        ({Facet.DESIGNATION: ("delivery:gold-delivery-partner",)}, ["sakura"]),
        ({Facet.TIER: ("standing:select",)}, ["tierra"]),
        ({Facet.TIER: ("standing:select",), Facet.COUNTRY: ("DE",)}, []),
        ({Facet.COUNTRY: ("XX",)}, []),
    ],
)
def test_values_of_a_facet_are_alternatives_and_facets_narrow_each_other(
    listed: Vendor, chosen: dict[Facet, tuple[str, ...]], slugs: list[str]
) -> None:
    assert found(Search(chosen=chosen)) == slugs


def test_counts_ignore_the_own_facet_and_keep_values_with_nothing(listed: Vendor) -> None:
    counts = facet_counts(Search(chosen={Facet.COUNTRY: ("JP",)}))

    assert counts[Facet.COUNTRY] == {"DE": 2, "ES": 1, "JP": 1}
    assert counts[Facet.PROGRAM] == {"delivery": 1, "service": 0, "standing": 0}


def test_empty_result_knows_what_each_filter_costs(listed: Vendor) -> None:
    search = Search(words=("moller",), chosen={Facet.COUNTRY: ("JP",)})

    assert counts_without(search) == {Facet.COUNTRY: 1, None: 1}


def test_search_asks_a_constant_number_of_questions(listed: Vendor) -> None:
    with CaptureQueriesContext(connection) as asked:
        facet_counts(Search(chosen={Facet.COUNTRY: ("JP",)}))

    assert len(asked) == len(Facet) - 1


@pytest.mark.django_db
def test_rivals_partners_are_never_found(northwind: Vendor, umbra: Vendor) -> None:
    for vendor, slug in ((northwind, "acme"), (umbra, "bolt")):
        with tenant(vendor):
            publish(document("service", "Authorized Service Partner"))
            certify(partner(slug, "Same Name", ("Köln", "DE")), "service")
            judge_all()

    with tenant(northwind):
        seen = by_words("same name"), facet_counts(Search())[Facet.COUNTRY], listing_of("bolt")

    assert seen == (["acme"], {"DE": 1}, None)


def test_partner_that_lapses_disappears(in_northwind: Vendor) -> None:
    publish(document("service", "Authorized Service Partner", grace_days=10))
    acme = partner("acme")
    certify(acme, "service", until=date(2026, 3, 10))
    judge_all()

    judge_all(datetime(2026, 3, 15, 15, 0, tzinfo=UTC))
    in_grace = listing_of("acme")
    judge_all(datetime(2026, 3, 21, 15, 0, tzinfo=UTC))

    assert in_grace is not None
    assert listing_of("acme") is None


@pytest.mark.parametrize(
    ("grace_days", "on", "until"),
    [
        (30, datetime(2026, 3, 2, 15, 0, tzinfo=UTC), "2026-04-01"),
        (30, datetime(2026, 4, 5, 15, 0, tzinfo=UTC), "2026-05-02"),
    ],
)
def test_listing_names_the_last_day_of_term_or_grace(
    in_northwind: Vendor, grace_days: int, on: datetime, until: str
) -> None:
    publish(document("service", "Authorized Service Partner", grace_days=grace_days, term_months=1))
    acme = partner("acme")
    certify(acme, "service", until=date(2026, 4, 2))
    judge_all()

    judge_all(on)

    listing = listing_of("acme")
    assert listing
    assert listing.designations[0]["until"] == until


def test_grace_within_the_term_is_not_seen(in_northwind: Vendor) -> None:
    publish(document("service", "Authorized Service Partner", grace_days=30, term_months=12))
    acme = partner("acme")
    certify(acme, "service", until=date(2026, 3, 10))
    judge_all()

    judge_all(datetime(2026, 3, 15, 15, 0, tzinfo=UTC))

    listing = listing_of("acme")
    assert listing
    assert listing.designations[0]["until"] == "2027-03-01"


def test_levels_are_ranked_by_the_rules_of_the_award(in_northwind: Vendor) -> None:
    publish(document("delivery", "Silver Delivery Partner", "Gold Delivery Partner"))
    acme = partner("acme")
    certify(acme, "delivery", 2)
    judge_all()

    publish(
        document("delivery", "Silver Delivery Partner", "Platinum Delivery Partner"),
        on=date(2026, 6, 1),
    )
    Partner.objects.filter(pk=acme.pk).update(website="https://acme.example")
    judge_all()

    listing = listing_of("acme")
    assert listing
    held = listing.designations[0]
    assert (held["designation"]["en"], held["rank"], held["ranks"]) == (
        "Gold Delivery Partner",
        2,
        2,
    )
