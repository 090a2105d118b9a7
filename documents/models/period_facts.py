"""Facts that are so for a period: papers and figures."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from documents.models.partner_facts import PartnerFact


class PeriodFact(PartnerFact):
    """A fact about a partner for a period ``[started_on, ended_on)``.

    ``attributes`` are the vendor's own fields as ``{name: text}``, ``dates`` its own days as
    ``{name: "2026-03-02"}``.
    """

    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True, help_text="First day no longer so.")
    currency = models.CharField(max_length=3, blank=True, default="", help_text="ISO 4217")
    attributes = models.JSONField(default=dict, blank=True, help_text="{name: text}")
    dates = models.JSONField(default=dict, blank=True, help_text="{name: day}")
    note = models.CharField(max_length=1000, blank=True, default="")

    class Meta(PartnerFact.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *PartnerFact.Meta.constraints,
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_period",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_currency",
                condition=Q(currency="") | Q(currency__regex=r"^[A-Z]{3}$"),
            ),
        ]
