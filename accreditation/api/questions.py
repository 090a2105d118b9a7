"""What may be asked in the address: a day, a reading, who or what falls away."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accreditation.queries.past import Reading
from partners.api.fields import QuerySerializer
from partners.periods import FIRST_DAY, LAST_YEAR

MOST_TOGETHER = 50
"""So many may fall away at once in one simulation."""


def _today(serializer: serializers.Serializer[Any]) -> date:
    view = serializer.context["view"]
    today: date = view.vendor.day_of(view.now)
    return today


class VerdictQuery(QuerySerializer):
    """Which day, and in which reading."""

    on = serializers.DateField(
        required=False, help_text=_("Today at the vendor, or a past day; left out: today.")
    )
    reading = serializers.ChoiceField(
        choices=[(one.value, one.value) for one in Reading],
        default=Reading.KNOWN.value,
        help_text=_("As known at the end of that day, or as corrected since."),
    )

    def validate_on(self, on: date) -> date:
        """Return the day. :raises ValidationError: for one that has not come, or before 1900."""
        if on > _today(self):
            raise serializers.ValidationError(_("Choose a day that has come."), code="future")
        if on < FIRST_DAY:
            raise serializers.ValidationError(_("Choose a day from 1900 on."), code="too_early")
        return on


class SimulationQuery(QuerySerializer):
    """Who or what falls away, and when."""

    without = serializers.ListField(
        child=serializers.UUIDField(),
        default=list,
        max_length=MOST_TOGETHER,
        help_text=_(
            "Ids of people, customers or records that fall away together; left out: each person, "
            "customer and record alone, those without which the level is lost."
        ),
    )
    on = serializers.DateField(
        required=False,
        help_text=_("First day without them, from today on; left out: today at the vendor."),
    )

    def validate_on(self, on: date) -> date:
        """Return the day. :raises ValidationError: for one that is over, or from 2200 on."""
        if on < _today(self):
            raise serializers.ValidationError(_("Choose today or a later day."), code="past")
        if on.year > LAST_YEAR:
            raise serializers.ValidationError(_("Choose a day before 2200."), code="too_late")
        return on
