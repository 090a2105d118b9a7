"""The rules of the benchmark: 5 programs of 4 levels with 6 criteria each, 120 criteria in all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

CERTIFICATIONS: Mapping[str, str] = {
    f"skill-{number}": ("associate", "professional")[number % 2] for number in range(20)
}
"""The catalog: certification levels by key."""

LEVELS = ("one", "two", "three", "four")
PROGRAMS = 5


def programs() -> Iterator[dict[str, Any]]:
    """Yield the documents."""
    for number in range(1, PROGRAMS + 1):
        yield {
            "format": 1,
            "program": {
                "key": f"bench-{number}",
                "name": {"en": f"Bench {number}"},
                "kind": "technical",
            },
            "settings": {"grace_days": 30},
            "levels": [{"key": key, "name": {"en": key.title()}} for key in LEVELS],
            "criteria": {"all": list(_criteria(number))},
        }


def _criteria(number: int) -> Iterator[dict[str, Any]]:
    skills = [f"skill-{(number + offset) % len(CERTIFICATIONS)}" for offset in range(8)]
    yield _leaf("team", "people_holding", (1, 2, 3, 4), certifications=skills)
    yield _leaf(
        "employed",
        "people_holding",
        (1, 2, 4, 6),
        certification_levels=["associate", "professional"],
        employment=["employee"],
    )
    yield _leaf("certificates", "certificates_held", (2, 4, 8, 12), certifications=skills)
    yield _leaf(
        "deep",
        "people_holding",
        (1, 1, 2, 2),
        certification_levels=["professional"],
        each_holds={"at_least": 2, "distinct": True},
    )
    yield _leaf(
        "projects",
        "records_counted",
        (1, 2, 3, 4),
        records="deployments",
        distinct="customer",
        window={"rolling_months": 18},
    )
    yield _leaf(
        "answers",
        "survey_answers",
        (1, 1, 2, 3),
        distinct="record",
        window={"rolling_months": 12},
    )


def _leaf(key: str, kind: str, needs: tuple[int, ...], **asked: Any) -> dict[str, Any]:
    at_least = dict(zip(LEVELS, needs, strict=True))
    return {"key": key, "kind": kind, "text": {"en": key}, "at_least": at_least, **asked}
