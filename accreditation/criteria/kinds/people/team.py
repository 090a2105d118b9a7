"""Who works for a partner and what they hold, sorted and indexed; computed once for all programs.

Nothing here depends on the day, the program or the phase that is judged.
"""

from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, groupby
from typing import Any

from accreditation.criteria.facts import Certificate, Employment, PartnerFacts
from accreditation.criteria.kinds.people.holder import Holder
from accreditation.criteria.kinds.people.holdings import Holding, Terms
from accreditation.criteria.kinds.people.proof import Enough
from accreditation.criteria.kinds.people.service import Service
from accreditation.criteria.kinds.working import Working
from accreditation.criteria.once import once
from accreditation.criteria.records import CourseCompletion


@dataclass(frozen=True, slots=True)
class Asked:
    """What decides whether and when a certificate counts; None asks nothing.

    `newest_versions`: only that many newest released versions of its family count.
    """

    working: Working
    terms: Terms
    newest_versions: int | None = None


class Team:
    """The people of one partner; criteria that ask the same of the same people share the answer."""

    def __init__(self, facts: PartnerFacts) -> None:
        self._facts = facts
        self.narrowed_to: frozenset[tuple[str, str]] = frozenset()
        self.answers: dict[Any, Any] = {}
        self._certificates = sorted(facts.certificates, key=lambda one: (one.person, one.id))
        self._by_certification: defaultdict[str, list[int]] = defaultdict(list)
        for position, certificate in enumerate(self._certificates):
            self._by_certification[certificate.certification].append(position)
        self._completions = sorted(facts.courses, key=lambda one: (one.person, one.id))
        self._employments: defaultdict[str, list[Employment]] = defaultdict(list)
        for employment in facts.employments:
            self._employments[employment.person].append(employment)
        self._releases: defaultdict[str, list[tuple[date, int]]] = defaultdict(list)
        for release in facts.releases:
            self._releases[release.family].append((release.released_on, release.version))
        for releases in self._releases.values():
            releases.sort()

    def is_of(self, facts: PartnerFacts) -> bool:
        """Return whether these are the people that these facts speak of."""
        mine = self._facts
        return (
            facts.certificates is mine.certificates
            and facts.employments is mine.employments
            and facts.releases is mine.releases
            and facts.courses is mine.courses
        )

    @property
    def people(self) -> list[str]:
        """Everybody who ever works for the partner, sorted."""
        return sorted(self._employments)

    def employed(self, person: str) -> bool:
        """Return whether a person ever works for the partner."""
        return person in self._employments

    def first_employment(self, person: str) -> str:
        """Return the id by which the employments of a person go: the first of them."""
        return min(one.id for one in self._employments[person])

    def employments_in(self, roles: frozenset[str]) -> list[Employment]:
        """Return the employments that ever include one of the job roles, by person, then by id."""
        found = (one for mine in self._employments.values() for one in mine)
        fitting = (one for one in found if any(spell.role in roles for spell in one.roles))
        return sorted(fitting, key=lambda one: (one.person, one.id))

    @once
    def inside(self, field: str, name: str) -> "Team":
        """Return the same people as far as they work in a place: what they hold stays theirs."""
        other = copy(self)
        other.narrowed_to = self.narrowed_to | {(field, name)}
        other.answers = {}
        return other

    def narrowed(self, asked: Working) -> Working:
        """Return how people are asked to work, in the places to which the team is narrowed."""
        return replace(asked, inside=self.narrowed_to) if self.narrowed_to else asked

    @once
    def service(self, person: str, asked: Working) -> Service:
        """Return when a person works here as is asked."""
        return Service(self._employments.get(person, ()), asked)

    def certificates_of(self, certifications: frozenset[str]) -> list[Certificate]:
        """Return the certificates of these certifications (empty: all) by person, then by id."""
        if not certifications:
            return self._certificates
        found = (self._by_certification.get(one, ()) for one in certifications)
        return [self._certificates[position] for position in sorted(chain.from_iterable(found))]

    def completions_of(self, courses: frozenset[str]) -> list[CourseCompletion]:
        """Return who finished these courses (empty: any) by person, then by id."""
        if not courses:
            return self._completions
        return [one for one in self._completions if one.course in courses]

    @once
    def seen_by(self, asked: Asked) -> "Weighing":
        """Return the certificates as a criterion that asks this sees them."""
        return Weighing(self, asked)

    def holders(self, holdings: Sequence[Holding], enough: Enough) -> tuple[Holder, ...]:
        """Return who holds what: each counts with enough that fit.

        Takes holdings sorted by person, then by certificate id.
        """
        return tuple(
            self.holder(person, tuple(group), enough)
            for person, group in groupby(holdings, key=lambda one: one.certificate.person)
        )

    @once
    def holder(self, person: str, holdings: tuple[Holding, ...], enough: Enough) -> Holder:
        """Return a person with what they hold."""
        return Holder(person, holdings, enough)

    def version_of(self, certificate: Certificate, newest: int | None) -> tuple[date | None, bool]:
        """Return when its version stops being one of the newest, and whether that is unknown."""
        if newest is None:
            return None, False
        family, version = certificate.family, certificate.version
        if family is None or version is None or family not in self._releases:
            return None, True
        return self._superseded_on(family, version, newest), False

    def _superseded_on(self, family: str, version: int, newest: int) -> date | None:
        newer: set[int] = set()
        for released_on, released in self._releases[family]:
            if released > version:
                newer.add(released)
            if len(newer) == newest:
                return released_on
        return None


class Weighing:
    """Certificates as criteria see them that ask the same; each is weighed once."""

    def __init__(self, team: Team, asked: Asked) -> None:
        self._team = team
        self._asked = asked
        self._holdings: dict[str, Holding] = {}

    def of(self, certificate: Certificate) -> Holding:
        """Return a certificate with all that decides whether it counts."""
        holding = self._holdings.get(certificate.id)
        if holding is None:
            asked, team = self._asked, self._team
            holding = self._holdings[certificate.id] = Holding(
                certificate,
                team.service(certificate.person, asked.working),
                asked.terms,
                *team.version_of(certificate, asked.newest_versions),
            )
        return holding
