"""What rules ask for, compared with what the vendor keeps and the product does."""

from __future__ import annotations

from accreditation.criteria.document import Rules
from accreditation.criteria.problems import Problem, ProblemCode
from accreditation.criteria.reader import Catalog
from accreditation.criteria.settings import Granting
from accreditation.models import Program
from enablement.models import Certification, Course
from partners.countries import countries
from partners.enums import EmploymentKind
from partners.models import JobRole

_CODES = {Catalog.COUNTRY: ProblemCode.NOT_A_COUNTRY}
"""What is wrong with a key that is in no list of the vendor's own."""


def not_in_catalog(rules: Rules) -> tuple[Problem, ...]:
    """Return a problem for every key that the vendor's catalog does not know, with its place.

    The program itself is known: drafting its first version makes it.
    """
    if not rules.references:
        return ()
    known: dict[Catalog, set[str]] = {
        Catalog.CERTIFICATION: set(Certification.objects.values_list("key", flat=True)),
        Catalog.FAMILY: set(Certification.objects.values_list("family", flat=True)),
        Catalog.CERTIFICATION_LEVEL: set(Certification.objects.values_list("level", flat=True)),
        Catalog.COURSE: set(Course.objects.values_list("key", flat=True)),
        Catalog.JOB_ROLE: set(JobRole.objects.values_list("key", flat=True)),
        Catalog.EMPLOYMENT_KIND: set(EmploymentKind.values),
        Catalog.COUNTRY: set(countries()),
        Catalog.PROGRAM: {rules.program.key, *Program.objects.values_list("key", flat=True)},
    }
    return tuple(
        Problem(one.place, _CODES.get(one.catalog, ProblemCode.NOT_IN_CATALOG), {"key": one.key})
        for one in rules.references
        if one.key not in known[one.catalog]
    )


def not_offered(rules: Rules) -> tuple[Problem, ...]:
    """Return a problem for what a document can say and nobody can do yet: to apply for an award."""
    if rules.settings.award is Granting.AUTOMATIC:
        return ()
    return (Problem("settings.award", ProblemCode.NO_APPLICATIONS),)
