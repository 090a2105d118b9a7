"""How the vendor calls what rules name by key."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from accreditation.criteria.document import Rules
from accreditation.criteria.reader import Catalog
from accreditation.models import Level
from accreditation.sentences.speech import Names
from enablement.models import Certification, Course
from partners.countries import country_name
from partners.enums import EmploymentKind
from partners.models import JobRole
from partners.texts import localized


def names_for(*rules: Rules) -> Names:
    """Return the names of everything the rules may mean, in the language of the moment.

    At most four statements, whatever the number of rules: certifications, courses and job roles
    that are named, and the vendor's programs with their levels.
    """
    keys: dict[Catalog, set[str]] = {}
    for one in rules:
        for reference in one.references:
            keys.setdefault(reference.catalog, set()).add(reference.key)
    catalog = _by_key(keys)
    if not any(label.kind == "holds_level" for one in rules for label in one.labels()):
        return Names(catalog)
    programs, levels = {}, {}
    for level in Level.objects.select_related("program"):
        program = level.program
        programs[program.key] = localized(program.name) or program.key
        levels[program.key, level.key] = localized(level.name) or level.key
    return Names(catalog, programs, levels)


def _by_key(keys: Mapping[Catalog, Collection[str]]) -> dict[Catalog, dict[str, str]]:
    """Return what these keys of each list are called; one that is unknown is left out."""
    catalog: dict[Catalog, dict[str, str]] = {
        Catalog.EMPLOYMENT_KIND: {kind.value: str(kind.label) for kind in EmploymentKind}
    }
    if certifications := keys.get(Catalog.CERTIFICATION):
        found = Certification.objects.filter(key__in=certifications)
        catalog[Catalog.CERTIFICATION] = dict(found.values_list("key", "name"))
    if courses := keys.get(Catalog.COURSE):
        offered = Course.objects.filter(key__in=courses)
        catalog[Catalog.COURSE] = dict(offered.values_list("key", "name"))
    if roles := keys.get(Catalog.JOB_ROLE):
        named = JobRole.objects.filter(key__in=roles).values_list("key", "name")
        catalog[Catalog.JOB_ROLE] = {key: localized(name) or key for key, name in named}
    if codes := keys.get(Catalog.COUNTRY):
        catalog[Catalog.COUNTRY] = {code: country_name(code) for code in codes}
    return catalog
