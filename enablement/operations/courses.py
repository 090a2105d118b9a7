"""Writes which courses people finished: many at once, or one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_noop as _

from enablement.models import Course, CourseCompletion
from enablement.operations.held_facts import audit_held, require_people
from enablement.operations.lives import follow_rules
from enablement.queries.courses import Key, completions_on_record
from enablement.rules import check_hours, expires_on
from partners.batches import batches
from partners.models import Person
from partners.operations import audit
from partners.operations.dated import check_reason
from partners.operations.facts import announce_facts, check_first_day, check_last_day
from partners.operations.recorded import Recorded, insert_once
from partners.periods import end_after
from partners.queries.people import employers_of
from partners.queries.vendors import vendor_day
from partners.refusals import CannotRecord
from partners.rules import Actor, Permission, require


@dataclass(frozen=True, slots=True)
class NewCompletion:
    """One finished course to record.

    ``valid_through`` is the last day it counts, ``hours`` how long the training was; None: as the
    course says.
    """

    person: Person
    course: Course
    completed_on: date
    valid_through: date | None = None
    mode: str = ""
    hours: Decimal | None = None

    @property
    def key(self) -> Key:
        """Return what makes it the same completion."""
        return self.person.pk, self.course.pk, self.completed_on

    @property
    def expires_on(self) -> date | None:
        """Return the first day on which it does not count; None: it always does."""
        return expires_on(
            self.completed_on,
            valid_through=self.valid_through,
            validity_months=self.course.validity_months,
        )


@dataclass(frozen=True, slots=True)
class CompletionCorrection:
    """What is right about a completion on record; ``valid_through`` None: it always counts.

    ``hours`` None: nobody knows them.
    """

    completion: CourseCompletion
    valid_through: date | None
    mode: str
    hours: Decimal | None = None


@transaction.atomic
def record_course_completions(
    rows: Sequence[NewCompletion], *, source: str, by: Actor, now: datetime
) -> Recorded[CourseCompletion]:
    """Record who finished which courses; certificates that a course extends follow.

    Safe to repeat: a completion is the same one by person, course and day; a known one is left as
    it is. A fixed number of statements per 1,000 rows.

    :raises CannotRecord: for a day in the future or a last day before it, or hours that cannot be.
    :raises NotAllowed: without ``certificate.record``, or for people out of the actor's reach.
    """
    require(by, Permission.CERTIFICATE_RECORD)
    today = vendor_day(now)
    recorded: Recorded[CourseCompletion] = Recorded()
    for batch in batches(rows):
        for row in batch:
            check_days(row.completed_on, row.valid_through, today=today)
            check_hours(row.hours)
        people = {row.person.pk for row in batch}
        require_people(by, people, today)
        inserted = _insert(batch, source=source, now=now)
        follow_rules(people, now=now)
        audit_held("course.completed", inserted.new, source=source, by=by, now=now)
        recorded.add(inserted)
    if recorded.new:
        announce_facts()
    return recorded


@transaction.atomic
def correct_course_completions(
    corrections: Sequence[CompletionCorrection], *, source: str, by: Actor, now: datetime
) -> list[CourseCompletion]:
    """Put right the end, the mode and the hours of completions on record, and return them.

    :raises CannotRecord: for a last day before the completion, or hours that cannot be.
    :raises NotAllowed: without ``certificate.record``, or for people out of the actor's reach.
    """
    require(by, Permission.CERTIFICATE_RECORD)
    today = vendor_day(now)
    corrected: list[CourseCompletion] = []
    for batch in batches(corrections):
        require_people(by, {each.completion.person_id for each in batch}, today)
        for each in batch:
            check_days(each.completion.completed_on, each.valid_through, today=today)
            check_hours(each.hours)
            each.completion.expires_on = end_after(each.valid_through)
            each.completion.mode = each.mode
            each.completion.hours = each.hours
        completions = [each.completion for each in batch]
        CourseCompletion.objects.bulk_update(completions, ["expires_on", "mode", "hours"])
        audit_held("course.completion_corrected", completions, source=source, by=by, now=now)
        corrected.extend(completions)
    if corrected:
        announce_facts()
    return corrected


@transaction.atomic
def withdraw_course_completion(
    *, completion: CourseCompletion, reason: str, by: Actor, now: datetime
) -> CourseCompletion:
    """Say that a course never was finished, and return the completion.

    :raises CannotRecord: without a reason, or if it was withdrawn before.
    :raises NotAllowed: without ``certificate.revoke``, or for a person out of the actor's reach.
    """
    require(by, Permission.CERTIFICATE_REVOKE)
    check_reason(reason)
    completion = CourseCompletion.objects.select_for_update().get(pk=completion.pk)
    require_people(by, {completion.person_id}, vendor_day(now))
    if completion.withdrawn_at is not None:
        raise CannotRecord("", _("It was withdrawn already."))
    completion.withdrawn_at, completion.reason = now, reason.strip()
    completion.save(update_fields=["withdrawn_at", "reason"])
    follow_rules({completion.person_id}, now=now)
    audit.record(
        by=by,
        now=now,
        verb="course.completion_withdrawn",
        subjects=[completion],
        partners=employers_of([completion.person_id]),
        changes={"reason": audit.digest(completion.reason)},
    )
    announce_facts()
    return completion


def check_days(completed_on: date, valid_through: date | None, *, today: date) -> None:
    """Raise unless a course can have been finished on this day and count through the other.

    :raises CannotRecord: for a day in the future or before 1900, or a last day before it.
    """
    check_first_day("completed_on", completed_on)
    if completed_on > today:
        raise CannotRecord("completed_on", _("The day cannot be in the future."))
    check_last_day("valid_through", valid_through)
    if valid_through is not None and valid_through < completed_on:
        raise CannotRecord("valid_through", _("The last day lies before the first."))


def _insert(
    batch: Sequence[NewCompletion], *, source: str, now: datetime
) -> Recorded[CourseCompletion]:
    made = {
        row.key: CourseCompletion(
            person=row.person,
            course=row.course,
            completed_on=row.completed_on,
            expires_on=row.expires_on,
            mode=row.mode,
            hours=row.course.hours if row.hours is None else row.hours,
            source=source,
            recorded_at=now,
        )
        for row in batch
    }
    return insert_once(CourseCompletion, made, completions_on_record)
