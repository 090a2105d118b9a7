"""Codes of the engine and of standings as sentences, in the language of the moment."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accreditation.criteria.problems import Problem
from accreditation.criteria.verdicts import CauseCode, Finding, ReasonCode, Result
from accreditation.enums import StandingLabel
from accreditation.standing import Standing
from accreditation.wording.figures import missing_text

_LINE = re.compile(r"line (?P<line>\d+)(?:, column (?P<column>\d+))?")

NOT_STARTED = gettext_lazy("Not started")

_REASONS: Mapping[ReasonCode, Promise] = {
    ReasonCode.REVOKED: gettext_lazy("No, revoked"),
    ReasonCode.NOT_EMPLOYED: gettext_lazy("No, the person does not work for this partner"),
    ReasonCode.PERSON_NOT_STARTED: gettext_lazy("No, the person has not started yet"),
    ReasonCode.PERSON_LEFT: gettext_lazy("No, the person left"),
    ReasonCode.EARNED_TOO_EARLY: gettext_lazy("No, earned before the days that count"),
    ReasonCode.EARNED_TOO_LATE: gettext_lazy("No, earned after the days that count"),
    ReasonCode.NOT_YET_VALID: gettext_lazy("No, not valid yet"),
    ReasonCode.EXPIRED: gettext_lazy("No, expired"),
    ReasonCode.NO_LONGER_CREDITED: gettext_lazy("No, no longer credited"),
    ReasonCode.SUPERSEDED_VERSION: gettext_lazy("No, a newer version has taken its place"),
    ReasonCode.VERSION_UNKNOWN: gettext_lazy("No, its version is unknown"),
    ReasonCode.WRONG_EMPLOYMENT_KIND: gettext_lazy("No, this kind of employment does not count"),
    ReasonCode.WRONG_JOB_ROLE: gettext_lazy("No, the person has another job role"),
    ReasonCode.TOO_FEW_CERTIFICATES: gettext_lazy("No, the person holds too few of them"),
    ReasonCode.DUPLICATE_FOR_PERSON: gettext_lazy("No, the person counts already"),
    ReasonCode.PAUSED: gettext_lazy("No, held but inactive"),
    ReasonCode.WRONG_STAGE: gettext_lazy("No, at another stage"),
    ReasonCode.WRONG_PRODUCT: gettext_lazy("No, another product"),
    ReasonCode.WRONG_INDUSTRY: gettext_lazy("No, another industry"),
    ReasonCode.WRONG_REGION: gettext_lazy("No, another region or country"),
    ReasonCode.WRONG_LOCATION: gettext_lazy("No, another location"),
    ReasonCode.WRONG_CUSTOMER_SIZE: gettext_lazy("No, a customer of another size"),
    ReasonCode.WRONG_SERVICE_TYPE: gettext_lazy("No, another type of service"),
    ReasonCode.WRONG_CURRENCY: gettext_lazy("No, another currency"),
    ReasonCode.WRONG_ATTRIBUTE: gettext_lazy("No, it differs in something that is asked"),
    ReasonCode.WRONG_SCOPE: gettext_lazy("No, its scope is another"),
    ReasonCode.NOT_PUBLIC: gettext_lazy("No, not public"),
    ReasonCode.AMOUNT_TOO_LOW: gettext_lazy("No, the amount is too low"),
    ReasonCode.NOT_CONFIRMED: gettext_lazy("No, not confirmed yet"),
    ReasonCode.WITHDRAWN: gettext_lazy("No, withdrawn"),
    ReasonCode.PENDING_REVIEW: gettext_lazy("Not yet, it waits for review"),
    ReasonCode.OUTSIDE_WINDOW: gettext_lazy("No, outside the days that count"),
    ReasonCode.PAST_DEADLINE: gettext_lazy("No, after the deadline"),
    ReasonCode.DATE_MISSING: gettext_lazy("No, a day is missing"),
    ReasonCode.NOT_PASSED: gettext_lazy("No, not passed"),
    ReasonCode.SCORE_TOO_LOW: gettext_lazy("No, the score is too low"),
    ReasonCode.DECIDED_AGAINST: gettext_lazy("No, decided against"),
    ReasonCode.NOT_HELD_LONG_ENOUGH: gettext_lazy("No, not held long enough yet"),
    ReasonCode.DUPLICATE_CUSTOMER: gettext_lazy("No, this customer counts already"),
    ReasonCode.DUPLICATE_RECORD: gettext_lazy("No, another record counts for the same"),
    ReasonCode.SUPERSEDED_READING: gettext_lazy("No, a newer figure has taken its place"),
    ReasonCode.NOT_AS_REQUIRED: gettext_lazy("No, not as required"),
    ReasonCode.EXCLUDED: gettext_lazy("No, the rules leave it out"),
    ReasonCode.USED_ELSEWHERE: gettext_lazy("No, the person is used in another role or program"),
    ReasonCode.SLOT_FILLED: gettext_lazy("No, enough others fill this role"),
    ReasonCode.TOO_FEW_PEOPLE: gettext_lazy("Not yet, too few people suit all the open roles"),
    ReasonCode.NO_LONGER_HELD: gettext_lazy("No, no longer held"),
    ReasonCode.NOT_YET_HELD: gettext_lazy("Not yet, but it will be held"),
    ReasonCode.OTHERS_MISSING: gettext_lazy("No, the person lacks others that are asked as well"),
    ReasonCode.TOO_RECENT: gettext_lazy("Not yet, it is too short ago"),
    ReasonCode.TOO_FEW_COURSES: gettext_lazy("No, the person finished too few of them"),
    ReasonCode.TOO_FEW_HOURS: gettext_lazy("No, the hours of the person are too few"),
    ReasonCode.HOURS_UNKNOWN: gettext_lazy("Not yet, its hours are not recorded"),
    ReasonCode.PLACE_UNKNOWN: gettext_lazy("No, where the person works is not recorded"),
    ReasonCode.TOO_LITTLE_WORKING_TIME: gettext_lazy("No, the person works too few hours here"),
    ReasonCode.WORKING_TIME_UNKNOWN: gettext_lazy(
        "No, how much of full time the person works is not recorded"
    ),
    ReasonCode.VALUE_MISSING: gettext_lazy("No, it does not say the number that is asked for"),
}

_CAUSES: Mapping[CauseCode, Promise] = {
    CauseCode.CERTIFICATE_STARTS: gettext_lazy("%(what)s begins"),
    CauseCode.CERTIFICATE_EXPIRES: gettext_lazy("%(what)s expires"),
    CauseCode.CERTIFICATE_REVOKED: gettext_lazy("%(what)s is revoked"),
    CauseCode.CREDIT_ENDS: gettext_lazy("%(what)s is no longer credited"),
    CauseCode.VERSION_SUPERSEDED: gettext_lazy("a new version replaces what %(person)s holds"),
    CauseCode.PERSON_STARTS: gettext_lazy("%(person)s starts"),
    CauseCode.PERSON_LEAVES: gettext_lazy("%(person)s leaves"),
    CauseCode.EMPLOYMENT_KIND_CHANGES: gettext_lazy("the employment of %(person)s changes"),
    CauseCode.JOB_ROLE_STARTS: gettext_lazy("%(person)s starts in a job role"),
    CauseCode.JOB_ROLE_ENDS: gettext_lazy("%(person)s leaves a job role"),
    CauseCode.CERTIFICATE_PAUSED: gettext_lazy("%(what)s becomes inactive"),
    CauseCode.CERTIFICATE_RESUMES: gettext_lazy("%(what)s is active again"),
    CauseCode.RECORD_STARTS: gettext_lazy("%(what)s begins to count"),
    CauseCode.RECORD_EXPIRES: gettext_lazy("%(what)s expires"),
    CauseCode.RECORD_WITHDRAWN: gettext_lazy("%(what)s is withdrawn"),
    CauseCode.RECORD_TOO_OLD: gettext_lazy("%(what)s becomes too old to count"),
    CauseCode.RECORD_SUPERSEDED: gettext_lazy("a newer figure takes the place of %(what)s"),
    CauseCode.ATTRIBUTE_CHANGES: gettext_lazy("something about the organization changes"),
    CauseCode.TIME_PASSES: gettext_lazy("enough time has passed"),
    CauseCode.PEOPLE_REASSIGNED: gettext_lazy("another program frees people or needs them"),
    CauseCode.LEVEL_LOST: gettext_lazy("%(what)s is no longer held"),
    CauseCode.LEVEL_REACHED: gettext_lazy("%(what)s is reached"),
    CauseCode.PERSON_MOVES: gettext_lazy("%(person)s begins to work in another place"),
    CauseCode.RULES_REPLACED: gettext_lazy("another version of the rules comes into force"),
    CauseCode.RENEWAL_FAILS: gettext_lazy("the award ends and what renews it is not met"),
    CauseCode.ASKED_OTHERWISE: gettext_lazy("something else is asked from this day on"),
}

_OF_CERTIFICATES = frozenset(
    {
        CauseCode.CERTIFICATE_STARTS,
        CauseCode.CERTIFICATE_EXPIRES,
        CauseCode.CERTIFICATE_REVOKED,
        CauseCode.CREDIT_ENDS,
        CauseCode.CERTIFICATE_PAUSED,
        CauseCode.CERTIFICATE_RESUMES,
    }
)

_OF_LEVELS = frozenset({CauseCode.LEVEL_LOST, CauseCode.LEVEL_REACHED})

_NOTICES: Mapping[str, Promise] = {
    "accreditation.granted": gettext_lazy("%(partner)s was granted %(designation)s."),
    "accreditation.level_changed": gettext_lazy("%(partner)s now holds %(designation)s."),
    "accreditation.renewed": gettext_lazy("%(designation)s of %(partner)s was renewed."),
    "accreditation.grace_started": gettext_lazy(
        "%(designation)s of %(partner)s is in its grace period until %(last_day)s: "
        "not every requirement is met."
    ),
    "accreditation.reinstated": gettext_lazy(
        "%(designation)s of %(partner)s is out of its grace period: every requirement is met again."
    ),
    "accreditation.lapsed": gettext_lazy("%(designation)s of %(partner)s has lapsed."),
}


def standing_label(standing: Standing | None) -> str:
    """Return the word for a standing; None is "not started"."""
    return str(NOT_STARTED if standing is None else StandingLabel(standing.value).label)


def reason_text(reason: ReasonCode | None) -> str:
    """Return why a record does not count, or that it does (None)."""
    return _("Counts") if reason is None else str(_REASONS[reason])


def cause_text(code: CauseCode, person: str, what: str = "") -> str:
    """Return what happens on the day a result changes, as a clause.

    The person's name may be unknown. ``what`` is the record, if the caller can name it.
    """
    person = person or _("a person")
    if not what:
        what = _what(code) % {"person": person}
    return str(_CAUSES[code]) % {"person": person, "what": what}


def _what(code: CauseCode) -> str:
    """Return what something happens to where the record itself cannot be named."""
    if code in _OF_CERTIFICATES:
        return _("a certificate of %(person)s")
    return _("a level that this builds on") if code in _OF_LEVELS else _("a record")


def notice_text(rule: str, *, partner: str, designation: str, last_day: date | None) -> str:
    """Return a notice about a standing as one sentence."""
    day = date_format(last_day, "DATE_FORMAT") if last_day else ""
    values = {"partner": partner, "designation": designation, "last_day": day}
    return str(_NOTICES[rule]) % values


def summary_text(finding: Finding, cause: str = "", currency: str = "", unknown: str = "") -> str:
    """Return one sentence about a criterion today: met until when, or how much is missing, and why.

    ``cause`` is what happens next, as a clause; ``currency`` that of the sums it is about;
    ``unknown`` why it cannot be judged, if the caller knows.
    """
    met = finding.result is Result.MET
    gap = _gap_text(finding, currency, unknown)
    if finding.changes_on is None:
        return _("Met, with no end in sight.") if met else gap
    values = {
        "gap": gap,
        "through": date_format(finding.changes_on - timedelta(days=1), "DATE_FORMAT"),
        "day": date_format(finding.changes_on, "DATE_FORMAT"),
        "cause": cause,
    }
    if met:
        return _("Met through %(through)s; then %(cause)s.") % values
    return _("%(gap)s This changes by itself on %(day)s: %(cause)s.") % values


def unknown_text(finding: Finding, reasons: Collection[ReasonCode], answers: int = 0) -> str:
    """Return why a criterion cannot be judged; ``answers`` are needed before it is, if any."""
    if len(finding.counted) < answers:
        there = answers_text(finding, answers)
        return _("Too few answers to judge: %(answers)s.") % {"answers": there}
    causes = (
        (bool(finding.children), _("It depends on what cannot be judged below.")),
        (ReasonCode.PENDING_REVIEW in reasons, _("Something waits for review.")),
        (finding.kind == "decided_by_person", _("Nobody has decided about it yet.")),
        (
            ReasonCode.VERSION_UNKNOWN in reasons,
            _("The catalog does not say which version it is."),
        ),
        (
            ReasonCode.HOURS_UNKNOWN in reasons,
            _("The hours of a finished course are not recorded."),
        ),
        (bool(finding.counted), _("What is on record is not enough to tell.")),
    )
    found = (sentence for applies, sentence in causes if applies)
    return next(found, _("Nothing is on record by which it could be judged."))


def answers_text(finding: Finding, needed: int) -> str:
    """Return how many answers there are of those needed: "2 of 3 answers"."""
    text = ngettext("%(have)d of %(needed)d answer", "%(have)d of %(needed)d answers", needed)
    return text % {"have": len(finding.counted), "needed": needed}


def _gap_text(finding: Finding, currency: str, unknown: str) -> str:
    if finding.result is Result.CANNOT_BE_JUDGED:
        return unknown or _("Cannot be judged yet.")
    missing = missing_text(finding, currency)
    return _("%(missing)s.") % {"missing": missing} if missing else _("Not met.")


def problem_text(problem: Problem) -> str:
    """Return what is wrong at a place of a rules document."""
    params = {name: _place(value) for name, value in problem.params.items()}
    sentence = _(problem.sentence).format(**params)
    return f"{_place(problem.place)}: {sentence}" if problem.place else sentence


def _place(text: str) -> str:
    """Return a place of a document; the line of a text in the language of the moment."""
    found = _LINE.fullmatch(text)
    if found is None:
        return text
    if found["column"] is None:
        return _("line %(line)s") % found.groupdict()
    return _("line %(line)s, column %(column)s") % found.groupdict()
