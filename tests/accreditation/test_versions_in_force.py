"""Which version of a program judges on a day, and which one another takes the place of."""

from __future__ import annotations

from datetime import date

import pytest

from accreditation.models import ProgramVersion
from accreditation.operations.programs import draft_version, publish_version, withdraw_version
from accreditation.queries.programs import programs_in_force
from accreditation.queries.versions import program_with_versions, version_to_compare
from partners.models import Vendor
from partners.rules import SYSTEM
from tests import cast
from tests.accreditation.documents import engineers

PROGRAM = "authorized-service"
DECEMBER_31, JANUARY, MARCH_9, MARCH_10 = (
    date(2025, 12, 31),
    date(2026, 1, 1),
    date(2026, 3, 9),
    date(2026, 3, 10),
)

pytestmark = pytest.mark.usefixtures("versions")


@pytest.fixture
def versions(in_northwind: Vendor) -> None:
    """The first from January on, the second from 10 March, the third withdrawn, then a draft."""
    cast.certification("cloud-engineer")
    cast.job_role("technical-engineer")
    for number, first_day in enumerate([JANUARY, MARCH_10, date(2026, 3, 20), None], start=1):
        made = draft_version(document=engineers(at_least=number), by=SYSTEM, now=cast.NOW)
        if first_day is not None:
            publish_version(version=made, effective_on=first_day, by=SYSTEM, now=cast.NOW)
        if number == 3:
            withdraw_version(version=made, reason="Too early", by=SYSTEM, now=cast.NOW)


@pytest.mark.parametrize(
    ("on", "numbers"),
    [
        (DECEMBER_31, []),
        (JANUARY, [1]),
        (MARCH_9, [1]),
        (MARCH_10, [2]),
        (date(2026, 3, 20), [2]),
    ],
)
def test_the_latest_version_that_has_begun_judges(on: date, numbers: list[int]) -> None:
    found = program_with_versions(PROGRAM, on)

    assert found is not None
    assert [one.version.number for one in programs_in_force(on)] == numbers
    assert [one.number for one in [found.in_force] if one] == numbers


@pytest.mark.parametrize(
    ("number", "on", "other"),
    [
        (1, MARCH_9, None),
        (2, MARCH_9, 1),
        (2, MARCH_10, 1),
        (4, DECEMBER_31, None),
        (4, MARCH_9, 1),
        (4, MARCH_10, 2),
    ],
)
def test_a_version_takes_the_place_of_the_one_in_force_or_the_one_before_it(
    number: int, on: date, other: int | None
) -> None:
    found = version_to_compare(ProgramVersion.objects.get(number=number), on)

    assert (found and found.number) == other
