"""Programs and the rules in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from accreditation.criteria.document import Rules, parse
from accreditation.criteria.settings import Enrollment
from accreditation.enums import VersionState
from accreditation.models import Level, Program, ProgramVersion
from partners.enums import PartnerState
from partners.models import Partner


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
    )
    return _with_rules(versions)


def program_in_force(key: str, on: date) -> InForce | None:
    """Return one program with the version in force on a day, None if it has none."""
    return next((one for one in programs_in_force(on) if one.program.key == key), None)


def takes_part_by_rule(partner: Partner, program: InForce) -> bool:
    """Return whether a partner without a standing is enrolled by the program's own rule."""
    return (
        partner.state == PartnerState.ACTIVE
        and program.rules.settings.enrollment is Enrollment.AUTOMATIC
    )


def rules_of(version: ProgramVersion) -> Rules:
    """Return the rules of a published version; parsed once a process."""
    return _parsed(version.document_hash, _Document(version.document))


class _Document:
    """A document as an argument that the cache does not look at: its hash stands for it."""

    def __init__(self, document: dict[str, object]) -> None:
        self.document = document

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Document)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=512)
def _parsed(_: str, wrapped: _Document) -> Rules:
    return parse(wrapped.document)


def _with_rules(versions: Iterable[ProgramVersion]) -> list[InForce]:
    chosen = list(versions)
    levels: dict[object, dict[str, Level]] = {}
    for level in Level.objects.filter(program__in=[one.program_id for one in chosen]):
        levels.setdefault(level.program_id, {})[level.key] = level
    found = [
        InForce(one.program, one, rules_of(one), levels.get(one.program_id, {})) for one in chosen
    ]
    return sorted(found, key=lambda one: (one.program.position, one.program.key))
