"""What every page is: it says who may open it, then does one thing.

A page class declares ``permission``: what the visitor must hold, or None for a page that is open to
everybody. ``PageNeedsPermission`` (a system check) refuses a page that declares nothing.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from partners.models import Partner, User, Vendor
from partners.queries.access import accepts_sign_in, member_actor, partner_member_actor
from partners.rules import Actor, Permission, can


class Page(View):
    """Open to everybody; the base of all others."""

    permission: ClassVar[Permission | None] = None
    request: HttpRequest

    @property
    def vendor(self) -> Vendor:
        """Return the vendor in whose space the page is served."""
        vendor: Vendor = self.request.vendor  # type: ignore[attr-defined]
        return vendor

    @cached_property
    def now(self) -> datetime:
        """Return the moment of the request: the one reading of the clock."""
        return timezone.now()

    @cached_property
    def today(self) -> date:
        """Return the calendar day in the vendor's zone."""
        return self.vendor.day_of(self.now)


class MemberPage(Page):
    """A page for members: sign-in first, strangers get 404, a missing permission 403.

    Permission comes before any input is read. ``section`` names the page's entry in the menu.
    """

    permission: ClassVar[Permission]
    section: ClassVar[str] = ""
    template_name: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let the member in, or say why not."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
        if self.actor.role is None:
            raise Http404
        if not self.accepts_sign_in:
            return redirect_to_login(request.get_full_path(), resolve_url("second_factor"))
        if not can(self.actor, self.permission):
            raise PermissionDenied(self.permission.value)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def actor(self) -> Actor:
        """Return who is asking; without a role for a stranger."""
        raise NotImplementedError

    @property
    def accepts_sign_in(self) -> bool:
        """Return whether the way this session signed in is good enough for the page."""
        return True

    @property
    def user(self) -> User:
        """Return the signed-in user."""
        user = self.request.user
        assert isinstance(user, User)
        return user

    def frame(self) -> dict[str, Any]:
        """Return what the frame around every page of the surface shows."""
        raise NotImplementedError

    def page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        """Answer with the page's template in the frame of its surface."""
        return render(self.request, self.template_name, self.frame() | context, status=status)


class WorkspacePage(MemberPage):
    """A page of the vendor's own people."""

    @cached_property
    def actor(self) -> Actor:
        """Return the visitor as a member on the vendor's side."""
        return member_actor(self.user)

    @property
    def accepts_sign_in(self) -> bool:
        """Return whether the vendor's policy lets this session in."""
        return accepts_sign_in(self.vendor, self.request)

    def partner_or_404(self, slug: str) -> Partner:
        """Return a partner in the visitor's reach.

        :raises Http404: alike for a foreign, an unknown and an unmanaged partner.
        """
        partner: Partner | None = Partner.objects.visible_to(self.actor).filter(slug=slug).first()
        if partner is None:
            raise Http404
        return partner


class PartnerPage(MemberPage):
    """A page of one partner's own people; the address names the partner."""

    @cached_property
    def partner(self) -> Partner:
        """Return the partner in the address.

        :raises Http404: if there is none.
        """
        partner: Partner | None = Partner.objects.filter(slug=self.kwargs["partner"]).first()
        if partner is None:
            raise Http404
        return partner

    @cached_property
    def actor(self) -> Actor:
        """Return the visitor as a member of the partner in the address."""
        return partner_member_actor(self.user, self.partner)
