"""What every dated fact about a partner has in common."""

from django.db import models
from django.db.models import F, Q

from partners.models.partners import Partner
from partners.tenancy.keys import TenantForeignKey
from partners.tenancy.models import TenantModel


class DatedFact(TenantModel):
    """Something that is so of a partner for ``[started_on, ended_on)``, until it is withdrawn.

    Withdrawn means it never was so: it is kept and counts on no day. ``reason`` says why it was
    ended or withdrawn; who did it and when is in the audit log.
    """

    partner = TenantForeignKey(Partner, models.PROTECT, related_name="+")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True, help_text="First day no longer so.")
    note = models.CharField(max_length=1000, blank=True, default="")
    source = models.CharField(max_length=40, help_text="workspace, import, api, …")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, default="")

    class Meta(TenantModel.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_period",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_withdrawn",
                condition=Q(withdrawn_at__isnull=True) | ~Q(reason=""),
            ),
        ]
