"""Records of who is certified: the catalog and the certificates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.admin import display, register
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateFilter
from unfold.widgets import UnfoldAdminDateWidget

from enablement.models import Certificate, Certification
from enablement.operations import (
    NewCertificate,
    define_certification,
    record_certificates,
    update_certification,
)
from partners.admin_site import RecordForm, VendorAdmin, site
from partners.periods import last_day
from partners.rules import Actor, Permission


@register(Certification, site=site)
class CertificationAdmin(VendorAdmin[Certification]):
    """The catalog of what people can earn."""

    view_permission = Permission.PROGRAM_VIEW
    add_permission = change_permission = Permission.CATALOG_EDIT
    list_display = ("name", "key", "level", "family", "version", "validity_months", "retired_on")
    search_fields = ("name", "key", "family")
    ordering = ("name", "id")
    fields = (
        "name",
        "key",
        "level",
        "validity_months",
        "family",
        "version",
        "released_on",
        "retired_on",
    )

    def reach(self, rows: QuerySet[Certification], _visitor: Actor) -> QuerySet[Certification]:
        """Return all: the catalog is the same for every partner."""
        return rows

    def get_readonly_fields(
        self, _request: HttpRequest, obj: Certification | None = None
    ) -> tuple[str, ...]:
        """Return the key once there is one: programs name certifications by it."""
        return () if obj is None else ("key",)

    def write(
        self, form: forms.ModelForm[Certification], obj: Certification, *, by: Actor, add: bool
    ) -> Certification:
        """Define or change the certification."""
        if add:
            return define_certification(by=by, now=self.moment(), **form.cleaned_data)
        changes: Any = {name: form.cleaned_data[name] for name in form.changed_data}
        return update_certification(certification=obj, by=by, now=self.moment(), **changes)


class CertificateForm(RecordForm):
    """A certificate to record, with its last valid day."""

    valid_through = forms.DateField(
        label=_("Valid through"),
        required=False,
        widget=UnfoldAdminDateWidget,
        help_text=_("Last valid day; empty: as the certification says."),
    )


@register(Certificate, site=site)
class CertificateAdmin(VendorAdmin[Certificate]):
    """Certificates of people in the visitor's reach. They are recorded and read, never edited."""

    form = CertificateForm
    view_permission = Permission.CERTIFICATE_VIEW
    add_permission = Permission.CERTIFICATE_RECORD
    list_display = ("person", "certification", "awarded_on", "last_day", "revoked_on", "number")
    list_filter = (
        ("certification", AutocompleteSelectFilter),
        ("expires_on", RangeDateFilter),
    )
    list_select_related = ("person", "certification")
    search_fields = ("person__name", "person__email", "certification__name", "number")
    ordering = ("-recorded_at", "-id")
    autocomplete_fields = ("person", "certification")
    readonly_fields = ("last_day",)

    def get_fields(self, _request: HttpRequest, obj: Certificate | None = None) -> tuple[str, ...]:
        """Return what is asked for a new one, or all that is known of one."""
        if obj is None:
            return ("person", "certification", "awarded_on", "valid_through", "number")
        return (
            "person",
            "certification",
            "awarded_on",
            "last_day",
            "number",
            "source",
            "revoked_on",
            "revocation_reason",
            "recorded_at",
        )

    def write(
        self, form: forms.ModelForm[Certificate], _obj: Certificate, *, by: Actor, add: bool
    ) -> Certificate:
        """Record the certificate; one that is on record already stays as it is."""
        assert add
        row = NewCertificate(**form.cleaned_data)
        recorded = record_certificates([row], source="records", by=by, now=self.moment())
        return (recorded.new or recorded.known)[0]

    @display(description=_("Valid through"), ordering="expires_on")
    def last_day(self, certificate: Certificate) -> date | None:
        """Return the last valid day, unless it is revoked before."""
        return last_day(certificate.expires_on)
