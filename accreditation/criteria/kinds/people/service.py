"""When a person works for the partner as is asked."""

from collections.abc import Iterator, Sequence
from datetime import date

from accreditation.criteria.facts import Employment
from accreditation.criteria.kinds.working import Working
from accreditation.criteria.periods import Periods, intersect, union
from accreditation.criteria.verdicts import ReasonCode


class Service:
    """One person's employments, seen by how a criterion asks people to work.

    `periods` is when the person works like that, `days` are those on which any answer may change.
    """

    __slots__ = ("_asked", "_employments", "days", "periods")

    def __init__(self, employments: Sequence[Employment], asked: Working) -> None:
        self._employments = employments
        self._asked = asked
        self.periods: Periods = union(
            period
            for employment in employments
            if self._right(employment)
            for period in self._fitting(employment)
        )
        self.days = frozenset(self._days())

    def absence(self, day: date) -> ReasonCode | None:
        """Return why the person is not here at all on a day, None if they are."""
        started = False
        for employment in self._employments:
            if day in employment.period:
                return None
            started = started or employment.period.start <= day
        if not self._employments:
            return ReasonCode.NOT_EMPLOYED
        return ReasonCode.PERSON_LEFT if started else ReasonCode.PERSON_NOT_STARTED

    def misfit(self, day: date) -> ReasonCode:
        """Return why a person who is here on that day does not work as is asked."""
        here = [one for one in self._employments if day in one.period and self._right_kind(one)]
        if not here:
            return ReasonCode.WRONG_EMPLOYMENT_KIND
        timed = [one for one in here if self._enough_time(one)]
        if not timed:
            known = any(one.working_time is not None for one in here)
            return ReasonCode.TOO_LITTLE_WORKING_TIME if known else ReasonCode.WORKING_TIME_UNKNOWN
        here = [one for one in timed if any(day in period for period in self._in_role(one))]
        if not here:
            return ReasonCode.WRONG_JOB_ROLE
        placed = any(day in spell.period for one in here for spell in one.places)
        return ReasonCode.WRONG_REGION if placed else ReasonCode.PLACE_UNKNOWN

    def placed(self) -> Periods:
        """Return when it is known where the person works, in an employment that is right else."""
        return union(
            period
            for one in self._employments
            if self._right(one)
            for period in intersect(self._in_role(one), union(spell.period for spell in one.places))
        )

    def _days(self) -> Iterator[date]:
        for employment in self._employments:
            yield from employment.period.bounds()
            for spell in employment.roles:
                if spell.role in self._asked.job_roles:
                    yield from spell.period.bounds()
            if self._asked.asks_place:
                for place in employment.places:
                    yield from place.period.bounds()

    def _right(self, employment: Employment) -> bool:
        return self._right_kind(employment) and self._enough_time(employment)

    def _right_kind(self, employment: Employment) -> bool:
        return not self._asked.employment or employment.kind in self._asked.employment

    def _enough_time(self, employment: Employment) -> bool:
        least = self._asked.working_time
        return least is None or (employment.working_time or 0) >= least

    def _fitting(self, employment: Employment) -> Periods:
        """Return when an employment has one of the roles, in one of the places."""
        in_role = self._in_role(employment)
        if not self._asked.asks_place:
            return in_role
        fitting = union(one.period for one in employment.places if self._asked.fits(one))
        return intersect(in_role, fitting)

    def _in_role(self, employment: Employment) -> Periods:
        whole = (employment.period,)
        if not self._asked.job_roles:
            return whole
        wanted = (one.period for one in employment.roles if one.role in self._asked.job_roles)
        return intersect(whole, union(wanted))
