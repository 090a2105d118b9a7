"""Asks about the open vendor."""

from datetime import date, datetime

from partners.models import Vendor
from partners.tenancy.context import current_vendor_id


def open_vendor() -> Vendor:
    """Return the vendor whose space is open."""
    return Vendor.objects.get(pk=current_vendor_id())


def vendor_day(now: datetime) -> date:
    """Return the calendar day of a moment at the open vendor: the day all rules use."""
    return open_vendor().day_of(now)
