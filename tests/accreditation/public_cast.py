"""Programs and partners for public pages, brought about by the real road: facts, then evaluation."""

from __future__ import annotations

from datetime import date
from typing import Any

from accreditation.models import Award, ProgramVersion
from accreditation.operations.programs import draft_version, publish_version
from enablement.models import Certification
from partners.models import Location, Partner, Person
from partners.rules import SYSTEM
from tests import cast

FOUR = {
    "service": ("technical", "Authorized Service Partner"),
    "delivery": ("delivery_quality", "Gold Delivery Partner"),
    "healthcare": ("industry", "Healthcare Specialist Partner"),
    "security": ("compliance", "Advanced Security Accreditation"),
}
"""The designations of the mission, word for word, one program each."""


def document(
    key: str,
    *levels: str,
    kind: str = "technical",
    name: str = "",
    criteria: dict[str, Any] | None = None,
    **settings: Any,
) -> dict[str, Any]:
    """Return rules that ask for one certified person more with every level."""
    keys = [level.lower().replace(" ", "-") for level in levels]
    return {
        "format": 1,
        "program": {"key": key, "name": {"en": name or key.title()}, "kind": kind},
        "settings": settings,
        "levels": [
            {"key": level_key, "name": {"en": text.split()[0]}, "designation": {"en": text}}
            for level_key, text in zip(keys, levels, strict=True)
        ],
        "criteria": criteria
        or {
            "key": "people",
            "kind": "people_holding",
            "text": {"en": f"Certified {key} people", "de": f"Zertifizierte Leute für {key}"},
            "evidence": {"en": "Certificate of the exam"},
            "dimension": "technical_capability",
            "certifications": [f"{key}-exam"],
            "at_least": {level: rank for rank, level in enumerate(keys, start=1)},
        },
    }


def publish(content: dict[str, Any], *, on: date = date(2026, 1, 1)) -> ProgramVersion:
    """Publish rules; the exam they ask for is in the catalog from then on."""
    exam = f"{content['program']['key']}-exam"
    if not Certification.objects.filter(key=exam).exists():
        cast.certification(exam)
    version = draft_version(document=content, by=SYSTEM, now=cast.NOW)
    return publish_version(version=version, effective_on=on, by=SYSTEM, now=cast.NOW)


def partner(slug: str, name: str = "", *places: tuple[str, str], **fields: Any) -> Partner:
    """Return a partner with locations (city, country); the first one is its head office."""
    made = cast.partner(slug, name, **fields)
    for number, (city, country) in enumerate(places):
        Location.objects.create(
            partner=made, city=city, country=country, is_head_office=number == 0
        )
    return made


def certify(at: Partner, program: str, people: int = 1, *, until: date | None = None) -> None:
    """Let so many people of a partner pass a program's exam; ``until`` is the first day without."""
    exam = Certification.objects.get(key=f"{program}-exam")
    for _ in range(people):
        who = cast.person(f"Person {Person.objects.count()}")
        cast.employment(who, at)
        cast.certificate(who, exam, since=date(2026, 1, 1), until=until)


def award_of(at: Partner, program: str) -> Award:
    """Return a partner's newest award in a program."""
    return Award.objects.filter(
        accreditation__partner=at, accreditation__program__key=program
    ).latest("granted_on", "id")
