"""What OpenAPI says of every endpoint: how to sign in, which errors, which headers."""

from __future__ import annotations

from typing import Any, Literal

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from partners.api.problems import CONTENT_TYPE, PROBLEMS

_EVERYWHERE = frozenset({"not-authenticated", "not-allowed", "not-found", "not-acceptable",
                         "too-many-requests", "internal-error"})  # fmt: skip
_QUERY = frozenset({"invalid-request"})
_BODY = frozenset({"invalid-request", "in-flight", "too-large", "unsupported-media-type",
                   "key-reused"})  # fmt: skip


class FieldErrorSerializer(serializers.Serializer[Any]):
    """One thing that is wrong, and where."""

    field = serializers.CharField(help_text=_("Path of the field or parameter: rows.0.number."))
    code = serializers.CharField(help_text=_("Stable; required, unknown, refused, …"))
    message = serializers.CharField(help_text=_("A sentence for people."))


class ProblemSerializer(serializers.Serializer[Any]):
    """An error as RFC 9457 describes it."""

    type = serializers.CharField(help_text=_("Address of the page that explains it; stable."))
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField(help_text=_("The address that was asked."))
    errors = FieldErrorSerializer(many=True, required=False)  # type: ignore[assignment]


class ProblemSchema(AutoSchema):
    """Adds the problems, and for writes the Idempotency-Key header, to every operation."""

    def get_override_parameters(self) -> list[Any]:
        """Return the headers that the endpoint reads."""
        declared = list(super().get_override_parameters())
        if self.method == "POST":
            declared.append(
                OpenApiParameter(
                    "Idempotency-Key",
                    OpenApiTypes.STR,
                    OpenApiParameter.HEADER,
                    description=_("A repeat within 24 hours gets the first answer again."),
                )
            )
        return declared

    def _get_response_bodies(
        self, direction: Literal["request", "response"] = "response"
    ) -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        problem = self.resolve_serializer(ProblemSerializer, direction).ref
        for key, kind in PROBLEMS.items():
            if key in self._expected_problems():
                bodies.setdefault(
                    str(kind.status),
                    {
                        "content": {CONTENT_TYPE: {"schema": problem}},
                        "description": str(kind.title),
                    },
                )
        return bodies

    def _expected_problems(self) -> frozenset[str]:
        return _EVERYWHERE | (_QUERY if self.method == "GET" else _BODY)


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The machine's key."""

    target_class = "partners.api.authentication.ApiKeyAuthentication"
    name = "apiKey"

    def get_security_definition(self, _auto_schema: AutoSchema) -> dict[str, Any]:
        """Return the scheme of a bearer key."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": "lrl_…"}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The member's browser session."""

    target_class = "partners.api.authentication.MemberSessionAuthentication"
    name = "session"

    def get_security_definition(self, _auto_schema: AutoSchema) -> dict[str, Any]:
        """Return the scheme of the session cookie."""
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
