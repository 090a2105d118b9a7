"""Needs that nobody could ever meet, whatever the facts: a mistake of the author."""

from collections.abc import Mapping
from fractions import Fraction

from accreditation.criteria.kinds.bars import Bar, Limit
from accreditation.criteria.kinds.counting import decimal_of
from accreditation.criteria.problems import ProblemCode, is_inside
from accreditation.criteria.reader import Reader
from accreditation.criteria.verdicts import Comparison, Number


def check_reachable(reader: Reader, bar: Bar, most: Number | None, least: Number = 0) -> None:
    """Note every number that no amount from `least` through `most` (None: no end) can meet."""
    name = bar.comparison.value
    per_level = name in reader and reader.maps(name)
    places = {}
    for level, need in bar.needs.items():
        if isinstance(need, Number):
            places[f"{name}.{level}" if per_level else name] = need
    if sound(reader):
        for place, need in places.items():
            _check(reader, place, Limit(Fraction(need), bar.comparison), most, least)


def check_minimum(reader: Reader, minima: Mapping[str, Limit], most: Number | None) -> None:
    """Note every `minimum` of a level that no amount from zero through `most` can meet.

    None: there is no end.
    """
    inner = reader.child("minimum")
    places = {}
    for level, limit in minima.items():
        name = limit.comparison.value
        per_level = inner is not None and inner.maps(name)
        places[f"minimum.{name}.{level}" if per_level else f"minimum.{name}"] = limit
    if sound(reader):
        for place, limit in places.items():
            _check(reader, place, limit, most, 0)


def check_limits(reader: Reader, limits: tuple[Limit, ...]) -> None:
    """Note numbers that no number can meet together, such as a minimum above the maximum."""
    lower = [one for one in limits if one.comparison.rising]
    upper = [one for one in limits if not one.comparison.rising]
    for low in lower:
        for high in upper:
            strict = (
                Comparison.MORE_THAN is low.comparison or Comparison.LESS_THAN is high.comparison
            )
            if low.need > high.need or (low.need == high.need and strict):
                reader.problem(
                    low.comparison.value,
                    ProblemCode.CONTRADICTS,
                    other=reader.spot(high.comparison.value),
                )


def sound(reader: Reader) -> bool:
    """Return whether all that was read so far is there: else numbers stand for what is not."""
    notes = reader.notes
    places = [*notes.open_places, *(one.place for one in notes.problems)]
    return not any(is_inside(one, reader.place) for one in places)


def _check(reader: Reader, place: str, limit: Limit, most: Number | None, least: Number) -> None:
    if limit.comparison.rising:
        if most is not None and not limit.comparison.holds(most, limit.need):
            reader.problem(place, ProblemCode.NEVER_ENOUGH, most=shown(most))
    elif not limit.comparison.holds(least, limit.need):
        reader.problem(place, ProblemCode.NEVER_FEWER, least=shown(least))


def shown(number: Number) -> str:
    """Return a number as an author would write it."""
    return f"{round(decimal_of(number), 4).normalize():f}"
