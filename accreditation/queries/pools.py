"""Programs that count people together."""

from __future__ import annotations

from datetime import date

from accreditation.criteria.document import Rules
from accreditation.queries.programs import programs_in_force


def pool_of(rules: Rules, on: date, *, public: bool = False) -> list[Rules]:
    """Return the rules of the other programs of a program's pool, as in force on a day.

    ``public``: only of those that everybody may read. Two statements; none without a pool.
    """
    if not rules.people.pool:
        return []
    return [
        one.rules
        for one in programs_in_force(on)
        if one.rules.people.pool == rules.people.pool
        and one.program.key != rules.program.key
        and (one.program.is_public or not public)
    ]
