"""What becomes of a partner's level if nobody does anything: the engine's forecast, with names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.forecast import Forecast, Link, Renewal, Step, forecast
from accreditation.criteria.kinds.criterion import Label
from accreditation.queries.explanations import ExplainedCause, Record, Teller
from accreditation.queries.programs import InForce
from accreditation.queries.sharing import sharing_for
from accreditation.queries.verdicts import facts_today, judged
from accreditation.records import known_of
from partners.models import Partner


@dataclass(frozen=True, slots=True)
class ToldLink:
    """One node of a chain of causes, with its words (None for a group without a key)."""

    link: Link
    label: Label | None


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A day on which the level changes, and why, from the level down to the record."""

    step: Step
    chain: tuple[ToldLink, ...]
    cause: ExplainedCause


@dataclass(frozen=True, slots=True)
class ToldRenewal:
    """The renewal that moves the lapse furthest, and the record it is about."""

    renewal: Renewal
    record: Record


@dataclass(frozen=True, slots=True)
class ToldForecast:
    """A forecast of one partner in one program, made on a day by the rules in force then."""

    program: InForce
    on: date
    forecast: Forecast
    steps: tuple[ToldStep, ...]
    renewal: ToldRenewal | None


def forecast_of(
    partner: Partner, program: InForce, on: date, facts: PartnerFacts | None = None
) -> ToldForecast:
    """Return what happens to the level that a partner meets, if no new fact comes.

    Judges some sixty times at most, from facts that are loaded once; ``facts`` are those, if the
    caller has them already.
    """
    known = facts_today(partner, on) if facts is None else facts
    sharing = sharing_for(partner, program, known, on)
    found = forecast(partial(judged, program, sharing=sharing), known, on)
    teller = Teller.of(program, known_of(known, _records(found)))
    return ToldForecast(
        program=program,
        on=on,
        forecast=found,
        steps=tuple(_told(one, teller) for one in found.steps),
        renewal=_renewal(found.renewal, teller) if found.renewal else None,
    )


def _records(found: Forecast) -> set[str]:
    renewed = {found.renewal.record} if found.renewal else set()
    return renewed | {step.cause.record for step in found.steps}


def _renewal(renewal: Renewal, teller: Teller) -> ToldRenewal:
    return ToldRenewal(renewal, teller.record(renewal.record, None))


def _told(step: Step, teller: Teller) -> ToldStep:
    return ToldStep(
        step=step,
        chain=tuple(ToldLink(one, teller.labels.get(one.after.key)) for one in step.chain),
        cause=teller.cause(step.cause),
    )
