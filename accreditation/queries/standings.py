"""Where partners stand: one row a program, with the verdict behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from accreditation.criteria.periods import DAY, Period, earliest
from accreditation.criteria.verdicts import LevelVerdict, Result, Verdict
from accreditation.enums import ProgramKind
from accreditation.foresight import Position
from accreditation.models import Accreditation, Award, Evaluation, Level
from accreditation.queries.evaluations import latest_evaluations, verdict_of
from accreditation.queries.programs import InForce, programs_in_force
from accreditation.standing import Standing
from partners.models import Partner

AT_RISK_DAYS = 90


@dataclass(frozen=True, slots=True)
class ProgramStanding:
    """One partner in one program: what it holds, what was found, what comes next."""

    program: InForce
    on: date
    accreditation: Accreditation | None
    award: Award | None
    evaluation: Evaluation | None
    verdict: Verdict | None

    @property
    def standing(self) -> Standing | None:
        """Return the standing; None is "not started"."""
        return Standing(self.accreditation.standing) if self.accreditation else None

    @property
    def position(self) -> Position:
        """Return where the partner stands, as what is foreseen begins with it."""
        if self.accreditation is None:
            return Position()
        return Position(
            standing=self.standing,
            level=self.level.key if self.level else None,
            ends_on=self.award.ends_on if self.award else None,
            grace_ends_on=self.accreditation.grace_ends_on,
        )

    @property
    def holds(self) -> bool:
        """Return whether a level is held today, grace included."""
        return self.standing in {Standing.ACCREDITED, Standing.IN_GRACE}

    @property
    def is_tier(self) -> bool:
        """Return whether this is the commercial tier and so no accreditation."""
        return self.program.program.kind == ProgramKind.TIER

    @property
    def level(self) -> Level | None:
        """Return the level held."""
        return self.accreditation.level if self.accreditation else None

    @property
    def _found(self) -> LevelVerdict | None:
        """Return the verdict for the level held; None: the rules in force do not have it."""
        if self.verdict is None or self.level is None:
            return None
        held = self.level.key
        return next((one for one in self.verdict.levels if one.level == held), None)

    @property
    def falls_on(self) -> date | None:
        """Return the first day on which the level held is met no more, if nothing new comes."""
        found = self._found if self.holds else None
        return found.changes_on if found is not None and found.met else None

    @property
    def taken_on(self) -> date | None:
        """Return the review that takes a level which is held and met no more; None: none does.

        That is a review day of the program, or the end of the award.
        """
        if self.standing is not Standing.ACCREDITED or self.verdict is None or self.level is None:
            return None
        if self._found is not None and self._found.met:
            return None
        ends_on = self.award.ends_on if self.award else None
        return earliest(self.program.rules.settings.down.next_from(self.on + DAY), ends_on)

    @property
    def lost_on(self) -> date | None:
        """Return the first later day on which less is held, as foreseen when it was judged.

        Also where a renewal would fail or a version that comes asks more.
        """
        lost_on = self.accreditation.lost_on if self.accreditation and self.holds else None
        return lost_on if lost_on is not None and lost_on > self.on else None

    @property
    def moves_on(self) -> date | None:
        """Return the next day on which anything here changes by itself; None: none is known."""
        grace_ends_on = self.accreditation.grace_ends_on if self.accreditation else None
        ends_on = self.award.ends_on if self.award and self.holds else None
        review_on = self.evaluation.review_on if self.evaluation else None
        days = (review_on, grace_ends_on, ends_on, self.taken_on)
        return earliest(*(day for day in days if day is not None and day > self.on))

    @property
    def renewal(self) -> Period | None:
        """Return the days in which the award is renewed, if today is one of them."""
        if not self.holds or self.award is None or self.award.ends_on is None:
            return None
        window = self.program.rules.settings.renewal_window(self.award.ends_on)
        return window if window is not None and self.on in window else None

    @property
    def at_risk(self) -> bool:
        """Return whether the level held is lost within 90 days if nothing new comes."""
        lost_on = earliest(self.falls_on, self.taken_on, self.lost_on)
        soon = lost_on is not None and lost_on <= self.on + timedelta(days=AT_RISK_DAYS)
        return soon or self.standing is Standing.IN_GRACE

    @property
    def aimed_at(self) -> LevelVerdict | None:
        """Return the verdict for the level to look at: the next one up, else the one held."""
        if self.verdict is None:
            return None
        missing = [one for one in self.verdict.levels if one.result is not Result.MET]
        return missing[0] if missing else self.verdict.levels[-1]


def standings_of(partner: Partner, on: date) -> list[ProgramStanding]:
    """Return the partner's standing in every program in force, in the programs' order."""
    return standings_of_all([partner], on)[partner.pk]


def standing_in(partner: Partner, program_key: str, on: date) -> ProgramStanding | None:
    """Return the partner's standing in one program, None if no such program is in force."""
    return next(
        (one for one in standings_of(partner, on) if one.program.program.key == program_key), None
    )


def standings_of_all(partners: Iterable[Partner], on: date) -> dict[UUID, list[ProgramStanding]]:
    """Return the standings of many partners with a constant number of statements."""
    wanted = [partner.pk for partner in partners]
    programs = programs_in_force(on)
    evaluations = latest_evaluations(wanted)
    accreditations = {
        (one.partner_id, one.program_id): one
        for one in Accreditation.objects.filter(partner__in=wanted).select_related("level")
    }
    awards = {
        one.accreditation_id: one
        for one in Award.objects.filter(
            accreditation__partner__in=wanted, ended_on=None
        ).select_related("level")
    }
    found: defaultdict[UUID, list[ProgramStanding]] = defaultdict(list)
    for pk in wanted:
        for program in programs:
            pair = (pk, program.program.pk)
            accreditation, evaluation = accreditations.get(pair), evaluations.get(pair)
            found[pk].append(
                ProgramStanding(
                    program=program,
                    on=on,
                    accreditation=accreditation,
                    award=awards.get(accreditation.pk) if accreditation else None,
                    evaluation=evaluation,
                    verdict=verdict_of(evaluation) if evaluation else None,
                )
            )
    return found
