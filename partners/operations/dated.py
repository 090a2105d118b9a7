"""How dated facts about partners are ended and withdrawn: alike for every kind of them.

Parts of operations: the caller has asked for permission and announces the facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar, cast

from django.utils.translation import gettext_noop as _

from partners.models import DatedFact, Partner
from partners.operations import audit
from partners.operations.facts import announce_facts, check_first_day, check_last_day
from partners.periods import end_after
from partners.refusals import CannotRecord
from partners.rules import Actor, NotAllowed, Permission, can, require

F = TypeVar("F", bound=DatedFact)


def check_days(partner: Partner, started_on: date, valid_through: date | None) -> None:
    """Raise unless something can be so of the partner from one day through another.

    :raises CannotRecord: for a first day before 1900 or after the partnership, or a last day before
        the first.
    """
    check_first_day("started_on", started_on)
    check_last_day("valid_through", valid_through)
    if valid_through is not None and valid_through < started_on:
        raise CannotRecord("valid_through", _("The last day lies before the first."))
    if partner.ended_on is not None and started_on >= partner.ended_on:
        raise CannotRecord("started_on", _("The partnership had ended by then."))


def held(fact: F, permission: Permission, by: Actor) -> F:
    """Return the fact locked for a change, with its partner.

    :raises CannotRecord: if it is withdrawn.
    :raises NotAllowed: without the permission for this partner.
    """
    rows = type(fact)._default_manager.select_for_update(of=("self",))
    locked: Any = rows.select_related("partner").get(pk=fact.pk)
    require(by, permission, locked.partner)
    if locked.withdrawn_at is not None:
        raise CannotRecord("", _("It was withdrawn already."))
    return cast("F", locked)


def end(fact: F, *, last_day: date, reason: str, verb: str, by: Actor, now: datetime) -> F:
    """Say through which day a locked fact is, or was, so, and return it.

    :raises CannotRecord: without a reason, or for a day before the first.
    """
    check_reason(reason)
    check_last_day("last_day", last_day)
    if last_day < fact.started_on:
        raise CannotRecord("last_day", _("It began on %(day)s."), day=fact.started_on)
    before, fact.ended_on = fact.ended_on, end_after(last_day)
    fact.reason = reason.strip()
    fact.save(update_fields=["ended_on", "reason"])
    ended_before = None if before is None else before.isoformat()
    changes = {"last_day": last_day.isoformat(), "ended_on_before": ended_before}
    _tell(fact, verb, changes, by=by, now=now)
    return fact


def withdraw(fact: F, *, reason: str, verb: str, by: Actor, now: datetime) -> F:
    """Say that a locked fact never was so, and return it; it counts on no day any more.

    :raises CannotRecord: without a reason.
    """
    check_reason(reason)
    fact.withdrawn_at, fact.reason = now, reason.strip()
    fact.save(update_fields=["withdrawn_at", "reason"])
    _tell(fact, verb, {}, by=by, now=now)
    return fact


def check_reason(reason: str) -> None:
    """Raise unless there is a reason.

    :raises CannotRecord: at the field ``reason``.
    """
    if not reason.strip():
        raise CannotRecord("reason", _("Say why: the partner will read it."))


def require_reach(by: Actor, permission: Permission, partners: list[Partner]) -> None:
    """Raise unless the actor holds the permission for each of the partners.

    :raises NotAllowed: with the permission that is missing.
    """
    require(by, permission)
    if not all(can(by, permission, partner) for partner in partners):
        raise NotAllowed(permission)


def _tell(
    fact: DatedFact, verb: str, changes: Mapping[str, object], *, by: Actor, now: datetime
) -> None:
    audit.record(
        by=by,
        now=now,
        verb=verb,
        subjects=[fact],
        partners=[fact.partner_id],
        changes={**changes, "reason": audit.digest(fact.reason)},
    )
    announce_facts()
