"""Programs as anybody may read them: their designations and what each level asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from accreditation.criteria.document import LevelRules
from accreditation.enums import ProgramKind
from accreditation.queries.catalog_names import names_for
from accreditation.queries.listings import Facet
from accreditation.queries.pools import pool_of
from accreditation.queries.programs import InForce
from accreditation.requirements import Requirement, asked_by_levels
from accreditation.sentences.people_rules import people_sentences
from partners.texts import language_of, localized
from portal.directory.finder import Wanted
from portal.look.components import SealSpec
from portal.look.seal import metal_for


@dataclass(frozen=True, slots=True)
class LevelCard:
    """A level; ``below`` is the designation whose requirements it includes, if any."""

    key: str
    name: str
    designation: str
    seal: SealSpec
    holders_url: str
    requirements: Sequence[Requirement] = ()
    below: str = ""


@dataclass(frozen=True, slots=True)
class ProgramCard:
    """A program with the version of its rules that is in force; levels run from high to low."""

    name: str
    kind: str
    is_tier: bool
    url: str
    summary: str
    summary_language: str
    version: int
    effective_on: date | None
    term_months: int | None
    levels: Sequence[LevelCard]
    people_rules: Sequence[str] = ()

    @property
    def level_count(self) -> int:
        """Return how many levels there are."""
        return len(self.levels)


def described(one: InForce) -> ProgramCard:
    """Return a program with its levels, without what they ask."""
    return _card(one, [_level(one, level) for level in reversed(one.rules.levels)])


def detailed(one: InForce, on: date) -> ProgramCard:
    """Return a program with its levels and what each of them asks, and what one person may do.

    Of the programs it shares people with, those are named that are public and in force on the day.
    """
    levels = []
    for asks in reversed(asked_by_levels(one.rules, names_for(one.rules))):
        below = localized(one.levels[asks.below.key].designation) if asks.below else ""
        levels.append(_level(one, asks.level, asks.further, below))
    people = people_sentences(one.rules, pool_of(one.rules, on, public=True))
    return replace(_card(one, levels), people_rules=people)


def _card(one: InForce, levels: Sequence[LevelCard]) -> ProgramCard:
    kind = ProgramKind(one.program.kind)
    return ProgramCard(
        name=localized(one.program.name),
        kind=str(kind.label),
        is_tier=kind is ProgramKind.TIER,
        url=reverse("directory:program", args=[one.program.key]),
        summary=localized(one.rules.program.summary),
        summary_language=language_of(one.rules.program.summary),
        version=one.version.number,
        effective_on=one.version.effective_on,
        term_months=one.rules.settings.term_months,
        levels=levels,
    )


def _level(
    one: InForce, rules: LevelRules, requirements: Sequence[Requirement] = (), below: str = ""
) -> LevelCard:
    level = one.levels[rules.key]
    facet = Facet.TIER if one.program.kind == ProgramKind.TIER else Facet.DESIGNATION
    holders = Wanted(chosen={facet: (f"{one.program.key}:{rules.key}",)})
    return LevelCard(
        key=rules.key,
        name=localized(level.name),
        designation=localized(level.designation),
        seal=SealSpec(
            one.program.kind, rules.rank, len(one.rules.levels), metal=metal_for(rules.key)
        ),
        holders_url=reverse("directory:partners") + holders.address,
        requirements=requirements,
        below=below,
    )
