"""What makes a person count: how many of which certificates or courses, set by set."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from accreditation.criteria.facts import Certificate
from accreditation.criteria.kinds.people.finished import WantedCourses, read_courses
from accreditation.criteria.kinds.people.holdings import Terms
from accreditation.criteria.kinds.people.proof import Enough
from accreditation.criteria.periods import day_after
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import Catalog, Reader

NAMING = ("certifications", "families", "certification_levels")
"""The filters of which a document must use at least one; without any, everything would count."""

OF_CERTIFICATES = (
    "newest_versions",
    "earned_from",
    "earned_through",
    "earned_within",
    "counts_through",
)
"""What can be asked only of certificates, beside how many of which."""


@dataclass(frozen=True, slots=True)
class Equivalent:
    """Other certifications that count as well, on their own terms."""

    certifications: frozenset[str]
    terms: Terms


@dataclass(frozen=True, slots=True)
class Wanted:
    """A set of certificates, of which a person needs so many; an empty filter asks nothing.

    `distinct`: they are of different certifications. `equivalents` are not asked for their version.
    """

    family: ClassVar = "certificates"

    certifications: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    certification_levels: frozenset[str] = frozenset()
    equivalents: tuple[Equivalent, ...] = ()
    at_least: int = 1
    distinct: bool = True

    @property
    def enough(self) -> Enough:
        """How many of them a person needs."""
        return Enough(self.at_least, self.distinct)

    @property
    def names_any(self) -> bool:
        """Whether it says which certificates belong to it."""
        return bool(self.certifications or self.families or self.certification_levels)

    @property
    def named(self) -> frozenset[str]:
        """All certifications that may belong to it; empty: any may."""
        others = (one.certifications for one in self.equivalents)
        return self.certifications and self.certifications.union(*others)

    def fits(self, certificate: Certificate) -> bool:
        """Return whether a certificate belongs to it, not only in place of another one."""
        return (
            (not self.certifications or certificate.certification in self.certifications)
            and (not self.families or certificate.family in self.families)
            and (
                not self.certification_levels
                or certificate.certification_level in self.certification_levels
            )
        )

    def equivalent(self, certificate: Certificate) -> Equivalent | None:
        """Return by what a certificate counts in place of another one, None if it does not."""
        fits = (one for one in self.equivalents if certificate.certification in one.certifications)
        return next(fits, None)


Set = Wanted | WantedCourses
"""Records of which a person needs so many."""


def read_wanted(reader: Reader) -> tuple[Set, ...]:
    """Return the sets of which each person needs some: one, or those that `each_holds` lists.

    A list names the certificates and courses set by set, so nothing else of the node does.
    """
    if reader.lists("each_holds"):
        return tuple(_read_set(one) for one in reader.children("each_holds"))
    names, inner = _names(reader), reader.child("each_holds")
    if inner is None:
        return (Wanted(*names),)
    at_least, distinct = inner.positive("at_least") or 1, inner.flag("distinct")
    inner.finish()
    wanted = Wanted(*names, at_least=at_least, distinct=distinct)
    _check_enough(wanted, inner)
    return (wanted,)


def read_any(reader: Reader) -> tuple[Wanted]:
    """Return the one set of certificates that a node names, each of which counts by itself."""
    return (Wanted(*_names(reader)),)


def read_days(reader: Reader) -> dict[str, date | None]:
    """Return when certificates may have been earned, and the last day on which they count."""
    names = ("earned_from", "earned_through", "counts_through")
    days = {name: reader.day(name) for name in names}
    first, last = days["earned_from"], days["earned_through"]
    if first and last and last < first:
        reader.problem("earned_through", ProblemCode.ENDS_BEFORE_START, start=first.isoformat())
    through = days["counts_through"]
    if first and through and through < first:
        reader.problem("counts_through", ProblemCode.ENDS_BEFORE_START, start=first.isoformat())
    return days


def terms_of(
    earned_from: date | None, earned_through: date | None, counts_through: date | None
) -> Terms:
    """Return the terms that days say, of which all are the last or first good ones."""
    return Terms(earned_from, earned_through, counts_through and day_after(counts_through))


def _read_set(reader: Reader) -> Set:
    of_courses = "courses" in reader or "hours" in reader
    return read_courses(reader) if of_courses else _read_certificates(reader)


def _read_certificates(reader: Reader) -> Wanted:
    wanted = Wanted(
        *_names(reader),
        at_least=reader.positive("at_least") or 1,
        distinct=reader.flag("distinct", default=True),
    )
    if not any(name in reader for name in NAMING) and reader.usable:
        reader.problem_here(ProblemCode.NO_CERTIFICATES_NAMED)
    _check_enough(wanted, reader)
    reader.finish()
    return wanted


def _check_enough(wanted: Wanted, reader: Reader) -> None:
    """Note that a person would have to hold more certifications than there are."""
    if wanted.named and wanted.distinct and wanted.at_least > len(wanted.named):
        most = str(len(wanted.named))
        reader.problem("at_least", ProblemCode.NEVER_ENOUGH, most=most)


def _names(
    reader: Reader,
) -> tuple[frozenset[str], frozenset[str], frozenset[str], tuple[Equivalent, ...]]:
    return (
        reader.keys_in("certifications", Catalog.CERTIFICATION),
        reader.keys_in("families", Catalog.FAMILY),
        reader.keys_in("certification_levels", Catalog.CERTIFICATION_LEVEL),
        tuple(_equivalents(reader)),
    )


def _equivalents(reader: Reader) -> Iterator[Equivalent]:
    for one in reader.children("equivalents", required=False):
        names = one.keys_in("certifications", Catalog.CERTIFICATION)
        if not names:
            one.problem("certifications", ProblemCode.MISSING)
        yield Equivalent(names, terms_of(**read_days(one)))
        one.finish()
