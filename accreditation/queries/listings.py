"""Searching the directory. Reads the published projection; the manager names the vendor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from django.db import connection
from django.db.models import CharField, Count, F, Func, Q, QuerySet

from accreditation.models import Level, Listing
from accreditation.search_text import searchable


class Facet(StrEnum):
    """What a search can be narrowed by; the value is its name in an address."""

    PROGRAM = "program"
    DESIGNATION = "designation"
    TIER = "tier"
    COUNTRY = "country"


class Order(StrEnum):
    """How results are sorted."""

    BEST = "best"
    NAME = "name"


_COLUMNS: Mapping[Facet, str] = {
    Facet.PROGRAM: "programs",
    Facet.DESIGNATION: "levels",
    Facet.TIER: "levels",
    Facet.COUNTRY: "countries",
}
# The searched text begins with the folded name: ordering by it is ordering by name.
_ORDERS: Mapping[Order, tuple[str, ...]] = {
    Order.BEST: ("-weight", "search", "slug"),
    Order.NAME: ("search", "slug"),
}
_MOST_WORDS = 8
# Two letters in the wrong order ("madird") share this much of their trigrams.
_SIMILAR = 0.4
_MOST_SIMILAR = 200

Counts = dict[Facet, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Search:
    """Words that all have to occur, and values of which one in each facet has to fit.

    ``similar`` stands in for words that nothing holds: the listings that hold similar ones.
    """

    words: tuple[str, ...] = ()
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    similar: tuple[UUID, ...] = ()


class _Unnest(Func):
    """One row for each value of an array."""

    function = "unnest"
    set_returning = True
    output_field = CharField()


def words_of(text: str) -> tuple[str, ...]:
    """Return the first 8 words of a question, folded like the texts that are searched."""
    return tuple(dict.fromkeys(searchable(text).split()))[:_MOST_WORDS]


def forgiving(search: Search) -> Search:
    """Return the search; one for similar words if no listing at all holds these as spelled.

    At most 200 listings are similar, those with the most accreditations.
    """
    if not search.words or Listing.objects.filter(_said(search)).exists():
        return search
    alike = Q()
    for word in search.words:
        alike &= Q(search__contains=word) | Q(search__trigram_word_similar=word)
    with connection.cursor() as cursor:
        # For this transaction: what the lookup takes for similar, so that it can use the index.
        cursor.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(_SIMILAR)]
        )
    rows = Listing.objects.filter(alike).order_by("-weight", "slug").values_list("pk", flat=True)
    return replace(search, similar=tuple(rows[:_MOST_SIMILAR]))


def find_listings(search: Search, order: Order = Order.BEST) -> QuerySet[Listing]:
    """Return the listings that fit, in order."""
    found: QuerySet[Listing] = Listing.objects.filter(_fits(search))
    return found.order_by(*_ORDERS[order])


def facet_counts(search: Search) -> Counts:
    """Return how many listings each value would show, for every value that is listed at all.

    Values of one facet are alternatives, so what is chosen in it does not narrow its own counts.
    """
    counts = {facet: _counts_of(facet, search) for facet in Facet if facet is not Facet.TIER}
    # Tiers are in the column of the designations: most of the time the answer is there already.
    asked = not search.chosen.keys() & {Facet.DESIGNATION, Facet.TIER}
    return counts | {
        Facet.TIER: counts[Facet.DESIGNATION] if asked else _counts_of(Facet.TIER, search)
    }


def counts_without(search: Search) -> dict[Facet | None, int]:
    """Return how many listings there were without one chosen facet, or without words (None)."""
    parts: list[Facet | None] = [facet for facet in Facet if search.chosen.get(facet)]
    if search.words:
        parts.append(None)
    found = Listing.objects.aggregate(
        **{
            f"without_{number}": Count("pk", filter=_fits(_less(search, part)))
            for number, part in enumerate(parts)
        }
    )
    return {part: found[f"without_{number}"] for number, part in enumerate(parts)}


def listing_of(slug: str) -> Listing | None:
    """Return a partner's listing; None alike for one that is unlisted and one that is unknown."""
    found: Listing | None = Listing.objects.filter(slug=slug).first()
    return found


def listed_partners() -> int:
    """Return how many partners the directory shows."""
    return Listing.objects.count()


def public_levels() -> list[Level]:
    """Return the levels of all public programs, by the programs' order and from low to high."""
    return list(
        Level.objects.filter(program__is_public=True)
        .select_related("program")
        .order_by("program__position", "program__key", "rank")
    )


def _counts_of(facet: Facet, search: Search) -> dict[str, int]:
    rows = (
        Listing.objects.annotate(value=_Unnest(F(_COLUMNS[facet])))
        .values("value")
        .annotate(found=Count("pk", filter=_fits(_less(search, facet))))
        .order_by("value")
    )
    return {row["value"]: row["found"] for row in rows}


def _less(search: Search, part: Facet | None) -> Search:
    """Return the search without what is chosen in a facet, or without its words (None)."""
    if part is None:
        return replace(search, words=(), similar=())
    chosen = {facet: values for facet, values in search.chosen.items() if facet is not part}
    return replace(search, chosen=chosen)


def _fits(search: Search) -> Q:
    fits = _said(search)
    for facet, values in search.chosen.items():
        if values:
            fits &= Q(**{f"{_COLUMNS[facet]}__overlap": list(values)})
    return fits


def _said(search: Search) -> Q:
    if search.similar:
        return Q(pk__in=search.similar)
    said = Q()
    for word in search.words:
        said &= Q(search__contains=word)
    return said
