"""Asks what a member was told."""

from __future__ import annotations

from django.db.models import QuerySet

from partners.models import Notice
from partners.rules import Actor


def inbox(actor: Actor) -> QuerySet[Notice]:
    """Return the member's notices in the app, newest first, each with its partner."""
    notices: QuerySet[Notice] = Notice.objects.filter(recipient=actor.membership_id)
    return notices.select_related("partner").order_by("-created_at", "-id")


def unread_count(actor: Actor) -> int:
    """Return how many notices the member has not read."""
    return inbox(actor).filter(read_at=None).count()
