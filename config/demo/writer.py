"""Writes the demo's facts through operations, in the order in which they happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import groupby
from pathlib import Path

from accreditation.criteria.yaml_source import load_yaml
from accreditation.operations.programs import draft_version, publish_version
from accreditation.operations.replay import begin, happened, live_until
from config.demo.companies import Company
from config.demo.names import people
from enablement.models import Certification
from enablement.operations.certificates import NewCertificate, record_certificates
from partners.enums import MembershipRole
from partners.models import Employment, JobRole, Membership, Partner, Person, User
from partners.operations.access import add_member, create_user
from partners.operations.partners import add_location, create_partner
from partners.operations.people import end_employment, record_employment, record_person
from partners.rules import SYSTEM

PASSWORD = "laurel-demo-2026"  # noqa: S105  (printed at the start of the demo, on this machine only)
MAIL_DOMAIN = "demo.laurel.example"


Event = tuple[datetime, int, Callable[[], object]]
"""When something happened, its number among those that were planned, and what writes it."""


def at(day: date, hour: int = 12) -> datetime:
    """Return a moment of a day that is the same calendar day in every zone of the demo."""
    return datetime.combine(day, time(hour), tzinfo=UTC)


@dataclass(slots=True)
class Timeline:
    """What happened, to be written in the order of its moments."""

    _events: list[Event] = field(default_factory=list)

    def add(self, moment: datetime, write: Callable[[], object]) -> None:
        """Plan one operation."""
        self._events.append((moment, len(self._events), write))

    def play(self, *, since: date, now: datetime) -> None:
        """Call all operations, the earliest first; of equal moments in the order they came.

        From ``since`` on partners are judged as it happens, each day by what was written until
        then, up to ``now``.
        """
        events = sorted(self._events, key=lambda event: event[:2])
        for _, _, write in (one for one in events if one[0].date() < since):
            write()
        begin(since=since)
        later = (one for one in events if one[0].date() >= since)
        for _, told in groupby(later, lambda event: event[0].date()):
            _live_a_day(list(told))
        live_until(now=now)


def _live_a_day(events: Sequence[Event]) -> None:
    """Judge everybody up to the first of a day's events, and let them all happen."""
    live_until(now=events[0][0])
    for _, _, write in events:
        write()
    happened(now=events[-1][0])


@dataclass(slots=True)
class Team:
    """A partner company with its people while its story is told."""

    company: Company
    partner: Partner
    timeline: Timeline
    people: dict[str, Person] = field(default_factory=dict)
    employments: dict[str, Employment] = field(default_factory=dict)

    def hire(self, on: date, **roles: JobRole) -> None:
        """Employ one invented person per given name of a post, in its job role."""
        names = people(self.company.language, len(self.company.slug))
        for number, (post, role) in enumerate(roles.items(), start=1):
            self._employ(on, post, next(names), number, role)

    def _employ(self, on: date, post: str, name: str, number: int, role: JobRole) -> None:
        email = f"{self.company.slug}.{number}@{MAIL_DOMAIN}"
        person = record_person(email=email, name=name, by=SYSTEM, now=at(on))
        self.people[post] = person
        self.employments[post] = record_employment(
            person=person,
            partner=self.partner,
            started_on=on,
            job_roles=[role],
            by=SYSTEM,
            now=at(on),
        )

    def certify(self, on: date, certification: Certification, *posts: str) -> None:
        """Plan that people are awarded a certification on a day."""
        rows = [NewCertificate(self.people[post], certification, awarded_on=on) for post in posts]
        self.timeline.add(
            at(on, 13), lambda: record_certificates(rows, source="demo", by=SYSTEM, now=at(on, 13))
        )

    def leaves(self, post: str, last_day: date) -> None:
        """Plan that a person leaves after a last day."""
        self.timeline.add(
            at(last_day, 14),
            lambda: end_employment(
                employment=self.employments[post],
                last_day=last_day,
                by=SYSTEM,
                now=at(last_day, 14),
            ),
        )


def found_partner(
    company: Company, *, joined_on: date, manager: Membership | None, timeline: Timeline
) -> Team:
    """Create a partner with its head office and return its team, still without people."""
    now = at(joined_on, 9)
    partner = create_partner(
        slug=company.slug,
        name=company.name,
        by=SYSTEM,
        now=now,
        joined_on=joined_on,
        name_language=company.language,
        manager=manager,
        website=f"https://{company.slug}.example",
        summary={"en": f"Based in {company.city}."},
        industries=company.industries,
    )
    add_location(
        partner=partner,
        city=company.city,
        country=company.country,
        latitude=company.latitude,
        longitude=company.longitude,
        is_head_office=True,
        by=SYSTEM,
        now=now,
    )
    return Team(company, partner, timeline)


def publish(document: Path, *, effective_on: date, now: datetime) -> None:
    """Draft the first version of a program from its file and publish it from a day on."""
    version = draft_version(document=load_yaml(document.read_text()), by=SYSTEM, now=now)
    publish_version(version=version, effective_on=effective_on, by=SYSTEM, now=now)


def enter(
    name: str, role: MembershipRole, *, now: datetime, partner: Partner | None = None
) -> Membership:
    """Create a login ``name@demo…`` with the demo's password and make it a member."""
    user = User.objects.filter(email=address(name)).first() or create_user(
        email=address(name), name=name.title(), password=PASSWORD, by=SYSTEM, now=now
    )
    return add_member(user=user, role=role, partner=partner, by=SYSTEM, now=now)


def address(name: str) -> str:
    """Return the address of a demo login."""
    return f"{name.lower()}@{MAIL_DOMAIN}"
