"""What is done alike with deployments, references and transactions: records of customers.

What a partner writes itself waits for the vendor's review, and the partner may correct it until
then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext_noop as _

from documents.models import Customer, Deployment
from documents.models.projects import CustomerRecord
from documents.operations.particulars import PARTICULARS, Particulars
from documents.operations.recording import (
    Correction,
    FactKind,
    change_facts,
    correct_facts,
    locked,
    record_facts,
)
from partners.batches import batches
from partners.models import Partner
from partners.operations.recorded import Recorded
from partners.refusals import CannotRecord
from partners.rules import Actor, Permission, require

R = TypeVar("R", bound=CustomerRecord)

NOTHING_SAID = Particulars()
SHARED_COLUMNS = ("customer", "pending", *PARTICULARS)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """A record of a customer; ``external_id`` is what the source calls it: a project, an order."""

    partner: Partner
    customer: Customer
    external_id: str
    particulars: Particulars = NOTHING_SAID

    def own(self) -> dict[str, Any]:
        """Return the columns that only this kind of record has."""
        raise NotImplementedError

    def columns(self) -> dict[str, Any]:
        """Return the columns that a correction may change."""
        return {"customer": self.customer, **self.particulars.columns(), **self.own()}


@dataclass(frozen=True, slots=True)
class RecordCorrection(Generic[R]):
    """What is right about a record; it keeps its partner and its id."""

    record: R
    right: NewRecord


def record_projects(
    kind: FactKind[R], rows: Sequence[NewRecord], *, source: str, by: Actor, now: datetime
) -> Recorded[R]:
    """Record checked rows; what a partner says waits for a review."""
    made = [
        kind.model(
            partner=row.partner,
            external_id=row.external_id,
            pending=by.partner_id is not None,
            **row.columns(),
        )
        for row in rows
    ]
    return record_facts(kind, made, source=source, by=by, now=now)


def correct_projects(
    kind: FactKind[R],
    corrections: Sequence[RecordCorrection[R]],
    *,
    source: str,
    by: Actor,
    now: datetime,
) -> list[R]:
    """Put records right; a partner may do so while they wait for the review.

    What the vendor puts right is accepted with it.

    :raises CannotRecord: for a partner whose record was accepted.
    """
    pending = by.partner_id is not None
    if pending:
        _require_pending(kind, [each.record for each in corrections])
    facts = [
        Correction(each.record, {**each.right.columns(), "pending": pending})
        for each in corrections
    ]
    return correct_facts(kind, facts, source=source, by=by, now=now)


def accept_projects(
    kind: FactKind[R], records: Sequence[R], *, by: Actor, now: datetime
) -> list[R]:
    """Let records that waited for the review count, and return them; others stay as they are.

    :raises NotAllowed: without ``deployment.confirm`` for each of the partners.
    """
    accepted: list[R] = []
    for batch in batches(records):
        held = locked(kind, batch)
        for record in held:
            require(by, Permission.DEPLOYMENT_CONFIRM, record.partner)
        waiting = [record for record in held if record.pending]
        for record in waiting:
            record.pending = False
        if waiting:
            change_facts(kind, "accepted", waiting, ["pending"], by=by, now=now)
        accepted.extend(held)
    return accepted


def check_deployment(deployment: Deployment | None, partner: Partner) -> None:
    """Raise for the deployment of another partner.

    :raises CannotRecord: at ``deployment``.
    """
    if deployment is not None and deployment.partner_id != partner.pk:
        raise CannotRecord("deployment", _("This deployment is not the partner's."))


def _require_pending(kind: FactKind[R], records: Sequence[R]) -> None:
    for batch in batches(records):
        if not all(record.pending for record in locked(kind, batch)):
            raise CannotRecord("", _("It was accepted already. Ask the vendor to put it right."))
