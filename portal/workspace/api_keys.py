"""The vendor's API keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from partners.enums import MembershipRole
from partners.models import ApiKey
from partners.operations.access import create_api_key, revoke_api_key
from partners.queries.access import api_keys, proved_recently
from partners.refusals import CannotRecord
from partners.rules import API_KEY_ROLES, Permission
from portal.look.components import Chip, Tone
from portal.look.refusals import say_at
from portal.workspace.frame import ManagePage

LIVES = [
    (30, gettext_lazy("30 days")),
    (90, gettext_lazy("90 days")),
    (180, gettext_lazy("180 days")),
    (365, gettext_lazy("1 year")),
]
ROLES = [(role.value, role.label) for role in MembershipRole if role in API_KEY_ROLES]


class ApiKeyForm(forms.Form):
    """A new key."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        help_text=gettext_lazy("What will use the key, for example the CRM."),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Membership role"), choices=ROLES, initial=MembershipRole.ANALYST
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Valid for"), choices=LIVES, coerce=int, initial=90
    )


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One key of the list; ``over`` says why it cannot be used any more."""

    key: ApiKey
    over: Chip | None


@method_decorator(never_cache, name="dispatch")
class ApiKeys(ManagePage):
    """Lists keys, creates and revokes them. Asks for the password again first."""

    permission = Permission.API_KEYS
    section = "api_keys"
    template_name = "workspace/api_keys.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the keys and the form."""
        return self._prove() or self._page(ApiKeyForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Create a key and show it this once, or revoke one."""
        prove = self._prove()
        if prove is not None:
            return prove
        if request.POST.get("verb") == "revoke":
            return self._revoke()
        return self._create(ApiKeyForm(request.POST))

    def _prove(self) -> HttpResponse | None:
        if proved_recently(self.request, self.now):
            return None
        return redirect_to_login(self.request.path, resolve_url("account_reauthenticate"))

    def _create(self, form: ApiKeyForm) -> HttpResponse:
        if form.is_valid():
            try:
                _key, secret = create_api_key(
                    name=form.cleaned_data["name"],
                    role=MembershipRole(form.cleaned_data["role"]),
                    days=form.cleaned_data["days"],
                    by=self.actor,
                    now=self.now,
                )
            except CannotRecord as refusal:
                say_at(form, refusal)
            else:
                return self._page(ApiKeyForm(), secret=secret)
        return self._page(form, status=422)

    def _revoke(self) -> HttpResponse:
        try:
            key = revoke_api_key(key=self._sent_key(), by=self.actor, now=self.now)
        except CannotRecord as refusal:
            messages.error(self.request, refusal.message)
        else:
            messages.success(self.request, _("The key %(name)s is revoked.") % {"name": key.name})
        return redirect(self.request.path)

    def _sent_key(self) -> ApiKey:
        try:
            key = api_keys().filter(pk=UUID(self.request.POST.get("id", ""))).first()
        except ValueError:
            key = None
        if key is None:
            raise Http404
        return key

    def _page(self, form: ApiKeyForm, secret: str = "", status: int = 200) -> HttpResponse:
        rows = [KeyRow(key, _state_of(key, self.now)) for key in api_keys()]
        return self.page(status=status, form=form, rows=rows, secret=secret)


def _state_of(key: ApiKey, now: datetime) -> Chip | None:
    """Return why the key cannot be used any more; None while it can."""
    if key.revoked_at is not None:
        return Chip(Tone.BAD, _("Revoked"), "ban")
    return Chip(Tone.NEUTRAL, _("Expired"), "clock") if key.expires_at <= now else None
