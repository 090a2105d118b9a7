"""Writes deployments: customer projects, completed on a day and confirmed on one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from documents.enums import Confirmer
from documents.models import Deployment
from documents.operations.projects import (
    SHARED_COLUMNS,
    NewRecord,
    RecordCorrection,
    accept_projects,
    correct_projects,
    record_projects,
)
from documents.operations.recording import (
    FactKind,
    change_facts,
    check_past,
    locked,
    withdraw_fact,
)
from partners.operations.recorded import Recorded
from partners.queries.vendors import vendor_day
from partners.refusals import CannotRecord
from partners.rules import Actor, Permission, require

DEPLOYMENTS = FactKind(
    model=Deployment,
    noun="deployment",
    first_day="completed_on",
    recorded_with=Permission.DEPLOYMENT_RECORD,
    withdrawn_with=Permission.DEPLOYMENT_CONFIRM,
    correctable=(*SHARED_COLUMNS, "completed_on", "confirmed_on", "confirmed_by"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDeployment(NewRecord):
    """One deployment; ``confirmed_on`` None: neither customer nor vendor confirmed it yet."""

    completed_on: date
    confirmed_on: date | None = None
    confirmed_by: Confirmer | None = None

    def own(self) -> dict[str, Any]:
        """Return the columns that only deployments have."""
        return {
            "completed_on": self.completed_on,
            "confirmed_on": self.confirmed_on,
            "confirmed_by": self.confirmed_by or "",
        }

    def check(self, *, today: date) -> None:
        """Raise unless there can be such a deployment.

        :raises CannotRecord: for a completion in the future, a confirmation before it or by nobody,
            or particulars that cannot be.
        """
        check_past("completed_on", self.completed_on, today=today)
        _check_confirmation(self.completed_on, self.confirmed_on, self.confirmed_by, today=today)
        self.particulars.check()


@transaction.atomic
def record_deployments(
    rows: Sequence[NewDeployment], *, source: str, by: Actor, now: datetime
) -> Recorded[Deployment]:
    """Record deployments and return the new ones, and those known before.

    Safe to repeat: a deployment is the same one by partner and ``external_id``; a known one is left
    as it is. What a partner records waits for the vendor. A fixed number of statements per 1,000.

    :raises CannotRecord: for a completion in the future, or words that cannot be kept.
    :raises NotAllowed: without ``deployment.record`` for each partner, or with a confirmation and
        without ``deployment.confirm``.
    """
    today = vendor_day(now)
    for row in rows:
        row.check(today=today)
        if row.confirmed_on is not None:
            require(by, Permission.DEPLOYMENT_CONFIRM, row.partner)
    return record_projects(DEPLOYMENTS, rows, source=source, by=by, now=now)


@transaction.atomic
def correct_deployments(
    corrections: Sequence[RecordCorrection[Deployment]], *, source: str, by: Actor, now: datetime
) -> list[Deployment]:
    """Put deployments right and return them; a partner may until the vendor has accepted them.

    :raises CannotRecord: as for new ones, and for a partner whose deployment was accepted.
    :raises NotAllowed: without ``deployment.record`` for each partner, or with another confirmation
        and without ``deployment.confirm``.
    """
    today = vendor_day(now)
    for each in corrections:
        right, record = each.right, each.record
        assert isinstance(right, NewDeployment)
        right.check(today=today)
        said = right.confirmed_on, right.confirmed_by or ""
        if said != (record.confirmed_on, record.confirmed_by):
            require(by, Permission.DEPLOYMENT_CONFIRM, record.partner)
    return correct_projects(DEPLOYMENTS, corrections, source=source, by=by, now=now)


@transaction.atomic
def accept_deployments(
    deployments: Sequence[Deployment], *, by: Actor, now: datetime
) -> list[Deployment]:
    """Let deployments that partners recorded be what they say, confirmed or not, and return all.

    :raises NotAllowed: without ``deployment.confirm`` for each partner.
    """
    return accept_projects(DEPLOYMENTS, deployments, by=by, now=now)


@transaction.atomic
def confirm_deployment(
    *,
    deployment: Deployment,
    on: date,
    confirmed_by: Confirmer,
    by: Actor,
    now: datetime,
) -> Deployment:
    """Say on which day the customer or the vendor confirmed a deployment, and return it.

    It counts from that day on. One that a partner recorded is accepted with it.

    :raises CannotRecord: for a day before it was completed or in the future, or if it was confirmed
        or withdrawn before.
    :raises NotAllowed: without ``deployment.confirm`` for this partner.
    """
    (deployment,) = locked(DEPLOYMENTS, [deployment])
    require(by, Permission.DEPLOYMENT_CONFIRM, deployment.partner)
    if deployment.confirmed_on is not None:
        raise CannotRecord(
            "on", _("It was confirmed on %(day)s already."), day=deployment.confirmed_on
        )
    if deployment.withdrawn_on is not None:
        raise CannotRecord("", _("It was withdrawn on %(day)s."), day=deployment.withdrawn_on)
    _check_confirmation(
        deployment.completed_on, on, confirmed_by, today=vendor_day(now), field="on"
    )
    deployment.confirmed_on, deployment.confirmed_by = on, confirmed_by
    deployment.pending = False
    change_facts(
        DEPLOYMENTS,
        "confirmed",
        [deployment],
        ["confirmed_on", "confirmed_by", "pending"],
        changes={"on": on.isoformat(), "confirmed_by": str(confirmed_by)},
        by=by,
        now=now,
    )
    return deployment


@transaction.atomic
def withdraw_deployment(
    *, deployment: Deployment, on: date, reason: str, by: Actor, now: datetime
) -> Deployment:
    """Withdraw a deployment and return it; ``on`` is the first day on which it no longer counts.

    :raises CannotRecord: without a reason, for a day before it was completed or in the future, or
        if it was withdrawn before.
    :raises NotAllowed: without ``deployment.confirm`` for this partner.
    """
    return withdraw_fact(DEPLOYMENTS, deployment, on=on, reason=reason, by=by, now=now)


def _check_confirmation(
    completed_on: date,
    confirmed_on: date | None,
    confirmed_by: Confirmer | None,
    *,
    today: date,
    field: str = "confirmed_on",
) -> None:
    """Raise unless a deployment can be confirmed on the day.

    :raises CannotRecord: for a day before it was completed or in the future, or one without who.
    """
    if (confirmed_on is None) != (confirmed_by is None):
        raise CannotRecord(
            "confirmed_by", _("Say both: on which day it was confirmed, and by whom.")
        )
    if confirmed_on is None:
        return
    if confirmed_on < completed_on:
        raise CannotRecord(field, _("It was completed on %(day)s."), day=completed_on)
    check_past(field, confirmed_on, today=today)
