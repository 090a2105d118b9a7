"""What a visitor asks for, as an address and back; the filters beside the results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.enums import ProgramKind
from accreditation.models import Level
from accreditation.queries.listings import Counts, Facet, Order, Search, words_of
from partners.countries import country_name
from partners.texts import localized

MOST_SHOWN = 7
_LONGEST_TEXT, _LONGEST_VALUE, _MOST_VALUES = 200, 160, 30
_LEGENDS: Mapping[Facet, Promise] = {
    Facet.PROGRAM: gettext_lazy("Program"),
    Facet.DESIGNATION: gettext_lazy("Designation"),
    Facet.TIER: gettext_lazy("Tier"),
    Facet.COUNTRY: gettext_lazy("Country"),
}

Names = Mapping[Facet, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for: a text, values chosen in facets, an order."""

    text: str = ""
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    order: Order = Order.BEST

    @classmethod
    def read(cls, query: QueryDict) -> Wanted:
        """Return what a query string asks for; what makes no sense is left out."""
        chosen = {facet: _values(query.getlist(facet)) for facet in Facet}
        order = query.get("sort", "")
        return cls(
            text=_clean(query.get("q", ""))[:_LONGEST_TEXT],
            chosen={facet: values for facet, values in chosen.items() if values},
            order=Order(order) if order in set(Order) else Order.BEST,
        )

    @property
    def search(self) -> Search:
        """Return the question to the database."""
        return Search(words=words_of(self.text), chosen=self.chosen)

    @property
    def is_narrowed(self) -> bool:
        """Return whether anything is asked for at all."""
        return bool(self.text or self.chosen)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Return the parameters of the address, without those that say what holds anyway."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(facet.value, one) for facet, values in self.chosen.items() for one in values]
        return pairs + ([("sort", self.order.value)] if self.order is not Order.BEST else [])

    @property
    def address(self) -> str:
        """Return the address of this question, relative to the directory."""
        query = QueryDict(mutable=True)
        for name, value in self.pairs:
            query.appendlist(name, value)
        return f"?{query.urlencode()}" if query else "?"

    def without(self, facet: Facet | None, value: str | None = None) -> Wanted:
        """Return the question without a value, without a facet, or without its text (None)."""
        if facet is None:
            return replace(self, text="")
        rest = tuple(one for one in self.chosen[facet] if value is not None and one != value)
        chosen = {**self.chosen, facet: rest}
        return replace(self, chosen={name: values for name, values in chosen.items() if values})

    def sorted_by(self, order: Order) -> Wanted:
        """Return the question with another order."""
        return replace(self, order=order)


@dataclass(frozen=True, slots=True)
class Removal:
    """Something asked for that can be taken back, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet, with the number of partners it would show."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FacetBox:
    """A facet beside the results: the first values, and the rest behind "more"."""

    name: str
    legend: Promise
    options: Sequence[Option]
    more: Sequence[Option]


def names_of(levels: Iterable[Level], countries: Iterable[str]) -> Names:
    """Return the words for every value of every facet, in the order in which they are shown."""
    ordered = sorted(levels, key=lambda one: (one.program.position, one.program.key, -one.rank))
    tiers = [one for one in ordered if one.program.kind == ProgramKind.TIER]
    earned = [one for one in ordered if one.program.kind != ProgramKind.TIER]
    return {
        Facet.PROGRAM: {one.program.key: localized(one.program.name) for one in earned},
        Facet.DESIGNATION: {_level_value(one): localized(one.designation) for one in earned},
        Facet.TIER: {_level_value(one): localized(one.designation) for one in tiers},
        Facet.COUNTRY: {code: country_name(code) for code in countries},
    }


def facet_boxes(wanted: Wanted, counts: Counts, names: Names) -> list[FacetBox]:
    """Return the facets that have anything to choose."""
    boxes = [_box(facet, wanted, counts[facet], names[facet]) for facet in Facet]
    program, designation = boxes[0], boxes[1]
    # Where every program shows one designation only, both facets would say the same.
    if not wanted.chosen.get(Facet.PROGRAM) and _size(program) == _size(designation):
        boxes.remove(program)
    return [box for box in boxes if box.options]


def removals(wanted: Wanted, names: Names) -> list[Removal]:
    """Return everything asked for, each with the address without it."""
    found = [_without_text(wanted)] if wanted.text else []
    for facet, values in wanted.chosen.items():
        for value in values:
            name = names[facet].get(value, value)
            found.append(Removal(name, wanted.without(facet, value).address))
    return found


def widened(
    wanted: Wanted, counts: Mapping[Facet | None, int], names: Names
) -> list[tuple[Removal, int]]:
    """Return which filters to give up for how many partners, the most partners first."""
    found = []
    for part, count in sorted(counts.items(), key=lambda pair: -pair[1]):
        if count and part is None:
            found.append((_without_text(wanted), count))
        elif count and part is not None:
            chosen = (names[part].get(value, value) for value in wanted.chosen[part])
            found.append((Removal(", ".join(chosen), wanted.without(part).address), count))
    return found


def _box(
    facet: Facet, wanted: Wanted, counts: Mapping[str, int], names: Mapping[str, str]
) -> FacetBox:
    chosen = wanted.chosen.get(facet, ())
    values = [
        *(one for one in names if one in counts),
        *(one for one in chosen if one not in names),
    ]
    if facet is Facet.COUNTRY:
        values.sort(key=_by_count(counts, names))
    options = [
        Option(one, names.get(one, one), counts.get(one, 0), one in chosen) for one in values
    ]
    # Chosen values are never hidden behind "more".
    shown = {one.value for one in options[:MOST_SHOWN]} | set(chosen)
    return FacetBox(
        name=facet.value,
        legend=_LEGENDS[facet],
        options=[one for one in options if one.value in shown],
        more=[one for one in options if one.value not in shown],
    )


def _by_count(
    counts: Mapping[str, int], names: Mapping[str, str]
) -> Callable[[str], tuple[int, str]]:
    return lambda value: (-counts.get(value, 0), names.get(value, value))


def _size(box: FacetBox) -> int:
    return len(box.options) + len(box.more)


def _without_text(wanted: Wanted) -> Removal:
    label = _("“%(text)s”") % {"text": wanted.text}
    return Removal(label, wanted.without(None).address)


def _level_value(level: Level) -> str:
    return f"{level.program.key}:{level.key}"


def _values(values: Iterable[str]) -> tuple[str, ...]:
    kept = (one for value in values if 0 < len(one := _clean(value)) <= _LONGEST_VALUE)
    return tuple(dict.fromkeys(kept))[:_MOST_VALUES]


def _clean(text: str) -> str:
    # The database takes no NUL, and no address of ours has one.
    return text.replace("\x00", "").strip()
