"""May this actor do this here? Every action of an endpoint names its permission."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from partners.api.authentication import caller
from partners.rules import can


class DeclaredPermission(BasePermission):
    """Asks ``partners.rules`` for the permission that the endpoint declares for its action.

    What declares nothing is closed. A method the endpoint does not have passes, to be answered with
    405 for whoever is known here.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        """Return whether the caller holds the permission of the action asked for."""
        if request.successful_authenticator is None:
            return False
        if request.method not in view.allowed_methods:
            return True
        permission = view.permissions.get(view.action)
        return permission is not None and can(caller(request), permission)
