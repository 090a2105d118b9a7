"""What customers answered in the satisfaction survey: how many, and how well."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, Self

from accreditation.criteria.kinds.aggregates import aggregated, exactly, mean
from accreditation.criteria.kinds.bars import Bar, check_level, read_bar
from accreditation.criteria.kinds.counting import UNKNOWN, Amount, Count
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.entries import Entry, Tally, always, tallied, withdrawal
from accreditation.criteria.kinds.registry import register_measure
from accreditation.criteria.kinds.timing import condition, read_window
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import Reader
from accreditation.criteria.verdicts import Number, ReasonCode
from accreditation.criteria.windows import Window


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers in a window, about any of the service types; empty asks nothing."""

    service_types: frozenset[str]
    window: Window

    @classmethod
    def read(cls, reader: Reader) -> Self:
        """Return the answers that a node asks for."""
        return cls(reader.texts("service_types", required=False), read_window(reader))

    def entries(self, dossier: Dossier, *, by_customer: bool = False) -> Iterator[Entry]:
        """Return every answer with its score."""
        for one in dossier.facts.survey_answers:
            fits = not self.service_types or one.service_type in self.service_types
            wrong = () if fits else (always(ReasonCode.WRONG_SERVICE_TYPE),)
            yield Entry(
                one.id,
                (*withdrawal(one.withdrawn_on), *wrong, condition(self.window, one.answered_on)),
                identity=one.customer if by_customer else "",
                value=Fraction(one.score),
            )


class Answering(StrEnum):
    """What counts once: an answer, or a customer who answered."""

    RECORD = "record"
    CUSTOMER = "customer"


@register_measure
@dataclass(frozen=True, slots=True)
class SurveyAnswers:
    """At least so many answers of customers, or so many customers who answered."""

    kind: ClassVar = "survey_answers"
    unit: ClassVar = "answers"

    label: Label
    bar: Bar
    answers: Answers
    distinct: Answering

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        distinct = reader.needed_choice("distinct", Answering)
        return cls(label, read_bar(reader, whole=True), Answers.read(reader), distinct)

    def asks(self, level: str) -> bool:
        """Return whether a level needs any answers."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return how many answers count, from the judged day onward."""
        tally = dossier.made(self, lambda: self._tally(dossier))
        return tallied(self.label, self.bar, dossier, tally)

    def _tally(self, dossier: Dossier) -> Tally:
        by_customer = self.distinct is Answering.CUSTOMER
        entries = self.answers.entries(dossier, by_customer=by_customer)
        return Tally(entries, ReasonCode.DUPLICATE_CUSTOMER)


@register_measure
@dataclass(frozen=True, slots=True)
class Satisfaction:
    """The mean score of the answers; with fewer answers than the minimum it cannot be judged.

    `each_service_type`: the lowest mean of all service types, each of which needs enough answers:
    of those that are asked for, or else of those that occur. `minimum_answers` is by level.
    """

    kind: ClassVar = "satisfaction"
    unit: ClassVar = "score"

    label: Label
    bar: Bar
    answers: Answers
    minimum_answers: Mapping[str, int]
    each_service_type: bool

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        return cls(
            label=label,
            bar=read_bar(reader, whole=False),
            answers=Answers.read(reader),
            minimum_answers=_least(reader),
            each_service_type=reader.flag("each_service_type", default=False),
        )

    def asks(self, level: str) -> bool:
        """Return whether a level needs satisfied customers."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return how satisfied customers are, from the judged day onward.

        Levels that need more answers than others may not know it yet.
        """
        fewest = min(self.minimum_answers.values())
        others = {
            level: self._from(least, dossier)
            for level, least in self.minimum_answers.items()
            if least != fewest
        }
        return replace(self._from(fewest, dossier), otherwise=others)

    def _from(self, least: int, dossier: Dossier) -> Count:
        """Return how satisfied customers are as far as at least so many answers say."""
        types = {one.id: one.service_type for one in dossier.facts.survey_answers}

        def amount(entries: Sequence[Entry]) -> Amount:
            if self.each_service_type:
                return self._lowest(entries, types, least)
            return _mean(entries, least)

        return aggregated(self.label, self.bar, dossier, self.answers.entries(dossier), amount)

    def _lowest(self, entries: Sequence[Entry], types: Mapping[str, str], least: int) -> Amount:
        by_type: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_type[types[entry.record]].append(entry)
        asked = self.answers.service_types or by_type.keys()
        means = [_mean(by_type[one], least).certain for one in sorted(asked)]
        known: list[Number] = [one for one in means if one is not None]
        if not known:
            return UNKNOWN
        # The lowest mean known is the best that the whole can be.
        return Amount(min(known) if len(known) == len(means) else None, min(known))


def answers_at(minimum: Mapping[str, int], level: str) -> int:
    """Return how many answers a level needs; of no level, the fewest that one of them needs."""
    return minimum.get(level, min(minimum.values()))


def _mean(entries: Sequence[Entry], least: int) -> Amount:
    """Return the mean of at least so many answers; of fewer it is not known."""
    if len(entries) < least:
        return UNKNOWN
    return exactly(mean([entry.value for entry in entries]))


def _least(reader: Reader) -> dict[str, int]:
    """Return how many answers each level needs: one number for all, or one per level.

    A level that is not named needs one. A measure is the same for all levels.
    """
    name, levels = "minimum_answers", reader.notes.levels
    if reader.measured or not reader.maps(name):
        return dict.fromkeys(levels, reader.positive(name) or 1)
    inner = reader.needed_child(name)
    if not inner.names():
        reader.problem(name, ProblemCode.MISSING)
    for level in inner.names():
        check_level(inner, level)
    return dict.fromkeys(levels, 1) | {one: inner.positive(one) or 1 for one in inner.names()}
