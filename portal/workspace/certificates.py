"""Certificates of a partner's people: recorded by hand, put right, and revoked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enablement.models import Certificate
from enablement.operations import (
    CertificateCorrection,
    NewCertificate,
    correct_certificates,
    record_certificates,
    revoke_certificate,
)
from enablement.queries import certificates_visible_to, certifications_on_offer
from partners.models import Partner
from partners.queries.people import employments_visible_to, people_at
from partners.rules import Permission
from portal.look.components import Crumb
from portal.workspace.frame import FormPage, PartnerForm
from portal.workspace.record_forms import (
    CertificateCorrectionForm,
    NewCertificateForm,
    RevocationForm,
)

SOURCE = "workspace"


class RecordCertificate(PartnerForm):
    """Records a certificate of somebody who works at the partner."""

    permission = Permission.CERTIFICATE_RECORD
    heading = gettext_lazy("Record a certificate")
    lede = gettext_lazy("The partner is judged again as soon as it is recorded.")
    submit = gettext_lazy("Record certificate")

    def form(self, *sent: Any) -> forms.Form:
        """Return the form with the people of today and what is on offer."""
        return NewCertificateForm(
            *sent,
            people=people_at(self.partner, self.today),
            certifications=certifications_on_offer(self.today),
            initial={"awarded_on": self.today, "person": self.request.GET.get("person")},
        )

    def save(self, form: NewCertificateForm) -> HttpResponse:
        """Record it; one that is on record already changes nothing."""
        values = form.cleaned_data
        recorded = record_certificates(
            [
                NewCertificate(
                    person=values["person"],
                    certification=values["certification"],
                    awarded_on=values["awarded_on"],
                    valid_through=values["valid_through"],
                    number=values["number"],
                )
            ],
            source=SOURCE,
            by=self.actor,
            now=self.now,
        )
        if recorded.new:
            sentence = _("Recorded. %(partner)s is being judged again.")
        else:
            sentence = _("This certificate was on record already. Nothing changed for %(partner)s.")
        return self.done(sentence % {"partner": self.partner.name}, self.url("partner"))


class CertificatePage(FormPage):
    """A form about the certificate in the address; leads back to the partner."""

    section = "partners"

    @cached_property
    def certificate(self) -> Certificate:
        """Return the certificate in the address.

        :raises Http404: also for one out of the visitor's reach.
        """
        found = certificates_visible_to(self.actor).filter(pk=self.kwargs["certificate"]).first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def partner(self) -> Partner | None:
        """Return where the person works or worked last, within the visitor's reach."""
        stays = employments_visible_to(self.actor).filter(person=self.certificate.person_id)
        last = stays.order_by("-started_on").first()
        return last.partner if last else None

    def context(self) -> dict[str, Any]:
        """Return the words, the certificate and the way back."""
        back = self.back()
        trail = [Crumb(_("Partners"), reverse("workspace:partners"))]
        if self.partner is not None:
            trail.append(Crumb(self.partner.name, back))
        return super().context() | {
            "certificate": self.certificate,
            "back_url": back,
            "trail": [*trail, Crumb(self.heading)],
        }

    def back(self) -> str:
        """Return the address of the partner, or of the partners where there is none in reach."""
        if self.partner is None:
            return reverse("workspace:partners")
        return reverse("workspace:partner", args=[self.partner.slug])


class CorrectCertificate(CertificatePage):
    """Puts right until when a certificate is valid, and its number."""

    permission = Permission.CERTIFICATE_RECORD
    template_name = "workspace/certificate_correct.html"
    heading = gettext_lazy("Correct a certificate")
    lede = gettext_lazy(
        "For what was recorded wrongly. Every partner it counts for is judged again; what was "
        "known on a past day stays on record."
    )
    submit = gettext_lazy("Correct certificate")

    def form(self, *sent: Any) -> forms.Form:
        """Return the form with what is on record."""
        return CertificateCorrectionForm(*sent, certificate=self.certificate)

    def save(self, form: CertificateCorrectionForm) -> HttpResponse:
        """Put it right."""
        right = CertificateCorrection(
            certificate=self.certificate,
            valid_through=form.cleaned_data["valid_through"],
            number=form.cleaned_data["number"],
        )
        correct_certificates([right], source=SOURCE, by=self.actor, now=self.now)
        sentence = _("The certificate of %(person)s is corrected.") % {
            "person": self.certificate.person.name
        }
        return self.done(sentence, self.back())


class RevokeCertificate(CertificatePage):
    """Withdraws a certificate, with the reason."""

    permission = Permission.CERTIFICATE_REVOKE
    template_name = "workspace/certificate_revoke.html"
    heading = gettext_lazy("Revoke a certificate")
    lede = gettext_lazy(
        "It stays on record and no longer counts. Every partner it counts for is judged again."
    )
    submit = gettext_lazy("Revoke certificate")

    def form(self, *sent: Any) -> forms.Form:
        """Return the form with today as the day."""
        return RevocationForm(*sent, today=self.today)

    def save(self, form: RevocationForm) -> HttpResponse:
        """Revoke it."""
        certificate = revoke_certificate(
            certificate=self.certificate,
            on=form.cleaned_data["on"],
            reason=form.cleaned_data["reason"],
            by=self.actor,
            now=self.now,
        )
        sentence = _("The certificate of %(person)s is revoked.") % {
            "person": certificate.person.name
        }
        return self.done(sentence, self.back())
