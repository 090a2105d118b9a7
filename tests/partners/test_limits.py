"""What nobody means is refused at its field: in no reach, out of time, too long, no web address."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from enablement.models import Certificate
from enablement.operations import NewCertificate, record_certificates
from partners.enums import ActorKind, MembershipRole
from partners.models import AuditEntry, Partner, Person, Vendor
from partners.operations.access import invite
from partners.operations.partners import create_partner, update_partner
from partners.operations.people import record_employment, record_person
from partners.operations.vendors import create_vendor
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, Actor
from partners.tenancy.context import tenant
from tests import cast
from tests.cast import NOW, TODAY

LONG_AGO, FAR_AWAY = date(1899, 12, 31), date(2200, 1, 1)


def refused_at(act: Callable[[], object]) -> str:
    with pytest.raises(CannotRecord) as refusal:
        act()
    assert refusal.value.message
    return refusal.value.field


def test_a_channel_manager_without_a_membership_reaches_no_unmanaged_partner(
    in_northwind: Vendor,
) -> None:
    acme, edda = cast.partner("acme"), cast.person("Edda")
    cast.employment(edda, acme)
    cast.certificate(edda, cast.certification("nc-100"))
    nobody = Actor(kind=ActorKind.API_KEY, role=MembershipRole.CHANNEL_MANAGER)

    assert acme.manager_id is None
    for model in (Partner, Person, Certificate):
        assert not model.objects.visible_to(nobody).exists()


@pytest.mark.parametrize(
    "address", ["edda", "edda@x", "a" * 250 + "@x.example", "e@x.example\n.de"]
)
def test_an_address_that_is_none_or_too_long_is_refused(in_northwind: Vendor, address: str) -> None:
    owner = cast.actor(cast.member("Olga", MembershipRole.OWNER))

    assert refused_at(lambda: record_person(email=address, name="E", by=SYSTEM, now=NOW)) == "email"
    assert (
        refused_at(lambda: invite(email=address, role=MembershipRole.ANALYST, by=owner, now=NOW))
        == "email"
    )


@pytest.mark.parametrize("day", [date(1, 1, 1), LONG_AGO, FAR_AWAY, date.max])
def test_a_first_day_that_nobody_means_is_refused(in_northwind: Vendor, day: date) -> None:
    acme, edda, exam = cast.partner("acme"), cast.person("Edda"), cast.certification("nc-100")

    assert (
        refused_at(
            lambda: create_partner(slug="late", name="Late", joined_on=day, by=SYSTEM, now=NOW)
        )
        == "joined_on"
    )
    assert (
        refused_at(lambda: update_partner(partner=acme, joined_on=day, by=SYSTEM, now=NOW))
        == "joined_on"
    )
    assert (
        refused_at(
            lambda: record_employment(person=edda, partner=acme, started_on=day, by=SYSTEM, now=NOW)
        )
        == "started_on"
    )
    assert (
        refused_at(
            lambda: record_certificates(
                [NewCertificate(edda, exam, day)], source="test", by=SYSTEM, now=NOW
            )
        )
        == "awarded_on"
    )


@pytest.mark.parametrize(
    "website",
    [
        "javascript:alert(1)",
        "ftp://acme.example",
        "https://acme.example@rival.example/",
        "//acme.example",
        "https://",
        "https://acme.example/ x",
    ],
)
def test_the_public_is_sent_to_web_addresses_only(in_northwind: Vendor, website: str) -> None:
    assert (
        refused_at(
            lambda: create_partner(slug="acme", name="Acme", website=website, by=SYSTEM, now=NOW)
        )
        == "website"
    )


@pytest.mark.parametrize(
    "website", ["", "http://acme.example", "HTTPS://Acme.Example:8443/a?b=@#c"]
)
def test_web_addresses_are_kept_as_they_are(in_northwind: Vendor, website: str) -> None:
    acme = create_partner(slug="acme", name="Acme", website=website, by=SYSTEM, now=NOW)

    assert acme.website == website


def test_a_partner_is_never_named_like_the_page_that_adds_one(in_northwind: Vendor) -> None:
    acme = cast.partner("acme")

    assert refused_at(lambda: create_partner(slug="new", name="New", by=SYSTEM, now=NOW)) == "slug"
    assert (
        refused_at(lambda: update_partner(partner=acme, slug="new", by=SYSTEM, now=NOW)) == "slug"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "slug", ["", "-", "-umbra", "New_Co", "umbra_2", "ümbra", "umbra\n", "a/b"]
)
def test_a_vendor_is_never_named_so_that_no_address_leads_to_it(slug: str) -> None:
    def found() -> Vendor:
        return create_vendor(slug=slug, name="Umbra", award_prefix="UM", by=SYSTEM, now=NOW)

    assert refused_at(found) == "slug"


@pytest.mark.django_db(transaction=True)
def test_of_many_who_add_the_same_partner_one_succeeds_and_the_others_are_told() -> None:
    northwind = cast.vendor("northwind", "Northwind", prefix="NW")
    start = Barrier(6)

    def add(_number: int) -> str:
        try:
            start.wait(timeout=10)
            with tenant(northwind):
                create_partner(slug="acme", name="Acme", joined_on=TODAY, by=SYSTEM, now=NOW)
        except CannotRecord as refusal:
            return refusal.field
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(add, range(6))) == ["done", *["slug"] * 5]
    with tenant(northwind):
        assert AuditEntry.objects.filter(verb="partner.created").count() == 1
