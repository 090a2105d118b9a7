"""An explained verdict as rows: every node of the tree, have and need, and what counts and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from accreditation.criteria.kinds.figures.net import GAINS, LOSSES
from accreditation.criteria.kinds.figures.ratio import DENOMINATOR, NUMERATOR
from accreditation.criteria.kinds.nodes.groups import Form
from accreditation.criteria.verdicts import Finding, Result
from accreditation.queries.explanations import (
    Explained,
    ExplainedGap,
    ExplainedLevel,
    Record,
)
from accreditation.queries.standings import AT_RISK_DAYS
from accreditation.requirements import LevelAsks, Requirement
from accreditation.wording.codes import summary_text, unknown_text
from accreditation.wording.figures import countable, gap_text, have_text, need_text, unit_text
from accreditation.wording.notation import in_words
from accreditation.wording.records import (
    OF_PEOPLE,
    cause_told,
    gap_told,
    reason_told,
    record_detail,
    record_kind,
    record_name,
)
from partners.texts import localized
from portal.look.components import CountedRecord, Meter, RequirementRow, RequirementState

NOTHING = "\N{EN DASH}"

POINTS = frozenset({"score_item", "score_track"})
"""Parts of a score: without a minimum of their own they only add to it."""

AMOUNTS = frozenset({NUMERATOR, DENOMINATOR, GAINS, LOSSES})
"""Parts of a figure that is made of two: they are asked nothing by themselves."""


def requirement_rows(
    level: ExplainedLevel, asks: LevelAsks | None, today: date
) -> list[RequirementRow]:
    """Return a level's requirements; a group of all is taken apart into its parts.

    ``asks`` is what the rules ask of the level, in words.
    """
    rows = _Rows({one.key: one for one in _every(asks.requirements if asks else ())}, today)
    root = level.root
    if root.finding.kind == Form.ALL.value and root.children:
        return [rows.row(child) for child in root.children]
    return [rows.row(root)]


def _every(requirements: Sequence[Requirement]) -> Iterator[Requirement]:
    for one in requirements:
        if one.key:
            yield one
        yield from _every(one.parts)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rules in words by key, and the day looked at."""

    said: Mapping[str, Requirement]
    today: date

    def row(self, explained: Explained, asked_in: str = "") -> RequirementRow:
        """Return a node with its parts; ``asked_in`` is the currency of what it is a part of."""
        said = self.said.get(explained.finding.key)
        finding = _in_its_words(explained, said.things if said else "")
        expiring = _expiring(explained.records, finding, self.today)
        asked_in = said.currency if said else asked_in
        currency = asked_in or _currency(explained)
        state = self._state(explained)
        return RequirementRow(
            title=_title(explained),
            state=state,
            summary=self._summary(explained, finding, state, currency),
            meter=_meter(finding, expiring),
            have=_have(finding),
            asked=_asked(finding, currency),
            side=_side(finding, state, expiring),
            records=[_counted(one, finding.kind) for one in explained.records],
            record_heading=_heading(explained.records),
            note=self._note(explained, state),
            parts=self._parts(explained, asked_in),
            any_of=finding.kind == Form.ANY.value,
        )

    def _parts(self, explained: Explained, asked_in: str) -> list[RequirementRow]:
        rows = []
        locked = False
        for child in explained.children:
            row = self.row(child, asked_in)
            if locked and explained.finding.kind == "steps":
                row = _locked(row)
            rows.append(row)
            locked = locked or child.finding.result is not Result.MET
        return rows

    def _state(self, explained: Explained) -> RequirementState:
        finding = explained.finding
        if finding.kind in POINTS and not finding.need:
            return RequirementState.ADDS if finding.have else RequirementState.IDLE
        if _is_idle(explained):
            return RequirementState.NOT_ASKED
        if finding.result is Result.CANNOT_BE_JUDGED:
            return RequirementState.UNKNOWN
        if finding.kind in AMOUNTS:
            return RequirementState.PART
        met, changes_on = finding.result is Result.MET, finding.changes_on
        soon = changes_on is not None and changes_on <= self.today + timedelta(AT_RISK_DAYS)
        return RequirementState.of(met=met, expiring=met and soon)

    def _summary(
        self, explained: Explained, finding: Finding, state: RequirementState, currency: str
    ) -> str:
        match state:
            case RequirementState.NOT_ASKED:
                return _("Nothing is asked here as things are.")
            case RequirementState.ADDS | RequirementState.IDLE | RequirementState.PART:
                return ""
        unknown = ""
        if state is RequirementState.UNKNOWN:
            reasons = {one.reason for one in explained.records if one.reason is not None}
            said = self.said.get(finding.key)
            unknown = unknown_text(finding, reasons, said.answers if said else 0)
        cause = cause_told(explained.cause) if explained.cause else ""
        told = summary_text(finding, cause, currency, unknown)
        return " ".join(part for part in (_divided(explained), told) if part)

    def _note(self, explained: Explained, state: RequirementState) -> str:
        """Return what else there is to know, a line each."""
        label = explained.label
        said = self.said.get(explained.finding.key) if label else None
        evidence = localized(label.evidence) if label else ""
        lines = [gap_told(one) for one in _alike_together(explained.gaps)]
        bare = not explained.children and not explained.records
        if bare and state is not RequirementState.UNKNOWN:
            lines.append(_("Nothing on record belongs to this requirement yet."))
        if said:
            lines.append(_("Rule: %(rule)s") % {"rule": said.sentence or said.choice})
        if evidence:
            lines.append(_("Evidence: %(evidence)s") % {"evidence": evidence})
        return "\n".join(lines)


def _alike_together(gaps: Iterable[ExplainedGap]) -> list[ExplainedGap]:
    """Return the gaps, with those for which nobody suits said once for each set of roles."""
    found: dict[tuple[object, ...], ExplainedGap] = {}
    for number, one in enumerate(gaps):
        key: tuple[object, ...] = (number,) if one.people else (one.roles, one.programs)
        known = found.get(key)
        if known is not None:
            missing = known.gap.missing + one.gap.missing
            one = replace(known, gap=replace(known.gap, missing=missing))  # noqa: PLW2901
        found[key] = one
    return list(found.values())


def _title(explained: Explained) -> str:
    finding, label = explained.finding, explained.label
    if label is not None and label.text:
        return localized(label.text)
    if finding.key:
        return in_words(finding.key)
    if finding.kind == Form.AT_LEAST.value and finding.need_unknown is not None:
        return _("As many of these as are needed")
    return {
        Form.ANY.value: _("Any one of these"),
        Form.NONE.value: _("None of these"),
        Form.AT_LEAST.value: _("At least %(count)d of these") % {"count": int(finding.need)},
        "when": _("Asked only where it applies"),
        NUMERATOR: _("What is divided"),
        DENOMINATOR: _("What it is divided by"),
        GAINS: _("What is added"),
        LOSSES: _("What is taken off"),
    }.get(finding.kind, _("All of these"))


def _in_its_words(explained: Explained, things: str = "") -> Finding:
    """Return the finding, in the unit of its records where all are of one kind.

    Without any records, ``things`` is what they would be.
    """
    finding = explained.finding
    if finding.unit == "records" and not explained.records and things:
        return replace(finding, unit=things)
    kinds = {one.kind for one in explained.records}
    [kind, *others] = kinds or {None}
    if finding.unit != "records" or kind is None or others:
        return finding
    said = replace(finding, unit=f"{kind.value}s")
    return said if countable(said) else finding


def _divided(explained: Explained) -> str:
    """Return what a share is a share of: "15 of 20 records"; empty for anything else."""
    parts = {one.finding.kind: _in_its_words(one) for one in explained.children}
    above, below = parts.get(NUMERATOR), parts.get(DENOMINATOR)
    if above is None or below is None or Result.CANNOT_BE_JUDGED in {above.result, below.result}:
        return ""
    values = {
        "have": have_text(above),
        "of": have_text(below),
        "unit": unit_text(below) if above.unit == below.unit else "",
    }
    return " ".join((_("%(have)s of %(of)s %(unit)s") % values).split()) + "."


def _have(finding: Finding) -> str:
    if finding.kind == Form.NONE.value:
        return ""
    # A figure that nothing is known of is not zero.
    unknown = finding.result is Result.CANNOT_BE_JUDGED and not countable(finding)
    return NOTHING if unknown and not finding.have else have_text(finding)


def _asked(finding: Finding, currency: str) -> str:
    if finding.kind == Form.NONE.value:
        met = int(finding.have)
        return ngettext("%(met)d is met, none may be", "%(met)d are met, none may be", met) % {
            "met": met
        }
    if finding.kind in POINTS and not finding.need:
        return npgettext("unit", "point", "points", 1 if finding.have == 1 else 2)
    if finding.kind in AMOUNTS:
        return unit_text(finding, currency)
    return need_text(finding, currency)


def _meter(finding: Finding, expiring: int) -> Meter | None:
    """Return have against need where more is better and something is needed."""
    if not finding.comparison.rising or finding.need <= 0 or finding.have < 0:
        return None
    return Meter(have=finding.have, need=finding.need, expiring=expiring)


def _side(finding: Finding, state: RequirementState, expiring: int) -> str:
    if state is RequirementState.UNKNOWN:
        return ""
    if finding.result is Result.MET and expiring:
        return ngettext("%(n)d expiring", "%(n)d expiring", expiring) % {"n": expiring}
    if finding.result is Result.MET or not countable(finding):
        return ""
    return gap_text(finding)


def _locked(row: RequirementRow) -> RequirementRow:
    """Return a step that waits for the steps before it."""
    return RequirementRow(
        title=row.title,
        state=RequirementState.LOCKED,
        summary=_("Counts only once every step before it is met."),
        have=row.have,
        asked=row.asked,
        records=row.records,
        record_heading=row.record_heading,
        note=row.note,
        parts=row.parts,
        any_of=row.any_of,
    )


def _is_idle(explained: Explained) -> bool:
    """Return whether a condition is not met or the node is only shown: then nothing is asked."""
    finding, children = explained.finding, explained.children
    if finding.kind == "shown":
        return True
    condition = children[0].finding.result if finding.kind == "when" and children else None
    return condition is Result.NOT_MET


def _currency(explained: Explained) -> str:
    """Return the currency of what counts, empty where it is not one for all."""
    found = {
        one.known.text("currency")
        for part in explained.leaves()
        for one in part.records
        if one.known and one.counts
    }
    return found.pop() if len(found) == 1 else ""


def _expiring(records: Sequence[Record], finding: Finding, today: date) -> int:
    """Return how many counted people or records have their last counted day within 90 days.

    What counts as it was on an earlier day may have ended already.
    """
    horizon = today + timedelta(days=AT_RISK_DAYS)
    lasting: dict[str, bool] = {}
    for one in records:
        over = one.valid_through is not None and one.valid_through < today
        if one.counts and not over:
            whose = one.person_id if one.person_id and finding.unit == "people" else one.id
            stays = one.valid_through is None or one.valid_through > horizon
            lasting[whose] = lasting.get(whose, False) or stays
    if not countable(finding) or finding.unit in {"points", "criteria"}:
        return 0
    return min(sum(not stays for stays in lasting.values()), max(0, int(Decimal(finding.have))))


def _heading(records: Sequence[Record]) -> str:
    """Return what the first column names: a person, a kind of record, or any record."""
    if records and all(one.kind in OF_PEOPLE for one in records):
        return _("Person")
    kinds = {record_kind(one) for one in records}
    return kinds.pop() if len(kinds) == 1 and "" not in kinds else _("Record")


def _reason(record: Record, kind: str) -> str:
    if record.counts and kind in {DENOMINATOR, LOSSES}:
        # It is looked at, but speaks for nothing.
        return _("Included")
    return reason_told(record)


def _counted(record: Record, kind: str) -> CountedRecord:
    return CountedRecord(
        name=record_name(record),
        counts=record.counts,
        reason=_reason(record, kind),
        detail=record_detail(record),
        since=record.since,
        through=record.valid_through,
        is_person=record.kind in OF_PEOPLE,
    )
