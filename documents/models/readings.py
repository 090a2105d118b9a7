"""Figures that are delivered from outside."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from documents.models.partner_facts import DECIMAL_PLACES, MOST_DIGITS
from documents.models.period_facts import PeriodFact


class MetricReading(PeriodFact):
    """The figure of a metric for a period; without an end it is in force since its start.

    ``item`` is what it is about where a metric has a figure for each of many things.
    ``delivered_by`` is what measured it: billing, telemetry.
    """

    metric = models.CharField(max_length=80)
    value = models.DecimalField(max_digits=MOST_DIGITS, decimal_places=DECIMAL_PLACES)
    item = models.CharField(max_length=80, blank=True, default="")
    delivered_by = models.CharField(max_length=80, blank=True, default="")

    class Meta(PeriodFact.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *PeriodFact.Meta.constraints,
            models.CheckConstraint(
                name="documents_metricreading_has_a_metric", condition=~Q(metric="")
            ),
        ]
