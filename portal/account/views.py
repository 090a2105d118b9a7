"""The chooser, the second factor, and invitations."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import perform_login
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import get_script_prefix, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from partners.models import Invitation, Membership, User
from partners.operations.access import accept_as_new_user, accept_invitation
from partners.queries.access import (
    accepts_sign_in,
    holds_address,
    invitation_with,
    memberships_of,
    user_with_address,
)
from partners.refusals import CannotRecord
from portal.account.forms import NewAccountForm
from portal.account.places import entries_of, surface_of
from portal.look.context import look
from portal.look.pages import Page
from portal.look.refusals import say_at


@method_decorator(never_cache, name="dispatch")
class Chooser(Page):
    """The front door: sign in, then choose where to go; straight in when there is one place."""

    permission = None

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send a visitor to sign-in and a member to their only place, or show the places."""
        if not isinstance(request.user, User):
            return redirect("account_login")
        entries = entries_of(request.user)
        if len(entries) == 1:
            return redirect(entries[0].url)
        return render(request, "entry/chooser.html", {"entries": entries})


@method_decorator(never_cache, name="dispatch")
class Enter(Page):
    """Where signing in at a vendor leads: to the only place there, otherwise to the chooser."""

    permission = None

    def get(self, request: HttpRequest) -> HttpResponse:
        """Redirect a member in."""
        if not isinstance(request.user, User):
            return redirect("account_login")
        here = list(memberships_of(request.user)[:2])
        if len(here) == 1:
            return redirect(f"{get_script_prefix()}{surface_of(here[0].partner)}")
        return redirect(look(request)["look"].chooser_url)


class OutsideEmail(Page):
    """Leads out to the e-mail address of the account: allauth sends people there from sign-in."""

    permission = None

    def get(self, request: HttpRequest) -> HttpResponse:
        """Redirect to the page outside of vendors."""
        return redirect(f"{look(request)['look'].chooser_url}accounts/email/")


@method_decorator(never_cache, name="dispatch")
class SecondFactor(Page):
    """Says what to do when the vendor asks for a second factor that this session lacks."""

    permission = None

    def get(self, request: HttpRequest) -> HttpResponse:
        """Explain, or let the member on once the factor was shown."""
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
        onward = self._onward(request)
        if accepts_sign_in(self.vendor, request):
            return redirect(onward)
        query = urlencode({"next": onward})
        context = {
            "has_factor": is_mfa_enabled(request.user),
            "confirm_url": f"{reverse('mfa_reauthenticate')}?{query}",
            "security_url": look(request)["look"].security_url,
            "onward": onward,
        }
        return render(request, "entry/second_factor.html", context, status=403)

    def _onward(self, request: HttpRequest) -> str:
        wanted = request.GET.get("next", "")
        safe = url_has_allowed_host_and_scheme(
            wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )
        return wanted if safe else reverse("enter")


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class AcceptInvitation(Page):
    """The page behind an invitation's link."""

    permission = None
    invitation: Invitation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer alike for an unknown, used, withdrawn or expired link."""
        invitation = invitation_with(kwargs["token"], self.now)
        if invitation is None:
            return render(request, "entry/invitation_gone.html", status=404)
        self.invitation = invitation
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Show what is offered and what is missing to take it."""
        return self._page()

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Join, with the signed-in account or with a new one."""
        if isinstance(request.user, User):
            return self._join_as(request.user, token)
        return self._join_anew(NewAccountForm(request.POST), token)

    def _join_as(self, user: User, token: str) -> HttpResponse:
        try:
            membership = accept_invitation(token=token, user=user, now=self.now)
        except CannotRecord as refusal:
            messages.error(self.request, refusal.message)
            return self._page(status=403)
        return redirect(self._inside(membership))

    def _join_anew(self, form: NewAccountForm, token: str) -> HttpResponse:
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            membership = accept_as_new_user(
                token=token,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password"],
                language=get_language() or settings.LANGUAGE_CODE,
                now=self.now,
            )
        except ValidationError as problem:
            form.add_error("password", problem)
            return self._page(form, status=422)
        except CannotRecord as refusal:
            say_at(form, refusal)
            return self._page(form, status=422)
        answer: HttpResponse = perform_login(
            self.request, membership.user, redirect_url=self._inside(membership)
        )
        return answer

    def _inside(self, membership: Membership) -> str:
        return f"{get_script_prefix()}{surface_of(membership.partner)}"

    def _page(self, form: NewAccountForm | None = None, status: int = 200) -> HttpResponse:
        user, invitation = self.request.user, self.invitation
        signed_in = isinstance(user, User)
        mine = isinstance(user, User) and holds_address(user, invitation.email)
        known = not signed_in and user_with_address(invitation.email) is not None
        context = {
            "invitation": invitation,
            "place": invitation.partner or self.vendor,
            "other_account": signed_in and not mine,
            "sign_in_url": _with_next(reverse("account_login"), self.request) if known else "",
            "sign_out_url": reverse("account_logout"),
            "form": None if signed_in or known else form or NewAccountForm(),
            "title": _("Join %(place)s") % {"place": invitation.partner or self.vendor},
        }
        refused = 403 if context["other_account"] else status
        return render(self.request, "entry/invitation.html", context, status=refused)


def _with_next(address: str, request: HttpRequest) -> str:
    return f"{address}?{urlencode({'next': request.get_full_path()})}"
