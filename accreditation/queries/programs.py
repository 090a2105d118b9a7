"""Programs and the rules in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accreditation.criteria.document import Rules, parse
from accreditation.criteria.settings import Enrollment
from accreditation.enums import VersionState
from accreditation.models import Level, Program, ProgramVersion
from partners.enums import PartnerState
from partners.models import Partner
from partners.tenancy.statements import written_once


@dataclass(frozen=True, slots=True)
class InForce:
    """A program with the version that judges on a day, its rules and its levels by key."""

    program: Program
    version: ProgramVersion
    rules: Rules
    levels: dict[str, Level]


def programs_in_force(on: date) -> list[InForce]:
    """Return every program with the published version in force on a day, in their order."""
    versions = (
        ProgramVersion.objects.filter(state=VersionState.PUBLISHED, effective_on__lte=on)
        .order_by("program_id", "-effective_on")
        .distinct("program_id")
        .select_related("program")
        .defer("document")
    )
    return _with_rules(versions)


def program_in_force(key: str, on: date) -> InForce | None:
    """Return one program with the version in force on a day, None if it has none."""
    return next((one for one in programs_in_force(on) if one.program.key == key), None)


def versions_ahead(on: date, key: str | None = None) -> list[InForce]:
    """Return the published versions that come into force after a day, by their first day.

    Of one program, if its ``key`` is given. One statement where there are none, else two.
    """
    versions = ProgramVersion.objects.filter(state=VersionState.PUBLISHED, effective_on__gt=on)
    if key is not None:
        versions = versions.filter(program__key=key)
    found = _with_rules(versions.select_related("program").defer("document"))
    return sorted(found, key=lambda one: one.version.effective_on or on)


def by_program(versions: Iterable[InForce]) -> dict[str, tuple[InForce, ...]]:
    """Return versions by the key of their program, in their order."""
    found: defaultdict[str, tuple[InForce, ...]] = defaultdict(tuple)
    for one in versions:
        found[one.program.key] += (one,)
    return dict(found)


def takes_part_by_rule(partner: Partner, program: InForce) -> bool:
    """Return whether a partner without a standing is enrolled by the program's own rule."""
    return (
        partner.state == PartnerState.ACTIVE
        and program.rules.settings.enrollment is Enrollment.AUTOMATIC
    )


def rules_of(version: ProgramVersion) -> Rules:
    """Return the rules of a published version; parsed once a process."""
    return _parsed(version.document_hash, _Document(version))


class _Document:
    """A document as an argument that the cache does not look at: its hash stands for it.

    It is read from the version only if its rules are not known yet.
    """

    def __init__(self, version: ProgramVersion) -> None:
        self.version = version

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Document)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=512)
def _parsed(_: str, wrapped: _Document) -> Rules:
    return parse(wrapped.version.document)


def _with_rules(versions: Iterable[ProgramVersion]) -> list[InForce]:
    chosen = list(versions)
    if not chosen:
        return []
    levels: dict[object, dict[str, Level]] = {}
    for level in _levels(one.program_id for one in chosen):
        levels.setdefault(level.program_id, {})[level.key] = level
    found = [
        InForce(one.program, one, rules_of(one), levels.get(one.program_id, {})) for one in chosen
    ]
    return sorted(found, key=lambda one: (one.program.position, one.program.key))


@written_once
def _levels(program_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return Level.objects.filter(program__in=program_ids)
