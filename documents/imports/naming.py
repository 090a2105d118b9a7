"""The column ``customer``, by which the rows of a file name for whom something was done."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from django.utils.translation import gettext_noop as _

from documents.models import Customer
from documents.queries.on_record import customers_named, some_names
from partners.imports.table import Row
from partners.refusals import CannotRecord

MOST_COMPARED = 100
"""So many unknown names of a file are compared with those on record: comparing takes time."""


class NamedCustomers:
    """The customers that a file has named so far."""

    def __init__(self) -> None:
        self._found: dict[str, list[Customer]] = {}
        self._names: list[str] | None = None
        self._compared: dict[str, str | None] = {}

    def meet(self, rows: Sequence[Row]) -> None:
        """Look up the customers that the file names for the first time: it names them often."""
        if new := {row.cells["customer"] for row in rows} - self._found.keys():
            self._found |= customers_named(new)

    def of(self, row: Row) -> Customer:
        """Return the customer that a row names, by id or else by name.

        :raises CannotRecord: if there is none, or several that are not one.
        """
        text = row.cells["customer"]
        meant = self._found[text]
        if not meant:
            raise self._unknown(text)
        if len({one.merged_into_id or one.pk for one in meant}) > 1:
            raise CannotRecord(
                "customer",
                _("Several customers are called “%(text)s”. Name it by your id of it."),
                text=text,
            )
        return meant[0]

    def _unknown(self, text: str) -> CannotRecord:
        near = self._near(text)
        if near is None:
            return CannotRecord(
                "customer",
                _("“%(text)s” is not a customer on record. Import customers first."),
                text=text,
            )
        return CannotRecord(
            "customer",
            _("“%(text)s” is not a customer on record. Did you mean “%(near)s”?"),
            text=text,
            near=near,
        )

    def _near(self, text: str) -> str | None:
        if text not in self._compared and len(self._compared) < MOST_COMPARED:
            if self._names is None:
                self._names = some_names()
            close = get_close_matches(text, self._names, n=1)
            self._compared[text] = close[0] if close else None
        return self._compared.get(text)
