"""Serializers and fields that stay inside the vendor and say exactly what they take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from partners.periods import last_day
from partners.rules import Actor


class StrictSerializer(serializers.Serializer[Any]):
    """Input of which every field is known: an unknown one is an error that names it."""

    def to_internal_value(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the validated values.

        :raises ValidationError: for all wrong and unknown fields at once.
        """
        writable = {name for name, field in self.fields.items() if not field.read_only}
        unknown = ErrorDetail(str(_("There is no such field.")), code="unknown")
        errors: dict[str, Any] = {name: [unknown] for name in sorted(data.keys() - writable)}
        try:
            values: dict[str, Any] = super().to_internal_value(data)
        except ValidationError as error:
            raise ValidationError(errors | cast("dict[str, Any]", error.detail)) from error
        if errors:
            raise ValidationError(errors)
        return values


class QuerySerializer(StrictSerializer):
    """Input from the address: every parameter once, unless its field is a list."""

    def to_internal_value(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the validated values of lists by name; a parameter without a value is one.

        :raises ValidationError: for all wrong and unknown parameters, and for repeated ones.
        """
        lists = {
            name for name, field in self.fields.items() if isinstance(field, serializers.ListField)
        }
        repeated = ErrorDetail(str(_("Send it only once.")), code="repeated")
        errors = {
            name: [repeated]
            for name, values in data.items()
            if len(values) > 1 and name not in lists
        }
        if errors:
            raise ValidationError(errors)
        return super().to_internal_value(
            {name: values if name in lists else values[-1] for name, values in data.items()}
        )


@extend_schema_field(OpenApiTypes.DATE)
class LastDayField(serializers.ReadOnlyField):
    """The last day included in a period, from the exclusive end that is stored."""

    def to_representation(self, value: date) -> str:
        """Return the day before the exclusive end."""
        last = last_day(value)
        assert last is not None
        return last.isoformat()


@extend_schema_field(OpenApiTypes.STR)
class ScopedRelatedField(serializers.SlugRelatedField[Any]):
    """A related row named by its natural key, looked up in the caller's reach only.

    A row of another vendor, one out of reach and one that does not exist are refused alike.
    """

    default_error_messages = {
        "does_not_exist": _("There is none with this {slug_name} here."),
        "invalid": _("Send a text."),
    }

    def __init__(
        self,
        *,
        slug_field: str,
        rows: Callable[[Actor], QuerySet[Any]],
        lower_case: bool = False,
        **kwargs: Any,
    ) -> None:
        self.rows, self.lower_case = rows, lower_case
        super().__init__(slug_field=slug_field, **kwargs)

    def get_queryset(self) -> QuerySet[Any]:
        """Return the rows in the caller's reach."""
        return self.rows(self.context["view"].actor)

    def to_internal_value(self, data: Any) -> Any:
        """Return the row with this natural key.

        :raises ValidationError: if there is none in the caller's reach.
        """
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data.lower() if self.lower_case else data)
