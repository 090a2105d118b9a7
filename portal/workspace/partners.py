"""The vendor's partners: the list, and the forms that add and change one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.enums import StandingLabel
from accreditation.queries.overview import PartnerOverview, partners_overview
from accreditation.queries.standings import ProgramStanding
from accreditation.standing import Standing
from partners.enums import PartnerState
from partners.models import Partner
from partners.operations.partners import PartnerDetails, create_partner, update_partner
from partners.queries.access import members
from partners.rules import Permission
from partners.texts import localized
from portal.look.components import Chip, Crumb
from portal.look.standings import standing_chip
from portal.workspace.forms import NewPartnerForm, PartnerDetailsForm
from portal.workspace.frame import FormPage, ManagePage, PartnerForm


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """One line of the list; programs in progress are counted, all others have a chip."""

    name: str
    language: str
    url: str
    state: str
    manager: str
    chips: list[Chip]
    in_progress: int
    next_day: date | None


class Partners(ManagePage):
    """The partners in the visitor's reach, with search, filters and pages."""

    permission = Permission.PARTNER_VIEW
    section = "partners"
    template_name = "workspace/partners.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one page of the list; a filter that does not exist filters nothing."""
        state, standing = request.GET.get("state", ""), request.GET.get("standing", "")
        search = request.GET.get("q", "").replace("\0", "")
        shown = partners_overview(
            self.actor,
            on=self.today,
            search=search,
            state=PartnerState(state) if state in PartnerState.values else None,
            standing=Standing(standing) if standing in StandingLabel.values else None,
            page=request.GET.get("page", 1),
        )
        return self.page(
            shown=shown,
            lines=[_line(one) for one in shown.object_list],
            search=search,
            state=state,
            standing=standing,
            states=PartnerState.choices,
            standings=StandingLabel.choices,
            is_filtered=bool(search.strip() or state or standing),
            may_edit=self.may(Permission.PARTNER_EDIT),
            may_import=self.may(Permission.IMPORT_RUN),
        )


def _line(row: PartnerOverview) -> PartnerLine:
    moved = [one for one in row.standings if one.standing not in {None, Standing.IN_PROGRESS}]
    return PartnerLine(
        name=row.partner.name,
        language=row.partner.name_language,
        url=reverse("workspace:partner", args=[row.partner.slug]),
        state=_state(row.partner),
        manager=row.manager,
        chips=[_chip(one) for one in moved],
        in_progress=sum(one.standing is Standing.IN_PROGRESS for one in row.standings),
        next_day=row.next_day,
    )


def _state(partner: Partner) -> str:
    """Return the state in a word; empty for the usual one."""
    is_active = partner.state == PartnerState.ACTIVE
    return "" if is_active else str(PartnerState(partner.state).label)


def _chip(standing: ProgramStanding) -> Chip:
    """Return the standing with the name of its program before it."""
    chip = standing_chip(standing)
    words = {"program": localized(standing.program.program.name), "standing": chip.label}
    return replace(chip, label=_("%(program)s: %(standing)s") % words)


class NewPartner(FormPage):
    """Adds a partner; a channel manager's new partner is theirs."""

    permission = Permission.PARTNER_EDIT
    section = "partners"
    heading = gettext_lazy("Add a partner")
    submit = gettext_lazy("Add partner")

    def context(self) -> dict[str, Any]:
        """Return the words and the way back."""
        back = reverse("workspace:partners")
        trail = [Crumb(_("Partners"), back), Crumb(self.heading)]
        return super().context() | {"back_url": back, "trail": trail}

    def form(self, *sent: Any) -> forms.Form:
        """Return the form for a partner from today on."""
        managers = None if self.actor.managed_only else members(None)
        return NewPartnerForm(*sent, managers=managers, initial={"joined_on": self.today})

    def save(self, form: NewPartnerForm) -> HttpResponse:
        """Create the partner."""
        values = form.cleaned_data
        partner = create_partner(
            slug=values["slug"],
            name=values["name"],
            state=PartnerState(values["state"]),
            joined_on=values["joined_on"],
            by=self.actor,
            now=self.now,
            **details(form, {}, self.vendor.language),
        )
        sentence = _("%(partner)s is added.") % {"partner": partner.name}
        return self.done(sentence, reverse("workspace:partner", args=[partner.slug]))


class EditPartner(PartnerForm):
    """Changes what is said about a partner."""

    permission = Permission.PARTNER_EDIT
    heading = gettext_lazy("Edit partner")
    submit = gettext_lazy("Save partner")

    def form(self, *sent: Any) -> forms.Form:
        """Return the form with what is on record."""
        partner = self.partner
        initial = {
            "name": partner.name,
            "joined_on": partner.joined_on,
            "manager": partner.manager_id,
            "website": partner.website,
            "summary": partner.summary.get(self.vendor.language, ""),
            "industries": ", ".join(partner.industries),
            "external_id": partner.external_id,
        }
        managers = None if self.actor.managed_only else members(None)
        return PartnerDetailsForm(*sent, managers=managers, initial=initial)

    def save(self, form: PartnerDetailsForm) -> HttpResponse:
        """Change the partner."""
        partner = update_partner(
            partner=self.partner,
            by=self.actor,
            now=self.now,
            name=form.cleaned_data["name"],
            joined_on=form.cleaned_data["joined_on"],
            **details(form, self.partner.summary, self.vendor.language),
        )
        return self.done(
            _("%(partner)s is saved.") % {"partner": partner.name}, self.url("partner")
        )


def details(form: PartnerDetailsForm, summary: dict[str, str], language: str) -> PartnerDetails:
    """Return what the form says; the summary is written in one language and keeps the others."""
    values = form.cleaned_data
    said: PartnerDetails = {
        "website": values["website"],
        "summary": {**summary, language: values["summary"]},
        "industries": values["industries"],
        "external_id": values["external_id"],
    }
    if "manager" in values:
        said["manager"] = values["manager"]
    return said
