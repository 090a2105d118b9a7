"""What follows if somebody or something falls away: the engine asked about what is not so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from accreditation.criteria.dependence import Loss, loss_of, single_points
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.records import Kin
from accreditation.criteria.verdicts import Finding
from accreditation.criteria.whatif import Subject, SubjectKind, ended, subject_of
from accreditation.models import Level
from accreditation.queries.explanations import Record, Teller
from accreditation.queries.facts import facts_for, looks_above, looks_around, looks_below
from accreditation.queries.facts.trees import relatives_of
from accreditation.queries.programs import InForce, programs_in_force, versions_ahead
from accreditation.queries.sharing import sharing_for
from accreditation.queries.through import Asking, Chain, built_below
from accreditation.queries.verdicts import facts_today
from accreditation.records import known_of
from partners.models import Employment, Partner
from partners.periods import end_after


@dataclass(frozen=True, slots=True)
class LostLevel:
    """A level met on the first day without somebody if they stay, and not if they leave.

    ``after`` is the level that is met then, None if none is. ``partner`` is the one that meets it:
    the employer, or one above or below it.
    """

    partner: Partner
    program: InForce
    before: Level
    after: Level | None


@dataclass(frozen=True, slots=True)
class ToldSubject:
    """A person, a customer or a record by name; ``record`` is None for the first two."""

    subject: Subject
    name: str
    record: Record | None


@dataclass(frozen=True, slots=True)
class Broken:
    """A criterion that would not be met any more, with its words."""

    finding: Finding
    label: Label | None


@dataclass(frozen=True, slots=True)
class ToldLoss:
    """What is met with somebody or something, what without, and which criteria break."""

    loss: Loss
    subjects: tuple[ToldSubject, ...]
    broken: tuple[Broken, ...]


@dataclass(frozen=True, slots=True)
class ToldDependence:
    """Single points of failure by name, the worst first; not ``complete``: there may be more.

    ``level`` is the one that is met, and lost without any of them.
    """

    level: str | None
    losses: tuple[ToldLoss, ...]
    complete: bool


def levels_lost(employment: Employment, last_day: date, today: date) -> list[LostLevel]:
    """Return what would no longer be met on the day after ``last_day``, or today if that is over.

    By the partner itself, in programs that build on what it loses, and by those above and below it
    that look at it. The same rules and facts as the verdict, so the same answer; nothing changes.
    """
    on = max(end_after(last_day), today)
    programs, partner = programs_in_force(on), employment.partner
    relatives = _looking(partner, programs)
    partners = [partner, *relatives]
    seen = {pk: around.kin for pk, around in relatives_of([one.pk for one in partners]).items()}
    known = facts_for([one.pk for one in partners], programs)
    kin, coming = (seen if relatives else None), versions_ahead(on)
    chain = Chain.of(partners, programs, known, today, kin=kin, coming=coming)
    gone = {pk: ended(one, str(employment.pk), end_after(last_day)) for pk, one in known.items()}
    without = chain.carried(gone)
    return [
        LostLevel(one, program, levels[before], levels[after] if after else None)
        for one in partners
        for program in programs
        if one == partner or _looks(program, programs)
        for before in [chain.judged(one, program, known[one.pk], on).level]
        for after in [chain.judged(one, program, without[one.pk], on).level]
        for levels in [program.levels]
        if before is not None and before != after
    ]


def _looks(program: InForce, programs: Collection[InForce]) -> bool:
    """Return whether a program looks at partners around, or builds on one that does."""
    return any(map(looks_around, [program, *built_below(program, programs)]))


def _looking(partner: Partner, programs: Collection[InForce]) -> list[Partner]:
    """Return the partners whose verdicts may depend on one: those above first, near ones first."""
    above, below = any(map(looks_below, programs)), any(map(looks_above, programs))
    if not (above or below):
        return []
    kin = relatives_of([partner.pk])[partner.pk].kin
    order = [
        *(reversed([pk for pk, one in kin.items() if above and one is Kin.ABOVE])),
        *(pk for pk, one in kin.items() if below and one is not Kin.ABOVE),
    ]
    found = Partner.objects.in_bulk(order)
    return [found[pk] for pk in order]


def single_points_of(
    partner: Partner, program: InForce, on: date, facts: PartnerFacts | None = None
) -> ToldDependence:
    """Return everybody and everything without which a partner loses the level it meets on a day.

    Judges some sixty times at most, from facts that are loaded once; ``facts`` are those, if the
    caller has them already.
    """
    known = facts_today(partner, on) if facts is None else facts
    sharing = sharing_for(partner, program, known, on)
    asking = Asking.of(partner, program, known, on, sharing)
    found = single_points(asking, known, on, behind=asking.behind())
    return ToldDependence(found.level, tuple(_told(program, known, found.losses)), found.complete)


class NotOnRecord(Exception):
    """Nothing with these ids is among the partner's facts: ``ids``."""

    def __init__(self, ids: Collection[str]) -> None:
        super().__init__(ids)
        self.ids = tuple(ids)


def loss_without(
    partner: Partner, program: InForce, ids: Collection[str], on: date, today: date
) -> ToldLoss:
    """Return what a partner loses if people or customers fall away, or single records do.

    ``ids`` are those of people, customers or records, also of partners below where their facts
    count; people stop working on that day, which is today or later.

    :raises NotOnRecord: for ids that the partner's facts do not know.
    """
    facts = facts_today(partner, on)
    subjects = _subjects(facts, ids)
    sharing = sharing_for(partner, program, facts, on)
    asking = Asking.of(partner, program, facts, today, sharing)
    loss = loss_of(asking, facts, subjects, on)
    [told] = _told(program, facts, [loss])
    return told


def _subjects(facts: PartnerFacts, ids: Collection[str]) -> list[Subject]:
    records = subject_of(facts)
    known = {one.id: one for one in records.values()}
    # A single record of a person or a customer may fall away without them.
    known |= {one: Subject(SubjectKind.RECORD, one) for one in records if one not in known}
    if missing := [one for one in ids if one not in known]:
        raise NotOnRecord(missing)
    return [known[one] for one in ids]


def _told(program: InForce, facts: PartnerFacts, losses: Collection[Loss]) -> list[ToldLoss]:
    subjects = {one for loss in losses for one in loss.subjects}
    teller = Teller.of(
        program,
        known_of(facts, {one.id for one in subjects if one.kind is SubjectKind.RECORD}),
        people={one.id for one in subjects if one.kind is SubjectKind.PERSON},
        customers={one.id for one in subjects if one.kind is SubjectKind.CUSTOMER},
    )
    return [
        ToldLoss(
            loss=loss,
            subjects=tuple(_named(one, teller) for one in loss.subjects),
            broken=tuple(Broken(one, teller.labels.get(one.key)) for one in loss.broken),
        )
        for loss in losses
    ]


def _named(subject: Subject, teller: Teller) -> ToldSubject:
    if subject.kind is SubjectKind.PERSON:
        return ToldSubject(subject, teller.names.people.get(subject.id, ""), None)
    if subject.kind is SubjectKind.CUSTOMER:
        return ToldSubject(subject, teller.names.customers.get(subject.id, ""), None)
    record = teller.record(subject.id, None)
    return ToldSubject(subject, record.title, record)
