"""Writes what partners are or have: attributes with a value for a period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as _

from partners.batches import batches
from partners.enums import AttributeKind
from partners.models import OrganizationAttribute, Partner
from partners.operations import audit, dated
from partners.operations.facts import announce_facts
from partners.periods import end_after
from partners.refusals import CannotRecord
from partners.rules import Actor, Permission

Line = tuple[UUID, str]
"""A partner and the name of an attribute: what has one value a day."""


@dataclass(frozen=True, slots=True)
class NewAttribute:
    """A value that an attribute has from a day on.

    ``value`` is written as rules write it, such as ``true`` or ``2026-03-02``. ``valid_through`` is
    the last day, None until the next value begins.
    """

    partner: Partner
    name: str
    kind: AttributeKind
    value: str
    started_on: date
    valid_through: date | None = None
    note: str = ""

    @property
    def line(self) -> Line:
        """Return what has one value a day."""
        return self.partner.pk, self.name


@transaction.atomic
def set_attributes(
    rows: Sequence[NewAttribute], *, source: str, by: Actor, now: datetime
) -> list[OrganizationAttribute]:
    """Say what partners are from a day on, and return what is new or changed.

    A new value ends the one in force the day it begins; it holds through its last day, at most
    until the next one on record begins. A value on record from the same day is corrected. Safe to
    repeat. A fixed number of statements per 1,000 rows.

    :raises CannotRecord: for a value that is not of its kind, or days that cannot be.
    :raises NotAllowed: without ``partner.edit`` for each of the partners.
    """
    written: list[OrganizationAttribute] = []
    for batch in batches(rows):
        partners = list({row.partner.pk: row.partner for row in batch}.values())
        dated.require_reach(by, Permission.PARTNER_EDIT, partners)
        lines = _Lines.of({row.line for row in batch}, source=source, now=now)
        for row in batch:
            check_attribute(row)
            lines.place(row)
        changed = lines.write()
        if changed:
            audit.record(
                by=by,
                now=now,
                verb="attribute.set",
                subjects=changed,
                partners=[one.partner_id for one in changed],
                changes={"source": source, "names": sorted({one.name for one in changed})},
            )
        written.extend(changed)
    if written:
        announce_facts()
    return written


@transaction.atomic
def end_attribute(
    *, attribute: OrganizationAttribute, last_day: date, reason: str, by: Actor, now: datetime
) -> OrganizationAttribute:
    """Say that an attribute has its value through a day only, and return it.

    :raises CannotRecord: without a reason, for a day before the first, after the end it has, or if
        it is withdrawn.
    :raises NotAllowed: without ``partner.edit`` for this partner.
    """
    attribute = dated.held(attribute, Permission.PARTNER_EDIT, by)
    if attribute.ended_on is not None and last_day >= attribute.ended_on:
        raise CannotRecord(
            "last_day", _("It ended before %(day)s already."), day=attribute.ended_on
        )
    return dated.end(
        attribute, last_day=last_day, reason=reason, verb="attribute.ended", by=by, now=now
    )


@transaction.atomic
def withdraw_attribute(
    *, attribute: OrganizationAttribute, reason: str, by: Actor, now: datetime
) -> OrganizationAttribute:
    """Say that an attribute never had this value, and return it; the days stay without one.

    :raises CannotRecord: without a reason, or if it is withdrawn.
    :raises NotAllowed: without ``partner.edit`` for this partner.
    """
    attribute = dated.held(attribute, Permission.PARTNER_EDIT, by)
    return dated.withdraw(attribute, reason=reason, verb="attribute.withdrawn", by=by, now=now)


def check_attribute(row: NewAttribute) -> None:
    """Raise unless the value is of its kind and the days can be.

    :raises CannotRecord: at the field.
    """
    dated.check_days(row.partner, row.started_on, row.valid_through)
    if not row.name:
        raise CannotRecord("name", _("An attribute needs a name."))
    if not _is_of(row.kind, row.value):
        raise CannotRecord(
            "value",
            _("“%(text)s” is not a value of this kind (%(kind)s)."),
            text=row.value[:40],
            kind=str(row.kind),
        )


def _is_of(kind: AttributeKind, value: str) -> bool:
    if kind == AttributeKind.NUMBER:
        try:
            number = Decimal(value)
        except InvalidOperation:
            return False
        return number.is_finite() and format(number, "f") == value
    if kind == AttributeKind.DAY:
        try:
            return date.fromisoformat(value).isoformat() == value
        except ValueError:
            return False
    return value in {"true", "false"} if kind == AttributeKind.YES_NO else bool(value.strip())


@dataclass(slots=True)
class _Lines:
    """The values on record of the attributes that a batch is about, and what became of them."""

    source: str
    now: datetime
    values: dict[Line, list[OrganizationAttribute]]
    new: dict[UUID, OrganizationAttribute] = field(default_factory=dict)
    changed: dict[UUID, OrganizationAttribute] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Iterable[Line], *, source: str, now: datetime) -> _Lines:
        """Read and lock what is on record."""
        wanted = set(lines)
        values: defaultdict[Line, list[OrganizationAttribute]] = defaultdict(list)
        # Two writers at once about one partner wait for each other here.
        partners = {partner for partner, _name in wanted}
        list(Partner.objects.select_for_update().filter(pk__in=partners).order_by("pk"))
        for one in OrganizationAttribute.objects.filter(
            partner__in=partners, name__in={name for _partner, name in wanted}, withdrawn_at=None
        ).order_by("started_on"):
            values[one.partner_id, one.name].append(one)
        return cls(source, now, values)

    def place(self, row: NewAttribute) -> None:
        """Let a value begin: what is in force ends, what comes later is its end."""
        line = self.values[row.line]
        later = [one for one in line if one.started_on > row.started_on]
        ended_on = _end_of(row, later)
        same = next((one for one in line if one.started_on == row.started_on), None)
        if same is not None:
            self._correct(same, row, ended_on)
            return
        before = [one for one in line if one.started_on < row.started_on]
        if before and (before[-1].ended_on is None or before[-1].ended_on > row.started_on):
            before[-1].ended_on = row.started_on
            self._touch(before[-1])
        made = OrganizationAttribute(
            partner=row.partner,
            name=row.name,
            kind=row.kind,
            value=row.value,
            started_on=row.started_on,
            ended_on=ended_on,
            note=row.note,
            source=self.source,
            recorded_at=self.now,
        )
        self.new[made.pk] = made
        self.values[row.line] = [*before, made, *later]

    def write(self) -> list[OrganizationAttribute]:
        """Write what changed, ends before beginnings, and return it."""
        fields = ["kind", "value", "ended_on", "note"]
        OrganizationAttribute.objects.bulk_update(self.changed.values(), fields)
        OrganizationAttribute.objects.bulk_create(self.new.values())
        return [*self.new.values(), *self.changed.values()]

    def _correct(
        self, same: OrganizationAttribute, row: NewAttribute, ended_on: date | None
    ) -> None:
        # What a row does not say stays as it is.
        right = (
            row.kind,
            row.value,
            same.ended_on if row.valid_through is None else ended_on,
            row.note or same.note,
        )
        if (same.kind, same.value, same.ended_on, same.note) != right:
            same.kind, same.value, same.ended_on, same.note = right
            self._touch(same)

    def _touch(self, one: OrganizationAttribute) -> None:
        if one.pk not in self.new:
            self.changed[one.pk] = one


def _end_of(row: NewAttribute, later: Sequence[OrganizationAttribute]) -> date | None:
    ends = [later[0].started_on] if later else []
    if row.valid_through is not None:
        ends.append(end_after(row.valid_through))
    return min(ends, default=None)
