"""Records of what follows from the facts: the awards."""

from __future__ import annotations

from datetime import date

from django.contrib.admin import display, register
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateFilter

from accreditation.models import Award
from partners.admin_site import VendorAdmin, site
from partners.models import Partner
from partners.periods import last_day
from partners.rules import Actor, Permission
from partners.texts import localized


@register(Award, site=site)
class AwardAdmin(VendorAdmin[Award]):
    """Awards of partners in the visitor's reach. They follow from evaluations alone."""

    view_permission = Permission.ACCREDITATION_VIEW
    list_display = ("number", "partner", "program", "level_name", "granted_on", "term", "last_day")
    list_filter = (("granted_on", RangeDateFilter),)
    list_select_related = (
        "accreditation__partner",
        "accreditation__program",
        "level",
        "version",
    )
    search_fields = ("number", "accreditation__partner__name")
    ordering = ("-granted_on", "-id")
    fields = readonly_fields = (
        "number",
        "partner",
        "program",
        "level_name",
        "rules",
        "granted_on",
        "term",
        "last_day",
        "end_reason",
    )

    def reach(self, rows: QuerySet[Award], visitor: Actor) -> QuerySet[Award]:
        """Return the awards of partners in the visitor's reach."""
        return rows.filter(accreditation__partner__in=Partner.objects.visible_to(visitor))

    @display(description=_("Partner"), ordering="accreditation__partner__name")
    def partner(self, award: Award) -> str:
        """Return the partner's name."""
        return str(award.accreditation.partner)

    @display(description=_("Program"))
    def program(self, award: Award) -> str:
        """Return the program's name in the visitor's language."""
        return localized(award.accreditation.program.name)

    @display(description=_("Level"), ordering="level__rank")
    def level_name(self, award: Award) -> str:
        """Return the level's name in the visitor's language."""
        return localized(award.level.name)

    @display(description=_("Rules"))
    def rules(self, award: Award) -> str:
        """Return which version of the rules it was granted under."""
        return _("version %(number)d") % {"number": award.version.number}

    @display(description=_("Valid through"), ordering="ends_on")
    def term(self, award: Award) -> date | None:
        """Return the last day of its term; None: no end."""
        return last_day(award.ends_on)

    @display(description=_("Last day in force"), ordering="ended_on")
    def last_day(self, award: Award) -> date | None:
        """Return the last day it was in force; None while it is."""
        return last_day(award.ended_on)
