"""The column ``partner``, by which the rows of a file name whom they are about."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_noop as _

from partners.imports.table import Row
from partners.models import Partner
from partners.queries.employments import partners_named
from partners.refusals import CannotRecord
from partners.rules import Actor


class NamedPartners:
    """The partners that a file has named so far; only those in the actor's reach are found."""

    def __init__(self, by: Actor) -> None:
        self._by = by
        self._found: dict[str, Partner | None] = {}

    def meet(self, rows: Sequence[Row]) -> None:
        """Look up the partners that the file names for the first time: it names them often."""
        if new := {row.cells["partner"] for row in rows} - self._found.keys():
            self._found |= {**dict.fromkeys(new), **partners_named(new, self._by)}

    def of(self, row: Row) -> Partner:
        """Return the partner that a row names.

        :raises CannotRecord: if there is none in the actor's reach.
        """
        partner = self._found[row.cells["partner"]]
        if partner is None:
            raise CannotRecord(
                "partner",
                _("“%(text)s” is neither the short name nor the id of a partner of yours."),
                text=row.cells["partner"],
            )
        return partner
