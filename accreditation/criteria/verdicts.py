"""The engine's answers: findings for criteria, a verdict for a program. Numbers and codes only.

A verdict does not carry the day it was asked for: it is the same, to the byte, on every day until
`review_on`, so that a stored evaluation changes only when its content does.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256
from typing import Any, Self

from accreditation.criteria.gaps import Gap, UnknownNeed

Json = dict[str, Any]

Number = int | Fraction
"""Exact, also where a decimal would not end: a third is a third."""


class Result(StrEnum):
    """What the engine says about a criterion or a level on a day."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_BE_JUDGED = "cannot_be_judged"


class Comparison(StrEnum):
    """How what is there is compared with what is needed. Public: only added to."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"

    @property
    def rising(self) -> bool:
        """Whether more is better."""
        return self is Comparison.AT_LEAST or self is Comparison.MORE_THAN

    def holds(self, have: Number, need: Number) -> bool:
        """Return whether an exact number is enough."""
        if self is Comparison.AT_LEAST:
            return have >= need
        if self is Comparison.AT_MOST:
            return have <= need
        return have > need if self is Comparison.MORE_THAN else have < need


class ReasonCode(StrEnum):
    """Why a record that belongs to a criterion is not counted. Public: codes are only added."""

    REVOKED = "revoked"
    NOT_EMPLOYED = "not_employed"
    PERSON_NOT_STARTED = "person_not_started"
    PERSON_LEFT = "person_left"
    EARNED_TOO_EARLY = "earned_too_early"
    EARNED_TOO_LATE = "earned_too_late"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    NO_LONGER_CREDITED = "no_longer_credited"
    SUPERSEDED_VERSION = "superseded_version"
    VERSION_UNKNOWN = "version_unknown"
    WRONG_EMPLOYMENT_KIND = "wrong_employment_kind"
    WRONG_JOB_ROLE = "wrong_job_role"
    TOO_FEW_CERTIFICATES = "too_few_certificates"
    DUPLICATE_FOR_PERSON = "duplicate_for_person"
    PAUSED = "paused"
    WRONG_STAGE = "wrong_stage"
    WRONG_PRODUCT = "wrong_product"
    WRONG_INDUSTRY = "wrong_industry"
    WRONG_REGION = "wrong_region"
    WRONG_LOCATION = "wrong_location"
    WRONG_CUSTOMER_SIZE = "wrong_customer_size"
    WRONG_SERVICE_TYPE = "wrong_service_type"
    WRONG_CURRENCY = "wrong_currency"
    WRONG_ATTRIBUTE = "wrong_attribute"
    WRONG_SCOPE = "wrong_scope"
    NOT_PUBLIC = "not_public"
    AMOUNT_TOO_LOW = "amount_too_low"
    NOT_CONFIRMED = "not_confirmed"
    WITHDRAWN = "withdrawn"
    PENDING_REVIEW = "pending_review"
    OUTSIDE_WINDOW = "outside_window"
    PAST_DEADLINE = "past_deadline"
    DATE_MISSING = "date_missing"
    NOT_PASSED = "not_passed"
    SCORE_TOO_LOW = "score_too_low"
    DECIDED_AGAINST = "decided_against"
    NOT_HELD_LONG_ENOUGH = "not_held_long_enough"
    DUPLICATE_CUSTOMER = "duplicate_customer"
    DUPLICATE_RECORD = "duplicate_record"
    SUPERSEDED_READING = "superseded_reading"
    NOT_AS_REQUIRED = "not_as_required"
    EXCLUDED = "excluded"
    USED_ELSEWHERE = "used_elsewhere"
    SLOT_FILLED = "slot_filled"
    TOO_FEW_PEOPLE = "too_few_people"
    NO_LONGER_HELD = "no_longer_held"
    NOT_YET_HELD = "not_yet_held"
    PLACE_UNKNOWN = "place_unknown"
    OTHERS_MISSING = "others_missing"
    VALUE_MISSING = "value_missing"
    TOO_RECENT = "too_recent"
    TOO_FEW_COURSES = "too_few_courses"
    TOO_FEW_HOURS = "too_few_hours"
    HOURS_UNKNOWN = "hours_unknown"
    TOO_LITTLE_WORKING_TIME = "too_little_working_time"
    WORKING_TIME_UNKNOWN = "working_time_unknown"


class CauseCode(StrEnum):
    """What happens on the day a result changes by itself. Public: codes are only added."""

    CERTIFICATE_STARTS = "certificate_starts"
    CERTIFICATE_EXPIRES = "certificate_expires"
    CERTIFICATE_REVOKED = "certificate_revoked"
    CREDIT_ENDS = "credit_ends"
    VERSION_SUPERSEDED = "version_superseded"
    PERSON_STARTS = "person_starts"
    PERSON_LEAVES = "person_leaves"
    EMPLOYMENT_KIND_CHANGES = "employment_kind_changes"
    JOB_ROLE_STARTS = "job_role_starts"
    JOB_ROLE_ENDS = "job_role_ends"
    CERTIFICATE_PAUSED = "certificate_paused"
    CERTIFICATE_RESUMES = "certificate_resumes"
    RECORD_STARTS = "record_starts"
    RECORD_EXPIRES = "record_expires"
    RECORD_WITHDRAWN = "record_withdrawn"
    RECORD_TOO_OLD = "record_too_old"
    RECORD_SUPERSEDED = "record_superseded"
    ATTRIBUTE_CHANGES = "attribute_changes"
    TIME_PASSES = "time_passes"
    PEOPLE_REASSIGNED = "people_reassigned"
    LEVEL_LOST = "level_lost"
    LEVEL_REACHED = "level_reached"
    PERSON_MOVES = "person_moves"
    RULES_REPLACED = "rules_replaced"
    RENEWAL_FAILS = "renewal_fails"
    ASKED_OTHERWISE = "asked_otherwise"


@dataclass(frozen=True, slots=True)
class Counted:
    """A record that counts for a criterion, and the person it belongs to, if any."""

    record: str
    person: str | None = None


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A record that was considered for a criterion, and the one reason why it does not count.

    `used_by` is the slot that its person fills instead, as `program/criterion/role/number`.
    """

    record: str
    person: str | None
    reason: ReasonCode
    used_by: str = ""

    def to_json(self) -> Json:
        """Return the record as plain JSON values."""
        used = {"used_by": self.used_by} if self.used_by else {}
        return {"record": self.record, "person": self.person, "reason": self.reason.value, **used}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return the record that `to_json` wrote."""
        reason = ReasonCode(value["reason"])
        return cls(value["record"], value["person"], reason, value.get("used_by", ""))


@dataclass(frozen=True, slots=True)
class Cause:
    """The event that changes a result by itself, and the record it happens to."""

    code: CauseCode
    record: str
    person: str | None = None

    def to_json(self) -> Json:
        """Return the cause as plain JSON values."""
        return {"code": self.code.value, "record": self.record, "person": self.person}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return the cause that `to_json` wrote."""
        return cls(CauseCode(value["code"]), value["record"], value["person"])


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer for one node of the criteria tree.

    `key` is empty for a group that was given none. `changes_on` is the first later day on which
    the result changes without any new fact, None if it never does; `cause` says why it does.
    `need_unknown`: nobody knows what is needed, and why; `need` is zero then.
    """

    key: str
    kind: str
    result: Result
    have: Decimal
    need: Decimal
    unit: str
    counted: tuple[Counted, ...] = ()
    not_counted: tuple[NotCounted, ...] = ()
    changes_on: date | None = None
    cause: Cause | None = None
    children: tuple["Finding", ...] = ()
    comparison: Comparison = Comparison.AT_LEAST
    gaps: tuple[Gap, ...] = ()
    need_unknown: UnknownNeed | None = None

    @property
    def shortfall(self) -> Decimal:
        """How far it is from enough: too few, or too many; zero with enough, or if unknown."""
        gap = Decimal(0) if self.need_unknown else self.need - self.have
        return max(gap if self.comparison.rising else -gap, Decimal(0))

    def to_json(self) -> Json:
        """Return the finding as plain JSON values: days in ISO format, decimals as text."""
        return {
            "key": self.key,
            "kind": self.kind,
            "result": self.result.value,
            "have": str(self.have),
            "need": str(self.need),
            "unit": self.unit,
            "counted": [{"record": one.record, "person": one.person} for one in self.counted],
            "not_counted": [one.to_json() for one in self.not_counted],
            "changes_on": _day_text(self.changes_on),
            "cause": None if self.cause is None else self.cause.to_json(),
            "children": [child.to_json() for child in self.children],
            **self._unusual(),
        }

    def _unusual(self) -> Json:
        # Stored verdicts from before there was a choice stay the same, to the byte.
        usual = self.comparison is Comparison.AT_LEAST
        comparison = {} if usual else {"comparison": self.comparison.value}
        gaps = {"gaps": [one.to_json() for one in self.gaps]} if self.gaps else {}
        unknown = {"need_unknown": self.need_unknown.to_json()} if self.need_unknown else {}
        return {**comparison, **gaps, **unknown}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return the finding that `to_json` wrote."""
        return cls(
            key=value["key"],
            kind=value["kind"],
            result=Result(value["result"]),
            have=Decimal(value["have"]),
            need=Decimal(value["need"]),
            unit=value["unit"],
            counted=tuple(Counted(one["record"], one["person"]) for one in value["counted"]),
            not_counted=tuple(NotCounted.from_json(one) for one in value["not_counted"]),
            changes_on=_day(value["changes_on"]),
            cause=value["cause"] and Cause.from_json(value["cause"]),
            children=tuple(cls.from_json(child) for child in value["children"]),
            comparison=Comparison(value.get("comparison", Comparison.AT_LEAST)),
            gaps=tuple(Gap.from_json(one) for one in value.get("gaps", ())),
            need_unknown=(reason := value.get("need_unknown")) and UnknownNeed.from_json(reason),
        )


@dataclass(frozen=True, slots=True)
class LevelVerdict:
    """The answer for one level.

    `finding` is about the level's own criteria; `result`, `changes_on` and `cause` also ask for
    all lower levels where the program nests its levels.
    """

    level: str
    rank: int
    result: Result
    changes_on: date | None
    finding: Finding
    cause: Cause | None = None

    @property
    def met(self) -> bool:
        """Whether the level is reached."""
        return self.result is Result.MET

    def to_json(self) -> Json:
        """Return the level's verdict as plain JSON values."""
        return {
            "level": self.level,
            "rank": self.rank,
            "result": self.result.value,
            "changes_on": _day_text(self.changes_on),
            "finding": self.finding.to_json(),
            "cause": None if self.cause is None else self.cause.to_json(),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return the level's verdict that `to_json` wrote."""
        return cls(
            level=value["level"],
            rank=value["rank"],
            result=Result(value["result"]),
            changes_on=_day(value["changes_on"]),
            finding=Finding.from_json(value["finding"]),
            cause=value["cause"] and Cause.from_json(value["cause"]),
        )


@dataclass(frozen=True, slots=True)
class Outlook:
    """A later day, and the highest level that is met from then on if no new fact comes."""

    day: date
    level: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one partner in one program.

    `levels` runs from low to high; `level` is the highest that is met, None if none is. `outlook`
    lists the later days on which `level` changes by itself. `changes_on` is the first later day on
    which the result of any level changes, `review_on` the first on which anything in here does.
    """

    levels: tuple[LevelVerdict, ...]
    level: str | None
    changes_on: date | None
    review_on: date | None
    outlook: tuple[Outlook, ...] = ()

    @property
    def met(self) -> bool:
        """Whether any level is reached."""
        return self.level is not None

    @property
    def lapses_on(self) -> date | None:
        """The first later day on which no level is met any more; None if there is none."""
        if self.level is None:
            return None
        return next((step.day for step in self.outlook if step.level is None), None)

    def of(self, level: str) -> LevelVerdict:
        """Return the verdict for a level. :raises KeyError: the program has no such level."""
        for verdict in self.levels:
            if verdict.level == level:
                return verdict
        raise KeyError(level)

    def to_json(self) -> Json:
        """Return the verdict as plain JSON values."""
        return {
            "levels": [level.to_json() for level in self.levels],
            "level": self.level,
            "changes_on": _day_text(self.changes_on),
            "review_on": _day_text(self.review_on),
            "outlook": [{"day": _day_text(step.day), "level": step.level} for step in self.outlook],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return the verdict that `to_json` wrote."""
        return cls(
            levels=tuple(LevelVerdict.from_json(level) for level in value["levels"]),
            level=value["level"],
            changes_on=_day(value["changes_on"]),
            review_on=_day(value["review_on"]),
            outlook=tuple(
                Outlook(date.fromisoformat(step["day"]), step["level"]) for step in value["outlook"]
            ),
        )


def canonical_json(verdict: Verdict) -> str:
    """Return the one JSON text of a verdict: sorted keys, no spaces."""
    return json.dumps(verdict.to_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def content_hash(verdict: Verdict) -> str:
    """Return the SHA-256 of the canonical text, in 64 hexadecimal digits."""
    return sha256(canonical_json(verdict).encode()).hexdigest()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
