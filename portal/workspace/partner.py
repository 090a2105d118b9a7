"""One partner as the vendor sees it, and one of its accreditations explained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation.operations.due import ask_again
from accreditation.operations.enrollment import start_accreditation
from accreditation.queries.due import is_due
from accreditation.queries.history import awards_of, standing_changes
from accreditation.queries.standings import ProgramStanding, standings_of
from enablement.queries import CertifiedMember, certified
from partners.queries.partners import locations_of
from partners.queries.people import team_of
from partners.refusals import CannotRecord
from partners.rules import Permission, can
from partners.texts import localized
from portal.look.components import Crumb
from portal.look.explained import ProgramOfPartner
from portal.look.standings import StandingCard, card
from portal.workspace.frame import PartnerInWorkspace
from portal.workspace.history import award_lines, change_steps

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """A certificate of somebody; an address is empty for who may not do what it leads to."""

    name: str
    valid_through: date | None
    correct_url: str
    revoke_url: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody of the team; an address is empty for who may not do what it leads to."""

    name: str
    email: str
    kind: str
    job_roles: str
    place: str
    valid_through: date | None
    counts: bool
    certificates: list[CertificateLine]
    change_url: str
    end_url: str


class PartnerDetail(PartnerInWorkspace):
    """What the partner holds, who works there, where it is."""

    permission = Permission.PARTNER_VIEW
    template_name = "workspace/partner.html"

    def get(self, request: HttpRequest, partner: str) -> HttpResponse:
        """Show the partner as it stands today."""
        cards = [(one.is_tier, self._card(one)) for one in standings_of(self.partner, self.today)]
        team = Paginator(team_of(self.partner, self.today), PAGE_SIZE)
        page = team.get_page(request.GET.get("page"))
        return self.page(
            trail=[Crumb(_("Partners"), reverse("workspace:partners")), Crumb(self.partner.name)],
            accreditations=[one for is_tier, one in cards if not is_tier],
            tiers=[one for is_tier, one in cards if is_tier],
            is_due=is_due(self.partner, self.now),
            people=[self._person(one) for one in certified(list(page), self.today)],
            people_page=page,
            locations=locations_of(self.partner),
            may_edit=self._reaches(Permission.PARTNER_EDIT),
            may_edit_people=self._reaches(Permission.PEOPLE_EDIT),
            may_record=self._reaches(Permission.CERTIFICATE_RECORD),
            may_recheck=self._reaches(Permission.ACCREDITATION_RECHECK),
            may_invite=self._reaches(Permission.MEMBERS_PARTNER),
            members_url=reverse("workspace_partner_members", args=[self.partner.slug]),
        )

    def _reaches(self, permission: Permission) -> bool:
        return can(self.actor, permission, self.partner)

    def _card(self, standing: ProgramStanding) -> StandingCard:
        return card(standing, self.url("accreditation", standing.program.program.key))

    def _person(self, one: CertifiedMember) -> PersonLine:
        member = one.member
        may_edit, employment = self._reaches(Permission.PEOPLE_EDIT), str(member.employment_id)
        return PersonLine(
            name=member.name,
            email=member.email,
            kind=member.works_as,
            job_roles=", ".join(member.job_roles),
            place=member.place,
            valid_through=member.valid_through,
            counts=member.counts,
            certificates=[
                CertificateLine(
                    each.name,
                    each.valid_through,
                    self._verb_url("correct", each.id, Permission.CERTIFICATE_RECORD),
                    self._verb_url("revoke", each.id, Permission.CERTIFICATE_REVOKE),
                )
                for each in one.certificates
            ],
            change_url=self.url("employment_change", employment) if may_edit else "",
            end_url=self.url("employment_end", employment) if may_edit else "",
        )

    def _verb_url(self, verb: str, certificate_id: UUID, permission: Permission) -> str:
        if not self._reaches(permission):
            return ""
        return reverse(f"workspace:certificate_{verb}", args=[certificate_id])


class JudgeAgain(PartnerInWorkspace):
    """Puts the partner into the queue."""

    permission = Permission.ACCREDITATION_RECHECK
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, partner: str) -> HttpResponse:
        """Ask, and go back to the partner, where the answer appears."""
        ask_again(partner=self.partner, by=self.actor, now=self.now)
        sentence = _("%(partner)s is being judged again.") % {"partner": self.partner.name}
        messages.success(request, sentence)
        return redirect(self.url("partner"))


class StartAccreditation(ProgramOfPartner, PartnerInWorkspace):
    """Enrolls the partner in a program that partners do not take part in by themselves."""

    permission = Permission.ACCREDITATION_START
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, partner: str, program: str) -> HttpResponse:
        """Enroll it, and show the first verdict."""
        chosen = self.standing.program.program
        try:
            start_accreditation(partner=self.partner, program=chosen, by=self.actor, now=self.now)
        except CannotRecord as refusal:
            messages.error(request, refusal.message)
        else:
            words = {"partner": self.partner.name, "program": localized(chosen.name)}
            messages.success(request, _("%(partner)s takes part in %(program)s.") % words)
        return redirect(self.url("accreditation", chosen.key))


class AccreditationDetail(ProgramOfPartner, PartnerInWorkspace):
    """One program: the same explained verdict that the partner sees, and how it came to it."""

    permission = Permission.ACCREDITATION_VIEW
    template_name = "workspace/accreditation.html"

    def get(self, request: HttpRequest, partner: str, program: str) -> HttpResponse:
        """Show the level asked for, by default the next one to reach."""
        standing = self.standing
        accreditation = standing.accreditation
        return self.page(
            trail=[
                Crumb(_("Partners"), reverse("workspace:partners")),
                Crumb(self.partner.name, self.url("partner")),
                Crumb(self.header.title),
            ],
            is_due=is_due(self.partner, self.now),
            changes=change_steps(standing_changes(accreditation)) if accreditation else [],
            awards=award_lines(awards_of(accreditation)) if accreditation else [],
            may_recheck=can(self.actor, Permission.ACCREDITATION_RECHECK, self.partner),
            may_start=accreditation is None
            and can(self.actor, Permission.ACCREDITATION_START, self.partner),
            program_url=reverse("workspace:program", args=[standing.program.program.key]),
            **self.explanation(),
        )
