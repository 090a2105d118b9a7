"""Partner organizations and where they are."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from partners.enums import PartnerState
from partners.rules import Actor
from partners.tenancy.keys import TenantForeignKey
from partners.tenancy.models import TenantManager, TenantModel, TenantQuerySet


class PartnerQuerySet(TenantQuerySet["Partner"]):
    """Questions about partners that read as English."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the partners in the actor's reach: all, the managed ones, or their own."""
        if actor.partner_id is not None:
            return self.filter(pk=actor.partner_id)
        if actor.managed_only:
            # ``isnull``: without a membership the comparison would find the unmanaged ones.
            return self.filter(manager=actor.membership_id, manager__isnull=False)
        return self


PartnerManager = TenantManager.from_queryset(PartnerQuerySet)


class Partner(TenantModel):
    """An organization in a vendor's program; never a person.

    Partners form a tree: legal entities, countries, regions and branches are child partners.
    """

    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    name_language = models.CharField(max_length=12, blank=True, default="")
    parent = TenantForeignKey(
        "partners.Partner", models.PROTECT, null=True, blank=True, related_name="children"
    )
    state = models.CharField(
        max_length=12, choices=PartnerState.choices, default=PartnerState.ACTIVE
    )
    joined_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True, help_text="First day no longer a partner.")
    manager = TenantForeignKey(
        "partners.Membership", models.SET_NULL, null=True, blank=True, related_name="managed"
    )
    website = models.URLField(blank=True, default="")
    summary = models.JSONField(default=dict, blank=True, help_text="{language: text}")
    industries = models.JSONField(default=list, blank=True)
    external_id = models.CharField(max_length=80, blank=True, default="")

    objects: ClassVar = PartnerManager()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["vendor", "slug"], name="partners_partner_slug"),
            models.UniqueConstraint(
                fields=["vendor", "external_id"],
                condition=~Q(external_id=""),
                name="partners_partner_external_id",
            ),
            models.CheckConstraint(
                name="partners_partner_ended",
                condition=Q(state=PartnerState.ENDED, ended_on__isnull=False)
                | (~Q(state=PartnerState.ENDED) & Q(ended_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="partners_partner_not_its_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Location(TenantModel):
    """A place where a partner works. Distances use latitude and longitude in degrees."""

    partner = TenantForeignKey(Partner, models.CASCADE, related_name="locations")
    city = models.CharField(max_length=120)
    region = models.CharField(max_length=120, blank=True, default="")
    country = models.CharField(max_length=2, help_text="ISO 3166-1 alpha-2")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    is_head_office = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "partner"],
                condition=Q(is_head_office=True),
                name="partners_location_one_head_office",
            ),
            models.CheckConstraint(
                name="partners_location_country", condition=Q(country__regex=r"^[A-Z]{2}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city}, {self.country}"
