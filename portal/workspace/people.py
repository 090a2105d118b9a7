"""Who works at a partner: somebody starts, changes what or where they work, leaves."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accreditation.queries.departures import LostLevel, levels_lost
from partners.enums import EmploymentKind
from partners.models import Employment, Partner
from partners.operations.people import (
    change_job_roles,
    change_place,
    end_employment,
    record_employment,
    record_person,
)
from partners.operations.places import Place
from partners.queries.people import employments_visible_to, job_roles, job_roles_on, place_on
from partners.rules import Permission
from partners.texts import localized
from portal.workspace.forms import ChangedWorkForm, LastDayForm, NewPersonForm
from portal.workspace.frame import PartnerForm


class NewPerson(PartnerForm):
    """Records that somebody works at the partner."""

    permission = Permission.PEOPLE_EDIT
    heading = gettext_lazy("Add a person")
    submit = gettext_lazy("Add person")

    def form(self, *sent: Any) -> forms.Form:
        """Return the form for somebody who starts today."""
        return NewPersonForm(*sent, job_roles=job_roles(), initial={"started_on": self.today})

    def save(self, form: NewPersonForm) -> HttpResponse:
        """Record the person and the employment."""
        values = form.cleaned_data
        person = record_person(
            email=values["email"],
            name=values["name"],
            partner=self.partner,
            by=self.actor,
            now=self.now,
        )
        record_employment(
            person=person,
            partner=self.partner,
            kind=EmploymentKind(values["kind"]),
            working_time=values["working_time"],
            started_on=values["started_on"],
            valid_through=values["valid_through"],
            job_roles=list(values["job_roles"]),
            place=form.place(),
            by=self.actor,
            now=self.now,
        )
        sentence = _("Recorded: %(person)s works at %(partner)s.") % {
            "person": person.name,
            "partner": self.partner.name,
        }
        return self.done(sentence, self.url("partner"))


class EmploymentPage(PartnerForm):
    """A form about the employment in the address."""

    permission = Permission.PEOPLE_EDIT

    @cached_property
    def employment(self) -> Employment:
        """Return the employment in the address.

        :raises Http404: also for one at another partner.
        """
        found = (
            employments_visible_to(self.actor)
            .filter(pk=self.kwargs["employment"], partner=self.partner)
            .first()
        )
        if found is None:
            raise Http404
        return found


class ChangeWork(EmploymentPage):
    """Says from when on somebody has other job roles, or works in another place."""

    template_name = "workspace/employment_change.html"
    heading = gettext_lazy("Change job roles and place of work")
    lede = gettext_lazy("The partner is judged again as soon as it is recorded.")
    submit = gettext_lazy("Record change")

    def context(self) -> dict[str, Any]:
        """Return the words and the person."""
        return super().context() | {"person": self.employment.person}

    def form(self, *sent: Any) -> forms.Form:
        """Return the form with how it is today, or on the first day to come."""
        day = max(self.today, self.employment.started_on)
        place = self._place(day)
        return ChangedWorkForm(
            *sent,
            job_roles=job_roles(),
            initial={
                "on": day,
                "job_roles": job_roles_on(self.employment, day),
                "country": place.country if place else "",
                "region": place.region if place else "",
            },
        )

    def save(self, form: ChangedWorkForm) -> HttpResponse:
        """Record what is another than on that day; a place that is known cannot be unsaid."""
        on, roles = form.cleaned_data["on"], list(form.cleaned_data["job_roles"])
        known, said = self._place(on), form.place()
        if set(roles) != set(job_roles_on(self.employment, on)):
            change_job_roles(
                employment=self.employment, job_roles=roles, on=on, by=self.actor, now=self.now
            )
        if said != known:
            place = said or Place("")
            change_place(
                employment=self.employment, place=place, on=on, by=self.actor, now=self.now
            )
        sentence = _("Recorded. %(partner)s is being judged again.") % {
            "partner": self.partner.name
        }
        return self.done(sentence, self.url("partner"))

    def _place(self, day: date) -> Place | None:
        row = place_on(self.employment, day)
        return Place.of(row) if row else None


class EndEmployment(EmploymentPage):
    """Asks for the last day and says what follows before anything is written."""

    template_name = "workspace/employment_end.html"
    heading = gettext_lazy("End employment")
    submit = gettext_lazy("End employment")

    def context(self) -> dict[str, Any]:
        """Return the words, and what follows if today is the last day."""
        last = max(self.today, self.employment.started_on)
        lost = levels_lost(self.employment, last, self.today)
        return super().context() | {
            "person": self.employment.person,
            "last_day": last,
            "consequences": [consequence(one, self.partner) for one in lost],
            "headline": _headline(len(lost)),
        }

    def form(self, *sent: Any) -> forms.Form:
        """Return the form with today as the last day."""
        return LastDayForm(*sent, suggested=max(self.today, self.employment.started_on))

    def save(self, form: LastDayForm) -> HttpResponse:
        """End the employment."""
        end_employment(
            employment=self.employment,
            last_day=form.cleaned_data["last_day"],
            by=self.actor,
            now=self.now,
        )
        sentence = _("Recorded. %(partner)s is being judged again.") % {
            "partner": self.partner.name
        }
        return self.done(sentence, self.url("partner"))


def consequence(lost: LostLevel, employer: Partner) -> str:
    """Return in one sentence what the employer, or a partner above or below, no longer meets."""
    before = localized(lost.before.designation)
    if lost.partner != employer:
        values = {"designation": before, "partner": lost.partner.name}
        before = _("%(designation)s of %(partner)s") % values
    if lost.after is None:
        return _("%(designation)s: not every requirement is met any more.") % {
            "designation": before
        }
    return _("%(designation)s: only %(lower)s is still met.") % {
        "designation": before,
        "lower": localized(lost.after.designation),
    }


def _headline(count: int) -> str:
    if count == 0:
        return _("No designation is lost by this.")
    return ngettext(
        "%(count)d designation loses a requirement by this.",
        "%(count)d designations lose a requirement by this.",
        count,
    ) % {"count": count}
