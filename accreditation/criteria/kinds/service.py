"""When a person works for the partner in a way that a criterion asks for."""

from collections.abc import Iterator, Sequence
from datetime import date

from accreditation.criteria.facts import Employment
from accreditation.criteria.periods import Period, Periods, union
from accreditation.criteria.verdicts import ReasonCode


class Service:
    """One person's employments, seen by a filter of kinds and job roles; empty asks nothing.

    `periods` is when the person fits the filter, `days` are those on which any answer may change.
    """

    __slots__ = ("_employments", "_kinds", "_roles", "days", "periods")

    def __init__(
        self, employments: Sequence[Employment], kinds: frozenset[str], roles: frozenset[str]
    ) -> None:
        self._employments = employments
        self._kinds = kinds
        self._roles = roles
        self.periods: Periods = union(
            period
            for employment in employments
            if not kinds or employment.kind in kinds
            for period in self._in_role(employment)
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
        """Return why the filter does not fit the person, who is here on that day."""
        kinds = {employment.kind for employment in self._employments if day in employment.period}
        wrong_kind = self._kinds and not kinds & self._kinds
        return ReasonCode.WRONG_EMPLOYMENT_KIND if wrong_kind else ReasonCode.WRONG_JOB_ROLE

    def _days(self) -> Iterator[date]:
        for employment in self._employments:
            yield from employment.period.bounds()
            for spell in employment.roles:
                if spell.role in self._roles:
                    yield from spell.period.bounds()

    def _in_role(self, employment: Employment) -> list[Period]:
        if not self._roles:
            return [employment.period]
        spells = [one.period for one in employment.roles if one.role in self._roles]
        return [common for spell in spells if (common := spell & employment.period)]
