"""What customers answered in the satisfaction survey: how many, and how well."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Self

from accreditation.criteria.kinds.aggregates import aggregated, exactly, mean
from accreditation.criteria.kinds.bars import Bar, read_bar
from accreditation.criteria.kinds.counting import UNKNOWN, Amount, Count
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.kinds.customer_records import Distinct
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


@register_measure
@dataclass(frozen=True, slots=True)
class SurveyAnswers:
    """At least so many answers of customers, or so many customers who answered."""

    kind: ClassVar = "survey_answers"
    unit: ClassVar = "answers"

    label: Label
    bar: Bar
    answers: Answers
    distinct: Distinct

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        distinct = reader.needed_choice("distinct", Distinct)
        if distinct not in {Distinct.RECORD, Distinct.CUSTOMER}:
            reader.problem("distinct", ProblemCode.NOT_A_CHOICE, choices="record, customer")
        return cls(label, read_bar(reader, whole=True), Answers.read(reader), distinct)

    def asks(self, level: str) -> bool:
        """Return whether a level needs any answers."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return how many answers count, from the judged day onward."""
        by_customer = self.distinct is Distinct.CUSTOMER
        entries = self.answers.entries(dossier, by_customer=by_customer)
        tally = Tally(entries, ReasonCode.DUPLICATE_CUSTOMER)
        return tallied(self.label, self.bar, dossier, tally)


@register_measure
@dataclass(frozen=True, slots=True)
class Satisfaction:
    """The mean score of the answers; with fewer answers than the minimum it cannot be judged.

    `each_service_type`: the lowest mean of all service types, each of which needs enough answers:
    of those that are asked for, or else of those that occur.
    """

    kind: ClassVar = "satisfaction"
    unit: ClassVar = "score"

    label: Label
    bar: Bar
    answers: Answers
    minimum_answers: int
    each_service_type: bool

    @classmethod
    def parse(cls, label: Label, reader: Reader) -> Self:
        """Return the criterion that a node describes; notes what is wrong with it."""
        return cls(
            label=label,
            bar=read_bar(reader, whole=False),
            answers=Answers.read(reader),
            minimum_answers=reader.positive("minimum_answers") or 1,
            each_service_type=reader.flag("each_service_type", default=False),
        )

    def asks(self, level: str) -> bool:
        """Return whether a level needs satisfied customers."""
        return self.bar.asks(level)

    def measure(self, dossier: Dossier) -> Count:
        """Return how satisfied customers are, from the judged day onward."""
        types = {one.id: one.service_type for one in dossier.facts.survey_answers}

        def amount(entries: Sequence[Entry]) -> Amount:
            return self._lowest(entries, types) if self.each_service_type else self._mean(entries)

        return aggregated(self.label, self.bar, dossier, self.answers.entries(dossier), amount)

    def _mean(self, entries: Sequence[Entry]) -> Amount:
        if len(entries) < self.minimum_answers:
            return UNKNOWN
        return exactly(mean([entry.value for entry in entries]))

    def _lowest(self, entries: Sequence[Entry], types: Mapping[str, str]) -> Amount:
        by_type: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            by_type[types[entry.record]].append(entry)
        asked = self.answers.service_types or by_type.keys()
        means = [self._mean(by_type[one]).certain for one in sorted(asked)]
        known: list[Number] = [one for one in means if one is not None]
        if not known:
            return UNKNOWN
        # The lowest mean known is the best that the whole can be.
        return Amount(min(known) if len(known) == len(means) else None, min(known))
