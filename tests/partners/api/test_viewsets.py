"""Every action of an endpoint declares who may use it."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from partners.api.viewsets import VendorViewSet
from partners.rules import Permission


def test_endpoint_without_a_declared_permission_cannot_be_defined() -> None:
    with pytest.raises(TypeError, match=r"\['list'\]"):

        class Careless(VendorViewSet):
            def list(self, request: Request) -> Response:
                return Response([])


def test_extra_action_without_a_declared_permission_cannot_be_defined() -> None:
    with pytest.raises(TypeError, match=r"\['revoke'\]"):

        class Careless(VendorViewSet):
            permissions: ClassVar[dict[str, Permission]] = {"retrieve": Permission.CERTIFICATE_VIEW}

            def retrieve(self, request: Request, **kwargs: Any) -> Response:
                return Response({})

            @action(detail=True, methods=["post"])
            def revoke(self, request: Request, **kwargs: Any) -> Response:
                return Response({})
