"""Writes partners and their locations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _

from partners.enums import PartnerState
from partners.models import Location, Membership, Partner
from partners.operations import audit
from partners.operations.facts import announce_facts, check_first_day
from partners.periods import end_after
from partners.queries.vendors import vendor_day
from partners.refusals import CannotRecord
from partners.rules import Actor, NotAllowed, Permission, require

_WEB_ADDRESS = re.compile(r"https?://[^/?#@\s]+([/?#]\S*)?", re.IGNORECASE)


class PartnerDetails(TypedDict, total=False):
    """What can be said about a partner besides its slug, its name and its state."""

    name_language: str
    parent: Partner | None
    manager: Membership | None
    website: str
    summary: Mapping[str, str]
    industries: Sequence[str]
    external_id: str


class PartnerChanges(PartnerDetails, total=False):
    """What ``update_partner`` may change; what is left out stays."""

    slug: str
    name: str
    joined_on: date


@transaction.atomic
def create_partner(
    *,
    slug: str,
    name: str,
    by: Actor,
    now: datetime,
    state: PartnerState = PartnerState.ACTIVE,
    joined_on: date | None = None,
    **details: Unpack[PartnerDetails],
) -> Partner:
    """Create a partner and return it.

    ``joined_on`` None means today at the vendor. A channel manager's new partner is theirs.

    :raises CannotRecord: if the slug or the external id is taken, the state is *ended*, the first
        day is before 1900, or the website is no web address.
    :raises NotAllowed: without ``partner.edit``, or under a parent out of reach.
    """
    require(by, Permission.PARTNER_EDIT)
    if state == PartnerState.ENDED:
        raise CannotRecord("state", _("A partner cannot begin as ended."))
    partner = Partner(slug=slug, name=name, state=state, joined_on=joined_on or vendor_day(now))
    if by.managed_only:
        partner.manager_id = by.membership_id
    _apply(partner, details, by=by)
    _save(partner, force_insert=True)
    audit.record(
        by=by,
        now=now,
        verb="partner.created",
        subjects=[partner],
        partners=[partner.pk],
        changes={"slug": slug, "state": str(state), "joined_on": partner.joined_on.isoformat()},
    )
    announce_facts()
    return partner


@transaction.atomic
def update_partner(
    *, partner: Partner, by: Actor, now: datetime, **changes: Unpack[PartnerChanges]
) -> Partner:
    """Change what is named in ``changes`` and return the partner.

    :raises CannotRecord: if slug or external id is taken, the tree would close into a ring, the
        first day is before 1900, or the website is no web address.
    :raises NotAllowed: out of the actor's reach; a channel manager cannot hand a partner over.
    """
    partner = Partner.objects.select_for_update().get(pk=partner.pk)
    require(by, Permission.PARTNER_EDIT, partner)
    _apply(partner, changes, by=by)
    _save(partner)
    audit.record(
        by=by,
        now=now,
        verb="partner.updated",
        subjects=[partner],
        partners=[partner.pk],
        changes={"fields": sorted(changes)},
    )
    announce_facts()
    return partner


@transaction.atomic
def end_partner(*, partner: Partner, last_day: date, by: Actor, now: datetime) -> Partner:
    """End the partnership and return the partner; ``last_day`` is the last day as a partner.

    People, certificates and employments stay as they are: they are facts of their own.

    :raises CannotRecord: if it has ended already, for a day before it joined or a day to come.
    :raises NotAllowed: without ``partner.edit`` for this partner.
    """
    partner = Partner.objects.select_for_update().get(pk=partner.pk)
    require(by, Permission.PARTNER_EDIT, partner)
    if partner.state == PartnerState.ENDED:
        raise CannotRecord("last_day", _("This partnership has ended already."))
    if last_day < partner.joined_on:
        raise CannotRecord(
            "last_day", _("The partner joined on %(day)s, after that day."), day=partner.joined_on
        )
    if last_day > vendor_day(now):
        raise CannotRecord("last_day", _("The last day cannot be in the future."))
    partner.state = PartnerState.ENDED
    partner.ended_on = end_after(last_day)
    partner.save(update_fields=["state", "ended_on"])
    audit.record(
        by=by,
        now=now,
        verb="partner.ended",
        subjects=[partner],
        partners=[partner.pk],
        changes={"last_day": last_day.isoformat()},
    )
    announce_facts()
    return partner


@transaction.atomic
def add_location(
    *,
    partner: Partner,
    city: str,
    country: str,
    by: Actor,
    now: datetime,
    region: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    is_head_office: bool = False,
) -> Location:
    """Add a place where the partner works and return it; ``country`` is ISO 3166-1 alpha-2.

    :raises CannotRecord: for a malformed country or position, or a second head office.
    :raises NotAllowed: without ``partner.edit`` for this partner.
    """
    require(by, Permission.PARTNER_EDIT, partner)
    _check_place(country, latitude, longitude)
    # Two head offices at once are stopped by the lock on their partner.
    Partner.objects.select_for_update().get(pk=partner.pk)
    head_offices = Location.objects.filter(partner=partner, is_head_office=True)
    if is_head_office and head_offices.exists():
        raise CannotRecord("is_head_office", _("This partner has a head office already."))
    location: Location = Location.objects.create(
        partner=partner,
        city=city,
        region=region,
        country=country,
        latitude=latitude,
        longitude=longitude,
        is_head_office=is_head_office,
    )
    audit.record(
        by=by,
        now=now,
        verb="location.added",
        subjects=[location],
        partners=[partner.pk],
        changes={"country": country, "is_head_office": is_head_office},
    )
    announce_facts()
    return location


def _apply(partner: Partner, changes: PartnerDetails, *, by: Actor) -> None:
    """Set the changed fields after checking what other rows say about them."""
    if "manager" in changes and by.managed_only and _key(changes["manager"]) != by.membership_id:
        raise NotAllowed(Permission.PARTNER_EDIT)
    parent = changes.get("parent")
    if parent is not None:
        require(by, Permission.PARTNER_EDIT, parent)
        _refuse_ring(partner, parent)
    for field, value in changes.items():
        setattr(partner, field, value)
    if partner.slug == "new":  # The page that adds a partner has this address.
        raise CannotRecord("slug", _("“new” cannot be a short name: choose another one."))
    check_first_day("joined_on", partner.joined_on)
    _refuse_no_web_address(partner.website)
    _refuse_taken(partner)


def _save(partner: Partner, *, force_insert: bool = False) -> None:
    """Save; of two at once with the same slug or external id, the second one is told."""
    try:
        with transaction.atomic():
            partner.save(force_insert=force_insert)
    except IntegrityError:
        _refuse_taken(partner)
        raise


def _refuse_no_web_address(website: str) -> None:
    """Raise unless the public may be sent there: by http or https, without a name to sign in."""
    if website and not _WEB_ADDRESS.fullmatch(website):
        raise CannotRecord("website", "Enter a valid URL.")  # Django's own sentence


def _refuse_taken(partner: Partner) -> None:
    others = Partner.objects.exclude(pk=partner.pk)
    if others.filter(slug=partner.slug).exists():
        raise CannotRecord("slug", _("“%(slug)s” is taken."), slug=partner.slug)
    if partner.external_id and others.filter(external_id=partner.external_id).exists():
        raise CannotRecord(
            "external_id", _("Another partner has the id “%(id)s”."), id=partner.external_id
        )


def _refuse_ring(partner: Partner, parent: Partner) -> None:
    ancestor: Partner | None = parent
    while ancestor is not None:
        if ancestor.pk == partner.pk:
            raise CannotRecord("parent", _("A partner cannot be part of itself."))
        ancestor = ancestor.parent


def _check_place(country: str, latitude: float | None, longitude: float | None) -> None:
    if not (len(country) == 2 and country.isascii() and country.isupper()):
        raise CannotRecord("country", _("A country is two capital letters, for example DE."))
    if (latitude is None) != (longitude is None):
        raise CannotRecord("latitude", _("Give both latitude and longitude, or neither."))
    if latitude is not None and not -90 <= latitude <= 90:
        raise CannotRecord("latitude", _("A latitude lies between -90 and 90 degrees."))
    if longitude is not None and not -180 <= longitude <= 180:
        raise CannotRecord("longitude", _("A longitude lies between -180 and 180 degrees."))


def _key(membership: Membership | None) -> object:
    return None if membership is None else membership.pk
