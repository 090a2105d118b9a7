"""The list of partners with where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef

from accreditation.models import Accreditation
from accreditation.queries.standings import ProgramStanding, standings_of_all
from accreditation.standing import Standing
from partners.enums import PartnerState
from partners.models import Partner
from partners.periods import last_day
from partners.queries.partners import partners_matching
from partners.rules import Actor

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class PartnerOverview:
    """A partner with its standings in every program in force, in their order."""

    partner: Partner
    manager: str
    standings: list[ProgramStanding]

    @property
    def next_day(self) -> date | None:
        """Return the last good day that comes first: of a grace, of a level met, of an award."""
        days = [day for one in self.standings if (day := _next_day(one)) is not None]
        return min(days, default=None)


def partners_overview(
    actor: Actor,
    *,
    on: date,
    search: str = "",
    state: PartnerState | None = None,
    standing: Standing | None = None,
    page: int | str = 1,
) -> Page[PartnerOverview]:
    """Return one page of the partners in the actor's reach, by name.

    ``standing`` keeps those that have it in any program. A page that does not exist becomes the
    nearest that does. A fixed number of statements.
    """
    found = partners_matching(actor, search=search, state=state)
    if standing is not None:
        found = found.filter(
            Exists(Accreditation.objects.filter(partner=OuterRef("pk"), standing=standing))
        )
    rows = found.select_related("manager__user").order_by("name", "pk")
    shown: Page[Any] = Paginator(rows, PAGE_SIZE).get_page(page)
    partners = list(shown.object_list)
    standings = standings_of_all(partners, on)
    shown.object_list = [
        PartnerOverview(partner, _manager(partner), standings[partner.pk]) for partner in partners
    ]
    return shown


def _manager(partner: Partner) -> str:
    return partner.manager.user.get_full_name() if partner.manager else ""


def _next_day(standing: ProgramStanding) -> date | None:
    accreditation, award = standing.accreditation, standing.award
    if accreditation is not None and accreditation.grace_ends_on is not None:
        return last_day(accreditation.grace_ends_on)
    ends = [standing.falls_on, award.ends_on if award else None]
    return min((last_day(end) for end in ends if end is not None), default=None)
