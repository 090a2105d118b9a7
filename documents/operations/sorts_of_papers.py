"""The sorts of papers: what can be said of each, who may say it, and who settles that it counts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

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
from documents.operations.period_facts import PERIOD_COLUMNS, NewPeriodFact, check_word
from documents.operations.recording import FactKind
from partners.operations.facts import check_text
from partners.refusals import CannotRecord
from partners.rules import Permission

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
