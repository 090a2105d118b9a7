"""Writes the tenant itself."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext_noop as _

from partners.models import Vendor
from partners.operations import audit
from partners.refusals import CannotRecord
from partners.rules import Actor, Permission, require
from partners.tenancy.context import tenant

# What the tenancy middleware finds in an address.
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")


@transaction.atomic
def create_vendor(
    *,
    slug: str,
    name: str,
    award_prefix: str,
    by: Actor,
    now: datetime,
    time_zone: str = "UTC",
    language: str = "en",
    brand_color: str = "#3b46b8",
    mfa_required: bool = False,
) -> Vendor:
    """Create a vendor and return it, outside every vendor.

    :raises CannotRecord: if the slug is taken or no address can hold it, or the time zone unknown.
    :raises NotAllowed: without ``platform.run``.
    """
    require(by, Permission.PLATFORM_RUN)
    if time_zone not in available_timezones():
        raise CannotRecord("time_zone", _("“%(zone)s” is not a time zone."), zone=time_zone)
    if not _SLUG.fullmatch(slug):
        raise CannotRecord(
            "slug",
            _("Small letters, digits and hyphens: northwind is reached at /v/northwind/."),
        )
    if Vendor.objects.filter(slug=slug).exists():
        raise CannotRecord("slug", _("“%(slug)s” is taken."), slug=slug)
    vendor = Vendor.objects.create(
        slug=slug,
        name=name,
        award_prefix=award_prefix,
        time_zone=time_zone,
        language=language,
        brand_color=brand_color,
        mfa_required=mfa_required,
        created_at=now,
    )
    with tenant(vendor):
        audit.record(
            by=by, now=now, verb="vendor.created", subjects=[vendor], changes={"slug": slug}
        )
    return vendor
