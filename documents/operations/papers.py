"""Writes papers: documents, attestations, audits, checklists, agreements, fees, listings.

What somebody may say but not settle waits for a review: what partners hand in, and what needs a
reviewer. Refusing a paper is withdrawing it from its first day on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.db import transaction
from django.utils.translation import gettext_noop as _

from documents.models import (
    AcceptedDocument,
    Agreement,
    Attestation,
    Audit,
    Checklist,
    Fee,
    ListingProof,
)
from documents.models.papers import Paper
from documents.operations.particulars import check_number
from documents.operations.period_facts import (
    PERIOD_COLUMNS,
    NewPeriodFact,
    PeriodCorrection,
    check_word,
    kind_of,
    made,
)
from documents.operations.recording import (
    Correction,
    FactKind,
    change_facts,
    correct_facts,
    locked,
    record_facts,
    withdraw_fact,
)
from partners.batches import batches
from partners.operations.facts import check_text
from partners.operations.recorded import Recorded
from partners.refusals import CannotRecord
from partners.rules import Actor, Permission, can, require

_COLUMNS = (*PERIOD_COLUMNS, "kind", "amount", "pending")


def _sort(
    model: type[Paper],
    noun: str,
    *own: str,
    said_with: Permission = Permission.EVIDENCE_RECORD,
    settled_with: Permission = Permission.EVIDENCE_REVIEW,
) -> FactKind[Any]:
    """Return a sort of papers: who may say that there is one, and who settles that it counts."""
    return FactKind(
        model=model,
        noun=noun,
        first_day="started_on",
        recorded_with=said_with,
        withdrawn_with=settled_with,
        correctable=(*_COLUMNS, *own),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPaper(NewPeriodFact):
    """Something of a kind that is on file; ``pending``: it waits for a review in any case."""

    kind: str
    amount: Decimal | None = None
    pending: bool = False

    @property
    def subject(self) -> str:
        """Return the kind."""
        return self.kind

    def own(self) -> dict[str, Any]:
        """Return the columns that only this sort of paper has."""
        return {}

    def columns(self) -> dict[str, Any]:
        """Return the columns that a correction may change, but whether it waits."""
        said = NewPeriodFact.columns(self)
        return {**said, "kind": self.kind.strip(), "amount": self.amount, **self.own()}

    def check(self) -> None:
        """Raise for what cannot be so, or cannot be kept.

        :raises CannotRecord: at the field.
        """
        check_word("kind", self.kind, needed=True)
        NewPeriodFact.check(self)
        if self.amount is not None:
            check_number("amount", self.amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument(NewPaper):
    """A document; it counts once a reviewer accepted it."""

    fact: ClassVar = _sort(AcceptedDocument, "document")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAgreement(NewPaper):
    """An agreement that is signed."""

    fact: ClassVar = _sort(Agreement, "agreement", settled_with=Permission.FIGURES_RECORD)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFee(NewPaper):
    """A fee that is paid."""

    fact: ClassVar = _sort(
        Fee,
        "fee",
        said_with=Permission.FIGURES_RECORD,
        settled_with=Permission.FIGURES_RECORD,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewListing(NewPaper):
    """A public page or profile elsewhere; ``address`` is where."""

    fact: ClassVar = _sort(
        ListingProof, "listing", "address", settled_with=Permission.FIGURES_RECORD
    )

    address: str = ""

    def own(self) -> dict[str, Any]:
        """Return where it is."""
        return {"address": self.address}

    def check(self) -> None:
        """Raise for what cannot be so, or cannot be kept.

        :raises CannotRecord: at the field.
        """
        NewPaper.check(self)
        check_text("address", self.address, 500)
        if self.address and not self.address.lower().startswith(("http://", "https://")):
            raise CannotRecord("address", "Enter a valid URL.")  # Django's own sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAttestation(NewPaper):
    """A statement of compliance with a framework (the kind), for a scope."""

    fact: ClassVar = _sort(Attestation, "attestation", "scope", "issuer")

    scope: str = ""
    issuer: str = ""

    def own(self) -> dict[str, Any]:
        """Return what it is for, and whose it is."""
        return {"scope": self.scope, "issuer": self.issuer}

    def check(self) -> None:
        """Raise for what cannot be so, or cannot be kept.

        :raises CannotRecord: at the field.
        """
        NewPaper.check(self)
        check_word("scope", self.scope)
        check_text("issuer", self.issuer, 200)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAudit(NewPaper):
    """An audit with its result, for as long as that holds; reviewers record it."""

    fact: ClassVar = _sort(Audit, "audit", "passed", "score", said_with=Permission.EVIDENCE_REVIEW)

    passed: bool
    score: Decimal | None = None

    def own(self) -> dict[str, Any]:
        """Return the result."""
        return {"passed": self.passed, "score": self.score}

    def check(self) -> None:
        """Raise for what cannot be so, or cannot be kept.

        :raises CannotRecord: at the field.
        """
        NewPaper.check(self)
        if self.score is not None:
            check_number("score", self.score)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChecklist(NewPaper):
    """A questionnaire that was filled in; what a partner scores itself waits for a reviewer."""

    fact: ClassVar = _sort(Checklist, "checklist", "score", "out_of")

    score: Decimal
    out_of: Decimal

    def own(self) -> dict[str, Any]:
        """Return the score."""
        return {"score": self.score, "out_of": self.out_of}

    def check(self) -> None:
        """Raise for what cannot be so, or cannot be kept.

        :raises CannotRecord: at the field.
        """
        NewPaper.check(self)
        check_score(self.score, self.out_of)


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


PAPERS: tuple[type[NewPaper], ...] = (
    NewDocument,
    NewAgreement,
    NewFee,
    NewListing,
    NewAttestation,
    NewAudit,
    NewChecklist,
)


def sort_of(paper: Paper) -> FactKind[Any]:
    """Return the sort that a paper is of."""
    return next(each.fact for each in PAPERS if each.fact.model is type(paper))


def check_score(score: Decimal, out_of: Decimal) -> None:
    """Raise unless there can be such a score.

    :raises CannotRecord: at the field.
    """
    check_number("score", score)
    check_number("out_of", out_of)
    if out_of <= 0:
        raise CannotRecord("out_of", _("The highest score is more than 0."))
    if not 0 <= score <= out_of:
        raise CannotRecord("score", _("A score lies between 0 and the highest score."))


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
