"""Partners and vendors: who may write them, and what is refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from partners.enums import MembershipRole, PartnerState
from partners.models import AuditEntry, Partner, Vendor
from partners.operations.partners import (
    add_location,
    create_partner,
    end_partner,
    update_partner,
)
from partners.operations.vendors import create_vendor
from partners.queries.partners import partners_matching
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, Actor, NotAllowed
from partners.tenancy.context import tenant
from tests import cast
from tests.cast import NOW, TODAY


@pytest.fixture
def mara(in_northwind: Vendor) -> Actor:
    return cast.actor(cast.member("Mara", MembershipRole.CHANNEL_MANAGER))


@pytest.fixture
def owner(in_northwind: Vendor) -> Actor:
    return cast.actor(cast.member("Olga", MembershipRole.OWNER))


def refused(refusal: pytest.ExceptionInfo[CannotRecord]) -> tuple[str, str]:
    return refusal.value.field, refusal.value.message


@pytest.mark.django_db
def test_only_the_platform_creates_a_vendor() -> None:
    umbra = create_vendor(slug="umbra", name="Umbra", award_prefix="UM", by=SYSTEM, now=NOW)

    with pytest.raises(NotAllowed):
        create_vendor(
            slug="x", name="X", award_prefix="XX", by=Actor(kind=cast.ActorKind.USER), now=NOW
        )
    with tenant(umbra):
        assert AuditEntry.objects.get().subject_ids == [umbra.pk]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"), [({"slug": "umbra"}, "slug"), ({"time_zone": "Mars/Base"}, "time_zone")]
)
def test_a_vendor_needs_a_free_slug_and_a_known_time_zone(
    umbra: Vendor, changes: dict[str, str], field: str
) -> None:
    details = {"slug": "new", "name": "New", "award_prefix": "NEW", **changes}

    with pytest.raises(CannotRecord) as refusal:
        create_vendor(**details, by=SYSTEM, now=NOW)

    assert refusal.value.field == field


def test_create_partner_joins_today_at_the_vendor(owner: Actor) -> None:
    acme = create_partner(slug="acme", name="Acme", by=owner, now=NOW)

    assert (acme.state, acme.joined_on) == (PartnerState.ACTIVE, TODAY)
    assert AuditEntry.objects.get().partner_ids == [acme.pk]


def test_a_channel_managers_new_partner_is_theirs(mara: Actor) -> None:
    acme = create_partner(slug="acme", name="Acme", by=mara, now=NOW)

    assert acme.manager_id == mara.membership_id


def test_a_channel_manager_writes_managed_partners_only(mara: Actor) -> None:
    other = cast.partner("other")

    with pytest.raises(NotAllowed):
        update_partner(partner=other, name="Mine", by=mara, now=NOW)
    with pytest.raises(NotAllowed):
        create_partner(slug="child", name="Child", parent=other, by=mara, now=NOW)
    with pytest.raises(NotAllowed):
        end_partner(partner=other, last_day=TODAY, by=mara, now=NOW)


def test_a_channel_manager_cannot_hand_a_partner_over(mara: Actor) -> None:
    mine = create_partner(slug="acme", name="Acme", by=mara, now=NOW)
    colleague = cast.member("Carl", MembershipRole.CHANNEL_MANAGER)

    for manager in (colleague, None):
        with pytest.raises(NotAllowed):
            update_partner(partner=mine, manager=manager, by=mara, now=NOW)


def test_partner_admin_cannot_edit_the_partner_itself(owner: Actor) -> None:
    acme = cast.partner("acme")
    paul = cast.actor(cast.member("Paul", MembershipRole.PARTNER_ADMIN, acme))

    with pytest.raises(NotAllowed):
        update_partner(partner=acme, name="Acme!", by=paul, now=NOW)


def test_slug_and_external_id_are_unique_within_the_vendor(owner: Actor) -> None:
    create_partner(slug="acme", name="Acme", external_id="A-1", by=owner, now=NOW)

    with pytest.raises(CannotRecord) as same_slug:
        create_partner(slug="acme", name="Acme", by=owner, now=NOW)
    with pytest.raises(CannotRecord) as same_id:
        create_partner(slug="acme-2", name="Acme", external_id="A-1", by=owner, now=NOW)

    assert refused(same_slug) == ("slug", "“acme” is taken.")
    assert refused(same_id) == ("external_id", "Another partner has the id “A-1”.")


def test_another_vendors_slug_is_free(umbra: Vendor) -> None:
    with tenant(umbra):
        create_partner(slug="acme", name="Acme", by=SYSTEM, now=NOW)
    northwind = cast.vendor("northwind", "Northwind", prefix="NW")

    with tenant(northwind):
        create_partner(slug="acme", name="Acme", by=SYSTEM, now=NOW)


def test_update_partner_changes_what_is_named_and_nothing_else(owner: Actor) -> None:
    acme = cast.partner("acme", website="https://acme.example")

    update_partner(partner=acme, name="Acme Inc.", by=owner, now=NOW)

    stored = Partner.objects.get()
    assert (stored.name, stored.website) == ("Acme Inc.", "https://acme.example")
    assert AuditEntry.objects.get().changes == {"fields": ["name"]}


def test_the_tree_of_partners_never_closes_into_a_ring(owner: Actor) -> None:
    head = cast.partner("head")
    branch = cast.partner("branch", parent=head)

    with pytest.raises(CannotRecord) as refusal:
        update_partner(partner=head, parent=branch, by=owner, now=NOW)

    assert refused(refusal) == ("parent", "A partner cannot be part of itself.")


def test_end_partner_ends_after_its_last_day(owner: Actor) -> None:
    acme = end_partner(partner=cast.partner("acme"), last_day=TODAY, by=owner, now=NOW)

    assert (acme.state, acme.ended_on) == (PartnerState.ENDED, date(2026, 3, 3))


@pytest.mark.parametrize("last_day", [date(2023, 12, 31), date(2026, 3, 3)])
def test_a_partnership_ends_between_joining_and_today(owner: Actor, last_day: date) -> None:
    with pytest.raises(CannotRecord) as refusal:
        end_partner(partner=cast.partner("acme"), last_day=last_day, by=owner, now=NOW)

    assert refusal.value.field == "last_day"


def test_a_partnership_ends_once(owner: Actor) -> None:
    acme = end_partner(partner=cast.partner("acme"), last_day=TODAY, by=owner, now=NOW)

    with pytest.raises(CannotRecord):
        end_partner(partner=acme, last_day=TODAY, by=owner, now=NOW)


def test_a_partner_has_one_head_office(owner: Actor) -> None:
    acme = cast.partner("acme")
    add_location(partner=acme, city="Köln", country="DE", is_head_office=True, by=owner, now=NOW)
    add_location(partner=acme, city="Bonn", country="DE", by=owner, now=NOW)

    with pytest.raises(CannotRecord) as refusal:
        add_location(partner=acme, city="Ulm", country="DE", is_head_office=True, by=owner, now=NOW)

    assert refusal.value.field == "is_head_office"
    assert acme.locations.count() == 2


@pytest.mark.parametrize(
    ("place", "field"),
    [
        ({"country": "de"}, "country"),
        ({"country": "DEU"}, "country"),
        ({"latitude": 50.9}, "latitude"),
        ({"latitude": 90.1, "longitude": 7.0}, "latitude"),
        ({"latitude": 50.9, "longitude": 180.1}, "longitude"),
    ],
)
def test_a_malformed_place_is_refused_at_its_field(
    owner: Actor, place: dict[str, object], field: str
) -> None:
    with pytest.raises(CannotRecord) as refusal:
        add_location(
            partner=cast.partner("acme"),
            by=owner,
            now=NOW,
            **{"city": "Köln", "country": "DE", **place},
        )

    assert refusal.value.field == field


def names(partners: Iterable[Partner]) -> list[str]:
    return sorted(partner.name for partner in partners)


def test_partners_are_found_within_the_actors_reach(owner: Actor, mara: Actor) -> None:
    cast.partner("other")
    create_partner(slug="acme", name="Acme", by=mara, now=NOW)

    assert names(partners_matching(mara)) == ["Acme"]
    assert names(partners_matching(owner)) == ["Acme", "Other"]


@pytest.mark.parametrize(
    ("search", "found"),
    [("acm", ["Acme"]), ("B-1", ["Bolt"]), (" BOL ", ["Bolt"]), ("%", []), ("", ["Acme", "Bolt"])],
)
def test_partners_are_found_by_name_slug_and_external_id(
    owner: Actor, search: str, found: list[str]
) -> None:
    cast.partner("acme")
    cast.partner("bolt", external_id="B-1")

    assert names(partners_matching(owner, search=search)) == found


def test_partners_are_found_by_state(owner: Actor) -> None:
    cast.partner("acme")
    cast.partner("lead", state=PartnerState.PROSPECT)

    assert names(partners_matching(owner, state=PartnerState.ACTIVE)) == ["Acme"]
