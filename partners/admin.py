"""Records of the ground floor: partners, people, the audit log."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin import display, register
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.decorators import display as unfold_display

from partners.admin_site import ReadOnlyInline, VendorAdmin, site, visitor_of
from partners.enums import PartnerState
from partners.models import AuditEntry, Employment, Membership, Partner, Person
from partners.operations.partners import create_partner, update_partner
from partners.periods import last_day
from partners.rules import Actor, Permission

if TYPE_CHECKING:
    MembershipChoice = forms.ModelChoiceField[Membership]
else:
    MembershipChoice = forms.ModelChoiceField


class ManagerField(MembershipChoice):
    """Shows a membership by the name of its user."""

    def label_from_instance(self, obj: Membership) -> str:
        """Return the name to choose by."""
        return obj.user.get_full_name()


@register(Partner, site=site)
class PartnerAdmin(VendorAdmin[Partner]):
    """Partners in the visitor's reach."""

    view_permission = Permission.PARTNER_VIEW
    add_permission = change_permission = Permission.PARTNER_EDIT
    list_display = ("name", "slug", "state_label", "manager_name", "joined_on", "last_day")
    list_filter = (("state", ChoicesDropdownFilter),)
    list_select_related = ("manager__user",)
    search_fields = ("name", "slug", "external_id")
    ordering = ("name", "id")
    autocomplete_fields = ("parent",)
    fields = ("name", "slug", "joined_on", "parent", "manager", "website", "external_id")
    readonly_fields = ("state", "last_day")

    def get_fields(self, request: HttpRequest, obj: Partner | None = None) -> Any:
        """Return what is asked, and for a partner on record how it stands."""
        asked = super().get_fields(request, obj)
        return asked if obj is None else (*asked, "state", "last_day")

    def write(
        self, form: forms.ModelForm[Partner], obj: Partner, *, by: Actor, add: bool
    ) -> Partner:
        """Create or change the partner."""
        if add:
            return create_partner(by=by, now=self.moment(), **form.cleaned_data)
        changes: Any = {name: form.cleaned_data[name] for name in form.changed_data}
        return update_partner(partner=obj, by=by, now=self.moment(), **changes)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the vendor's own members as managers, by name."""
        if db_field.name == "manager":
            kwargs["form_class"] = ManagerField
            kwargs["queryset"] = Membership.objects.filter(
                partner=None, ended_at=None
            ).select_related("user")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @unfold_display(
        description=_("State"),  # type: ignore[arg-type]
        ordering="state",
        label={
            PartnerState.ACTIVE: "success",
            PartnerState.PROSPECT: "info",
            PartnerState.ENDED: "default",
        },
    )
    def state_label(self, partner: Partner) -> tuple[str, str]:
        """Return the state and the word for it."""
        return partner.state, partner.get_state_display()

    @display(description=_("Manager"), ordering="manager__user__name")
    def manager_name(self, partner: Partner) -> str | None:
        """Return who manages the partner."""
        return partner.manager.user.get_full_name() if partner.manager else None

    @display(description=_("Last day"), ordering="ended_on")
    def last_day(self, partner: Partner) -> date | None:
        """Return the last day as a partner."""
        return last_day(partner.ended_on)


class Employments(ReadOnlyInline):
    """Where a person works and worked, as far as the visitor's reach goes."""

    model = Employment
    fields = readonly_fields = (
        "partner",
        "kind",
        "working_time",
        "started_on",
        "last_day",
        "counts",
    )
    verbose_name_plural = _("Employments")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Employment]:
        """Return the employments at partners in the visitor's reach."""
        rows: QuerySet[Employment] = super().get_queryset(request)
        partners = Partner.objects.visible_to(visitor_of(request))
        return rows.filter(partner__in=partners).select_related("partner").order_by("-started_on")

    @display(description=_("Last day"))
    def last_day(self, employment: Employment) -> date | None:
        """Return the last day of the employment."""
        return last_day(employment.ended_on)


@register(Person, site=site)
class PersonAdmin(VendorAdmin[Person]):
    """People of partners in the visitor's reach; they are recorded on the pages of the team."""

    view_permission = Permission.PEOPLE_VIEW
    list_display = ("name", "address")
    search_fields = ("name", "email")
    ordering = ("name", "id")
    fields = readonly_fields = ("name", "address")
    inlines = (Employments,)

    @display(description=_("E-mail"), ordering="email")
    def address(self, person: Person) -> str:
        """Return the address by which the person is known at the vendor."""
        return person.email


@register(AuditEntry, site=site)
class AuditEntryAdmin(VendorAdmin[AuditEntry]):
    """Who did what, when. Nobody can change it: the database does not let us."""

    view_permission = Permission.AUDIT_VIEW
    list_display = ("at", "verb", "actor_kind", "subject_kind", "subjects")
    list_filter = (("actor_kind", ChoicesDropdownFilter), ("at", RangeDateTimeFilter))
    search_fields = ("verb__startswith",)
    ordering = ("-sequence",)
    fields = (
        "sequence",
        "at",
        "verb",
        "actor_kind",
        "actor_id",
        "subject_kind",
        "subject_ids",
        "partner_ids",
        "changes",
        "request_id",
    )
    readonly_fields = ("sequence",)

    def reach(self, rows: QuerySet[AuditEntry], visitor: Actor) -> QuerySet[AuditEntry]:
        """Return all entries: the permission is held by those only who reach every partner."""
        return rows.none() if visitor.managed_only else rows

    @display(description=_("Objects"))
    def subjects(self, entry: AuditEntry) -> int:
        """Return the number of objects of the operation."""
        return len(entry.subject_ids)
