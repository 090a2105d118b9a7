"""The engine's answers as they are sent: keys, exact decimals as text, days, and names."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accreditation.api.needs import NeedAnswer, need_answer
from accreditation.criteria.forecast import Link
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.verdicts import Cause, Comparison, Finding, ReasonCode, Result
from accreditation.criteria.whatif import SubjectKind
from accreditation.queries.departures import Broken, ToldLoss, ToldSubject
from accreditation.queries.explanations import Explained, ExplainedLevel, Record
from accreditation.queries.forecast import ToldLink, ToldRenewal, ToldStep, ToldVersion
from accreditation.queries.past import Reading
from accreditation.records import RecordKind
from accreditation.standing import Standing
from accreditation.wording.records import record_name
from partners.periods import last_day
from partners.texts import localized

Answer = dict[str, Any]


class CauseAnswer(serializers.Serializer[Any]):
    """The event that changes a result by itself."""

    code = serializers.CharField(help_text=_("Public; codes are only added."))
    record = serializers.CharField()
    person = serializers.CharField(allow_null=True)


class CountedAnswer(serializers.Serializer[Any]):
    """A record that counts."""

    record = serializers.CharField()
    person = serializers.CharField(allow_null=True)


class NotCountedAnswer(CountedAnswer):
    """A record that does not count, and why."""

    reason = serializers.ChoiceField(choices=[one.value for one in ReasonCode])
    used_by = serializers.CharField(
        help_text=_("The slot its person fills instead: program/criterion/role/number.")
    )


class SuitableAnswer(serializers.Serializer[Any]):
    """Somebody who suits, and how many places they fill at most."""

    person = serializers.CharField()
    at_most = serializers.IntegerField()


class GapAnswer(serializers.Serializer[Any]):
    """The proof that places stay open: these slots compete for these people."""

    missing = serializers.IntegerField()
    roles = serializers.ListField(child=serializers.CharField())
    slots = serializers.ListField(child=serializers.CharField())
    people = SuitableAnswer(many=True)


class FigureAnswer(NeedAnswer):
    """What is there and what is asked by one criterion."""

    key = serializers.CharField(help_text=_("Empty for a group that was given none."))
    kind = serializers.CharField()
    text = serializers.CharField()
    result = serializers.ChoiceField(choices=[one.value for one in Result])
    have = serializers.CharField(help_text=_("A decimal number."))
    unit = serializers.CharField()
    comparison = serializers.ChoiceField(choices=[one.value for one in Comparison])


class FindingAnswer(FigureAnswer):
    """The answer for one node of the criteria tree, with its parts."""

    counted = CountedAnswer(many=True)
    not_counted = NotCountedAnswer(many=True)
    gaps = GapAnswer(many=True)
    changes_on = serializers.DateField(allow_null=True)
    cause = CauseAnswer(allow_null=True)

    def get_fields(self) -> dict[str, Any]:
        """Return the fields; parts are findings themselves."""
        return {**super().get_fields(), "children": FindingAnswer(many=True)}


class LevelAnswer(serializers.Serializer[Any]):
    """The answer for one level."""

    level = serializers.CharField()
    rank = serializers.IntegerField()
    designation = serializers.CharField()
    result = serializers.ChoiceField(choices=[one.value for one in Result])
    changes_on = serializers.DateField(allow_null=True)
    cause = CauseAnswer(allow_null=True)
    finding = FindingAnswer()


class RecordAnswer(serializers.Serializer[Any]):
    """What the reading knows of a record that the answer names."""

    id = serializers.CharField()
    kind = serializers.ChoiceField(choices=[one.value for one in RecordKind], allow_null=True)
    name = serializers.CharField()
    person = serializers.CharField(allow_null=True)
    since = serializers.DateField(allow_null=True)
    valid_through = serializers.DateField(allow_null=True)
    values = serializers.DictField(help_text=_("What else was recorded, by field."))


class AtRenewalAnswer(serializers.Serializer[Any]):
    """What renews the award on the day it ends, and how today's facts answer that."""

    on = serializers.DateField()
    version = serializers.IntegerField()
    level = serializers.CharField(allow_null=True, help_text=_("The highest that is met then."))
    levels = LevelAnswer(many=True)


class VerdictAnswer(serializers.Serializer[Any]):
    """What was found about a partner in a program on a day; no levels: nothing was known then."""

    program = serializers.CharField()
    on = serializers.DateField()
    reading = serializers.ChoiceField(choices=[one.value for one in Reading])
    version = serializers.IntegerField(allow_null=True)
    recorded_at = serializers.DateTimeField(allow_null=True)
    overtaken = serializers.BooleanField(
        help_text=_("Later knowledge says another level of this past day: see how it is corrected.")
    )
    level = serializers.CharField(allow_null=True)
    changes_on = serializers.DateField(allow_null=True)
    review_on = serializers.DateField(allow_null=True)
    levels = LevelAnswer(many=True)
    renewal = AtRenewalAnswer(
        allow_null=True,
        help_text=_("Of today's verdict, where an award ends and its renewal asks otherwise."),
    )
    records = RecordAnswer(many=True)


class LinkAnswer(FigureAnswer):
    """A criterion on the way from the level to the record; ``had``: what it had the day before."""

    had = serializers.CharField(
        allow_null=True, help_text=_("Null: the rules of the day before do not ask it.")
    )


class BehindAnswer(serializers.Serializer[Any]):
    """A change of a level below that leads to a change in a program that builds on it."""

    program = serializers.CharField()
    day = serializers.DateField()
    before = serializers.CharField(allow_null=True)
    level = serializers.CharField(allow_null=True)
    cause = CauseAnswer()


class StepAnswer(serializers.Serializer[Any]):
    """A day on which the level changes by itself, and why."""

    day = serializers.DateField()
    version = serializers.IntegerField(help_text=_("The version of the rules in force that day."))
    before = serializers.CharField(allow_null=True)
    level = serializers.CharField(allow_null=True)
    cause = CauseAnswer()
    chain = LinkAnswer(many=True)
    behind = BehindAnswer(
        many=True,
        help_text=_("Where the record is a level: why it is lost or reached, the nearest first."),
    )


class ReplacedAnswer(serializers.Serializer[Any]):
    """A version that comes into force later, and the level that is met by it on its first day."""

    version = serializers.IntegerField()
    effective_on = serializers.DateField()
    level = serializers.CharField(allow_null=True)


class RenewalAnswer(serializers.Serializer[Any]):
    """The renewal of one record that moves the lapse furthest."""

    record = serializers.CharField()
    valid_through = serializers.DateField()
    lapses_on = serializers.DateField(allow_null=True, help_text=_("Null: the level then stays."))


class ForecastAnswer(serializers.Serializer[Any]):
    """What becomes of the level that is met, if nothing new comes."""

    program = serializers.CharField()
    on = serializers.DateField()
    level = serializers.CharField(allow_null=True)
    lapses_on = serializers.DateField(allow_null=True, help_text=_("Met no more from then on."))
    lost_on = serializers.DateField(allow_null=True, help_text=_("Held no more, grace included."))
    steps = StepAnswer(many=True)
    replaced = ReplacedAnswer(
        many=True, help_text=_("Published versions that come into force later.")
    )
    renewal = RenewalAnswer(allow_null=True)
    records = RecordAnswer(many=True)


class SubjectAnswer(serializers.Serializer[Any]):
    """Somebody or something that falls away."""

    kind = serializers.ChoiceField(choices=[one.value for one in SubjectKind])
    id = serializers.CharField()
    name = serializers.CharField()


class LossAnswer(serializers.Serializer[Any]):
    """What is met without some subjects, and which criteria would break."""

    without = SubjectAnswer(many=True)
    level = serializers.CharField(allow_null=True)
    broken = FigureAnswer(many=True)


class SimulationAnswer(serializers.Serializer[Any]):
    """What is lost if something falls away; not ``complete``: there may be more."""

    program = serializers.CharField()
    on = serializers.DateField()
    before = serializers.CharField(allow_null=True)
    losses = LossAnswer(many=True)
    complete = serializers.BooleanField()


class AccreditationAnswer(serializers.Serializer[Any]):
    """Where a partner stands in one program; ``standing`` null: not started."""

    program = serializers.CharField()
    standing = serializers.ChoiceField(choices=[one.value for one in Standing], allow_null=True)
    level = serializers.CharField(allow_null=True)
    designation = serializers.CharField()
    award_number = serializers.CharField()
    valid_through = serializers.DateField(allow_null=True)
    falls_on = serializers.DateField(allow_null=True)
    grace_through = serializers.DateField(
        allow_null=True, help_text=_("Last day of the grace in which the level is still held.")
    )


class AccreditationsAnswer(serializers.Serializer[Any]):
    """Every program, in the vendor's order."""

    results = AccreditationAnswer(many=True)


def level_answer(explained: ExplainedLevel, designation: str) -> Answer:
    """Return one level."""
    verdict = explained.verdict
    return {
        "level": verdict.level,
        "rank": verdict.rank,
        "designation": designation,
        "result": verdict.result.value,
        "changes_on": verdict.changes_on,
        "cause": _cause(verdict.cause),
        "finding": _finding(explained.root),
    }


def _finding(explained: Explained) -> Answer:
    """Return one node with its parts."""
    finding = explained.finding
    return {
        **_figure(finding, explained.label),
        "counted": [{"record": one.record, "person": one.person} for one in finding.counted],
        "not_counted": [
            {
                "record": one.record,
                "person": one.person,
                "reason": one.reason.value,
                "used_by": one.used_by,
            }
            for one in finding.not_counted
        ],
        "gaps": [one.to_json() for one in finding.gaps],
        "changes_on": finding.changes_on,
        "cause": _cause(finding.cause),
        "children": [_finding(child) for child in explained.children],
    }


def _figure(finding: Finding, label: Label | None) -> Answer:
    """Return what is there and what is asked."""
    return {
        "key": finding.key,
        "kind": finding.kind,
        "text": localized(label.text) if label else "",
        "result": finding.result.value,
        "have": str(finding.have),
        **need_answer(finding),
        "unit": finding.unit,
        "comparison": finding.comparison.value,
    }


def _cause(cause: Cause | None) -> Answer | None:
    """Return the event, if there is one."""
    return cause.to_json() if cause else None


def record_answer(record: Record) -> Answer:
    """Return what is known of a record."""
    known = record.known
    return {
        "id": record.id,
        "kind": known.kind.value if known else None,
        "name": record_name(record),
        "person": record.person_id,
        "since": record.since,
        "valid_through": record.valid_through,
        "values": dict(known.values) if known else {},
    }


def step_answer(told: ToldStep) -> Answer:
    """Return one day of a forecast."""
    step = told.step
    return {
        "day": step.day,
        "version": told.program.version.number,
        "before": step.before,
        "level": step.level,
        "cause": _cause(step.cause),
        "chain": [_link(one) for one in told.chain],
        "behind": [_behind(one) for one in told.all_behind()],
    }


def _behind(told: ToldStep) -> Answer:
    step = told.step
    return {
        "program": told.program.program.key,
        "day": step.day,
        "before": step.before,
        "level": step.level,
        "cause": _cause(step.cause),
    }


def _link(told: ToldLink) -> Answer:
    link: Link = told.link
    had = str(link.before.have) if link.before else None
    return {**_figure(link.after, told.label), "had": had}


def replaced_answer(told: ToldVersion) -> Answer:
    """Return a version that comes into force later."""
    return {
        "version": told.program.version.number,
        "effective_on": told.day,
        "level": told.level,
    }


def renewal_answer(told: ToldRenewal | None) -> Answer | None:
    """Return the renewal that helps most, if one does."""
    if told is None:
        return None
    renewal = told.renewal
    return {
        "record": renewal.record,
        "valid_through": last_day(renewal.ends_on),
        "lapses_on": renewal.lapses_on,
    }


def loss_answer(told: ToldLoss) -> Answer:
    """Return what falls away and what is left."""
    return {
        "without": [_subject(one) for one in told.subjects],
        "level": told.loss.level,
        "broken": [_broken(one) for one in told.broken],
    }


def _subject(told: ToldSubject) -> Answer:
    name = record_name(told.record) if told.record else told.name
    return {"kind": told.subject.kind.value, "id": told.subject.id, "name": name}


def _broken(told: Broken) -> Answer:
    return _figure(told.finding, told.label)
