"""Verdicts of past days, in two readings: as known then, and as corrected since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.verdicts import Verdict
from accreditation.foresight import outlook_of
from accreditation.models import Evaluation, Level
from accreditation.queries.evaluations import verdict_of
from accreditation.queries.facts import facts_for
from accreditation.queries.programs import InForce, programs_in_force, rules_of
from accreditation.queries.sharing import sharing_for
from accreditation.queries.verdicts import NO_FACTS, judged
from accreditation.records import records_judged
from partners.models import Partner
from partners.queries.vendors import open_vendor

MOST_LOOKED_AT = 40
"""So many evaluations are judged again, the latest ones."""


class Reading(StrEnum):
    """How a past day is looked at."""

    KNOWN = "known"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class PastVerdict:
    """The verdict of one day; ``records`` is what the reading knows of the records it names.

    ``recorded_at`` is None where today's facts were judged by the rules of that day.
    """

    program: InForce
    on: date
    reading: Reading
    verdict: Verdict
    records: Mapping[str, Mapping[str, Any]]
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A stored evaluation, and the first of its days of which another level is said today."""

    evaluation: Evaluation
    day: date


def past_verdict(
    partner: Partner, program_key: str, on: date, reading: Reading
) -> PastVerdict | None:
    """Return the verdict of a day, None if nothing was known or no rules were in force then.

    *Known* is the stored evaluation that held at the end of that day, untouched by anything learned
    later. *Corrected* judges what is known today about that day.
    """
    if reading is Reading.KNOWN:
        return _as_known(partner, program_key, on)
    programs = programs_in_force(on)
    program = next((one for one in programs if one.program.key == program_key), None)
    if program is None:
        return None
    facts = _proved(partner, facts_for([partner.pk], programs)[partner.pk], on)
    verdict = judged(program, facts, on, sharing_for(partner, program, facts, on))
    return PastVerdict(program, on, reading, verdict, records_judged(verdict, facts), None)


def correction_of(partner: Partner, past: PastVerdict) -> PastVerdict | None:
    """Return the corrected reading of a day if it says another level than was known then.

    None: nothing learned since contradicts it, or it is a corrected reading itself.
    """
    if past.reading is Reading.CORRECTED:
        return None
    corrected = past_verdict(partner, past.program.program.key, past.on, Reading.CORRECTED)
    if corrected is None or corrected.verdict.level == past.verdict.level:
        return None
    return corrected


def overtaken(
    partner: Partner, program_key: str, today: date, facts: PartnerFacts | None = None
) -> list[Overtaken]:
    """Return the stored evaluations that today's knowledge contradicts before today.

    One holds until the next: today's knowledge of any of its days may say another level. Later
    knowledge changes no decision that was recorded: it asks somebody to look at it again. Of
    several evaluations of a day the last is looked at, of all days the latest ``MOST_LOOKED_AT``.
    The oldest first; a constant number of statements, and three for each day of a program with
    slots. ``facts`` are the partner's, if the caller has them already.
    """
    found = Evaluation.objects.filter(partner=partner, program__key=program_key)
    newest_first = found.select_related("program", "version").order_by("-recorded_at", "-id")
    latest = {one.judged_on: one for one in reversed(list(newest_first[:MOST_LOOKED_AT]))}
    if not latest:
        return []
    evaluations = list(latest.values())
    if facts is None:
        programs = programs_in_force(evaluations[-1].judged_on)
        facts = facts_for([partner.pk], programs)[partner.pk]
    ends = (*(later.judged_on for later in evaluations[1:]), today)
    days = [
        _contradicted_on(one, _again(partner, one, facts), end)
        for one, end in zip(evaluations, ends, strict=True)
    ]
    pairs = zip(evaluations, days, strict=True)
    return [Overtaken(one, day) for one, day in pairs if day is not None]


def _contradicted_on(evaluation: Evaluation, again: Verdict, end: date) -> date | None:
    """Return the first day before ``end`` on which the level is another one than was recorded."""
    recorded = verdict_of(evaluation).level
    levels = outlook_of(again, evaluation.judged_on)
    return next((one.day for one in levels if one.level != recorded and one.day < end), None)


def _again(partner: Partner, evaluation: Evaluation, facts: PartnerFacts) -> Verdict:
    """Return what an evaluation would say by what is known today."""
    on, version = evaluation.judged_on, evaluation.version
    program = InForce(evaluation.program, version, rules_of(version), {})
    known = _proved(partner, facts, on)
    return judged(program, known, on, sharing_for(partner, program, known, on))


def _proved(partner: Partner, facts: PartnerFacts, on: date) -> PartnerFacts:
    """Return what counts on a day: nothing once the partner had left the vendor's program."""
    return NO_FACTS if partner.ended_on is not None and partner.ended_on <= on else facts


def _as_known(partner: Partner, program_key: str, on: date) -> PastVerdict | None:
    zone = ZoneInfo(open_vendor().time_zone)
    next_day = datetime.combine(on + timedelta(days=1), time.min, tzinfo=zone)
    evaluation = (
        Evaluation.objects.filter(
            partner=partner, program__key=program_key, recorded_at__lt=next_day
        )
        .select_related("program", "version")
        .order_by("-recorded_at", "-id")
        .first()
    )
    if evaluation is None:
        return None
    version, program = evaluation.version, evaluation.program
    levels = {level.key: level for level in Level.objects.filter(program=program)}
    return PastVerdict(
        program=InForce(program, version, rules_of(version), levels),
        on=on,
        reading=Reading.KNOWN,
        verdict=verdict_of(evaluation),
        records=evaluation.records,
        recorded_at=evaluation.recorded_at,
    )
