"""Asks for deployments."""

from __future__ import annotations

from django.db.models import QuerySet

from documents.models import Deployment
from partners.models import Partner
from partners.rules import Actor


def deployments_visible_to(actor: Actor) -> QuerySet[Deployment]:
    """Return the deployments of partners in the actor's reach, with partner and customer."""
    visible: QuerySet[Deployment] = Deployment.objects.visible_to(actor)
    return visible.select_related("partner", "customer")


def deployments_of(partner: Partner) -> QuerySet[Deployment]:
    """Return the deployments of a partner with their customers, withdrawn ones too, newest first.

    Newest by the day of completion.
    """
    found: QuerySet[Deployment] = Deployment.objects.filter(partner=partner)
    return found.select_related("customer").order_by("-completed_on", "-id")
