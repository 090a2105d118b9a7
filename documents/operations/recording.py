"""What is done alike with every fact about a partner: recorded, corrected, withdrawn.

Each kind of fact has a module of its own with its verbs; this one has their rules in common.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext_noop as _

from documents.models.partner_facts import PartnerFact
from documents.queries.on_record import facts_on_record
from partners.batches import batches
from partners.operations import audit
from partners.operations.facts import announce_facts, check_first_day, check_text
from partners.operations.recorded import Recorded, insert_once
from partners.queries.vendors import vendor_day
from partners.refusals import CannotRecord
from partners.rules import Actor, Permission, require

MOST_REASON = 300

F = TypeVar("F", bound=PartnerFact)


@dataclass(frozen=True, slots=True)
class FactKind(Generic[F]):
    """A table of facts, and how they are spoken of.

    ``noun`` begins the verbs of the audit log; ``first_day`` names the day a fact begins on;
    ``correctable`` are the columns that a correction may change.
    """

    model: type[F]
    noun: str
    first_day: str
    recorded_with: Permission
    withdrawn_with: Permission
    correctable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correction(Generic[F]):
    """What is right about a fact on record, by column."""

    fact: F
    right: Mapping[str, Any]


def record_facts(
    kind: FactKind[F], facts: Sequence[F], *, source: str, by: Actor, now: datetime
) -> Recorded[F]:
    """Insert facts and return the new ones, and those known before, which are left as they are.

    A fixed number of statements per 1,000 facts. Sets ``source`` and ``recorded_at``.

    :raises CannotRecord: for a fact without an id of its own.
    :raises NotAllowed: without the permission of the kind for each of the partners.
    """
    recorded: Recorded[F] = Recorded()
    for batch in batches(facts):
        for fact in batch:
            require(by, kind.recorded_with, fact.partner)
            fact.external_id = _checked_id(fact.external_id)
            fact.source, fact.recorded_at = source, now
        made = {(fact.partner_id, fact.external_id): fact for fact in batch}
        inserted = insert_once(kind.model, made, partial(facts_on_record, kind.model))
        _audit(kind, "recorded", inserted.new, changes={"source": source}, by=by, now=now)
        recorded.add(inserted)
    if recorded.new:
        announce_facts()
    return recorded


def correct_facts(
    kind: FactKind[F],
    corrections: Sequence[Correction[F]],
    *,
    source: str,
    by: Actor,
    now: datetime,
) -> list[F]:
    """Put facts on record right and return them, in a fixed number of statements per 1,000.

    :raises NotAllowed: without the permission of the kind for each of the partners.
    """
    corrected: list[F] = []
    for batch in batches(corrections):
        held = locked(kind, [each.fact for each in batch])
        for each, fact in zip(batch, held, strict=True):
            require(by, kind.recorded_with, fact.partner)
            for column in kind.correctable:
                setattr(fact, column, each.right[column])
        kind.model.objects.bulk_update(held, kind.correctable)
        _audit(kind, "corrected", held, changes={"source": source}, by=by, now=now)
        corrected.extend(held)
    if corrected:
        announce_facts()
    return corrected


def change_facts(
    kind: FactKind[F],
    verb: str,
    facts: Sequence[F],
    columns: Sequence[str],
    *,
    changes: Mapping[str, Any] | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Write some columns of at most 1,000 facts of which one thing was said, and audit that."""
    kind.model.objects.bulk_update(facts, columns)
    _audit(kind, verb, facts, changes=changes or {}, by=by, now=now)
    announce_facts()


def withdraw_fact(
    kind: FactKind[F], fact: F, *, on: date, reason: str, by: Actor, now: datetime
) -> F:
    """Withdraw a fact and return it; ``on`` is the first day on which it no longer counts.

    :raises CannotRecord: without a reason, for a day before its first or in the future, or if it
        was withdrawn before.
    :raises NotAllowed: without the permission for this partner.
    """
    (fact,) = locked(kind, [fact])
    require(by, kind.withdrawn_with, fact.partner)
    _check_withdrawal(fact, getattr(fact, kind.first_day), on, today=vendor_day(now))
    fact.withdrawn_on, fact.withdrawal_reason = on, checked_reason(reason)
    changes = {"on": on.isoformat(), "reason": audit.digest(fact.withdrawal_reason)}
    columns = ["withdrawn_on", "withdrawal_reason"]
    change_facts(kind, "withdrawn", [fact], columns, changes=changes, by=by, now=now)
    return fact


def locked(kind: FactKind[F], facts: Sequence[F]) -> list[F]:
    """Return the facts as they are now, in the same order, locked until the transaction ends."""
    rows = kind.model.objects.select_for_update(of=("self",)).select_related("partner")
    held = {row.pk: row for row in rows.filter(pk__in=[fact.pk for fact in facts]).order_by("pk")}
    return [held[fact.pk] for fact in facts]


def checked_reason(reason: str) -> str:
    """Return the reason without spaces around it.

    :raises CannotRecord: at ``reason``, if there is none or it is too long.
    """
    text = reason.strip()
    if not text:
        raise CannotRecord("reason", _("Say why: the partner will read it."))
    check_text("reason", text, MOST_REASON)
    return text


def check_past(field: str, day: date, *, today: date) -> None:
    """Raise for a day on which nothing can have happened yet.

    :raises CannotRecord: at the field, for a day in the future or before 1900.
    """
    check_first_day(field, day)
    if day > today:
        raise CannotRecord(field, _("%(day)s is in the future."), day=day)


def _checked_id(external_id: str) -> str:
    text = external_id.strip()
    if not text:
        raise CannotRecord("external_id", _("Say what it is called: a number or a short name."))
    check_text("external_id", text, 80)
    return text


def _check_withdrawal(fact: PartnerFact, first: date, on: date, *, today: date) -> None:
    if fact.withdrawn_on is not None:
        raise CannotRecord("on", _("It was withdrawn on %(day)s already."), day=fact.withdrawn_on)
    if on < first:
        raise CannotRecord("on", _("Its first day is %(day)s."), day=first)
    if on > today:
        raise CannotRecord("on", _("The day cannot be in the future."))


def _audit(
    kind: FactKind[F],
    verb: str,
    facts: Sequence[F],
    *,
    changes: Mapping[str, Any],
    by: Actor,
    now: datetime,
) -> None:
    if facts:
        audit.record(
            by=by,
            now=now,
            verb=f"{kind.noun}.{verb}",
            subjects=facts,
            partners=[fact.partner_id for fact in facts],
            changes=changes,
        )
