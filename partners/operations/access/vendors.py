"""Writes a vendor together with the invitation of its first owner."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from partners.enums import MembershipRole
from partners.models import Vendor
from partners.operations.access.invitations import offer
from partners.operations.vendors import create_vendor
from partners.rules import Actor
from partners.tenancy.context import tenant


class VendorDetails(TypedDict, total=False):
    """What can be said about a new vendor besides its slug, its name and its award prefix."""

    time_zone: str
    language: str
    brand_color: str
    mfa_required: bool


@transaction.atomic
def found_vendor(
    *,
    slug: str,
    name: str,
    award_prefix: str,
    owner_email: str,
    by: Actor,
    now: datetime,
    **details: Unpack[VendorDetails],
) -> Vendor:
    """Create a vendor, invite its first owner by e-mail, and return the vendor.

    The operator is no member of the vendor by that and cannot look inside.

    :raises CannotRecord: if the slug is taken, the time zone unknown or the address malformed.
    :raises NotAllowed: without ``platform.run``.
    """
    vendor = create_vendor(
        slug=slug, name=name, award_prefix=award_prefix, by=by, now=now, **details
    )
    with tenant(vendor):
        offer(email=owner_email, role=MembershipRole.OWNER, partner=None, by=by, now=now)
    return vendor
