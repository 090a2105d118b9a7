"""What one person may do at once: in this program, and in all programs of its pool."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from accreditation.criteria.allocation import Limit, Measure
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import Reader

ANY_ROLE = ""
"""Stands for all roles together."""


@dataclass(frozen=True, slots=True)
class PeopleRules:
    """How much of a program's slots one person may fill.

    A `pool` is a name: what several programs of a pool state holds for the whole pool, the
    strictest for all. `programs` is the most programs for one person, by role or for ANY_ROLE;
    `roles` the most different roles; `never_both` are roles that exclude each other. `levels` are
    those whose slots are counted across the pool; empty: all.
    """

    slots: int = 1
    pool: str = ""
    levels: frozenset[str] = frozenset()
    programs: Mapping[str, int] = field(default_factory=dict)
    roles: int | None = None
    never_both: tuple[frozenset[str], ...] = ()

    def inside(self, designations: Iterable[str], roles: Iterable[str]) -> list[Limit]:
        """Return the limits within the program, whose designations and roles these are.

        Two engineers are two people: whoever fills several slots fills those of several roles.
        """
        mine = frozenset(designations)
        limits = [Limit(self.slots, Measure.SLOTS_PER_PROGRAM, designations=mine)]
        if self.slots > 1:
            limits.extend(
                Limit(1, Measure.SLOTS_PER_PROGRAM, frozenset({role}), mine) for role in roles
            )
        return limits

    def across(self, designations: frozenset[str]) -> list[Limit]:
        """Return the limits within the pool, of whose programs these designations are counted."""
        if not designations:
            return []
        limits = [
            Limit(most, Measure.PROGRAMS, frozenset({role} - {ANY_ROLE}), designations)
            for role, most in sorted(self.programs.items())
        ]
        if self.roles is not None:
            limits.append(Limit(self.roles, Measure.ROLES, designations=designations))
        limits.extend(Limit(1, Measure.ROLES, pair, designations) for pair in self.never_both)
        return limits


def read_people_rules(reader: Reader | None) -> PeopleRules:
    """Return what the root of a document says about people; read after all criteria."""
    if reader is None:
        return PeopleRules()
    if reader.usable and not reader.notes.roles:
        reader.problem_here(ProblemCode.NO_ROLES)
    rules = PeopleRules(
        slots=reader.positive("slots_per_person", required=False) or 1,
        pool=reader.key("pool", required=False),
        levels=_levels(reader),
        programs=_programs(reader),
        roles=reader.positive("roles_per_person", required=False),
        never_both=tuple(_pair(one) for one in reader.children("never_both", required=False)),
    )
    if not rules.pool and (rules.programs or rules.levels):
        reader.problem("pool", ProblemCode.MISSING)
    reader.finish()
    return rules


def _levels(reader: Reader) -> frozenset[str]:
    names, known = reader.texts("levels", required=False), reader.notes.levels
    if names - set(known):
        reader.problem("levels", ProblemCode.NOT_A_LEVEL, levels=", ".join(known))
    return names


def _programs(reader: Reader) -> dict[str, int]:
    name = "programs_per_person"
    if not reader.maps(name):
        most = reader.positive(name, required=False)
        return {ANY_ROLE: most} if most else {}
    inner = reader.needed_child(name)
    roles = inner.names()
    for role in roles:
        if role not in reader.notes.roles:
            _not_a_role(inner, role, role)
    return {role: inner.positive(role) or 1 for role in roles}


def _pair(reader: Reader) -> frozenset[str]:
    """Return roles that exclude each other; all but one may be those of other programs."""
    roles = reader.texts("roles")
    if roles and not roles & set(reader.notes.roles):
        _not_a_role(reader, "roles", ", ".join(sorted(roles)))
    reader.finish()
    return roles


def _not_a_role(reader: Reader, name: str, role: str) -> None:
    known = ", ".join(reader.notes.roles)
    # Where there is no role at all, that has been said.
    if known:
        reader.problem(name, ProblemCode.NOT_A_ROLE, role=role, roles=known)
