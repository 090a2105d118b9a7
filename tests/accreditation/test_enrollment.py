"""A partner takes part in a program because somebody asked for it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from accreditation.models import Accreditation, DueMark, Program, StandingChange
from accreditation.operations.enrollment import start_accreditation
from accreditation.standing import Standing
from partners.enums import MembershipRole
from partners.models import Partner
from partners.refusals import CannotRecord
from partners.rules import SYSTEM, NotAllowed
from tests import cast
from tests.accreditation.documents import engineers
from tests.audited import one_entry
from tests.stories import judge_all, publish

pytestmark = pytest.mark.usefixtures("in_northwind")

LATE = datetime(2026, 3, 11, 3, 0, tzinfo=UTC)
"""In New York it is still 10 March."""
MARCH_10 = date(2026, 3, 10)


@pytest.fixture
def program() -> Program:
    cast.certification("cloud-engineer")
    cast.job_role("technical-engineer")
    publish(engineers(at_least=1, enrollment="on_request"))
    return Program.objects.get()


@pytest.fixture
def acme(program: Program) -> Partner:
    acme = cast.partner("acme")
    judge_all()
    return acme


def test_nobody_takes_part_in_a_program_on_request_by_itself(acme: Partner) -> None:
    assert not Accreditation.objects.exists()


def test_a_partner_takes_part_from_the_vendors_day_on_and_is_judged(
    acme: Partner, program: Program
) -> None:
    DueMark.objects.all().delete()

    with one_entry("accreditation.started"):
        started = start_accreditation(partner=acme, program=program, by=SYSTEM, now=LATE)

    change = StandingChange.objects.get()
    assert (started.standing, started.standing_since) == (Standing.IN_PROGRESS, MARCH_10)
    assert (change.on, change.recorded_at, change.because) == (MARCH_10, LATE, "enrolled")
    assert list(DueMark.objects.values_list("partner", "due_at", "cause")) == [
        (acme.pk, LATE, "asked")
    ]


def test_a_partner_takes_part_once(acme: Partner, program: Program) -> None:
    start_accreditation(partner=acme, program=program, by=SYSTEM, now=LATE)

    with pytest.raises(CannotRecord):
        start_accreditation(partner=acme, program=program, by=SYSTEM, now=LATE)

    assert StandingChange.objects.count() == 1


def test_who_may_only_look_starts_nothing(acme: Partner, program: Program) -> None:
    by = cast.actor(cast.member("Sven", MembershipRole.ANALYST))

    with pytest.raises(NotAllowed):
        start_accreditation(partner=acme, program=program, by=by, now=LATE)
