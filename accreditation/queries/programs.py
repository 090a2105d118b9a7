"""Programs and the rules in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
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
    """A program with the version that judges on a day, its rules and its levels by key.

    Both are called as that version calls them, also before its first day.
    """

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
    found = []
    for one in sorted(chosen, key=lambda one: one.effective_on or date.min):
        known = levels.get(one.program_id, {})
        if begins_to_name(one):
            known = levels[one.program_id] = _as_named(one, known)
        found.append(InForce(one.program, one, rules_of(one), known))
    return sorted(found, key=lambda one: (one.program.position, one.program.key))


def begins_to_name(version: ProgramVersion) -> bool:
    """Return whether names and ranks of a version are not those that its program shows yet."""
    since = version.program.named_since
    return version.effective_on is not None and (since is None or since < version.effective_on)


def merged_levels(keys: Sequence[str], known: Iterable[str]) -> list[str]:
    """Return the levels of these keys, and each that only other versions have above what it was.

    Both from low to high. Somebody may hold it still.
    """
    merged, place = list(keys), 0
    for key in known:
        if key not in merged:
            merged.insert(place, key)
        place = merged.index(key) + 1
    return merged


def _as_named(version: ProgramVersion, known: Mapping[str, Level]) -> dict[str, Level]:
    """Return the levels as a version names and ranks them; nothing is stored."""
    rules, program = rules_of(version), version.program
    program.name, program.kind = dict(rules.program.name), rules.program.kind.value
    before = sorted(known, key=lambda key: known[key].rank)
    found = {}
    for rank, key in enumerate(merged_levels([one.key for one in rules.levels], before), start=1):
        found[key] = copy(known[key]) if key in known else Level(program=program, key=key)
        found[key].rank = rank
    for level in rules.levels:
        found[level.key].name = dict(level.name)
        found[level.key].designation = dict(level.designation) or dict(level.name)
    return found


@written_once
def _levels(program_ids: Collection[UUID]) -> QuerySet[Any, Any]:
    return Level.objects.filter(program__in=program_ids)
