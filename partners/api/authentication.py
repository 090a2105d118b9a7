"""Who is calling: a machine by its key, or a signed-in member. Both become an ``Actor``.

The vendor is the one of the address, whose space is open: a key or a membership of another vendor
is simply unknown there.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotFound, PermissionDenied
from rest_framework.request import Request

from partners.models import User
from partners.operations.access import authenticate_api_key
from partners.queries.access import accepts_sign_in, member_actor
from partners.rules import Actor


def caller(request: Request) -> Actor:
    """Return who is calling, once they are let in."""
    actor = request.auth
    assert isinstance(actor, Actor)
    return actor


class ApiKeyAuthentication(BaseAuthentication):
    """``Authorization: Bearer lrl_…``. Comes first, so that a missing sign-in is 401, not 403."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Actor] | None:
        """Return nobody and the key's actor; None without an Authorization header.

        :raises AuthenticationFailed: for another scheme and for a key unknown here.
        """
        header = request.headers.get("Authorization")
        if header is None:
            return None
        scheme, _space, raw = header.partition(" ")
        if scheme.lower() != "bearer":
            raise AuthenticationFailed(_("Send the key as: Authorization: Bearer lrl_…"))
        actor = authenticate_api_key(raw=raw.strip(), now=timezone.now())
        if actor is None:
            raise AuthenticationFailed(_("This key is unknown, revoked or expired."))
        return AnonymousUser(), actor

    def authenticate_header(self, _request: Request) -> str:
        """Return what a 401 asks for."""
        return 'Bearer realm="api"'


class MemberSessionAuthentication(SessionAuthentication):
    """A signed-in member on the vendor's side; writing needs the CSRF token as on pages."""

    def authenticate(self, request: Request) -> tuple[User, Actor] | None:
        """Return the user and their actor; None if nobody is signed in.

        :raises NotFound: for a signed-in stranger, to whom this vendor does not exist.
        :raises PermissionDenied: without the second factor that the vendor asks for, and for a
            write without the CSRF token.
        """
        user = getattr(request._request, "user", None)  # noqa: SLF001 - as the framework does
        if not isinstance(user, User) or not user.is_active:
            return None
        actor = member_actor(user)
        if actor.role is None:
            raise NotFound
        inner = request._request  # noqa: SLF001 - as above
        if not accepts_sign_in(inner.vendor, inner):  # type: ignore[attr-defined]
            raise PermissionDenied(_("Sign in with your second factor first."))
        self.enforce_csrf(request)
        return user, actor
