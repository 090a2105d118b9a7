"""Writes where people work in their employments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from django.utils.translation import gettext_noop as _

from partners.models import Employment, EmploymentPlace
from partners.operations.facts import check_country, check_text
from partners.refusals import CannotRecord

MOST_REGION = 80


@dataclass(frozen=True, slots=True)
class Place:
    """A country by its code (ISO 3166-1 alpha-2), and the vendor's word for a region, if any."""

    country: str
    region: str = ""

    @classmethod
    def of(cls, row: EmploymentPlace) -> Self:
        """Return the place that a row keeps."""
        return cls(row.country, row.region)

    def check(self) -> None:
        """Raise unless somebody can work there.

        :raises CannotRecord: without a country, for an unknown one, or a region that is too long.
        """
        if not self.country:
            raise CannotRecord("country", _("A place of work needs a country."))
        check_country(self.country)
        check_text("region", self.region, MOST_REGION)


@dataclass(frozen=True, slots=True)
class Move:
    """Where somebody works in an employment, from a day on."""

    employment: Employment
    place: Place
    on: date


def rewrite_places(moves: Sequence[Move]) -> None:
    """Put on record where people work from a day on, in a fixed number of statements.

    Part of an operation that checks permission and writes the audit entry. Days before a move stay
    as they were; what was planned from its day on is replaced.

    :raises CannotRecord: for a place that is none.
    """
    for move in moves:
        move.place.check()
    employments = [move.employment for move in moves]
    known: dict[UUID, list[EmploymentPlace]] = defaultdict(list)
    rows = EmploymentPlace.objects.filter(employment__in=employments).order_by("started_on")
    for place in rows:
        known[place.employment_id].append(place)
    replaced: list[UUID] = []
    added: list[EmploymentPlace] = []
    for move in moves:
        places = known[move.employment.pk]
        replaced.extend(place.pk for place in places if place.started_on >= move.on)
        before = [place for place in places if place.started_on < move.on]
        if not before or Place.of(before[-1]) != move.place:
            added.append(_row(move))
    EmploymentPlace.objects.filter(pk__in=replaced).delete()
    EmploymentPlace.objects.bulk_create(added)


def _row(move: Move) -> EmploymentPlace:
    return EmploymentPlace(
        employment=move.employment,
        country=move.place.country,
        region=move.place.region,
        started_on=move.on,
    )
