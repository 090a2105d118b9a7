"""Forms about what is on record: certificates and deployments."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from enablement.models import Certificate, Certification
from partners.models import Person
from partners.periods import last_day
from portal.workspace.forms import DayField

if TYPE_CHECKING:
    PersonChoice = forms.ModelChoiceField[Person]
    CertificationChoice = forms.ModelChoiceField[Certification]
else:  # Only the stubs make these fields generic.
    PersonChoice = CertificationChoice = forms.ModelChoiceField


class CertificationField(CertificationChoice):
    """One certification of the catalog, with how long its certificates are valid."""

    def label_from_instance(self, obj: Certification) -> str:
        """Return the name and the validity that the catalog gives."""
        months = obj.validity_months
        if months is None:
            return _("%(name)s (no end)") % {"name": obj.name}
        validity = ngettext("%(months)d month", "%(months)d months", months) % {"months": months}
        return f"{obj.name} ({validity})"


class PersonField(PersonChoice):
    """One person, by name and address: names repeat."""

    def label_from_instance(self, obj: Person) -> str:
        """Return name and address."""
        return f"{obj.name} ({obj.email})"


class NewCertificateForm(forms.Form):
    """A certificate that somebody of the partner was awarded."""

    person = PersonField(
        label=gettext_lazy("Person"),
        queryset=Person.objects.none(),
        empty_label=gettext_lazy("Choose a person"),
    )
    certification = CertificationField(
        label=gettext_lazy("Certification"),
        queryset=Certification.objects.none(),
        empty_label=gettext_lazy("Choose a certification"),
        help_text=gettext_lazy("In brackets: how long its certificates are valid."),
    )
    awarded_on = DayField(label=gettext_lazy("Awarded on"))
    valid_through = DayField(
        label=gettext_lazy("Valid through"),
        required=False,
        help_text=gettext_lazy(
            "The last valid day. Left empty, the validity of the certification counts from "
            "the day of the award."
        ),
    )
    number = forms.CharField(
        label=gettext_lazy("Certificate number"), required=False, max_length=80
    )

    def __init__(
        self,
        *sent: Any,
        people: QuerySet[Person],
        certifications: QuerySet[Certification],
        **options: Any,
    ) -> None:
        super().__init__(*sent, **options)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["certification"].queryset = certifications  # type: ignore[attr-defined]


class CertificateCorrectionForm(forms.Form):
    """What is right about a certificate on record: its last valid day and its number."""

    valid_through = DayField(
        label=gettext_lazy("Valid through"),
        required=False,
        help_text=gettext_lazy("The last valid day. Left empty, it does not expire."),
    )
    number = forms.CharField(
        label=gettext_lazy("Certificate number"), required=False, max_length=80
    )

    def __init__(self, *sent: Any, certificate: Certificate) -> None:
        super().__init__(*sent)
        self.initial["valid_through"] = last_day(certificate.expires_on)
        self.initial["number"] = certificate.number


class RevocationForm(forms.Form):
    """Since when a certificate is no longer valid, and why."""

    on = DayField(
        label=gettext_lazy("Revoked on"),
        help_text=gettext_lazy("The first day on which it is no longer valid."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea,
        help_text=gettext_lazy("The person and their partner will read it."),
    )

    def __init__(self, *sent: Any, today: date) -> None:
        super().__init__(*sent)
        self.initial["on"] = today


class DeploymentWithdrawalForm(forms.Form):
    """Since when a deployment no longer counts, and why."""

    on = DayField(
        label=gettext_lazy("Withdrawn on"),
        help_text=gettext_lazy("The first day on which it no longer counts."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea,
        help_text=gettext_lazy("The partner will read it."),
    )

    def __init__(self, *sent: Any, today: date) -> None:
        super().__init__(*sent)
        self.initial["on"] = today
