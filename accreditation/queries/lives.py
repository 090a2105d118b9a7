"""What a program asks and awards on the days ahead, by the versions that judge on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from accreditation.criteria.kinds.dossier import Phase
from accreditation.criteria.verdicts import Outlook, Verdict
from accreditation.foresight import RulesAhead, outlook_of
from accreditation.queries.programs import InForce


def rules_ahead(
    versions: Iterable[InForce], ask: Callable[[InForce, date, Phase], Verdict], on: date
) -> tuple[RulesAhead, ...]:
    """Return the rules of versions as they come into force, and what is met by them.

    The first of the versions is the one in force on the day ``on``. ``ask`` judges by one of them,
    on a day, what a phase asks.
    """

    def met(version: InForce) -> Callable[[date, Phase], Sequence[Outlook]]:
        return lambda day, phase: outlook_of(ask(version, day, phase), day)

    return tuple(
        RulesAhead(
            start=one.version.effective_on or on,
            rules=one.rules,
            ranks={key: level.rank for key, level in one.levels.items()},
            judge=met(one),
        )
        for one in versions
    )


def first_loss(path: Sequence[Outlook], versions: Sequence[InForce]) -> date | None:
    """Return the first day on which less is held than on the first; None: there is none.

    ``versions`` are that in force on the first day and those that come, in order: levels are ranked
    as they are on the day.
    """
    held = path[0].level if path else None
    for one in path[1:]:
        begun = [each for each in versions[1:] if (each.version.effective_on or one.day) <= one.day]
        levels = [*versions[:1], *begun][-1].levels
        if held and (one.level is None or levels[one.level].rank < levels[held].rank):
            return one.day
    return None
