"""Standings and awards follow the verdict: one step after the other, each with its trace."""

from __future__ import annotations

from datetime import date

from accreditation.award_numbers import new_award_number
from accreditation.criteria.periods import DAY, earliest
from accreditation.criteria.settings import Granting
from accreditation.criteria.verdicts import Verdict
from accreditation.enums import AwardEnd
from accreditation.foresight import Position
from accreditation.models import Accreditation, Award, Evaluation, Level, StandingChange
from accreditation.operations.alerts import News, Rule
from accreditation.operations.ledger import Ledger
from accreditation.queries.programs import InForce
from accreditation.standing import Because, Move, Standing, level_moves, next_standing
from partners.enums import PartnerState
from partners.models import Partner
from partners.periods import months_after

LEVEL_CHANGED = "level_changed"
"""Why a change is recorded that moves the level and not the standing."""

AWARD_EXTENDED = "award_extended"
"""Why a change is recorded that moves nothing but the award's end."""

_RULES = {
    Because.LEVEL_MET: Rule.GRANTED,
    Because.NO_LEVEL_MET: Rule.GRACE_STARTED,
    Because.AWARD_ENDED: Rule.GRACE_STARTED,
    Because.MET_AGAIN_IN_GRACE: Rule.REINSTATED,
    Because.GRACE_ENDED: Rule.LAPSED,
}


class Case:
    """One partner in one program on one day, while its standing and its award move."""

    def __init__(
        self,
        *,
        partner: Partner,
        program: InForce,
        accreditation: Accreditation | None,
        award: Award | None,
        evaluation: Evaluation,
        verdict: Verdict,
        award_prefix: str,
        ledger: Ledger,
    ) -> None:
        self.partner = partner
        self.program = program
        self.accreditation = accreditation
        self.is_known = accreditation is not None
        self.award = award
        self.evaluation = evaluation
        self.verdict = verdict
        self.award_prefix = award_prefix
        self.ledger = ledger
        self.moment = ledger.moment
        self.settings = program.rules.settings
        # What an award that ends leaves open, or a grace that ends well, is open that whole day.
        self.moves_freely = partner.state != PartnerState.ACTIVE

    @property
    def level(self) -> Level | None:
        """The level that is held now."""
        return self.accreditation.level if self.accreditation else None

    @property
    def position(self) -> Position:
        """Where the partner stands now."""
        if self.accreditation is None:
            return Position()
        return Position(
            standing=Standing(self.accreditation.standing),
            level=self.level.key if self.level else None,
            ends_on=self.award.ends_on if self.award else None,
            grace_ends_on=self.accreditation.grace_ends_on,
        )

    @property
    def award_is_new(self) -> bool:
        """Whether what is held was granted today."""
        return self.award is not None and self.award.granted_on == self.moment.on

    def follow(self) -> date | None:
        """Move the standing, then the level, as far as the verdict and the day carry them.

        Returns the first later day on which time alone moves them again: the end of the grace or
        of the award, both exclusive, or a review; None if there is none.
        """
        self._extend_award()
        while self._step():
            pass
        self._follow_level()
        grace_ends_on = self.accreditation.grace_ends_on if self.accreditation else None
        award_ends_on = self.award.ends_on if self.award else None
        # An award that ran out in grace waits for nothing but the end of the grace.
        waiting = award_ends_on if award_ends_on and award_ends_on > self.moment.on else None
        return earliest(grace_ends_on, waiting, self._reviewed_on())

    def _reviewed_on(self) -> date | None:
        """Return the next review day on which the level held gives way to what is met today."""
        held = self.level
        if held is None or self.accreditation is None:
            return None
        if self.accreditation.standing != Standing.ACCREDITED or self._met_rank == held.rank:
            return None
        days = self.settings.up if self._met_rank > held.rank else self.settings.down
        return days.next_from(self.moment.on + DAY)

    def _extend_award(self) -> None:
        """Give an award the end that the program has set for all that would end in some days."""
        award = self.award
        if award is None or award.ends_on is None or self.accreditation is None:
            return
        ends_on = self.settings.extended(award.ends_on)
        if ends_on != award.ends_on:
            award.ends_on = ends_on
            self.ledger.extended.append(award)
            self._trace(AWARD_EXTENDED, self.accreditation.standing, self.accreditation.level)

    def _step(self) -> bool:
        """Make one move of the transition table; return whether there was one."""
        move = self._next()
        if move.because is not None:
            self._move(move, move.because)
        if move.new_award:
            self._renew_or_grant()
        elif move.standing is Standing.LAPSED:
            self._end_award(AwardEnd.LAPSED)
        return move.because is not None or move.new_award

    def _next(self) -> Move:
        ends_on = self.award.ends_on if self.award else None
        ended = ends_on is not None and ends_on <= self.moment.on
        grace_ends_on = self.accreditation.grace_ends_on if self.accreditation else None
        # Leaving the vendor's program leaves no grace, and ends one that runs.
        stays = self.partner.state == PartnerState.ACTIVE
        return next_standing(
            Standing(self.accreditation.standing) if self.accreditation else None,
            met=self._met_rank > 0,
            award_ended=ended,
            automatic=self.settings.award is Granting.AUTOMATIC,
            grace_days=self.settings.grace_days if stays else 0,
            grace_ends_on=grace_ends_on if stays else self.moment.on,
            on=self.moment.on,
            may_fall=ended or not stays or self.moment.on in self.settings.down,
            renewable_until=self.settings.renewable_until(ends_on) if ends_on and stays else None,
        )

    def _move(self, move: Move, because: Because) -> None:
        before = self.accreditation
        held = before.level if before else None
        from_standing = before.standing if before else ""
        after = before or Accreditation(partner=self.partner, program=self.program.program)
        after.standing = move.standing.value
        after.standing_since = self.moment.on
        after.grace_ends_on = move.grace_ends_on
        if move.standing in {Standing.LAPSED, Standing.IN_PROGRESS}:
            after.level = None
        elif held is None:
            after.level = self._reached
        self.moves_freely |= because is Because.MET_AGAIN_IN_GRACE
        self.accreditation = after
        (self.ledger.moved if before else self.ledger.started).append(after)
        self._trace(because.value, from_standing, held)
        if because is not Because.ENROLLED:
            lapsed = move.standing is Standing.LAPSED
            self._tell(Rule.LAPSED if lapsed else _RULES[because], after.level or held)

    def _follow_level(self) -> None:
        """Change the level where another one is met than the award says, if it moves that day."""
        accreditation, award = self.accreditation, self.award
        if accreditation is None or award is None or not self._met_rank:
            return
        if accreditation.standing != Standing.ACCREDITED or award.level_id == self._reached.pk:
            return
        moves = self.moves_freely or level_moves(
            self._held.rank,
            self._met_rank,
            may_rise=self.moment.on in self.settings.up,
            may_fall=self.moment.on in self.settings.down,
        )
        if moves:
            self._end_award(AwardEnd.LEVEL_CHANGED)
            self._take_level(accreditation)
            self._grant(ends_on=award.ends_on)

    def _take_level(self, accreditation: Accreditation) -> None:
        """Hold the level that is met instead of the one before."""
        held, accreditation.level = accreditation.level, self._reached
        self.ledger.moved.append(accreditation)
        self._trace(LEVEL_CHANGED, accreditation.standing, held)
        self._tell(Rule.LEVEL_CHANGED, self._reached)

    def _renew_or_grant(self) -> None:
        """Grant a first award, or one that takes over where the old one ended."""
        old, term = self.award, self.settings.term_months
        if old is None or self.accreditation is None:
            self._grant(ends_on=None if term is None else months_after(self.moment.on, term))
            return
        self._end_award(AwardEnd.RENEWED)
        if self._held != self._reached:
            self._take_level(self.accreditation)
        self._grant(ends_on=self.settings.renewed(old.ends_on or self.moment.on, self.moment.on))
        self._tell(Rule.RENEWED, self._held)

    def _grant(self, *, ends_on: date | None) -> None:
        self.award = Award(
            number=new_award_number(self.award_prefix),
            accreditation=self.accreditation,
            level=self._held,
            version=self.program.version,
            evaluation=self.evaluation,
            granted_on=self.moment.on,
            ends_on=ends_on,
            decided_by_kind=self.moment.by.kind,
            decided_by=self.moment.by.id,
        )
        self.ledger.granted.append(self.award)

    def _end_award(self, reason: AwardEnd) -> None:
        if self.award is None:
            return
        self.award.ended_on = self.moment.on
        self.award.end_reason = reason
        self.ledger.ended.append(self.award)
        self.award = None

    def _trace(self, because: str, from_standing: str, from_level: Level | None) -> None:
        assert self.accreditation is not None
        self.ledger.changes.append(
            StandingChange(
                accreditation=self.accreditation,
                on=self.moment.on,
                recorded_at=self.moment.now,
                from_standing=from_standing,
                to_standing=self.accreditation.standing,
                because=because,
                from_level=from_level,
                to_level=self.accreditation.level,
                evaluation=self.evaluation,
                actor_kind=self.moment.by.kind,
                actor_id=self.moment.by.id,
            )
        )

    def _tell(self, rule: Rule, level: Level | None) -> None:
        assert self.accreditation is not None
        self.ledger.news.append(News(rule, self.accreditation, level))

    @property
    def _met_rank(self) -> int:
        """The rank of the highest level met, 0 if none is, or the partner left."""
        stays = self.partner.state == PartnerState.ACTIVE
        return self._reached.rank if self.verdict.met and stays else 0

    @property
    def _reached(self) -> Level:
        """The highest level met; asked only where one is."""
        assert self.verdict.level is not None
        return self.program.levels[self.verdict.level]

    @property
    def _held(self) -> Level:
        assert self.accreditation is not None
        assert self.accreditation.level is not None
        return self.accreditation.level
