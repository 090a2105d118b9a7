"""Programs and their versions: drafted, checked against the catalog, published, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accreditation.criteria.document import Rules, document_hash, parse
from accreditation.criteria.kinds import registry
from accreditation.criteria.problems import DocumentError
from accreditation.enums import DueCause, VersionState
from accreditation.models import DueMark, Program, ProgramVersion
from accreditation.operations.marks import mark_now, start_of_day
from accreditation.operations.texts import restore_texts, take_over_texts
from accreditation.queries.building import circles
from accreditation.queries.catalog import not_in_catalog, not_offered
from accreditation.queries.facts import KINDS_WITH_FACTS
from accreditation.queries.programs import rules_of
from accreditation.queries.versions import (
    cannot_withdraw,
    published_versions,
    version_instead_of,
)
from partners.enums import ActorKind, PartnerState
from partners.models import Partner
from partners.operations.audit import digest, record
from partners.operations.facts import announce_facts
from partners.periods import LAST_YEAR
from partners.queries.vendors import open_vendor
from partners.refusals import CannotRecord
from partners.rules import Actor, Permission, require


class CannotPublish(ValueError):
    """The version cannot be published; the message says why."""


@transaction.atomic
def draft_version(*, document: Mapping[str, Any], by: Actor, now: datetime) -> ProgramVersion:
    """Store a document as the next draft of its program, making the program if it is new.

    :raises DocumentError: with every problem of the document.
    """
    require(by, Permission.PROGRAM_PUBLISH)
    rules = parse(document, draft=True)
    _check_cycles(rules, open_vendor().day_of(now), drafts=True)
    program, _created = Program.objects.get_or_create(
        key=rules.program.key,
        defaults={
            "name": dict(rules.program.name),
            "kind": rules.program.kind.value,
            "created_at": now,
            "position": Program.objects.count(),
        },
    )
    _hold(program)
    last = ProgramVersion.objects.filter(program=program).aggregate(last=Max("number"))["last"]
    version: ProgramVersion = ProgramVersion.objects.create(
        program=program, number=(last or 0) + 1, document=document
    )
    record(by=by, now=now, verb="version.drafted", subjects=[version])
    return version


@transaction.atomic
def publish_version(
    *, version: ProgramVersion, effective_on: date, by: Actor, now: datetime
) -> ProgramVersion:
    """Freeze a draft from a day on; every active partner is judged again on that day.

    :raises DocumentError: if a number is open, a key is not in the vendor's catalog, awards are on
        application, or programs would build on each other in a circle.
    :raises CannotPublish: if it is no draft, asks for facts that are not kept, another version
        begins on that day, or one that began later is in force; or for a day after 2199.
    """
    require(by, Permission.PROGRAM_PUBLISH)
    _hold_all()
    version.refresh_from_db()
    rules = parse(version.document)
    _check_references(rules)
    _check_cycles(rules, effective_on, drafts=False)
    _check_offered(rules)
    today = open_vendor().day_of(now)
    _check_day(version, effective_on, today)
    version.state = VersionState.PUBLISHED
    version.document_hash = document_hash(version.document)
    version.effective_on = effective_on
    version.published_at = now
    version.published_by_id = by.id if by.kind == ActorKind.USER else None
    version.save()
    # What is in force keeps its names until the first day of what comes.
    named_since = version.program.named_since
    if effective_on <= today or named_since is None or today < effective_on < named_since:
        take_over_texts(version)
    # Judged by it from its first day on; foreseen from now on.
    _mark_everybody(now, max(start_of_day(open_vendor(), effective_on), now))
    record(
        by=by,
        now=now,
        verb="version.published",
        subjects=[version],
        changes={"effective_on": effective_on.isoformat(), "hash": version.document_hash},
    )
    announce_facts()
    return version


@transaction.atomic
def withdraw_version(
    *, version: ProgramVersion, reason: str, by: Actor, now: datetime
) -> ProgramVersion:
    """Take back a published version before its first day; the one before it goes on judging.

    It keeps its number, its document and its days. Its names were not shown yet, unless nothing
    else was in force. Another draft can be published from the same day on.

    :raises CannotRecord: without a reason; for a draft, a version that is in force or was, or one
        that is withdrawn; or if programs would build on each other in a circle without it.
    """
    require(by, Permission.PROGRAM_PUBLISH)
    if not reason.strip():
        raise CannotRecord("reason", gettext_noop("Say why: others will read it."))
    _hold_all()
    version.refresh_from_db()
    if refusal := cannot_withdraw(version, open_vendor().day_of(now)):
        raise refusal
    effective_on = version.effective_on
    assert effective_on is not None, "what is published has a first day"
    _check_cycles_without(version, effective_on)
    version.state = VersionState.WITHDRAWN
    version.withdrawn_at, version.reason = now, reason.strip()
    version.save()
    if version.program.named_since == effective_on:
        restore_texts(version.program, open_vendor().day_of(now))
    _mark_nobody_due(effective_on)
    _mark_everybody(now)
    record(
        by=by,
        now=now,
        verb="version.withdrawn",
        subjects=[version],
        changes={"effective_on": effective_on.isoformat(), "reason": digest(version.reason)},
    )
    return version


def _check_cycles_without(version: ProgramVersion, effective_on: date) -> None:
    """Raise if the rules that go on judging instead are built on by what they ask for."""
    instead = version_instead_of(version)
    for problem in circles(rules_of(instead), effective_on, drafts=False) if instead else ():
        sentence = gettext_noop("Without this version, programs would ask for each other: %(path)s")
        raise CannotRecord("", sentence, path=problem.params["path"])


def _check_day(version: ProgramVersion, effective_on: date, today: date) -> None:
    """Raise unless this is a draft that can begin to judge on that day.

    It may begin before versions that wait, and judges until the first of them then.
    """
    if version.state != VersionState.DRAFT:
        raise CannotPublish(_("Only a draft can be published."))
    if effective_on.year > LAST_YEAR:
        raise CannotPublish(_("Choose a day before 2200."))
    for other in reversed(published_versions(version.program)):
        begins = other.effective_on or today
        values = {"number": other.number, "day": date_format(begins, "DATE_FORMAT")}
        if begins == effective_on:
            sentence = _("Version %(number)d begins on %(day)s already. Choose another day.")
            raise CannotPublish(sentence % values)
        if effective_on < begins <= today:
            sentence = _("Version %(number)d is in force since %(day)s. Choose a later day.")
            raise CannotPublish(sentence % values)


def _hold(program: Program) -> None:
    """Lock the program until the transaction ends: its versions are numbered and published in turn.

    The ids of its versions stay free to be referred to.
    """
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)


def _hold_all() -> None:
    """Lock every program until the transaction ends: versions are published one after the other.

    Two at once could build on each other without either seeing it. Always in the same order.
    """
    list(Program.objects.select_for_update(no_key=True).order_by("pk"))


def _check_references(rules: Rules) -> None:
    """Raise for every key that the vendor's catalog does not know, with its place."""
    if problems := not_in_catalog(rules):
        raise DocumentError(problems)


def _check_cycles(rules: Rules, on: date, *, drafts: bool) -> None:
    """Raise for every place that, in the end, asks for what the program itself awards."""
    if problems := circles(rules, on, drafts=drafts):
        raise DocumentError(problems)


def _check_offered(rules: Rules) -> None:
    """Raise for what a document can say and the product does not do yet: nobody could reach it."""
    if problems := not_offered(rules):
        raise DocumentError(problems)
    without_facts = set(registry.names()) - KINDS_WITH_FACTS
    for label in (one.label for one in rules.looking()):
        if label.kind in without_facts:
            raise CannotPublish(
                _("“%(key)s” asks for facts that are not kept yet (%(kind)s).")
                % {"key": label.key, "kind": label.kind}
            )


def _mark_everybody(*moments: datetime) -> None:
    """Put every active partner into the queue for each of the moments."""
    active = Partner.objects.filter(state=PartnerState.ACTIVE).values_list("pk", flat=True)
    for moment in sorted(set(moments)):
        mark_now(active, now=moment, cause=DueCause.VERSION_PUBLISHED)


def _mark_nobody_due(effective_on: date) -> None:
    """Take back the marks of a day on which no version begins any more."""
    begins = ProgramVersion.objects.filter(state=VersionState.PUBLISHED, effective_on=effective_on)
    if not begins.exists():
        start = start_of_day(open_vendor(), effective_on)
        DueMark.objects.filter(cause=DueCause.VERSION_PUBLISHED, due_at=start).delete()
