"""Facts mark the partners they concern, one or many at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from accreditation.models import CriterionDecision, DueMark, Program
from documents.models import (
    AcceptedDocument,
    Agreement,
    Attestation,
    Audit,
    Checklist,
    Fee,
    ListingProof,
)
from enablement.enums import PauseReason
from enablement.models import Certificate, CertificatePause, Certification
from partners.enums import ActorKind
from partners.models import Employment, EmploymentRole, Location, Partner, Vendor
from partners.tenancy.context import tenant
from tests import cast

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LONG_AGO = date(2025, 1, 1)


@pytest.mark.parametrize("many", [1, 99, 100, 250])
def test_certificates_mark_their_employer_once_however_many_arrive(northwind: Vendor, many: int):
    with tenant(northwind):
        acme = cast.partner("acme")
        cast.partner("cove")
        what = Certification.objects.create(key="engineer", name="Engineer")
        people = [cast.person(f"Edda {number}") for number in range(many)]
        Employment.objects.bulk_create(
            Employment(person=person, partner=acme, started_on=LONG_AGO) for person in people
        )
        _due()

        Certificate.objects.bulk_create(
            Certificate(
                person=person,
                certification=what,
                awarded_on=LONG_AGO,
                source="test",
                recorded_at=NOW,
            )
            for person in people
        )

        assert _due() == [acme.pk]
        with connection.cursor() as cursor:
            cursor.execute("SHOW enable_nestloop")
            assert cursor.fetchone() == ("on",)


PAPERS: dict[type[Any], dict[str, Any]] = {
    AcceptedDocument: {},
    Agreement: {},
    Fee: {},
    ListingProof: {},
    Attestation: {},
    Audit: {"passed": True},
    Checklist: {"score": 9, "out_of": 10},
}


def _paper(model: type[Any]) -> Callable[[Employment], Any]:
    return lambda job: cast.paper(model, job.partner, "plan", **PAPERS[model])


FACTS: dict[str, Callable[[Employment], Any]] = {
    "employment": lambda job: cast.employment(cast.person("Finn"), job.partner),
    "job role": lambda job: EmploymentRole.objects.create(
        employment=job, job_role=cast.job_role("seller"), started_on=LONG_AGO
    ),
    "place": lambda job: cast.place(job, "DE"),
    "location": lambda job: Location.objects.create(
        partner=job.partner, city="Berlin", country="DE"
    ),
    "attribute": lambda job: cast.attribute(job.partner, "size", "small"),
    "certificate": lambda job: cast.certificate(job.person, cast.certification("engineer")),
    "pause": lambda job: CertificatePause.objects.create(
        certificate=cast.certificate(job.person, cast.certification("engineer")),
        started_on=LONG_AGO,
        reason=PauseReason.SUSPENDED,
        recorded_at=NOW,
    ),
    "course completion": lambda job: cast.completion(job.person, cast.course("hardware")),
    "decision": lambda job: CriterionDecision.objects.create(
        partner=job.partner,
        program=Program.objects.create(key="expert", name={}, kind="technical", created_at=NOW),
        criterion="interview",
        accepted=True,
        started_on=LONG_AGO,
        note="Convincing.",
        source="decision",
        recorded_at=NOW,
        decided_by_kind=ActorKind.SYSTEM,
    ),
    "figure": lambda job: cast.metric_reading(job.partner, "revenue", "100"),
    **{model.__name__: _paper(model) for model in PAPERS},
}


@pytest.fixture
def job(in_northwind: Vendor) -> Employment:
    """Edda works for Acme; there are others, whom nothing here concerns."""
    cast.employment(cast.person("Sven"), cast.partner("cove"))
    return cast.employment(cast.person("Edda"), cast.partner("acme"))


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_marks_its_partner_when_it_comes_changes_and_goes(
    job: Employment, fact: str
) -> None:
    _due()

    row = FACTS[fact](job)
    came = _due()
    type(row).objects.filter(pk=row.pk).update(id=row.pk)
    changed = _due()
    row.delete()

    assert (came, changed, _due()) == ([job.partner_id],) * 3


@pytest.mark.parametrize("what", ["certification", "course"])
def test_what_the_catalog_says_concerns_the_partners_of_those_who_hold_it(
    job: Employment, what: str
) -> None:
    held = cast.certificate(job.person, cast.certification("engineer")).certification
    taken = cast.completion(job.person, cast.course("hardware")).course
    row: Any = {"certification": held, "course": taken}[what]
    _due()

    type(row).objects.filter(pk=row.pk).update(name="Renamed")

    assert _due() == [job.partner_id]


def test_a_new_release_concerns_the_partners_of_those_who_hold_an_older_one(
    job: Employment,
) -> None:
    first, second = (
        {"family": "cloud", "version": number, "released_on": LONG_AGO} for number in (1, 2)
    )
    cast.certificate(job.person, cast.certification("cloud-1", **first))
    _due()

    cast.certification("cloud-2", **second)

    assert _due() == [job.partner_id]


def _due() -> list[UUID]:
    """Return the partners that have become due since it was asked last."""
    due = Partner.objects.filter(pk__in=DueMark.objects.values("partner"))
    found = list(due.values_list("pk", flat=True))
    DueMark.objects.all().delete()
    return found
