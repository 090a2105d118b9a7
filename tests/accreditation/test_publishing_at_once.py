"""Two people, or one who clicks twice: drafts are numbered in turn, a draft is published once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection

from accreditation.criteria.problems import DocumentError
from accreditation.enums import VersionState
from accreditation.models import ProgramVersion
from accreditation.operations.programs import (
    CannotPublish,
    draft_version,
    publish_version,
    withdraw_version,
)
from partners.models import AuditEntry, Vendor
from partners.refusals import CannotRecord
from partners.rules import SYSTEM
from partners.tenancy.context import tenant
from tests import cast
from tests.accreditation.documents import built_on, engineers
from tests.cast import NOW, TODAY

LATER = TODAY + timedelta(days=30)

pytestmark = pytest.mark.django_db(transaction=True)


def together(vendor: Vendor, *verbs: Callable[[], object]) -> list[str]:
    """Run the verbs at once, each in a transaction of its own; return how each ended, sorted."""
    start = Barrier(len(verbs))

    def run(verb: Callable[[], object]) -> str:
        try:
            start.wait(timeout=10)
            with tenant(vendor):
                verb()
        except (CannotPublish, CannotRecord, DocumentError):
            return "refused"
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return sorted(pool.map(run, verbs))


@pytest.fixture
def vendor(transactional_db: None) -> Vendor:
    northwind = cast.vendor("northwind", "Northwind", prefix="NW")
    with tenant(northwind):
        cast.certification("cloud-engineer")
        cast.job_role("technical-engineer")
        draft_version(document=engineers(at_least=1), by=SYSTEM, now=NOW)
    return northwind


def publish(number: int, on: date = TODAY) -> Callable[[], object]:
    def verb() -> object:
        version = ProgramVersion.objects.get(number=number)
        return publish_version(version=version, effective_on=on, by=SYSTEM, now=NOW)

    return verb


def withdraw(number: int) -> Callable[[], object]:
    def verb() -> object:
        version = ProgramVersion.objects.get(number=number)
        return withdraw_version(version=version, reason="Too early", by=SYSTEM, now=NOW)

    return verb


def test_drafts_sent_at_once_are_numbered_in_turn(vendor: Vendor) -> None:
    def draft() -> object:
        return draft_version(document=engineers(at_least=2), by=SYSTEM, now=NOW)

    assert together(vendor, *[draft] * 6) == ["done"] * 6
    with tenant(vendor):
        numbers = ProgramVersion.objects.order_by("number").values_list("number", flat=True)
        assert list(numbers) == [1, 2, 3, 4, 5, 6, 7]


def test_a_draft_published_by_many_clicks_is_published_once(vendor: Vendor) -> None:
    assert together(vendor, *[publish(1)] * 6) == ["done", *["refused"] * 5]
    with tenant(vendor):
        assert AuditEntry.objects.filter(verb="version.published").count() == 1


def test_of_two_drafts_published_for_one_day_one_is_refused(vendor: Vendor) -> None:
    with tenant(vendor):
        draft_version(document=engineers(at_least=2), by=SYSTEM, now=NOW)

    assert together(vendor, publish(1), publish(2)) == ["done", "refused"]


def test_a_version_withdrawn_by_many_clicks_is_withdrawn_once(vendor: Vendor) -> None:
    with tenant(vendor):
        publish(1, LATER)()

    assert together(vendor, *[withdraw(1)] * 6) == ["done", *["refused"] * 5]
    with tenant(vendor):
        assert AuditEntry.objects.filter(verb="version.withdrawn").count() == 1


def test_a_version_withdrawn_while_another_is_published_leaves_one_for_the_day(
    vendor: Vendor,
) -> None:
    with tenant(vendor):
        draft_version(document=engineers(at_least=2), by=SYSTEM, now=NOW)
        publish(1, LATER)()

    together(vendor, withdraw(1), publish(2, LATER))

    # Whoever came first: the second draft took the day, or can take it now.
    with tenant(vendor):
        states = dict(ProgramVersion.objects.values_list("number", "state"))
        assert states[1] == VersionState.WITHDRAWN
        if states[2] == VersionState.DRAFT:
            publish(2, LATER)()
        assert ProgramVersion.objects.get(state=VersionState.PUBLISHED).number == 2


def test_a_circle_closed_by_two_at_once_is_refused(vendor: Vendor) -> None:
    with tenant(vendor):
        for key, other in (("north", "south"), ("south", "north")):
            draft_version(document=built_on(key), by=SYSTEM, now=NOW)
            # Drafted by two people who do not see each other's draft.
            ProgramVersion.objects.filter(program__key=key).update(document=built_on(key, other))

    def verb(key: str) -> Callable[[], object]:
        def publish_it() -> object:
            version = ProgramVersion.objects.get(program__key=key)
            return publish_version(version=version, effective_on=TODAY, by=SYSTEM, now=NOW)

        return publish_it

    assert together(vendor, verb("north"), verb("south")) == ["done", "refused"]
