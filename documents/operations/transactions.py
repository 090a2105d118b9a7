"""Writes transactions: sales, resales and referrals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from documents.models import Transaction
from documents.operations.projects import (
    SHARED_COLUMNS,
    NewRecord,
    RecordCorrection,
    accept_projects,
    correct_projects,
    record_projects,
)
from documents.operations.recording import FactKind, check_past, withdraw_fact
from partners.operations.recorded import Recorded
from partners.queries.vendors import vendor_day
from partners.refusals import CannotRecord
from partners.rules import Actor, Permission

TRANSACTIONS = FactKind(
    model=Transaction,
    noun="transaction",
    first_day="made_on",
    recorded_with=Permission.DEPLOYMENT_RECORD,
    withdrawn_with=Permission.DEPLOYMENT_CONFIRM,
    correctable=(*SHARED_COLUMNS, "made_on"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTransaction(NewRecord):
    """One transaction on a day; the kind in its particulars says which: sale, resale, referral."""

    made_on: date

    def own(self) -> dict[str, Any]:
        """Return the columns that only transactions have."""
        return {"made_on": self.made_on}

    def check(self, *, today: date) -> None:
        """Raise unless there can be such a transaction.

        :raises CannotRecord: for a day in the future, no kind, or particulars that cannot be.
        """
        check_past("made_on", self.made_on, today=today)
        if not self.particulars.kind:
            raise CannotRecord("kind", _("Say what kind it is: a sale, a resale, a referral."))
        self.particulars.check()


@transaction.atomic
def record_transactions(
    rows: Sequence[NewTransaction], *, source: str, by: Actor, now: datetime
) -> Recorded[Transaction]:
    """Record transactions and return the new ones, and those known before.

    Safe to repeat: a transaction is the same one by partner and ``external_id``; a known one is
    left as it is. What a partner records waits for the vendor. A fixed number of statements per
    1,000.

    :raises CannotRecord: for a day in the future, no kind, or words that cannot be kept.
    :raises NotAllowed: without ``deployment.record`` for each partner.
    """
    today = vendor_day(now)
    for row in rows:
        row.check(today=today)
    return record_projects(TRANSACTIONS, rows, source=source, by=by, now=now)


@transaction.atomic
def correct_transactions(
    corrections: Sequence[RecordCorrection[Transaction]], *, source: str, by: Actor, now: datetime
) -> list[Transaction]:
    """Put transactions right and return them; a partner may until the vendor has accepted them.

    :raises CannotRecord: as for new ones, and for a partner whose transaction was accepted.
    :raises NotAllowed: without ``deployment.record`` for each partner.
    """
    today = vendor_day(now)
    for each in corrections:
        assert isinstance(each.right, NewTransaction)
        each.right.check(today=today)
    return correct_projects(TRANSACTIONS, corrections, source=source, by=by, now=now)


@transaction.atomic
def accept_transactions(
    transactions: Sequence[Transaction], *, by: Actor, now: datetime
) -> list[Transaction]:
    """Let transactions that partners recorded count for certain, and return all of them.

    :raises NotAllowed: without ``deployment.confirm`` for each partner.
    """
    return accept_projects(TRANSACTIONS, transactions, by=by, now=now)


@transaction.atomic
def withdraw_transaction(
    *, sale: Transaction, on: date, reason: str, by: Actor, now: datetime
) -> Transaction:
    """Withdraw a transaction and return it; ``on`` is the first day on which it does not count.

    :raises CannotRecord: without a reason, for a day before it was made or in the future, or if it
        was withdrawn before.
    :raises NotAllowed: without ``deployment.confirm`` for this partner.
    """
    return withdraw_fact(TRANSACTIONS, sale, on=on, reason=reason, by=by, now=now)
