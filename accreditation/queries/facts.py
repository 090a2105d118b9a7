"""What is known about partners, in the engine's terms: a constant number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from accreditation.criteria.facts import (
    CatalogRelease,
    Certificate,
    Employment,
    PartnerFacts,
    RoleSpell,
)
from accreditation.criteria.periods import Period
from enablement.models import Certificate as CertificateRow
from enablement.models import Certification
from partners.models import Employment as EmploymentRow
from partners.models import EmploymentRole

# Kinds of criteria whose facts this product keeps. The engine judges more than that; a program may
# ask only for what can be recorded.
KINDS_WITH_FACTS = frozenset({"people_holding", "certificates_held"})


def facts_for(partner_ids: Iterable[UUID]) -> dict[UUID, PartnerFacts]:
    """Return the facts of each partner, dated as they are: nothing is chosen by day here."""
    wanted = list(partner_ids)
    employments = _employments(wanted)
    people = {UUID(one.person) for each in employments.values() for one in each}
    certificates = _certificates(people)
    releases = _releases()
    return {
        partner_id: PartnerFacts(
            certificates=tuple(
                certificate
                for person in dict.fromkeys(one.person for one in employments[partner_id])
                for certificate in certificates[person]
            ),
            employments=tuple(employments[partner_id]),
            releases=releases,
        )
        for partner_id in wanted
    }


def _employments(partner_ids: list[UUID]) -> defaultdict[UUID, list[Employment]]:
    roles: defaultdict[UUID, list[RoleSpell]] = defaultdict(list)
    for employment_id, role, start, end in EmploymentRole.objects.filter(
        employment__partner__in=partner_ids
    ).values_list("employment_id", "job_role__key", "started_on", "ended_on"):
        roles[employment_id].append(RoleSpell(role, Period(start, end)))
    found: defaultdict[UUID, list[Employment]] = defaultdict(list)
    for pk, partner_id, person_id, kind, start, end in EmploymentRow.objects.filter(
        partner__in=partner_ids, counts=True
    ).values_list("id", "partner_id", "person_id", "kind", "started_on", "ended_on"):
        found[partner_id].append(
            Employment(str(pk), str(person_id), kind, Period(start, end), tuple(roles[pk]))
        )
    return found


def _certificates(people: set[UUID]) -> defaultdict[str, list[Certificate]]:
    found: defaultdict[str, list[Certificate]] = defaultdict(list)
    rows = CertificateRow.objects.filter(person__in=people).values_list(
        "id",
        "person_id",
        "awarded_on",
        "expires_on",
        "revoked_on",
        "certification__key",
        "certification__family",
        "certification__level",
        "certification__version",
    )
    for pk, person_id, start, end, revoked_on, key, family, level, version in rows:
        found[str(person_id)].append(
            Certificate(
                id=str(pk),
                person=str(person_id),
                certification=key,
                period=Period(start, end),
                family=family or None,
                certification_level=level or None,
                version=version,
                revoked_on=revoked_on,
            )
        )
    return found


def _releases() -> tuple[CatalogRelease, ...]:
    rows = Certification.objects.filter(version__isnull=False).values_list(
        "family", "version", "released_on"
    )
    return tuple(
        CatalogRelease(family, version, day)
        for family, version, day in rows
        if version is not None and day is not None
    )
