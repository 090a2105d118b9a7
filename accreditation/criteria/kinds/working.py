"""How people have to work for the partner: of what kind, in which role, where."""

from dataclasses import dataclass

from accreditation.criteria.facts import PlaceSpell
from accreditation.criteria.reader import Catalog, Reader

FULL_TIME = 100
"""Percent of full time."""

PLACES = ("country", "region")
"""Fields that name a place where somebody works."""


def place_name(place: PlaceSpell, field: str) -> str:
    """Return how one of the PLACES names a place; empty: not at all."""
    return place.country if field == "country" else place.region


@dataclass(frozen=True, slots=True)
class Working:
    """How people have to work for the partner, all of it at once; empty sets ask nothing.

    `employment` are kinds of it, `working_time` is the least percent of full time, `countries` and
    `regions` are where the person works. `inside` are places, each as the field that names it and
    its name, to which facts are narrowed.
    """

    employment: frozenset[str] = frozenset()
    job_roles: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    working_time: int | None = None
    inside: frozenset[tuple[str, str]] = frozenset()

    @property
    def asks_place(self) -> bool:
        """Whether it matters where somebody works."""
        return bool(self.countries or self.regions or self.inside)

    def fits(self, place: PlaceSpell) -> bool:
        """Return whether a place is one of those asked for."""
        return (
            (not self.countries or place.country in self.countries)
            and (not self.regions or place.region in self.regions)
            and all(place_name(place, field) == name for field, name in self.inside)
        )


ANYHOW = Working()
"""Nothing is asked of how somebody works."""


def read_working(reader: Reader) -> Working:
    """Return how a node asks people to work for the partner."""
    return Working(
        employment=reader.keys_in("employment", Catalog.EMPLOYMENT_KIND),
        job_roles=reader.keys_in("job_roles", Catalog.JOB_ROLE),
        countries=reader.keys_in("countries", Catalog.COUNTRY),
        regions=reader.texts("regions", required=False),
        working_time=reader.positive("working_time", required=False, most=FULL_TIME),
    )
