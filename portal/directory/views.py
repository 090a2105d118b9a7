"""The public directory: find a partner, judge one, read what a designation means."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation.enums import ProgramKind
from accreditation.queries.listings import (
    Facet,
    Order,
    counts_without,
    facet_counts,
    find_listings,
    forgiving,
    listed_partners,
    listing_of,
    public_levels,
)
from accreditation.queries.programs import program_in_force, programs_in_force
from portal.directory.cards import card_of
from portal.directory.finder import Wanted, facet_boxes, names_of, removals, widened
from portal.directory.programs import described, detailed
from portal.directory.structured import organization, script_text
from portal.look.components import Crumb
from portal.look.public import PublicPage, public_address

PAGE_SIZE = 20


class Front(PublicPage):
    """The front of a vendor's space is its directory."""

    def get(self, _request: HttpRequest) -> HttpResponse:
        """Lead on to the directory."""
        return redirect("directory:partners")


class Partners(PublicPage):
    """Search, facets and results."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the partners that fit, and what could be asked otherwise."""
        wanted = Wanted.read(request.GET)
        search = forgiving(wanted.search)
        counts = facet_counts(search)
        names = names_of(public_levels(), countries=counts[Facet.COUNTRY])
        page = Paginator(find_listings(search, wanted.order), PAGE_SIZE).get_page(
            request.GET.get("page")
        )
        context: dict[str, Any] = {
            "wanted": wanted,
            "total": listed_partners(),
            "page": page,
            "cards": [card_of(one) for one in page],
            "boxes": facet_boxes(wanted, counts, names),
            "removals": removals(wanted, names),
            "is_similar": bool(search.similar and page.paginator.count),
            "orders": [
                (label, wanted.sorted_by(order).address, order is wanted.order)
                for order, label in ((Order.BEST, _("Best match")), (Order.NAME, _("Name")))
            ],
        }
        if not page.paginator.count:
            context["widened"] = widened(wanted, counts_without(search), names)
        return self.draw("directory/partners.html", context)


class PartnerProfile(PublicPage):
    """One partner as the public may see it."""

    def get(self, _request: HttpRequest, slug: str) -> HttpResponse:
        """Show the partner; the same page for one that is unlisted and one that never was."""
        listing = listing_of(slug)
        if listing is None:
            return self.draw("directory/no_such_partner.html", {}, status=404)
        card = card_of(listing)
        context = {
            "card": card,
            "canonical": public_address(card.url),
            "structured": script_text(organization(card, self.vendor)),
            "trail": [Crumb(_("Partners"), reverse("directory:partners")), Crumb(card.name)],
        }
        return self.draw("directory/partner.html", context)


class Programs(PublicPage):
    """What the vendor awards."""

    section = "directory:programs"

    def get(self, _request: HttpRequest) -> HttpResponse:
        """Show every public program with its designations, the tiers apart."""
        shown = [one for one in programs_in_force(self.today) if one.program.is_public]
        earned = [one for one in shown if one.program.kind != ProgramKind.TIER]
        tiers = [one for one in shown if one.program.kind == ProgramKind.TIER]
        context = {
            "programs": [described(one) for one in earned],
            "tiers": [described(one) for one in tiers],
        }
        return self.draw("directory/programs.html", context)


class ProgramRules(PublicPage):
    """What the designations of one program mean."""

    section = "directory:programs"

    def get(self, _request: HttpRequest, key: str) -> HttpResponse:
        """Show the rules in force.

        :raises Http404: for a program that is unknown, not public or without rules in force.
        """
        found = program_in_force(key, self.today)
        if found is None or not found.program.is_public:
            raise Http404
        program = detailed(found, self.today)
        context = {
            "program": program,
            "trail": [Crumb(_("Designations"), reverse("directory:programs")), Crumb(program.name)],
        }
        return self.draw("directory/program.html", context)
