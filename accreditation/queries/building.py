"""Programs that build on programs, as the vendor keeps them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from accreditation.criteria.building import Node, cycles, in_order
from accreditation.criteria.document import Rules, parse
from accreditation.criteria.problems import DocumentError, Problem, ProblemCode
from accreditation.enums import VersionState
from accreditation.models import ProgramVersion
from accreditation.queries.programs import InForce, rules_of


def _other_programs(key: str, on: date, *, drafts: bool) -> list[Node]:
    """Return every other program as it is judged from a day on: a node for each of its versions.

    ``drafts``: with the newest draft of each, if it is newer than what is published.
    """
    versions = (
        ProgramVersion.objects.exclude(program__key=key)
        .select_related("program")
        .order_by("program_id", "-number")
    )
    return [
        node
        for _, each in groupby(versions, key=lambda one: one.program_id)
        for version in _judging(list(each), on, drafts=drafts)
        for node in _node(version)
    ]


def circles(rules: Rules, on: date, *, drafts: bool) -> tuple[Problem, ...]:
    """Return a problem for every place that asks, in the end, for what the program itself awards.

    ``drafts``: other programs are taken with their newest drafts as well.
    """
    others = _other_programs(rules.program.key, on, drafts=drafts) if rules.built_on else []
    return circles_with(rules, others)


def circles_with(rules: Rules, others: Sequence[Node]) -> tuple[Problem, ...]:
    """Return the same among the programs given."""
    return tuple(
        Problem(one.place, ProblemCode.BUILT_ON_ITSELF, {"path": " → ".join(one.path)})
        for one in cycles(rules.node(), others)
    )


def judging_order(programs: Sequence[InForce]) -> list[InForce]:
    """Return the programs so that each comes after those whose levels it asks for."""
    nodes = {place: program.rules.node() for place, program in enumerate(programs)}
    return [programs[place] for place in in_order(nodes)]


def _judging(
    newest_first: list[ProgramVersion], on: date, *, drafts: bool
) -> Iterator[ProgramVersion]:
    if drafts and newest_first[0].state == VersionState.DRAFT:
        yield newest_first[0]
    published = sorted(
        (one for one in newest_first if one.state == VersionState.PUBLISHED),
        key=lambda one: one.effective_on or on,
        reverse=True,
    )
    for version in published:
        yield version
        if version.effective_on and version.effective_on <= on:
            return


def _node(version: ProgramVersion) -> Iterator[Node]:
    """Yield a version as others see it; nothing for a draft that can no longer be read."""
    if version.state == VersionState.PUBLISHED:
        yield rules_of(version).node()
        return
    try:
        yield parse(version.document, draft=True).node()
    except DocumentError:
        return
