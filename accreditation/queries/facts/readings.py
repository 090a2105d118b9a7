"""Figures that were delivered from outside."""

from __future__ import annotations

from accreditation.criteria import records
from accreditation.queries.facts.period_facts import loader
from documents.models import MetricReading

readings_of = loader(
    MetricReading, records.MetricReading, "metric", "value", "item", source="delivered_by"
)
"""Return the figures that were not withdrawn from their first day on, by partner."""
