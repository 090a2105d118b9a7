"""Writes papers: documents, attestations, audits, checklists, agreements, fees, listings.

What somebody may say but not settle waits for a review: what partners hand in, and what needs a
reviewer. Refusing a paper is withdrawing it from its first day on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from documents.models import Checklist
from documents.models.papers import Paper
from documents.operations.period_facts import PeriodCorrection, kind_of, made
from documents.operations.recording import (
    Correction,
    FactKind,
    change_facts,
    correct_facts,
    locked,
    record_facts,
    withdraw_fact,
)
from documents.operations.sorts_of_papers import NewChecklist, NewPaper, check_score, sort_of
from partners.batches import batches
from partners.operations.recorded import Recorded
from partners.refusals import CannotRecord
from partners.rules import Actor, can, require


@transaction.atomic
def record_papers(
    rows: Sequence[NewPaper], *, source: str, by: Actor, now: datetime
) -> Recorded[Any]:
    """Record papers of one sort and return the new ones, and those known before.

    Safe to repeat: a paper is the same one by partner and id; a known one is left as it is. What
    the actor cannot settle waits for a review. A fixed number of statements per 1,000.

    :raises CannotRecord: for days, words or numbers that cannot be.
    :raises NotAllowed: without the permission of the sort for each partner.
    """
    if not rows:
        return Recorded()
    kind = kind_of(rows)
    for row in rows:
        row.check()
    papers = [made(kind, row, pending=waits(row, by)) for row in rows]
    return record_facts(kind, papers, source=source, by=by, now=now)


@transaction.atomic
def correct_papers(
    corrections: Sequence[PeriodCorrection], *, source: str, by: Actor, now: datetime
) -> list[Any]:
    """Put papers of one sort right and return them; what the actor cannot settle waits again.

    :raises CannotRecord: for days, words or numbers that cannot be, or by somebody who cannot
        settle it for a paper that was accepted.
    :raises NotAllowed: without the permission of the sort for each partner.
    """
    if not corrections:
        return []
    rights: list[Any] = [each.right for each in corrections]
    kind = kind_of(rights)
    facts = []
    for each, right in zip(corrections, rights, strict=True):
        right.check()
        columns = {**right.columns(), "pending": waits(right, by)}
        facts.append(Correction(each.fact, columns))
    _require_open(kind, facts, by)
    return correct_facts(kind, facts, source=source, by=by, now=now)


@transaction.atomic
def accept_papers(papers: Sequence[Paper], *, by: Actor, now: datetime) -> list[Any]:
    """Let papers of one sort that waited for a review count, and return them.

    :raises CannotRecord: for one that was withdrawn.
    :raises NotAllowed: without the permission that settles the sort, for each of the partners.
    """
    accepted: list[Any] = []
    for batch in batches(papers):
        kind = sort_of(batch[0])
        held = locked(kind, batch)
        for paper in held:
            _check_settled(kind, paper, by)
        waiting = [paper for paper in held if paper.pending]
        for paper in waiting:
            paper.pending = False
        if waiting:
            change_facts(kind, "accepted", waiting, ["pending"], by=by, now=now)
        accepted.extend(held)
    return accepted


@transaction.atomic
def score_checklist(
    *, checklist: Checklist, score: Decimal, out_of: Decimal, by: Actor, now: datetime
) -> Checklist:
    """Say how a checklist scored, let it count, and return it.

    :raises CannotRecord: for a score out of range, or if it was withdrawn.
    :raises NotAllowed: without ``evidence.review`` for this partner.
    """
    kind = NewChecklist.fact
    check_score(score, out_of)
    (held,) = locked(kind, [checklist])
    _check_settled(kind, held, by)
    changes = {"score": str(score), "out_of": str(out_of), "score_before": str(held.score)}
    held.score, held.out_of, held.pending = score, out_of, False
    columns = ["score", "out_of", "pending"]
    change_facts(kind, "scored", [held], columns, changes=changes, by=by, now=now)
    scored: Checklist = held
    return scored


@transaction.atomic
def withdraw_paper(*, paper: Paper, on: date, reason: str, by: Actor, now: datetime) -> Paper:
    """Withdraw a paper, or refuse it from its first day on, and return it.

    ``on`` is the first day on which it no longer counts.

    :raises CannotRecord: without a reason, for a day before its first or in the future, or if it
        was withdrawn before.
    :raises NotAllowed: without the permission that settles the sort, for this partner.
    """
    withdrawn: Paper = withdraw_fact(sort_of(paper), paper, on=on, reason=reason, by=by, now=now)
    return withdrawn


def waits(row: NewPaper, by: Actor) -> bool:
    """Return whether what the actor says waits for a review."""
    return row.pending or not can(by, row.fact.withdrawn_with, row.partner)


def check_open(paper: Paper, by: Actor) -> None:
    """Raise unless the actor may put the paper right: what was accepted only who settles it.

    :raises CannotRecord: for a paper that counts.
    """
    if not paper.pending and not can(by, sort_of(paper).withdrawn_with, paper.partner):
        raise CannotRecord("", _("It was accepted already. Ask the vendor to put it right."))


def _require_open(kind: FactKind[Any], facts: Sequence[Correction[Any]], by: Actor) -> None:
    for batch in batches([each.fact for each in facts]):
        for paper in locked(kind, batch):
            check_open(paper, by)


def _check_settled(kind: FactKind[Any], paper: Paper, by: Actor) -> None:
    require(by, kind.withdrawn_with, paper.partner)
    if paper.withdrawn_on is not None:
        raise CannotRecord("", _("It was withdrawn already."))
