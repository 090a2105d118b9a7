"""The page about members, alike at a vendor and at a partner: who is in, who is invited."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.enums import MembershipRole
from partners.models import Membership, Partner
from partners.operations.access import change_role, end_membership, invite, withdraw_invitation
from partners.queries.access import members, open_invitations
from partners.refusals import CannotRecord
from partners.rules import Actor, grantable
from portal.look.refusals import say_at

Choices = list[tuple[str, str]]


class InvitationForm(forms.Form):
    """Whom to invite, as what."""

    email = forms.EmailField(label=gettext_lazy("Work e-mail"))

    def __init__(self, choices: Choices, *args: Any) -> None:
        super().__init__(*args)
        # The role that may do least stands first to hand: the last one of either side.
        self.fields["role"] = forms.ChoiceField(
            label=gettext_lazy("Membership role"), choices=choices, initial=choices[-1][0]
        )


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member; ``choices`` is empty where the visitor cannot change the role."""

    membership: Membership
    is_self: bool
    choices: Choices


class Members:
    """Adds the page to a member page of the vendor or of a partner; ``place`` says which.

    The page it is added to draws its own frame: ``page(status=…, **context)``.
    """

    request: HttpRequest
    actor: Actor
    now: datetime
    page: Callable[..., HttpResponse]

    @property
    def place(self) -> Partner | None:
        """Return the partner whose members these are; None for the vendor's own."""
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        """Show the members, the open invitations and the form."""
        return self._page(InvitationForm(self._choices()))

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        """Do what the pressed button says, then show the page anew."""
        verbs = {
            "invite": self._invite,
            "change_role": self._change_role,
            "end": self._end,
            "withdraw": self._withdraw,
        }
        act = verbs.get(request.POST.get("verb", ""))
        if act is None:
            return HttpResponseBadRequest()
        try:
            return act()
        except CannotRecord as refusal:
            messages.error(request, refusal.message)
            return redirect(request.path)

    def _invite(self) -> HttpResponse:
        form = InvitationForm(self._choices(), self.request.POST)
        if form.is_valid():
            try:
                invitation = invite(
                    email=form.cleaned_data["email"],
                    role=MembershipRole(form.cleaned_data["role"]),
                    partner=self.place,
                    by=self.actor,
                    now=self.now,
                )
            except CannotRecord as refusal:
                say_at(form, refusal)
            else:
                return self._done(_("%(email)s is invited.") % {"email": invitation.email})
        return self._page(form, status=422)

    def _change_role(self) -> HttpResponse:
        role = self.request.POST.get("role", "")
        if role not in dict(self._choices()):
            return HttpResponseBadRequest()
        membership = change_role(
            membership=_found(members(self.place), self.request),
            role=MembershipRole(role),
            by=self.actor,
            now=self.now,
        )
        return self._done(
            _("%(name)s is now %(role)s.")
            % {"name": membership.user.get_full_name(), "role": MembershipRole(role).label}
        )

    def _end(self) -> HttpResponse:
        membership = end_membership(
            membership=_found(members(self.place), self.request),
            by=self.actor,
            now=self.now,
        )
        return self._done(
            _("%(name)s is no longer a member.") % {"name": membership.user.get_full_name()}
        )

    def _withdraw(self) -> HttpResponse:
        invitation = withdraw_invitation(
            invitation=_found(open_invitations(self.now, self.place), self.request),
            by=self.actor,
            now=self.now,
        )
        return self._done(
            _("The invitation of %(email)s is withdrawn.") % {"email": invitation.email}
        )

    def _done(self, sentence: str) -> HttpResponse:
        messages.success(self.request, sentence)
        return redirect(self.request.path)

    def _choices(self) -> Choices:
        given = grantable(self.actor, self.place)
        return [(role.value, str(role.label)) for role in MembershipRole if role in given]

    def _rows(self) -> Iterable[MemberRow]:
        choices = self._choices()
        for membership in members(self.place):
            is_self = membership.pk == self.actor.membership_id
            yield MemberRow(membership, is_self, [] if is_self else choices)

    def _page(self, form: InvitationForm, status: int = 200) -> HttpResponse:
        return self.page(
            status=status,
            rows=list(self._rows()),
            invitations=open_invitations(self.now, self.place),
            form=form,
            place=self.place,
        )


def _found(rows: Any, request: HttpRequest) -> Any:
    """Return the row whose id was sent.

    :raises Http404: alike for a malformed id, an unknown one, and one of another place.
    """
    try:
        row = rows.filter(pk=UUID(request.POST.get("id", ""))).first()
    except ValueError:
        row = None
    if row is None:
        raise Http404
    return row
