"""The platform operator's page. It shows which vendors there are and nothing of what is in them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from partners.models import User
from partners.operations.access import found_vendor
from partners.queries.access import all_vendors, user_actor
from partners.refusals import CannotRecord
from partners.rules import Actor, Permission, can
from portal.account.forms import VendorForm
from portal.look.pages import Page
from portal.look.refusals import say_at


class Operator(Page):
    """Lists the vendors and founds new ones; does not exist for anybody but operators."""

    permission = Permission.PLATFORM_RUN

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let operators in; 404 for everybody else who is signed in."""
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path(), resolve_url("account_login"))
        if not can(self.actor, Permission.PLATFORM_RUN):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def actor(self) -> Actor:
        """Return the visitor outside every vendor."""
        user = self.request.user
        assert isinstance(user, User)
        return user_actor(user)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the vendors and the form."""
        return self._page(VendorForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Found a vendor."""
        form = VendorForm(request.POST)
        if form.is_valid():
            try:
                vendor = found_vendor(**form.cleaned_data, by=self.actor, now=self.now)
            except CannotRecord as refusal:
                say_at(form, refusal)
            else:
                messages.success(
                    request,
                    _("%(name)s is founded. Its first owner has been invited.")
                    % {"name": vendor.name},
                )
                return redirect("operator")
        return self._page(form, status=422)

    def _page(self, form: VendorForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "vendors": all_vendors()}
        return render(self.request, "entry/operator.html", context, status=status)
