"""Facts mark the partners they concern, one or many at once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from accreditation.models import DueMark
from enablement.models import Certificate, Certification
from partners.models import Employment, Partner, Vendor
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
        DueMark.objects.all().delete()

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


def _due() -> list[object]:
    return list(
        Partner.objects.filter(pk__in=DueMark.objects.values("partner")).values_list(
            "pk", flat=True
        )
    )
