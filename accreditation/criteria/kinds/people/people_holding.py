"""People who hold certifications or did something else: each counts once, whatever there is."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import ClassVar, Self

from accreditation.criteria.kinds.bars import Bar, read_bar
from accreditation.criteria.kinds.counting import Count
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.people.gathered import held_of_all
from accreditation.criteria.kinds.people.holder import Holder
from accreditation.criteria.kinds.people.holders import Holders
from accreditation.criteria.kinds.people.holdings import EVER, Holding
from accreditation.criteria.kinds.people.proof import Enough
from accreditation.criteria.kinds.people.team import Asked, Team
from accreditation.criteria.kinds.people.wanted import (
    NAMING,
    OF_CERTIFICATES,
    Set,
    Wanted,
    read_any,
    read_days,
    read_wanted,
    terms_of,
)
from accreditation.criteria.kinds.registry import register_measure
from accreditation.criteria.kinds.timing import read_window
from accreditation.criteria.kinds.working import ANYHOW, Working, read_working
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import Reader
from accreditation.criteria.windows import Window

ONE = Enough(1, distinct=False)
"""One certificate is enough."""


@register_measure
@dataclass(frozen=True, slots=True)
class PeopleHolding:
    """At least so many people have enough of each set that is wanted: certificates, courses.

    What follows is about certificates. `newest_versions`: only that many newest released versions
    of a family count. `earned_from`, `earned_through`: first and last day on which one may have
    been earned; `earned_within`: the same as a window, seen from the judged day. `counts_through`:
    the last day on which any of them counts.
    """

    kind: ClassVar = "people_holding"
    unit: ClassVar = "people"

    label: Label
    at_least: Bar
    wanted: tuple[Set, ...]
    working: Working = ANYHOW
    newest_versions: int | None = None
    earned_from: date | None = None
    earned_through: date | None = None
    earned_within: Window = EVER
    counts_through: date | None = None

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        criterion = cls(
            label=label,
            at_least=read_bar(reader, whole=True),
            wanted=cls._read_wanted(reader),
            working=read_working(reader),
            newest_versions=reader.positive("newest_versions", required=False),
            earned_within=read_window(reader, "earned_within"),
            **read_days(reader),
        )
        cls._check_named(reader)
        if not any(isinstance(one, Wanted) for one in criterion.wanted):
            for name in OF_CERTIFICATES:
                if name in reader:
                    reader.problem(name, ProblemCode.NEEDS_ALSO, needed=", ".join(NAMING))
        return criterion

    @classmethod
    def _check_named(cls, reader: Reader) -> None:
        if not reader.lists("each_holds") and not any(name in reader for name in NAMING):
            reader.problem_here(ProblemCode.NO_CERTIFICATES_NAMED)

    @classmethod
    def _read_wanted(cls, reader: Reader) -> tuple[Set, ...]:
        return read_wanted(reader)

    @property
    def families(self) -> frozenset[str]:
        """The families of facts that it looks at, beside employments."""
        return frozenset(one.family for one in self.wanted)

    def asks(self, level: str) -> bool:
        """Return whether a level needs any people."""
        return self.at_least.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return who holds what is asked, from the judged day onward."""
        holders = self.holders(dossier)
        today = holders.snapshot(dossier.on)
        return Count(
            label=self.label,
            needs=self.at_least.measure(dossier),
            amounts=holders.amounts_from(dossier.on),
            counted=today.counted,
            not_counted=today.not_counted,
            review_on=holders.changes_after(dossier.on),
            explain=holders.explain,
        )

    def holders(self, dossier: Dossier) -> Holders:
        """Return everybody with records that belong to the criterion.

        Whatever asks for the same records of the same people shares the answer.
        """
        team, question = dossier.team, self._question()
        found: Holders | None = team.answers.get(question)
        if found is None:
            found = team.answers[question] = self._holders(team)
        return found

    def _question(self) -> tuple[object, ...]:
        """Return all that decides who holds what: everything but the words and the numbers."""
        names = (one.name for one in fields(self) if one.name not in {"label", "at_least"})
        return type(self), *(getattr(self, name) for name in names)

    def _holders(self, team: Team) -> Holders:
        sets = [(one.enough, self._holders_of(team, one)) for one in self.wanted]
        return Holders(held_of_all(sets) if len(sets) > 1 else sets[0][1])

    def _holders_of(self, team: Team, wanted: Set) -> tuple[Holder, ...]:
        if isinstance(wanted, Wanted):
            return team.holders(self._holdings(team, wanted), wanted.enough)
        return wanted.holders(team, self.working)

    def _holdings(self, team: Team, wanted: Wanted) -> list[Holding]:
        """Return the certificates of everybody that belong to a set, by person, then by id."""
        days = terms_of(self.earned_from, self.earned_through, self.counts_through)
        terms = replace(days, earned_within=self.earned_within)
        working = team.narrowed(self.working)
        seen = team.seen_by(Asked(working, terms, self.newest_versions))
        holdings = []
        for one in team.certificates_of(wanted.named):
            if wanted.fits(one):
                holdings.append(seen.of(one))
            elif other := wanted.equivalent(one):
                holdings.append(team.seen_by(Asked(working, other.terms, None)).of(one))
        return holdings


@register_measure
class CertificatesHeld(PeopleHolding):
    """At least so many certificates that fit are held: every certificate of a person counts."""

    __slots__ = ()
    kind: ClassVar = "certificates_held"
    unit: ClassVar = "certificates"

    @classmethod
    def _read_wanted(cls, reader: Reader) -> tuple[Set, ...]:
        return read_any(reader)

    @classmethod
    def _check_named(cls, reader: Reader) -> None:
        if not any(name in reader for name in NAMING):
            reader.problem_here(ProblemCode.NO_CERTIFICATES_NAMED)

    def _holders(self, team: Team) -> Holders:
        """Return every certificate that belongs to the criterion as a holder of its own."""
        return Holders(
            team.holder(one.certificate.person, (one,), ONE)
            for wanted in self.wanted
            if isinstance(wanted, Wanted)
            for one in self._holdings(team, wanted)
        )
