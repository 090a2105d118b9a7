"""What becomes of a partner's level if nobody does anything: the engine's forecast, with names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.forecast import Forecast, Link, Renewal, Step, forecast, latest_step
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.records import Kin
from accreditation.criteria.verdicts import CauseCode, Outlook
from accreditation.foresight import Position
from accreditation.queries.explanations import ExplainedCause, Record, Teller
from accreditation.queries.lives import first_loss
from accreditation.queries.programs import InForce, versions_ahead
from accreditation.queries.sharing import sharing_for
from accreditation.queries.through import Asking
from accreditation.queries.verdicts import facts_today
from accreditation.records import known_of
from partners.models import Partner

OF_LEVELS = frozenset({CauseCode.LEVEL_LOST, CauseCode.LEVEL_REACHED})
"""Causes that have a cause of their own, in another program."""


@dataclass(frozen=True, slots=True)
class ToldLink:
    """One node of a chain of causes, with its words (None for a group without a key)."""

    link: Link
    label: Label | None


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A day on which the level changes, and why, from the level down to the record.

    ``behind`` is the change in another program that the record is about: why it is lost or reached.
    ``program`` is that by the rules in force on the day.
    """

    program: InForce
    step: Step
    chain: tuple[ToldLink, ...]
    cause: ExplainedCause
    behind: ToldStep | None = None

    def all_behind(self) -> Iterator[ToldStep]:
        """Yield the changes in other programs that lead here, the nearest first."""
        if self.behind is not None:
            yield self.behind
            yield from self.behind.all_behind()


@dataclass(frozen=True, slots=True)
class ToldRenewal:
    """The renewal that moves the lapse furthest, and the record it is about."""

    renewal: Renewal
    record: Record


@dataclass(frozen=True, slots=True)
class ToldVersion:
    """A version that comes into force on a day, and the level that is met by it that day."""

    program: InForce
    day: date
    level: str | None


@dataclass(frozen=True, slots=True)
class ToldForecast:
    """A forecast of one partner in one program, made on a day by the rules in force then.

    ``replaced`` are the versions that come into force later, each day judged by what is in force.
    ``held`` is the level that is held from each day on: a grace, a review or a late renewal may
    keep what is met no more.
    """

    program: InForce
    on: date
    forecast: Forecast
    steps: tuple[ToldStep, ...]
    renewal: ToldRenewal | None
    replaced: tuple[ToldVersion, ...] = ()
    held: tuple[Outlook, ...] = ()

    @property
    def lost_on(self) -> date | None:
        """Return the first day on which less is held than today; None: it stays, or none is."""
        return first_loss(self.held, [self.program, *(one.program for one in self.replaced)])


def forecast_of(
    partner: Partner,
    program: InForce,
    on: date,
    facts: PartnerFacts | None = None,
    position: Position | None = None,
) -> ToldForecast:
    """Return what happens to the level that a partner meets, if no new fact comes.

    Judges some sixty times at most, from facts that are loaded once; ``facts`` are those
    and ``position`` where the partner stands, if the caller has them already.
    """
    known = facts_today(partner, on) if facts is None else facts
    ahead = versions_ahead(on, program.program.key)
    sharing = sharing_for(partner, program, known, on, ahead)
    asking = Asking.of(partner, program, known, on, sharing, ahead=ahead, position=position)
    found = forecast(
        asking,
        known,
        on,
        behind=asking.behind(),
        replaced_on=asking.replaced_on,
        phases=asking.phases,
    )
    teller = Teller.of(program, known_of(known, _records(found)))
    return ToldForecast(
        program=program,
        on=on,
        forecast=found,
        steps=tuple(_told(one, teller, asking, on) for one in found.steps),
        renewal=_renewal(found.renewal, teller) if found.renewal else None,
        replaced=tuple(
            ToldVersion(version, one.day, one.level)
            for version, one in zip(ahead, found.replaced, strict=True)
        ),
        held=asking.held(),
    )


def _records(found: Forecast) -> set[str]:
    renewed = {found.renewal.record} if found.renewal else set()
    return renewed | {step.cause.record for step in found.steps}


def _renewal(renewal: Renewal, teller: Teller) -> ToldRenewal:
    return ToldRenewal(renewal, teller.record(renewal.record, None))


def _told(step: Step, teller: Teller, asking: Asking, on: date) -> ToldStep:
    program = asking.in_force(step.day)
    labels = {label.key: label for label in program.rules.labels()}
    return ToldStep(
        program=program,
        step=step,
        chain=tuple(ToldLink(one, labels.get(one.after.key)) for one in step.chain),
        cause=teller.cause(step.cause),
        behind=_behind(step, asking, on),
    )


def _behind(step: Step, asking: Asking, on: date) -> ToldStep | None:
    """Return the change below that makes a level of the partner's own be lost or reached."""
    if step.cause.code not in OF_LEVELS:
        return None
    held = (one for one in asking.facts.held_levels if one.id == step.cause.record)
    record = next((one for one in held if one.kin is Kin.SELF), None)
    lower = asking.lower(record.program) if record else None
    if lower is None:
        return None
    moved = latest_step(
        lower, lower.facts, on, step.day, replaced_on=lower.replaced_on, phases=lower.phases
    )
    if moved is None:
        return None
    teller = Teller.of(lower.program, known_of(lower.facts, {moved.cause.record}))
    return _told(moved, teller, lower, on)
