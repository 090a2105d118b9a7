"""Small rules documents for stories."""

from typing import Any


def engineers(*, at_least: int, grace_days: int = 0, **settings: Any) -> dict[str, Any]:
    """Ask for certified technical engineers, for one level."""
    return {
        "format": 1,
        "program": {
            "key": "authorized-service",
            "name": {"en": "Authorized Service"},
            "kind": "technical",
        },
        "settings": {"grace_days": grace_days, **settings},
        "levels": [
            {
                "key": "authorized",
                "name": {"en": "Authorized"},
                "designation": {"en": "Authorized Service Partner"},
            }
        ],
        "criteria": {
            "key": "engineers",
            "kind": "people_holding",
            "text": {"en": "Certified cloud engineers"},
            "evidence": {"en": "Certificate of the exam"},
            "dimension": "technical_capability",
            "certifications": ["cloud-engineer"],
            "job_roles": ["technical-engineer"],
            "at_least": at_least,
        },
    }


def built_on(key: str, *programs: str) -> dict[str, Any]:
    """Return the rules of a program that asks for a level of each of these programs."""
    document = engineers(at_least=1)
    document["program"] |= {"key": key}
    if programs:
        document["criteria"] = {
            "key": "designations",
            "kind": "holds_level",
            "text": {"en": "Designations"},
            "programs": list(programs),
            "at_least": len(programs),
        }
    return document
