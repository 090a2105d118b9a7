"""People who hold certifications: every person counts once, whatever they hold."""

from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import ClassVar, Self

from accreditation.criteria.facts import Certificate
from accreditation.criteria.kinds.bars import Bar, read_bar
from accreditation.criteria.kinds.counting import Count
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.holders import Holders
from accreditation.criteria.kinds.holdings import Holding, Terms
from accreditation.criteria.kinds.registry import register_measure
from accreditation.criteria.kinds.service import ANYHOW, Working, read_working
from accreditation.criteria.kinds.team import Asked, Team
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import Catalog, Reader

NAMING = ("certifications", "families", "certification_levels")
"""The filters of which a document must use at least one; without any, everything would count."""


@dataclass(frozen=True, slots=True)
class EachHolds:
    """How many certificates make a person count; distinct: of different certifications."""

    at_least: int = 1
    distinct: bool = True


@dataclass(frozen=True, slots=True)
class Equivalent:
    """Other certifications that count as well, on their own terms."""

    certifications: frozenset[str]
    terms: Terms


@register_measure
@dataclass(frozen=True, slots=True)
class PeopleHolding:
    """At least so many people hold certificates that fit; an empty filter asks nothing.

    `newest_versions`: only that many newest released versions of a family count. `earned_from`,
    `earned_through`: first and last day on which a certificate may have been earned.
    `counts_through`: the last day on which any of them counts. `equivalents` are not asked for
    their version.
    """

    kind: ClassVar = "people_holding"
    unit: ClassVar = "people"

    label: Label
    at_least: Bar
    certifications: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    certification_levels: frozenset[str] = frozenset()
    working: Working = ANYHOW
    each_holds: EachHolds = EachHolds()
    newest_versions: int | None = None
    earned_from: date | None = None
    earned_through: date | None = None
    counts_through: date | None = None
    equivalents: tuple[Equivalent, ...] = ()

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        criterion = cls(
            label=label,
            at_least=read_bar(reader, whole=True),
            certifications=reader.keys_in("certifications", Catalog.CERTIFICATION),
            families=reader.keys_in("families", Catalog.FAMILY),
            certification_levels=reader.keys_in(
                "certification_levels", Catalog.CERTIFICATION_LEVEL
            ),
            working=read_working(reader),
            each_holds=cls._read_each(reader),
            newest_versions=reader.positive("newest_versions", required=False),
            **_days(reader),
            equivalents=tuple(
                _equivalent(one) for one in reader.children("equivalents", required=False)
            ),
        )
        cls._check_named(reader)
        criterion._check_each(reader)
        return criterion

    @classmethod
    def _check_named(cls, reader: Reader) -> None:
        if not any(name in reader for name in NAMING):
            reader.problem_here(ProblemCode.NO_CERTIFICATES_NAMED)

    def _check_each(self, reader: Reader) -> None:
        """Note that a person would have to hold more certifications than there are."""
        others = frozenset[str]().union(*(one.certifications for one in self.equivalents))
        named, each = self.certifications, self.each_holds
        if named and each.distinct and each.at_least > len(named | others):
            most = str(len(named | others))
            reader.problem("each_holds.at_least", ProblemCode.NEVER_ENOUGH, most=most)

    @classmethod
    def _read_each(cls, reader: Reader) -> EachHolds:
        return _each_holds(reader)

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
        """Return everybody with certificates that belong to the criterion.

        Whatever asks for the same certificates of the same people shares the answer.
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
        each = self.each_holds
        holdings = self._holdings(team)
        return Holders(team.holders(holdings, each=each.at_least, distinct=each.distinct))

    def _holdings(self, team: Team) -> list[Holding]:
        terms = _terms(self.earned_from, self.earned_through, self.counts_through)
        seen = team.seen_by(Asked(self.working, terms, self.newest_versions))
        named = self.certifications and self.certifications.union(
            *(one.certifications for one in self.equivalents)
        )
        holdings = []
        for one in team.certificates_of(named):
            if self._fits(one):
                holdings.append(seen.of(one))
            elif other := self._equivalent(one):
                asked = Asked(self.working, other.terms, None)
                holdings.append(team.seen_by(asked).of(one))
        return holdings

    def _equivalent(self, certificate: Certificate) -> Equivalent | None:
        fits = (one for one in self.equivalents if certificate.certification in one.certifications)
        return next(fits, None)

    def _fits(self, certificate: Certificate) -> bool:
        return (
            (not self.certifications or certificate.certification in self.certifications)
            and (not self.families or certificate.family in self.families)
            and (
                not self.certification_levels
                or certificate.certification_level in self.certification_levels
            )
        )


@register_measure
class CertificatesHeld(PeopleHolding):
    """At least so many certificates that fit are held: every certificate of a person counts."""

    __slots__ = ()
    kind: ClassVar = "certificates_held"
    unit: ClassVar = "certificates"

    @classmethod
    def _read_each(cls, reader: Reader) -> EachHolds:  # noqa: ARG003 - nothing to read
        return EachHolds()

    def _holders(self, team: Team) -> Holders:
        """Return every certificate that belongs to the criterion as a holder of its own."""
        return Holders(
            team.holder(one.certificate.person, (one,), 1, False) for one in self._holdings(team)
        )


def _equivalent(reader: Reader) -> Equivalent:
    names = reader.keys_in("certifications", Catalog.CERTIFICATION)
    if not names:
        reader.problem("certifications", ProblemCode.MISSING)
    equivalent = Equivalent(names, _terms(**_days(reader)))
    reader.finish()
    return equivalent


def _days(reader: Reader) -> dict[str, date | None]:
    names = ("earned_from", "earned_through", "counts_through")
    days = {name: reader.day(name) for name in names}
    first, last = days["earned_from"], days["earned_through"]
    if first and last and last < first:
        reader.problem("earned_through", ProblemCode.ENDS_BEFORE_START, start=first.isoformat())
    through = days["counts_through"]
    if first and through and through < first:
        reader.problem("counts_through", ProblemCode.ENDS_BEFORE_START, start=first.isoformat())
    return days


def _terms(
    earned_from: date | None, earned_through: date | None, counts_through: date | None
) -> Terms:
    return Terms(earned_from, earned_through, counts_through and counts_through + timedelta(days=1))


def _each_holds(reader: Reader) -> EachHolds:
    inner = reader.child("each_holds")
    if inner is None:
        return EachHolds()
    each = EachHolds(at_least=inner.positive("at_least") or 1, distinct=inner.flag("distinct"))
    inner.finish()
    return each
