"""What a partner is or has, in the vendor's own words."""

from datetime import date
from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from partners.enums import AttributeKind
from partners.models.dated import DatedFact
from partners.models.people import DateRange

_NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


class OrganizationAttribute(DatedFact):
    """One attribute of a partner and its value for a period: size, region, the day it joined.

    ``value`` is written as rules write it: ``large``, ``1200.5``, ``true``, ``2026-03-02``. On a
    day an attribute has one value: the exclusion constraint.
    """

    name = models.SlugField(max_length=80)
    kind = models.CharField(max_length=8, choices=AttributeKind.choices)
    value = models.CharField(max_length=200)

    class Meta(DatedFact.Meta):
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                name="partners_organizationattribute_value",
                condition=Q(kind=AttributeKind.NUMBER, value__regex=_NUMBER)
                | Q(kind=AttributeKind.YES_NO, value__in=["true", "false"])
                | Q(kind=AttributeKind.DAY, value__regex=_DAY)
                | (Q(kind=AttributeKind.TEXT) & ~Q(value="")),
            ),
            ExclusionConstraint(
                name="partners_organizationattribute_one_a_day",
                expressions=[
                    ("vendor", RangeOperators.EQUAL),
                    ("partner", RangeOperators.EQUAL),
                    ("name", RangeOperators.EQUAL),
                    (DateRange("started_on", "ended_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.partner_id} from {self.started_on}"


def typed(kind: AttributeKind, value: str) -> str | Decimal | bool | date:
    """Return what a stored value means."""
    if kind == AttributeKind.NUMBER:
        return Decimal(value)
    if kind == AttributeKind.YES_NO:
        return value == "true"
    return date.fromisoformat(value) if kind == AttributeKind.DAY else value
