"""Umbra, Northwind's rival: what three published programs of the industry ask of people."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from config.demo.companies import UMBRA
from config.demo.writer import Team, Timeline, at, enter, found_partner, publish
from enablement.models import Certification
from enablement.operations.catalog import define_certification
from partners.enums import MembershipRole
from partners.models import JobRole, Vendor
from partners.operations.job_roles import define_job_role
from partners.operations.vendors import create_vendor
from partners.rules import SYSTEM
from partners.tenancy.context import tenant

PROGRAMS = Path(__file__).parent / "programs" / "umbra"
PUBLISHED = ("aws-services-tiers", "atlassian-solution-partner", "odoo-partner-levels")
YEAR = timedelta(days=365)
SPECIALISTS = 8
TIME_ZONE = "Europe/London"

# key: name, family, level, version, days before today on which the version was released
CERTIFICATIONS: dict[str, tuple[str, str, str, int | None, int | None]] = {
    "aws-accreditation-technical": ("AWS Partner: Technical accreditation", "", "", None, None),
    "aws-accreditation-business": ("AWS Partner: Business accreditation", "", "", None, None),
    "aws-cloud-practitioner": ("Cloud Practitioner", "", "foundational", None, None),
    "aws-architect-associate": ("Solutions Architect Associate", "", "associate", None, None),
    "aws-devops-professional": ("DevOps Engineer Professional", "", "professional", None, None),
    "aws-security-specialty": ("Security Specialty", "", "specialty", None, None),
    "acp-100": ("Jira Administrator", "atlassian-certified-professional", "", 1, 2000),
    "acp-300": ("Agile Boards", "atlassian-certified-professional", "", 2, 1900),
    "odoo-v16": ("Odoo v16 Functional", "odoo-functional", "", 16, 1500),
    "odoo-v17": ("Odoo v17 Functional", "odoo-functional", "", 17, 1100),
    "odoo-v18": ("Odoo v18 Functional", "odoo-functional", "", 18, 740),
    "odoo-v19": ("Odoo v19 Functional", "odoo-functional", "", 19, 200),
}


def tell(*, now: datetime) -> Vendor:
    """Write Umbra with two years of facts up to today, judge the last one, return the vendor."""
    today = now.astimezone(ZoneInfo(TIME_ZONE)).date()
    founded = at(today - 3 * YEAR)
    vendor = create_vendor(
        slug="umbra",
        name="Umbra Software",
        award_prefix="UM",
        time_zone=TIME_ZONE,
        brand_color="#b3541e",
        by=SYSTEM,
        now=founded,
    )
    with tenant(vendor):
        enter("ursula", MembershipRole.OWNER, now=founded)
        _define_catalog(today)
        _publish(today)
        timeline = Timeline()
        teams = [_found(number, today, timeline) for number in range(len(UMBRA))]
        enter("bella", MembershipRole.PARTNER_ADMIN, partner=teams[0].partner, now=founded)
        for number, team in enumerate(teams):
            _plan(team, today, people=SPECIALISTS - number)
        timeline.play(since=today - YEAR, now=now)
    return vendor


def _define_catalog(today: date) -> None:
    now = at(today - 2 * YEAR)
    define_job_role(key="consultant", name={"en": "Consultant"}, by=SYSTEM, now=now)
    for key, (name, family, level, version, released) in CERTIFICATIONS.items():
        define_certification(
            key=key,
            name=name,
            family=family,
            level=level,
            version=version,
            released_on=None if released is None else today - timedelta(days=released),
            by=SYSTEM,
            now=now,
        )


def _publish(today: date) -> None:
    now = at(today - YEAR - timedelta(days=30))
    for name in PUBLISHED:
        publish(PROGRAMS / f"{name}.yaml", effective_on=today - YEAR, now=now)


def _found(number: int, today: date, timeline: Timeline) -> Team:
    team = found_partner(UMBRA[number], joined_on=today - 2 * YEAR, manager=None, timeline=timeline)
    consultant = JobRole.objects.get(key="consultant")
    team.hire(
        today - 2 * YEAR + timedelta(days=5),
        **{f"consultant{one}": consultant for one in range(1, SPECIALISTS + 1)},
    )
    return team


def _plan(team: Team, today: date, *, people: int) -> None:
    """Certify so many consultants, one after the other through the two years."""
    for one in range(1, people + 1):
        post = f"consultant{one}"
        for order, key in enumerate(CERTIFICATIONS):
            if (one + order) % 3 == 0 and key not in {"acp-100", "acp-300"}:
                continue
            certification = Certification.objects.get(key=key)
            released = certification.released_on or date.min
            day = max(today - timedelta(days=700 - 60 * one - 10 * order), released)
            team.certify(day, certification, post)
