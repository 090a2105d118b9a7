"""Northwind's year: 26 of 40 partners held an accreditation at its start, 34 of 40 today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from accreditation.models import Program
from accreditation.operations.enrollment import start_accreditation
from config.demo.companies import NORTHWIND, Company
from config.demo.deliveries import Delivery, plan
from config.demo.writer import Team, Timeline, at, enter, found_partner, publish
from enablement.models import Certification
from enablement.operations.catalog import define_certification
from partners.enums import MembershipRole
from partners.models import JobRole, Membership, Partner, Vendor
from partners.operations.job_roles import define_job_role
from partners.operations.vendors import create_vendor
from partners.periods import months_after
from partners.rules import SYSTEM
from partners.tenancy.context import tenant

PROGRAMS = Path(__file__).parent / "programs"
YEAR = timedelta(days=365)
VALIDITY = 24
ENROLLED_AFTER = 30
TIME_ZONE = "America/New_York"

JOB_ROLES = {
    "technical-engineer": {"en": "Technical engineer", "de": "Technik"},
    "solutions-architect": {"en": "Solutions architect", "de": "Architektur"},
    "sales-representative": {"en": "Sales representative", "de": "Vertrieb"},
}
CERTIFICATIONS = {
    "nc-100": ("Cloud Sales Professional", "foundational"),
    "nc-200": ("Cloud Engineer", "associate"),
    "nc-210": ("Solutions Architect", "professional"),
    "nc-310": ("Delivery Engineer", "professional"),
    "nc-330": ("Security Specialist", "specialty"),
    "nc-331": ("Security Lead", "specialty"),
    "nc-420": ("Healthcare Data Specialist", "specialty"),
}
PROGRAM_FILES = (
    "authorized-service",
    "delivery-partner",
    "healthcare-specialist",
    "advanced-security",
    "delivery-excellence",
)

# How the 40 partners fare, in the order of companies.NORTHWIND. 22 + 1 + 1 + 2 = 26 hold an
# accreditation when the year begins; 22 + 1 + 1 + 10 = 34 do today.
STEADY, LAPSING, IN_GRACE, LOST, GAINED = 22, 1, 1, 2, 10


@dataclass(frozen=True, slots=True)
class Setting:
    """What every partner's story draws on."""

    start: date
    today: date
    roles: Mapping[str, JobRole]
    catalog: Mapping[str, Certification]

    def day(self, offset: int) -> date:
        """Return a day counted from the start of the year."""
        return self.start + timedelta(days=offset)


def tell(*, now: datetime) -> Vendor:
    """Write Northwind with a year of facts up to today, judge that year, and return the vendor."""
    today = now.astimezone(ZoneInfo(TIME_ZONE)).date()
    start = today - YEAR
    founded = at(start - 3 * YEAR)
    vendor = create_vendor(
        slug="northwind",
        name="Northwind Cloud",
        award_prefix="NW",
        time_zone=TIME_ZONE,
        brand_color="#3b46b8",
        by=SYSTEM,
        now=founded,
    )
    with tenant(vendor):
        managers = _people_of_northwind(start)
        setting = _setting(start, today)
        timeline = Timeline()
        teams = [
            _found(company, setting, managers[number % len(managers)], timeline)
            for number, company in enumerate(NORTHWIND)
        ]
        _publish_programs(setting)
        _plan_careers(teams, setting)
        _plan_deliveries(teams, setting.today)
        for name, team in (("paul", teams[1]), ("annika", teams[0])):
            enter(name, MembershipRole.PARTNER_ADMIN, partner=team.partner, now=at(start))
        timeline.play(since=setting.day(-30), now=now)
    return vendor


def _people_of_northwind(start: date) -> list[Membership]:
    now = at(start - 2 * YEAR)
    enter("olive", MembershipRole.OWNER, now=now)
    enter("petra", MembershipRole.PROGRAM_OWNER, now=now)
    enter("rita", MembershipRole.REVIEWER, now=now)
    enter("anton", MembershipRole.ANALYST, now=now)
    return [
        enter("mara", MembershipRole.CHANNEL_MANAGER, now=now),
        enter("milo", MembershipRole.CHANNEL_MANAGER, now=now),
    ]


def _setting(start: date, today: date) -> Setting:
    now = at(start - 2 * YEAR)
    return Setting(
        start=start,
        today=today,
        roles={
            key: define_job_role(key=key, name=name, by=SYSTEM, now=now)
            for key, name in JOB_ROLES.items()
        },
        catalog={
            key: define_certification(
                key=key, name=name, level=level, validity_months=VALIDITY, by=SYSTEM, now=now
            )
            for key, (name, level) in CERTIFICATIONS.items()
        },
    )


def _found(company: Company, setting: Setting, manager: Membership, timeline: Timeline) -> Team:
    team = found_partner(company, joined_on=setting.day(-400), manager=manager, timeline=timeline)
    engineer = setting.roles["technical-engineer"]
    team.hire(
        setting.day(-390),
        architect=setting.roles["solutions-architect"],
        sales=setting.roles["sales-representative"],
        **{f"engineer{number}": engineer for number in range(1, 6)},
    )
    return team


def _publish_programs(setting: Setting) -> None:
    now = at(setting.day(-60))
    for name in PROGRAM_FILES:
        publish(PROGRAMS / f"{name}.yaml", effective_on=setting.day(-30), now=now)


def _plan_careers(teams: list[Team], setting: Setting) -> None:
    rest = iter(teams)
    for number in range(STEADY):
        _steady(next(rest), setting, number)
    for _ in range(LAPSING):
        _about_to_lapse(next(rest), setting)
    for _ in range(IN_GRACE):
        _in_grace(next(rest), setting)
    for number in range(LOST):
        _lost(next(rest), setting, number)
    for number in range(GAINED):
        _gained(next(rest), setting, number)
    for number, team in enumerate(rest):
        _on_the_way(team, setting, number)


def _plan_deliveries(teams: list[Team], today: date) -> None:
    """Let four steady partners deliver: one excellent, two proven, one with too few answers."""
    kestrel, acme, sakura, horizonte, *_rest = teams
    later, soon = today + timedelta(days=400), today + timedelta(days=25)
    for delivery in (
        Delivery(kestrel, ("5", "4.5", "5", "4", "5", "5"), 3, later, 1_250_000, interview=True),
        Delivery(acme, ("4", "4.5", "3.5", "4.5"), 1, soon, 640_000),
        Delivery(sakura, ("4", "4", "4.5"), 2, later, 310_000),
        Delivery(horizonte, ("5", "4.5"), 1, later, 90_000),
    ):
        plan(delivery, today)


def _authorize(team: Team, setting: Setting, on: date) -> None:
    """Plan the four certificates that Authorized Service asks for, the last one on a day."""
    catalog = setting.catalog
    team.certify(on - timedelta(days=20), catalog["nc-200"], "engineer1", "engineer2")
    team.certify(on - timedelta(days=9), catalog["nc-100"], "sales")
    team.certify(on, catalog["nc-210"], "architect")


def _steady(team: Team, setting: Setting, number: int) -> None:
    """Hold Authorized Service all year; every third one renews a certificate in time."""
    catalog = setting.catalog
    _authorize(team, setting, setting.day(-40 - 7 * number))
    if number % 3 == 0:
        team.certify(setting.day(120 + 5 * number), catalog["nc-200"], "engineer1")
    # Levels: silver needs two delivery engineers, gold three, platinum five.
    delivery = (0, 2, 3, 5)[number % 4]
    for engineer in range(1, delivery + 1):
        team.certify(setting.day(-45 + 40 * engineer), catalog["nc-310"], f"engineer{engineer}")
    if "healthcare" in team.company.industries:
        _specialize(team, setting)
    if number % 5 == 1:
        team.certify(setting.day(60 + number), catalog["nc-331"], "architect")
    if number % 5 == 3:
        team.certify(setting.day(-20), catalog["nc-330"], "engineer4", "engineer5")


def _specialize(team: Team, setting: Setting) -> None:
    """Ask to take part in Healthcare Specialist and certify the two people it needs."""
    asked = at(setting.day(ENROLLED_AFTER))
    team.timeline.add(asked, lambda: enroll_specialist(team.partner, now=asked))
    team.certify(setting.day(75), setting.catalog["nc-420"], "engineer3", "engineer4")


def enroll_specialist(partner: Partner, *, now: datetime) -> None:
    """Enroll a partner in Healthcare Specialist: nobody takes part without asking."""
    program = Program.objects.get(key="healthcare-specialist")
    start_accreditation(partner=partner, program=program, by=SYSTEM, now=now)


def _about_to_lapse(team: Team, setting: Setting) -> None:
    """Hold Advanced Security through one person whose one certificate ends in nine days."""
    awarded_on = months_after(setting.today + timedelta(days=9), -VALIDITY)
    team.certify(awarded_on, setting.catalog["nc-331"], "architect")
    team.certify(setting.day(200), setting.catalog["nc-330"], "engineer1")


def _in_grace(team: Team, setting: Setting) -> None:
    """Hold Authorized Service until an engineer left twelve days ago."""
    _authorize(team, setting, setting.day(-60))
    team.leaves("engineer2", setting.today - timedelta(days=12))


def _lost(team: Team, setting: Setting, number: int) -> None:
    """Hold Authorized Service at first: one certificate is not renewed, one architect leaves."""
    _authorize(team, setting, setting.day(-60))
    if number % 2:
        team.leaves("architect", setting.day(150))
    else:
        team.leaves("sales", setting.day(80))


def _gained(team: Team, setting: Setting, number: int) -> None:
    """Earn Authorized Service in the course of the year, about one partner a month."""
    _authorize(team, setting, setting.day(35 + 31 * number))


def _on_the_way(team: Team, setting: Setting, number: int) -> None:
    """Have one certified engineer more than the partner before, the first of them none."""
    for engineer in range(1, number + 1):
        team.certify(
            setting.day(200 + 10 * engineer), setting.catalog["nc-200"], f"engineer{engineer}"
        )
