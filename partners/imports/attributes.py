"""The import of attributes: what partners are or have, and since when.

A row is one value, known by the partner, the name and the first day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_noop as _

from partners.enums import AttributeKind
from partners.imports import cells
from partners.imports.importer import Change, ImportContext, Importer, Planned
from partners.imports.partners import NamedPartners
from partners.imports.problems import Problem
from partners.imports.rows import SOURCE, Met, plan_each, read_each
from partners.imports.table import Column, Row
from partners.models import OrganizationAttribute
from partners.operations.attributes import NewAttribute, check_attribute, set_attributes
from partners.periods import end_after
from partners.queries.attributes import attributes_on_record
from partners.rules import Permission

Key = tuple[UUID, str, date]


class AttributesReading:
    """One way through a file of attributes; remembers which it has met."""

    def __init__(self, context: ImportContext) -> None:
        self._context = context
        self._partners = NamedPartners(context.by)
        self._met = Met[Key]()

    def plan(self, rows: Sequence[Row]) -> list[Planned | Problem]:
        """Return for every row what it changes or why it cannot; at most two queries."""
        self._partners.meet(rows)
        stated = read_each(rows, self._attribute)
        lines = {one.line for one in stated if isinstance(one, NewAttribute)}
        known = attributes_on_record(lines)
        return plan_each(rows, stated, lambda row, one: _planned(row, one, known))

    def write(self, planned: Sequence[Planned]) -> None:
        """Set the attributes."""
        rows = [each.write for each in planned]
        set_attributes(rows, source=SOURCE, by=self._context.by, now=self._context.now)

    def _attribute(self, row: Row) -> NewAttribute:
        stated = NewAttribute(
            partner=self._partners.of(row),
            name=row.cells["name"],
            kind=row.cells["kind"],
            value=row.cells["value"],
            started_on=row.cells["started_on"],
            valid_through=row.cells.get("valid_through"),
            note=row.cells.get("note", ""),
        )
        check_attribute(stated)
        again = _("Row %(row)s says this already: same partner, name and first day.")
        self._met.refuse_again((*stated.line, stated.started_on), row, again)
        return stated


def _planned(row: Row, stated: NewAttribute, known: Mapping[Key, OrganizationAttribute]) -> Planned:
    on_record = known.get((*stated.line, stated.started_on))
    if on_record is None:
        return Planned(row, Change.NEW, stated)
    ended_on = end_after(stated.valid_through) or on_record.ended_on
    right = (stated.kind, stated.value, ended_on, stated.note or on_record.note)
    same = right == (on_record.kind, on_record.value, on_record.ended_on, on_record.note)
    return Planned(row, Change.UNCHANGED if same else Change.CHANGED, stated)


ATTRIBUTES = Importer(
    kind="attributes",
    permission=Permission.PARTNER_EDIT,
    columns=(
        Column("partner", cells.text(80), required=True),
        Column("name", cells.key, required=True),
        Column("kind", cells.one_of(AttributeKind), required=True),
        Column("value", cells.text(200), required=True),
        Column("started_on", cells.day, required=True),
        Column("valid_through", cells.day),
        Column("note", cells.text(1000)),
    ),
    begin=AttributesReading,
)
