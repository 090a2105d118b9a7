"""How facts that are so for a period are loaded, whatever they say.

A withdrawn fact is so until the day before; what has no day left is no fact any more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from accreditation.criteria.periods import Period, earliest
from documents.models.period_facts import PeriodFact
from partners.tenancy.statements import written_once

R = TypeVar("R")

_COLUMNS = (
    "id",
    "partner_id",
    "started_on",
    "ended_on",
    "withdrawn_on",
    "currency",
    "attributes",
    "dates",
)
"""What is read of any of them."""


def loader(
    model: type[PeriodFact], record: Callable[..., R], *own: str, **renamed: str
) -> Callable[[list[UUID]], defaultdict[UUID, list[R]]]:
    """Return what loads one kind of facts by partner, in one statement.

    ``own`` are the fields that only this kind has; ``renamed`` those that the record calls
    otherwise: its field, and the column.
    """
    columns = {**{name: name for name in own}, **renamed}

    @written_once
    def rows(partner_ids: Collection[UUID]) -> QuerySet[Any, Any]:
        chosen = model.objects.filter(partner__in=partner_ids)
        return chosen.values_list(*_COLUMNS, *columns.values())

    def load(partner_ids: list[UUID]) -> defaultdict[UUID, list[R]]:
        found: defaultdict[UUID, list[R]] = defaultdict(list)
        for row in rows(partner_ids):
            if (period := _days(row)) is not None:
                found[row.partner_id].append(
                    record(
                        id=str(row.id),
                        period=period,
                        currency=row.currency,
                        attributes=row.attributes,
                        dates=_own_dates(row),
                        **{field: getattr(row, column) for field, column in columns.items()},
                    )
                )
        return found

    return load


def _days(row: Any) -> Period | None:
    """Return the days on which a fact holds, None if it was withdrawn from its first day on."""
    end = earliest(row.ended_on, row.withdrawn_on)
    return None if end is not None and end <= row.started_on else Period(row.started_on, end)


def _own_dates(row: Any) -> dict[str, date]:
    """Return the vendor's own days."""
    return {name: date.fromisoformat(day) for name, day in row.dates.items()}
