"""The criterion that adds points up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import ClassVar, Self

from accreditation.criteria.kinds.aggregates import shown_changes
from accreditation.criteria.kinds.bars import (
    Bar,
    Limit,
    MeasuredBar,
    claim_step,
    read_bar,
    read_limit,
    read_limit_by_level,
)
from accreditation.criteria.kinds.counting import decimal_of
from accreditation.criteria.kinds.criterion import RANKS, Judgement, Label, rises
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.measures import read_measure
from accreditation.criteria.kinds.nodes.groups import Form
from accreditation.criteria.kinds.reach import check_minimum, check_reachable, sound
from accreditation.criteria.kinds.registry import register
from accreditation.criteria.kinds.scores.scoring import (
    Bands,
    Bounds,
    Category,
    Each,
    Earned,
    Gate,
    Item,
    Rate,
    Track,
    UpTo,
)
from accreditation.criteria.periods import earliest
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import Reader
from accreditation.criteria.timelines import combine, paired
from accreditation.criteria.verdicts import Cause, Finding

RATES = ("points", "up_to", "bands")


@register
@dataclass(frozen=True, slots=True)
class Score:
    """Enough points in one whole track, each of its minima reached."""

    kind: ClassVar = "score"
    unit: ClassVar = "points"

    label: Label
    bar: Bar
    tracks: tuple[Track, ...]

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        criterion = cls(label, read_bar(reader, whole=False), _tracks(label, reader))
        most = [one.most for one in criterion.tracks]
        known = [one for one in most if one is not None]
        whole = bool(known) and len(known) == len(most)
        check_reachable(reader, criterion.bar, max(known) if whole else None)
        return criterion

    @property
    def branches(self) -> tuple[Item | Track, ...]:
        """The tracks, if there are several, and their items: all have labels."""
        tracks = self.tracks if len(self.tracks) > 1 else ()
        return (*tracks, *(item for track in self.tracks for item in track.items))

    def asks(self, level: str) -> bool:
        """Return whether a level needs any points."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> "MeasuredScore":
        """Return the points, from the judged day onward."""
        tracks = tuple(
            EarnedTrack(track, tuple(item.earn(dossier) for item in track.items))
            for track in self.tracks
        )
        return MeasuredScore(self.label, self.bar.measure(dossier), tracks)


@dataclass(frozen=True, slots=True)
class EarnedTrack:
    """What the facts say to a track."""

    track: Track
    items: tuple[Earned, ...]

    def judge(self, level: str, needs: MeasuredBar) -> Judgement | None:
        """Return the track's judgement for a level, None if the level is not asked."""
        need = needs.at(level)
        if need is None:
            return None
        points = combine(tuple, [item.points for item in self.items])
        totals = points.map(self.track.total)
        floors = points.map(lambda each: self.track.floor(each, level))
        enough = paired(lambda total, one: total.compare(one, needs.comparison), totals, need)
        results = paired(lambda *pair: Form.ALL.result(pair, 2), enough, floors)

        def explain(day: date) -> Cause:
            better = bool(rises(results, day))
            moved = [item for item in self.items if item.moved(day) is not None]
            preferred = [item for item in moved if item.moved(day) is better]
            mover = next(iter([*preferred, *moved]), None)
            return mover.explain(day, better=better) if mover else needs.explain(level, day)

        changes_on = results.changes_on
        label = self.track.label
        finding = Finding(
            key=label.key,
            kind=label.kind,
            result=results.now,
            have=totals.now.shown,
            need=decimal_of(need.now or 0),
            unit=label.unit,
            changes_on=changes_on,
            cause=None if changes_on is None else explain(changes_on),
            children=tuple(item.finding(level) for item in self.items),
            comparison=needs.comparison,
            need_unknown=needs.unknown(level) if need.now is None else None,
        )
        review_on = earliest(
            changes_on,
            need.changes_on,
            shown_changes(totals),
            *(one.review_on(level) for one in self.items),
        )
        return Judgement(finding, results, review_on, explain)


@dataclass(frozen=True, slots=True)
class MeasuredScore:
    """What the facts say to all tracks."""

    label: Label
    needs: MeasuredBar
    tracks: tuple[EarnedTrack, ...]

    def judge(self, level: str) -> Judgement | None:
        """Return the judgement of the best whole track, None if the level is not asked."""
        judged = [
            one for track in self.tracks if (one := track.judge(level, self.needs)) is not None
        ]
        if len(judged) < 2:
            return replace_finding(judged[0], self.label) if judged else None
        results = combine(lambda each: Form.ANY.result(each, 1), [one.results for one in judged])

        def explain(day: date) -> Cause:
            better = rises(results, day)
            return next(one for one in judged if rises(one.results, day) is better).explain(day)

        best = max(judged, key=lambda one: (RANKS[one.finding.result], one.finding.have))
        changes_on = results.changes_on
        finding = replace(
            best.finding,
            key=self.label.key,
            kind=self.label.kind,
            changes_on=changes_on,
            cause=None if changes_on is None else explain(changes_on),
            children=tuple(one.finding for one in judged),
        )
        review_on = earliest(changes_on, *(one.review_on for one in judged))
        return Judgement(finding, results, review_on, explain)


def replace_finding(judgement: Judgement, label: Label) -> Judgement:
    """Return the judgement of the only track, as that of the score."""
    finding = replace(judgement.finding, key=label.key, kind=label.kind)
    return replace(judgement, finding=finding)


def _tracks(label: Label, reader: Reader) -> tuple[Track, ...]:
    if "tracks" not in reader:
        return (_track(replace(label, kind="score_track"), reader),)
    tracks = []
    for one in reader.children("tracks"):
        tracks.append(_track(_label(one, "score_track"), one))
        one.finish()
    return tuple(tracks)


def _track(label: Label, reader: Reader) -> Track:
    readers = reader.children("categories", required=False)
    categories = tuple(_category(one, reader.place) for one in readers)
    keys = [category.key for category in categories]
    items = tuple(_item(one, keys) for one in reader.children("items"))
    track = Track(label, items, categories)
    if sound(reader):
        for one, category in zip(readers, categories, strict=True):
            check_minimum(one, category.bounds.minima, track.most_within(category))
    return track


def _category(reader: Reader, place: str) -> Category:
    key = reader.key("key", unique_as=f"category of {place}")
    category = Category(key, _bounds(reader))
    reader.finish()
    return category


def _item(reader: Reader, categories: Sequence[str]) -> Item:
    label = _label(reader, "score_item")
    category = reader.key("category", required=False)
    if category and category not in categories:
        reader.problem("category", ProblemCode.NOT_A_CHOICE, choices=", ".join(categories))
    item = Item(
        label=label,
        category=category,
        measure=read_measure(reader.needed_child("measure"), label),
        rate=_rate(reader),
        bounds=_bounds(reader),
        gates=tuple(_gate(one, label) for one in reader.children("only_if", required=False)),
    )
    reader.finish()
    check_minimum(reader, item.bounds.minima, item.most)
    return item


def _label(reader: Reader, kind: str) -> Label:
    return Label(
        key=reader.key("key", unique_as="criterion"),
        kind=kind,
        unit=Score.unit,
        text=reader.localized("text"),
        evidence=reader.localized("evidence", required=False),
        dimension=None,
    )


def _bounds(reader: Reader) -> Bounds:
    cap = reader.decimal("cap", required=False, above=0, code=ProblemCode.NOT_ABOVE_ZERO)
    minimum = reader.child("minimum")
    minima = read_limit_by_level(minimum) if minimum else {}
    if minimum:
        minimum.finish()
    return Bounds(None if cap is None else Fraction(cap), minima)


def _gate(reader: Reader, label: Label) -> Gate:
    limit = read_limit(reader)
    if limit is None:
        reader.problem("at_least", ProblemCode.MISSING)
    gate = Gate(read_measure(reader.needed_child("measure"), label), limit or Limit(Fraction(1)))
    reader.finish()
    return gate


def _rate(reader: Reader) -> Rate:
    forms = [name for name in RATES if name in reader]
    if len(forms) != 1:
        reader.problem_here(ProblemCode.NOT_A_NODE, forms=", ".join(RATES))
    if forms == ["bands"]:
        return Bands(_bands(reader))
    if forms == ["up_to"]:
        inner = reader.needed_child("up_to")
        rate = UpTo(_above_zero(inner, "points"), _above_zero(inner, "at"))
        inner.finish()
        return rate
    each = _above_zero(reader, "points") if forms else Fraction(1)
    per = _above_zero(reader, "per") if "per" in reader else Fraction(1)
    return Each(each, per)


def _bands(reader: Reader) -> tuple[tuple[Fraction, Fraction], ...]:
    bands = []
    for row in reader.children("bands"):
        least = row.decimal("from")
        claim_step(reader, row, least)
        bands.append((Fraction(least or 0), _above_zero(row, "points")))
        row.finish()
    return tuple(sorted(bands, reverse=True)) or ((Fraction(0), Fraction(1)),)


def _above_zero(reader: Reader, name: str) -> Fraction:
    return Fraction(reader.decimal(name, above=0, code=ProblemCode.NOT_ABOVE_ZERO) or 1)
