"""The import of people: who works for whom and where, since when and in which job roles.

A row is one employment, known by the person's address, the partner and the first day. What the file
leaves empty it does not speak about: an employment on record keeps it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_noop as _

from partners.enums import EmploymentKind
from partners.imports import cells
from partners.imports.importer import Change, ImportContext, Importer, Planned
from partners.imports.partners import NamedPartners
from partners.imports.problems import Problem
from partners.imports.rows import read_each
from partners.imports.table import Column, Row
from partners.models import Employment, JobRole, Partner, Person
from partners.operations.employments import (
    EmploymentCorrection,
    NewEmployment,
    correct_employments,
    record_employments,
    record_people,
    rename_people,
)
from partners.operations.job_roles import NewRoles
from partners.operations.people import check_period
from partners.operations.places import MOST_REGION, Place
from partners.periods import end_after, last_day
from partners.queries.employments import employments_of, people_with
from partners.queries.people import place_on
from partners.refusals import CannotRecord
from partners.rules import Permission, can


@dataclass(slots=True)
class Stay:
    """Days of a person at a partner, as the file read so far leaves them; the end is exclusive.

    ``partner`` is its name, empty if whoever imports may not see it. ``row`` is the line that said
    so, None for what is on record.
    """

    partner_id: UUID
    partner: str
    started_on: date
    ended_on: date | None
    counts: bool
    row: int | None = None

    def same(self, other: Stay) -> bool:
        """Return whether the two are one employment."""
        return (self.partner_id, self.started_on) == (other.partner_id, other.started_on)

    def collides(self, other: Stay) -> bool:
        """Return whether the person would count twice on some day."""
        return (
            (self.counts and other.counts)
            and (other.ended_on is None or self.started_on < other.ended_on)
            and (self.ended_on is None or other.started_on < self.ended_on)
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What is on record about the rows of one batch."""

    people: dict[str, Person]
    employments: dict[UUID, list[Employment]]

    def of(self, email: str) -> list[Employment]:
        """Return the employments on record of the person with the address."""
        person = self.people.get(email)
        return [] if person is None else self.employments.get(person.pk, [])


@dataclass(frozen=True, slots=True)
class Writing:
    """What a row writes: a new employment, or a correction of one on record."""

    partner: Partner
    job_roles: tuple[JobRole, ...]
    place: Place | None
    correction: EmploymentCorrection | None = None


@dataclass(frozen=True, slots=True)
class Right:
    """What a row says of an employment on record; None keeps the job roles and the place it has.

    Days gone by stay as they were; an employment that is over is not touched.
    """

    employment: Employment
    ended_on: date | None
    job_roles: tuple[JobRole, ...] | None
    place: Place | None

    def new_roles(self, day: date) -> NewRoles | None:
        """Return the job roles to hold from a day on, None if they are held already."""
        if self.job_roles is None or self._is_over(day):
            return None
        held = {
            role.job_role_id
            for role in self.employment.roles.all()
            if role.started_on <= day and (role.ended_on is None or day < role.ended_on)
        }
        same = held == {role.pk for role in self.job_roles}
        return None if same else NewRoles(self.job_roles, day)

    def new_place(self, day: date) -> tuple[Place, date] | None:
        """Return where the person works from a day on, None if that is on record already.

        A country without a region keeps the region within it.
        """
        if self.place is None or self._is_over(day):
            return None
        now = place_on(self.employment, day)
        known = Place.of(now) if now else None
        kept = known and replace(self.place, region=self.place.region or known.region)
        return None if kept and kept == known else (self.place, day)

    def _is_over(self, day: date) -> bool:
        return self.ended_on is not None and self.ended_on <= day


class PeopleReading:
    """One way through a file of people; remembers where it placed whom."""

    def __init__(self, context: ImportContext) -> None:
        self._context = context
        self._job_roles = {role.key: role for role in JobRole.objects.all()}
        self._partners = NamedPartners(context.by)
        self._stays: dict[str, list[Stay]] = {}

    def plan(self, rows: Sequence[Row]) -> list[Planned | Problem]:
        """Return for every row what it changes or why it cannot, in a fixed number of queries."""
        self._partners.meet(rows)
        people = people_with(row.cells["email"] for row in rows)
        known = Known(people, employments_of(people.values()))
        return read_each(rows, lambda row: self._plan(row, known))

    def write(self, planned: Sequence[Planned]) -> None:
        """Write the rows: corrections before beginnings, so that people can move."""
        by, now = self._context.by, self._context.now
        partners = list({each.write.partner.pk: each.write.partner for each in planned}.values())
        names = {each.row.cells["email"]: each.row.cells["name"] for each in planned}
        people = record_people(names, partners=partners, by=by, now=now)
        renamed = {
            people[email]: name for email, name in names.items() if people[email].name != name
        }
        rename_people(renamed, partners=partners, by=by, now=now)
        corrections = [each.write.correction for each in planned if each.write.correction]
        correct_employments(corrections, by=by, now=now)
        new = [_new(each, people) for each in planned if each.change == Change.NEW]
        record_employments(new, by=by, now=now)

    def _plan(self, row: Row, known: Known) -> Planned:
        partner = self._partners.of(row)
        job_roles, place = self._named_roles(row), _named_place(row)
        since = row.cells["started_on"]
        held = known.of(row.cells["email"])
        current = next(
            (each for each in held if (each.partner_id, each.started_on) == (partner.pk, since)),
            None,
        )
        ended_on = end_after(row.cells.get("valid_through"))
        if current is not None and ended_on is None:
            ended_on = current.ended_on
        check_period(partner, since, ended_on)
        counts = current is None or current.counts
        self._place(row, Stay(partner.pk, partner.name, since, ended_on, counts, row.number), known)
        if current is None:
            return Planned(row, Change.NEW, Writing(partner, job_roles or (), place))
        return self._compare(row, Right(current, ended_on, job_roles, place), known)

    def _named_roles(self, row: Row) -> tuple[JobRole, ...] | None:
        """Return the job roles the row names, None if it names none."""
        keys = row.cells.get("job_roles", ())
        if unknown := [key for key in keys if key not in self._job_roles]:
            raise CannotRecord(
                "job_roles",
                _("“%(text)s” is not one of your job roles: %(known)s."),
                text=unknown[0],
                known=", ".join(sorted(self._job_roles)) or "-",
            )
        return tuple(self._job_roles[key] for key in keys) or None

    def _place(self, row: Row, stay: Stay, known: Known) -> None:
        """Remember the stay, unless the person is elsewhere on one of its days."""
        email = row.cells["email"]
        person = known.people.get(email)
        # Two addresses of one merged person are one person here too.
        stays = self._stays.setdefault(
            email if person is None else person.email,
            [self._stay(employment) for employment in known.of(email)],
        )
        own = next((other for other in stays if other.same(stay)), None)
        if own is not None and own.row is not None:
            raise CannotRecord(
                "",
                _("Row %(row)s says this already: same person, partner and first day."),
                row=own.row,
            )
        other = next((each for each in stays if each is not own and each.collides(stay)), None)
        if other is not None:
            raise _elsewhere(other)
        self._stays[email if person is None else person.email] = [
            *(each for each in stays if each is not own),
            stay,
        ]

    def _stay(self, employment: Employment) -> Stay:
        visible = can(self._context.by, Permission.PEOPLE_VIEW, employment.partner)
        return Stay(
            employment.partner_id,
            employment.partner.name if visible else "",
            employment.started_on,
            employment.ended_on,
            employment.counts,
        )

    def _compare(self, row: Row, right: Right, known: Known) -> Planned:
        current = right.employment
        kind = row.cells.get("employment_kind", EmploymentKind(current.kind))
        time = row.cells.get("working_time", current.working_time)
        day = max(self._context.today, current.started_on)
        roles, place = right.new_roles(day), right.new_place(day)
        correction = None
        now = (current.kind, current.working_time, current.ended_on)
        same = now == (kind, time, right.ended_on)
        if not same or roles or place:
            correction = EmploymentCorrection(current, kind, right.ended_on, time, roles, place)
        renamed = known.people[row.cells["email"]].name != row.cells["name"]
        change = Change.CHANGED if correction or renamed else Change.UNCHANGED
        return Planned(row, change, Writing(current.partner, (), None, correction))


def _named_place(row: Row) -> Place | None:
    """Return the place the row names, None if it names none."""
    country, region = row.cells.get("country", ""), row.cells.get("region", "")
    if not country and not region:
        return None
    place = Place(country, region)
    place.check()
    return place


def _new(planned: Planned, people: dict[str, Person]) -> NewEmployment:
    values = planned.row.cells
    return NewEmployment(
        person=people[values["email"]],
        partner=planned.write.partner,
        started_on=values["started_on"],
        kind=values.get("employment_kind", EmploymentKind.EMPLOYEE),
        working_time=values.get("working_time"),
        valid_through=values.get("valid_through"),
        job_roles=planned.write.job_roles,
        place=planned.write.place,
    )


def _elsewhere(other: Stay) -> CannotRecord:
    if not other.partner:
        return CannotRecord(
            "started_on", _("This person counts for another partner on these days.")
        )
    until = last_day(other.ended_on)
    if until is None:
        return CannotRecord(
            "started_on",
            _("This person counts for %(partner)s from %(day)s. A row that ends that comes first."),
            partner=other.partner,
            day=other.started_on,
        )
    return CannotRecord(
        "started_on",
        _("This person counts for %(partner)s from %(day)s through %(until)s."),
        partner=other.partner,
        day=other.started_on,
        until=until,
    )


PEOPLE = Importer(
    kind="people",
    permission=Permission.PEOPLE_EDIT,
    columns=(
        Column("email", cells.email, required=True),
        Column("name", cells.text(200), required=True),
        Column("partner", cells.text(80), required=True),
        Column("employment_kind", cells.one_of(EmploymentKind)),
        Column("working_time", cells.percent),
        Column("started_on", cells.day, required=True),
        Column("valid_through", cells.day),
        Column("job_roles", cells.keys),
        Column("country", cells.code(2)),
        Column("region", cells.text(MOST_REGION)),
    ),
    begin=PeopleReading,
)
