"""Names and ranks of programs and their levels: taken over from a version on its first day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import F

from accreditation.models import Level, Program, ProgramVersion
from accreditation.queries.programs import InForce, begins_to_name, merged_levels, rules_of
from accreditation.queries.versions import published_versions


def take_over_begun(programs: Iterable[InForce]) -> bool:
    """Take over the names of versions in force that are not shown yet; return whether there were.

    Whoever judges a day asks first, so that everything that day is called as it is then.
    """
    begun = [one.version for one in programs if begins_to_name(one.version)]
    for version in begun:
        # Another worker may have come first; what it wrote is written again, the same.
        Program.objects.select_for_update(no_key=True).get(pk=version.program_id)
        take_over_texts(version)
    return bool(begun)


def take_over_texts(version: ProgramVersion) -> None:
    """Show the names, the kind and the ranks of a version."""
    program, rules = version.program, rules_of(version)
    program.name = dict(rules.program.name)
    program.kind = rules.program.kind.value
    program.named_since = version.effective_on
    program.save(update_fields=["name", "kind", "named_since"])
    known = Level.objects.filter(program=program).order_by("rank").values_list("key", flat=True)
    merged = merged_levels([level.key for level in rules.levels], list(known))
    ranks = {key: rank for rank, key in enumerate(merged, start=1)}
    # Ranks move out of the way first: a new level may sit between two old ones.
    Level.objects.filter(program=program).update(rank=F("rank") + 1_000)
    for level in rules.levels:
        Level.objects.update_or_create(
            program=program,
            key=level.key,
            defaults={
                "rank": ranks.pop(level.key),
                "name": dict(level.name),
                "designation": dict(level.designation) or dict(level.name),
            },
        )
    for key, rank in ranks.items():
        Level.objects.filter(program=program, key=key).update(rank=rank)


def restore_texts(program: Program, today: date) -> None:
    """Take names from the versions that stay, in turn; drop the levels that only one gone had.

    Those are the versions that have begun; where none has, the first that will.
    """
    left = published_versions(program)
    known = {level.key for one in left for level in rules_of(one).levels}
    # Nobody can hold them: they were never in force.
    Level.objects.filter(program=program).exclude(key__in=known).delete()
    program.named_since = None
    program.save(update_fields=["named_since"])
    begun = [one for one in left if one.effective_on and one.effective_on <= today]
    for one in begun or left[:1]:
        one.program = program
        take_over_texts(one)
