"""What every fact about a partner that comes from outside has in common."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from partners.models import Partner
from partners.rules import Actor
from partners.tenancy.keys import TenantForeignKey
from partners.tenancy.models import TenantManager, TenantModel, TenantQuerySet

MOST_DIGITS, DECIMAL_PLACES = 20, 4
"""Of the numbers that facts keep exactly."""


class PartnerFactQuerySet(TenantQuerySet[Any]):
    """Questions about facts of partners that read as English."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the facts of the partners in the actor's reach."""
        if actor.partner_id is None and not actor.managed_only:
            return self
        return self.filter(partner__in=Partner.objects.visible_to(actor))


PartnerFactManager = TenantManager.from_queryset(PartnerFactQuerySet)


class PartnerFact(TenantModel):
    """A fact about one partner under an id of its own, which makes it the same fact when repeated.

    ``withdrawn_on`` is the first day on which it no longer counts. A withdrawn fact is kept and
    says why.
    """

    partner = TenantForeignKey(Partner, models.PROTECT, related_name="%(class)ss")
    external_id = models.CharField(
        max_length=80, help_text="What the source calls it: a project, an order, a case."
    )
    withdrawn_on = models.DateField(null=True, blank=True, help_text="First day it is not valid.")
    withdrawal_reason = models.CharField(max_length=300, blank=True, default="")
    source = models.CharField(max_length=40, help_text="workspace, import, api, …")
    recorded_at = models.DateTimeField()

    objects: ClassVar = PartnerFactManager()

    class Meta(TenantModel.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["vendor", "partner", "external_id"], name="%(app_label)s_%(class)s_once"
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_withdrawal",
                condition=Q(withdrawn_on__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawal_reason="")),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_named", condition=~Q(external_id="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.external_id} of {self.partner_id}"
