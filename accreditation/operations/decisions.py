"""Writes what people decide about criteria that no fact can settle."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from accreditation.enums import VersionState
from accreditation.models import CriterionDecision, Program, ProgramVersion
from accreditation.queries.programs import rules_of
from partners.models import Partner
from partners.operations import audit, dated
from partners.operations.facts import announce_facts
from partners.periods import end_after
from partners.refusals import CannotRecord
from partners.rules import Actor, Permission, require

KIND = "decided_by_person"


@transaction.atomic
def decide_criterion(
    *,
    partner: Partner,
    program: Program,
    criterion: str,
    accepted: bool,
    since: date,
    reason: str,
    by: Actor,
    now: datetime,
    valid_through: date | None = None,
    pending: bool = False,
) -> CriterionDecision:
    """Decide whether a partner fulfills a criterion (its key) from a day on; return the decision.

    The decision in force ends the day this one begins; one of the very same day is withdrawn. It
    holds through its last day, at most until the next one on record begins. ``pending`` waits for
    another person to confirm it.

    :raises CannotRecord: without a reason, for days that cannot be, or if no published version of
        the program leaves a criterion of this key to a person.
    :raises NotAllowed: without ``criterion.decide`` for this partner.
    """
    require(by, Permission.CRITERION_DECIDE, partner)
    dated.check_reason(reason)
    dated.check_days(partner, since, valid_through)
    _check_asked(program, criterion)
    # Two who decide at once wait for each other here.
    Partner.objects.select_for_update().get(pk=partner.pk)
    decision = CriterionDecision(
        partner=partner,
        program=program,
        criterion=criterion,
        accepted=accepted,
        pending=pending,
        started_on=since,
        ended_on=end_after(valid_through),
        note=reason.strip(),
        source="decision",
        recorded_at=now,
        decided_by_kind=by.kind,
        decided_by=by.id,
    )
    replaced = _give_way(decision, now)
    decision.save(force_insert=True)
    _tell(decision, "criterion.decided", _as_decided(decision, replaced), by=by, now=now)
    return decision


def _as_decided(
    decision: CriterionDecision, replaced: Sequence[CriterionDecision]
) -> dict[str, object]:
    """Return what the audit keeps of a decision."""
    return {
        "program": decision.program.key,
        "criterion": decision.criterion,
        "accepted": decision.accepted,
        "since": decision.started_on.isoformat(),
        "reason": audit.digest(decision.note),
        "replaced": [str(one.pk) for one in replaced],
    }


@transaction.atomic
def confirm_decision(*, decision: CriterionDecision, by: Actor, now: datetime) -> CriterionDecision:
    """Confirm what another person decided, and return the decision.

    :raises CannotRecord: if it is confirmed or withdrawn, or for whoever decided it.
    :raises NotAllowed: without ``criterion.decide`` for this partner.
    """
    decision = dated.held(decision, Permission.CRITERION_DECIDE, by)
    if not decision.pending:
        raise CannotRecord("", _("This decision is confirmed already."))
    if (decision.decided_by_kind, decision.decided_by) == (by.kind, by.id):
        raise CannotRecord("", _("Another person has to confirm what you decided."))
    decision.pending = False
    decision.save(update_fields=["pending"])
    _tell(decision, "criterion.decision_confirmed", {}, by=by, now=now)
    return decision


@transaction.atomic
def withdraw_decision(
    *, decision: CriterionDecision, reason: str, by: Actor, now: datetime
) -> CriterionDecision:
    """Take a decision back as if it had never been made, and return it.

    :raises CannotRecord: without a reason, or if it is withdrawn.
    :raises NotAllowed: without ``criterion.decide`` for this partner.
    """
    decision = dated.held(decision, Permission.CRITERION_DECIDE, by)
    verb = "criterion.decision_withdrawn"
    return dated.withdraw(decision, reason=reason, verb=verb, by=by, now=now)


def _check_asked(program: Program, criterion: str) -> None:
    published = ProgramVersion.objects.filter(program=program, state=VersionState.PUBLISHED)
    for version in published.order_by("-number"):
        labels = rules_of(version).labels()
        if any((label.key, label.kind) == (criterion, KIND) for label in labels):
            return
    raise CannotRecord(
        "criterion", _("This program leaves no requirement “%(key)s” to a person."), key=criterion
    )


def _give_way(decision: CriterionDecision, now: datetime) -> list[CriterionDecision]:
    """End what is in force when the decision begins; return what gave way to it."""
    others = CriterionDecision.objects.filter(
        partner=decision.partner,
        program=decision.program,
        criterion=decision.criterion,
        withdrawn_at=None,
    )
    replaced: list[CriterionDecision] = []
    for other in others.order_by("started_on"):
        if other.started_on > decision.started_on:
            ends = [day for day in (decision.ended_on, other.started_on) if day is not None]
            decision.ended_on = min(ends)
            break
        if other.started_on == decision.started_on:
            other.withdrawn_at, other.reason = now, decision.note[:300]
        elif other.ended_on is None or other.ended_on > decision.started_on:
            other.ended_on, other.reason = decision.started_on, decision.note[:300]
        else:
            continue
        other.save(update_fields=["withdrawn_at", "ended_on", "reason"])
        replaced.append(other)
    return replaced


def _tell(
    decision: CriterionDecision, verb: str, changes: dict[str, object], *, by: Actor, now: datetime
) -> None:
    audit.record(
        by=by,
        now=now,
        verb=verb,
        subjects=[decision],
        partners=[decision.partner_id],
        changes=changes,
    )
    announce_facts()
