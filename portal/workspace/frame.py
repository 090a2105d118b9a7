"""What every page of the workspace shares: the menu, names, and how forms are answered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from accreditation.queries.notices import WordedNotice
from partners.models import Partner
from partners.refusals import CannotRecord
from partners.rules import NotAllowed, Permission, can
from portal.look.components import Crumb, Text
from portal.look.pages import WorkspacePage
from portal.look.refusals import say_at
from portal.workspace.navigation import navigation


class ManagePage(WorkspacePage):
    """A page of the workspace."""

    def frame(self) -> dict[str, Any]:
        """Return what the frame around every page shows."""
        return {
            "nav": navigation(self.actor, self.section),
            "who_detail": self.actor.role.label if self.actor.role else "",
            "home_url": reverse("workspace:dashboard"),
            "today": self.today,
        }

    def notice_url(self, notice: WordedNotice) -> str:
        """Return the page of the partner in the program a notice is about."""
        if not notice.partner_slug:
            return ""
        return reverse("workspace:accreditation", args=[notice.partner_slug, notice.program_key])

    def may(self, permission: Permission) -> bool:
        """Return whether the visitor holds a permission: no button leads nowhere."""
        return can(self.actor, permission)


class PartnerInWorkspace(ManagePage):
    """A page about one partner in the visitor's reach, named by the address."""

    section = "partners"

    @cached_property
    def partner(self) -> Partner:
        """Return the partner in the address.

        :raises Http404: alike for a foreign, an unknown and an unmanaged partner.
        """
        return self.partner_or_404(self.kwargs["partner"])

    def frame(self) -> dict[str, Any]:
        """Return the frame, with the partner."""
        return super().frame() | {"partner": self.partner, "partner_url": self.url("partner")}

    def url(self, name: str, *arguments: str) -> str:
        """Return the address of a page of this partner in the workspace."""
        return reverse(f"workspace:{name}", args=[self.partner.slug, *arguments])


class FormPage(ManagePage):
    """A page with one form: shows it, and answers what was sent with one operation.

    What is refused stays filled in, with an error at its field. ``heading``, ``lede`` and
    ``submit`` are what the page and its button say.
    """

    template_name = "workspace/form.html"
    heading: Text
    lede: Text = ""
    submit: Text

    def form(self, *sent: Any) -> forms.Form:
        """Return the form, bound to what was sent."""
        raise NotImplementedError

    def save(self, form: Any) -> HttpResponse:
        """Do what the valid form asks for and answer.

        :raises CannotRecord: if the rules refuse it.
        """
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        """Return what the template needs besides the form; looks up what the page is about."""
        return {"heading": self.heading, "lede": self.lede, "submit": self.submit}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        return self.page(**self.context(), form=self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it, or show the form again with what is wrong."""
        context = self.context()
        form = self.form(request.POST, request.FILES)
        if form.is_valid():
            try:
                with transaction.atomic():
                    return self.save(form)
            except CannotRecord as refusal:
                say_at(form, refusal)
            except NotAllowed as refusal:
                # In reach to be seen, but not to be changed: somebody who has left, for example.
                raise PermissionDenied(refusal.permission.value) from refusal
        return self.page(status=422, **context, form=form)

    def done(self, sentence: str, address: str) -> HttpResponse:
        """Lead on, with what was done in one sentence."""
        messages.success(self.request, sentence)
        return redirect(address)


class PartnerForm(PartnerInWorkspace, FormPage):
    """A form about one partner; leads back to it."""

    def context(self) -> dict[str, Any]:
        """Return the words and the way back."""
        return super().context() | {
            "back_url": self.url("partner"),
            "trail": [
                Crumb(_("Partners"), reverse("workspace:partners")),
                Crumb(self.partner.name, self.url("partner")),
                Crumb(self.heading),
            ],
        }
