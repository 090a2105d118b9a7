"""Deployments of a partner: listed, and withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Deployment
from documents.operations import withdraw_deployment
from documents.queries.deployments import deployments_of, deployments_visible_to
from partners.rules import Permission, can
from portal.look.components import Crumb
from portal.workspace.frame import FormPage, PartnerInWorkspace
from portal.workspace.record_forms import DeploymentWithdrawalForm

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class DeploymentLine:
    """One project; ``withdraw_url`` is empty for who may not withdraw it."""

    customer: str
    external_id: str
    completed_on: date
    confirmed_on: date | None
    pending: bool
    withdrawn_on: date | None
    withdrawal_reason: str
    withdraw_url: str


class Deployments(PartnerInWorkspace):
    """What the partner did for customers."""

    permission = Permission.ACCREDITATION_VIEW
    template_name = "workspace/deployments.html"

    def get(self, request: HttpRequest, partner: str) -> HttpResponse:
        """Show the projects, withdrawn ones with their reason."""
        shown = Paginator(deployments_of(self.partner), PAGE_SIZE).get_page(request.GET.get("page"))
        return self.page(
            trail=[
                Crumb(_("Partners"), reverse("workspace:partners")),
                Crumb(self.partner.name, self.url("partner")),
                Crumb(_("Deployments")),
            ],
            lines=[self._line(one) for one in shown],
            shown=shown,
            may_import=self.may(Permission.IMPORT_RUN),
        )

    def _line(self, one: Deployment) -> DeploymentLine:
        may = can(self.actor, Permission.DEPLOYMENT_CONFIRM, self.partner)
        return DeploymentLine(
            customer=one.customer.name,
            external_id=one.external_id,
            completed_on=one.completed_on,
            confirmed_on=one.confirmed_on,
            pending=one.pending,
            withdrawn_on=one.withdrawn_on,
            withdrawal_reason=one.withdrawal_reason,
            withdraw_url=reverse("workspace:deployment_withdraw", args=[one.pk]) if may else "",
        )


class WithdrawDeployment(FormPage):
    """Withdraws a deployment, with the reason."""

    permission = Permission.DEPLOYMENT_CONFIRM
    section = "partners"
    template_name = "workspace/deployment_withdraw.html"
    heading = gettext_lazy("Withdraw a deployment")
    lede = gettext_lazy(
        "It stays on record and no longer counts. The partner is judged again; what was known on "
        "a past day stays as it was."
    )
    submit = gettext_lazy("Withdraw deployment")

    @cached_property
    def deployment(self) -> Deployment:
        """Return the deployment in the address.

        :raises Http404: also for one out of the visitor's reach.
        """
        found = deployments_visible_to(self.actor).filter(pk=self.kwargs["deployment"]).first()
        if found is None:
            raise Http404
        return found

    def context(self) -> dict[str, Any]:
        """Return the words, the deployment and the way back."""
        partner, back = self.deployment.partner, self._back()
        return super().context() | {
            "deployment": self.deployment,
            "back_url": back,
            "trail": [
                Crumb(_("Partners"), reverse("workspace:partners")),
                Crumb(partner.name, reverse("workspace:partner", args=[partner.slug])),
                Crumb(_("Deployments"), back),
                Crumb(self.heading),
            ],
        }

    def form(self, *sent: Any) -> forms.Form:
        """Return the form with today as the day."""
        return DeploymentWithdrawalForm(*sent, today=self.today)

    def save(self, form: DeploymentWithdrawalForm) -> HttpResponse:
        """Withdraw it."""
        withdrawn = withdraw_deployment(
            deployment=self.deployment,
            on=form.cleaned_data["on"],
            reason=form.cleaned_data["reason"],
            by=self.actor,
            now=self.now,
        )
        sentence = _("The deployment for %(customer)s is withdrawn.") % {
            "customer": withdrawn.customer.name
        }
        return self.done(sentence, self._back())

    def _back(self) -> str:
        return reverse("workspace:deployments", args=[self.deployment.partner.slug])
