"""The facts of one partner, sorted and indexed for one judgement."""

from collections import defaultdict
from datetime import date

from accreditation.criteria.facts import Employment, PartnerFacts
from accreditation.criteria.kinds.service import Service


class Dossier:
    """One partner's facts on the day they are judged; every answer is computed once."""

    def __init__(self, facts: PartnerFacts, on: date) -> None:
        self.on = on
        self.certificates = sorted(facts.certificates, key=lambda one: (one.person, one.id))
        self._employments: defaultdict[str, list[Employment]] = defaultdict(list)
        for employment in facts.employments:
            self._employments[employment.person].append(employment)
        self._releases: defaultdict[str, list[tuple[date, int]]] = defaultdict(list)
        for release in facts.releases:
            self._releases[release.family].append((release.released_on, release.version))
        for releases in self._releases.values():
            releases.sort()
        self._services: dict[tuple[str, frozenset[str], frozenset[str]], Service] = {}

    def service(self, person: str, kinds: frozenset[str], roles: frozenset[str]) -> Service:
        """Return when a person works here in one of the kinds and roles; empty sets ask nothing."""
        question = (person, kinds, roles)
        service = self._services.get(question)
        if service is None:
            service = Service(self._employments.get(person, ()), kinds, roles)
            self._services[question] = service
        return service

    def knows_family(self, family: str) -> bool:
        """Return whether any release of the certification family is known."""
        return family in self._releases

    def superseded_on(self, family: str, version: int, newest: int) -> date | None:
        """Return the first day on which `newest` versions newer than this one are out, or None."""
        newer: set[int] = set()
        for released_on, released in self._releases[family]:
            if released > version:
                newer.add(released)
            if len(newer) == newest:
                return released_on
        return None
