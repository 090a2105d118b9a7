"""Writes references: customers' consent to vouch for a partner, for a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from documents.models import Deployment, Reference
from documents.operations.projects import (
    SHARED_COLUMNS,
    NewRecord,
    RecordCorrection,
    accept_projects,
    check_deployment,
    correct_projects,
    record_projects,
)
from documents.operations.recording import (
    FactKind,
    change_facts,
    locked,
    withdraw_fact,
)
from partners.operations.facts import check_first_day, check_last_day
from partners.operations.recorded import Recorded
from partners.periods import end_after
from partners.queries.vendors import vendor_day
from partners.refusals import CannotRecord
from partners.rules import Actor, Permission, require

REFERENCES = FactKind(
    model=Reference,
    noun="reference",
    first_day="started_on",
    recorded_with=Permission.DEPLOYMENT_RECORD,
    withdrawn_with=Permission.DEPLOYMENT_CONFIRM,
    correctable=(*SHARED_COLUMNS, "deployment", "started_on", "ended_on"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReference(NewRecord):
    """One reference; ``valid_through`` is its last day, None while the consent has no end."""

    started_on: date
    valid_through: date | None = None
    deployment: Deployment | None = None

    def own(self) -> dict[str, Any]:
        """Return the columns that only references have."""
        return {
            "started_on": self.started_on,
            "ended_on": end_after(self.valid_through),
            "deployment": self.deployment,
        }

    def check(self, *, today: date) -> None:  # noqa: ARG002 - a consent may begin later
        """Raise unless there can be such a reference.

        :raises CannotRecord: for a last day before the first, another partner's deployment, or
            particulars that cannot be.
        """
        check_first_day("started_on", self.started_on)
        _check_last_day("valid_through", self.valid_through, self.started_on)
        check_deployment(self.deployment, self.partner)
        self.particulars.check()


@transaction.atomic
def record_references(
    rows: Sequence[NewReference], *, source: str, by: Actor, now: datetime
) -> Recorded[Reference]:
    """Record references and return the new ones, and those known before.

    Safe to repeat: a reference is the same one by partner and ``external_id``; a known one is left
    as it is. What a partner records waits for the vendor. A fixed number of statements per 1,000.

    :raises CannotRecord: for a last day before the first, another partner's deployment, or words
        that cannot be kept.
    :raises NotAllowed: without ``deployment.record`` for each partner.
    """
    today = vendor_day(now)
    for row in rows:
        row.check(today=today)
    return record_projects(REFERENCES, rows, source=source, by=by, now=now)


@transaction.atomic
def correct_references(
    corrections: Sequence[RecordCorrection[Reference]], *, source: str, by: Actor, now: datetime
) -> list[Reference]:
    """Put references right and return them; a partner may until the vendor has accepted them.

    :raises CannotRecord: as for new ones, and for a partner whose reference was accepted.
    :raises NotAllowed: without ``deployment.record`` for each partner.
    """
    today = vendor_day(now)
    for each in corrections:
        assert isinstance(each.right, NewReference)
        each.right.check(today=today)
    return correct_projects(REFERENCES, corrections, source=source, by=by, now=now)


@transaction.atomic
def accept_references(
    references: Sequence[Reference], *, by: Actor, now: datetime
) -> list[Reference]:
    """Let references that partners recorded count for certain, and return all of them.

    :raises NotAllowed: without ``deployment.confirm`` for each partner.
    """
    return accept_projects(REFERENCES, references, by=by, now=now)


@transaction.atomic
def end_reference(*, reference: Reference, last_day: date, by: Actor, now: datetime) -> Reference:
    """Say on which last day the consent ends, or ended, and return it; that day still counts.

    :raises CannotRecord: for a day before the first, or if it was withdrawn.
    :raises NotAllowed: without ``deployment.confirm`` for this partner.
    """
    (reference,) = locked(REFERENCES, [reference])
    require(by, Permission.DEPLOYMENT_CONFIRM, reference.partner)
    if reference.withdrawn_on is not None:
        raise CannotRecord("", _("It was withdrawn on %(day)s."), day=reference.withdrawn_on)
    _check_last_day("last_day", last_day, reference.started_on)
    reference.ended_on = end_after(last_day)
    changes = {"last_day": last_day.isoformat()}
    change_facts(REFERENCES, "ended", [reference], ["ended_on"], changes=changes, by=by, now=now)
    return reference


@transaction.atomic
def withdraw_reference(
    *, reference: Reference, on: date, reason: str, by: Actor, now: datetime
) -> Reference:
    """Withdraw a reference and return it; ``on`` is the first day on which it no longer counts.

    :raises CannotRecord: without a reason, for a day before its first or in the future, or if it
        was withdrawn before.
    :raises NotAllowed: without ``deployment.confirm`` for this partner.
    """
    return withdraw_fact(REFERENCES, reference, on=on, reason=reason, by=by, now=now)


def _check_last_day(field: str, last: date | None, first: date) -> None:
    check_last_day(field, last)
    if last is not None and last < first:
        raise CannotRecord(field, _("The last day lies before the first."))
