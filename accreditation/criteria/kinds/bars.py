"""What levels need: a number, a number looked up by an attribute, a share of a population."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from accreditation.criteria.gaps import NeedCode, UnknownNeed
from accreditation.criteria.kinds.dossier import Dossier
from accreditation.criteria.kinds.working import ANYHOW, Working, read_working
from accreditation.criteria.problems import ProblemCode
from accreditation.criteria.reader import Reader
from accreditation.criteria.records import AttributeValue, text_of
from accreditation.criteria.timelines import Timeline
from accreditation.criteria.verdicts import Cause, CauseCode, Comparison, Number


@dataclass(frozen=True, slots=True)
class Lookup:
    """A number that depends on an attribute of the organization.

    `steps` are for numbers: the need from a least value on, from high to low; `names` are for
    everything else. What is in neither needs `otherwise`; None: that cannot be judged.
    """

    attribute: str
    steps: tuple[tuple[Number, Number], ...] = ()
    names: Mapping[str, Number] | None = None
    otherwise: Number | None = None

    def need(self, value: AttributeValue | None) -> Number | None:
        """Return what is needed with this value of the attribute, None if that is unknown."""
        if value is None:
            return None
        if self.names is not None:
            return self.names.get(text_of(value), self.otherwise)
        if not isinstance(value, Decimal):
            return None
        reached = (need for least, need in self.steps if value >= least)
        return next(reached, self.otherwise)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a population, at most `cap`; nobody is rounded.

    The population is a number that the partner declared (`attribute`), or everybody who works as
    `of` says. Where nobody is, there is no share.
    """

    share: Fraction
    attribute: str = ""
    of: Working = ANYHOW
    cap: Number | None = None

    def need(self, population: Number | None) -> Number | None:
        """Return how many of the population are needed, None if it is empty or unknown."""
        if not population:
            return None
        need = self.share * population
        return need if self.cap is None else min(need, self.cap)


@dataclass(frozen=True, slots=True)
class Limit:
    """One number for all levels, and how it is compared."""

    need: Fraction
    comparison: Comparison = Comparison.AT_LEAST


Need = int | Fraction | Lookup | Share


@dataclass(frozen=True, slots=True)
class Bar:
    """What each level needs, and how; a level that is not listed is not asked."""

    needs: Mapping[str, Need]
    comparison: Comparison = Comparison.AT_LEAST

    def asks(self, level: str) -> bool:
        """Return whether a level needs anything."""
        return level in self.needs

    def measure(self, dossier: Dossier) -> "MeasuredBar":
        """Return what the levels need from the judged day onward."""
        return MeasuredBar(self, dossier)


@dataclass(frozen=True, slots=True)
class MeasuredBar:
    """What the levels need of one partner."""

    bar: Bar
    dossier: Dossier

    @property
    def comparison(self) -> Comparison:
        """How the number is compared with it."""
        return self.bar.comparison

    def at(self, level: str) -> Timeline[Number | None] | None:
        """Return what a level needs, None while that is unknown; None if it is not asked."""
        need = self.bar.needs.get(level)
        if need is None:
            return None
        if isinstance(need, Lookup):
            return self.dossier.attribute(need.attribute).map(need.need)
        if isinstance(need, Share):
            return self._population(need).map(need.need)
        return Timeline(((self.dossier.on, need),))

    def unknown(self, level: str) -> UnknownNeed:
        """Return why nobody knows what a level needs while that is unknown."""
        need = self.bar.needs[level]
        attribute = need.attribute if isinstance(need, Lookup | Share) else ""
        if attribute:
            return UnknownNeed(NeedCode.ATTRIBUTE_SAYS_NOTHING, attribute)
        return UnknownNeed(NeedCode.NOBODY_TO_SHARE)

    def explain(self, level: str, day: date) -> Cause:
        """Return what makes a level need more or less on a day on which that changes."""
        need = self.bar.needs[level]
        if isinstance(need, Share) and need.of != ANYHOW:
            return self.dossier.newcomer(need.of, day)
        name = need.attribute if isinstance(need, Lookup | Share) else ""
        return Cause(CauseCode.ATTRIBUTE_CHANGES, self.dossier.attribute_changed(name, day))

    def _population(self, need: Share) -> Timeline[Number | None]:
        if need.of != ANYHOW:
            return self.dossier.population(need.of).map(Fraction)
        return self.dossier.attribute(need.attribute).map(
            lambda value: Fraction(value) if isinstance(value, Decimal) else None
        )


def read_bar(reader: Reader, *, whole: bool, default: int | None = None) -> Bar:
    """Return what the levels need: at_least, more_than, at_most or less_than a number.

    `whole`: it is a count, so the number is whole. `default`: what all levels need at least if
    nothing is said. Inside a measure, which is not asked by itself, nothing is read.
    """
    if reader.measured:
        return Bar({})
    forms = [one for one in Comparison if one.value in reader]
    if len(forms) > 1:
        reader.problem_here(ProblemCode.NOT_A_NODE, forms=", ".join(Comparison))
        reader.skip(forms)
    if not forms and default is not None:
        return Bar(dict.fromkeys(reader.notes.levels, default))
    comparison = forms[0] if forms else Comparison.AT_LEAST
    return Bar(_by_level(reader, comparison, whole=whole), comparison)


def read_at_least(reader: Reader, *, default: int | None = None) -> Bar:
    """Return how many of something levels need at least: whole numbers, in any form of a need.

    `default`: what all levels need if nothing is said.
    """
    name = Comparison.AT_LEAST.value
    if default is not None and not reader.maps(name):
        need = reader.positive(name, required=False) or default
        return Bar(dict.fromkeys(reader.notes.levels, need))
    return Bar(_by_level(reader, Comparison.AT_LEAST, whole=True))


def bar_of(criterion: object) -> Bar | None:
    """Return what levels need of a criterion, None for one that has no such number."""
    names = [one.name for one in fields(criterion)] if is_dataclass(criterion) else []
    found = (getattr(criterion, name) for name in names)
    return next((one for one in found if isinstance(one, Bar)), None)


def read_limit(reader: Reader) -> Limit | None:
    """Return the one number that a mapping compares with, None if it names none."""
    forms = [one for one in Comparison if one.value in reader]
    if len(forms) > 1:
        reader.problem_here(ProblemCode.NOT_A_NODE, forms=", ".join(Comparison))
        reader.skip(forms)
    if not forms:
        return None
    return Limit(Fraction(reader.decimal(forms[0].value) or 0), forms[0])


def read_limit_by_level(reader: Reader) -> dict[str, Limit]:
    """Return the number that a mapping compares with at each level, such as `{at_least: 3}`.

    One number is that of all levels; of numbers per level, a level that is not named has none.
    """
    forms = [one for one in Comparison if one.value in reader]
    if len(forms) != 1 or not reader.maps(forms[0].value):
        limit = read_limit(reader)
        return {} if limit is None else dict.fromkeys(reader.notes.levels, limit)
    inner = reader.needed_child(forms[0].value)
    if not inner.names():
        reader.problem(forms[0].value, ProblemCode.MISSING)
    for level in inner.names():
        check_level(inner, level)
    return {level: Limit(Fraction(inner.decimal(level) or 0), forms[0]) for level in inner.names()}


def read_limits(reader: Reader) -> tuple[Limit, ...]:
    """Return the numbers, at least one, that a mapping of nothing else compares with."""
    limits = tuple(
        Limit(Fraction(reader.decimal(one.value) or 0), one)
        for one in Comparison
        if one.value in reader
    )
    if not limits and reader.usable:
        reader.problem(Comparison.AT_LEAST, ProblemCode.MISSING)
    reader.finish()
    return limits


def _by_level(reader: Reader, comparison: Comparison, *, whole: bool) -> dict[str, Need]:
    name, levels = comparison.value, reader.notes.levels
    inner = reader.child(name) if reader.maps(name) else None
    if inner is None or _is_rule(inner):
        return dict.fromkeys(levels, _need(reader, name, comparison, whole=whole))
    if not inner.names():
        reader.problem(name, ProblemCode.MISSING)
    needs = {}
    for level in inner.names():
        check_level(inner, level)
        needs[level] = _need(inner, level, comparison, whole=whole)
    return needs


def check_level(reader: Reader, level: str) -> None:
    """Note a name that is no level of the program."""
    levels = reader.notes.levels
    if level not in levels:
        reader.problem(level, ProblemCode.NOT_A_LEVEL, levels=", ".join(levels))


def _is_rule(reader: Reader) -> bool:
    return any(name in reader and name not in reader.notes.levels for name in ("by", "share"))


def _need(reader: Reader, name: str, comparison: Comparison, *, whole: bool) -> Need:
    rule = reader.child(name) if reader.maps(name) else None
    if rule is None:
        return _number(reader, name, comparison, whole=whole)
    if "share" in rule:
        return _share(rule)
    return _lookup(rule, comparison, whole=whole)


def _number(reader: Reader, name: str, comparison: Comparison, *, whole: bool) -> Number:
    if not whole:
        return Fraction(reader.decimal(name) or 0)
    # Nothing is ever fewer than none, so only a most may be zero.
    if comparison is not Comparison.AT_MOST:
        return reader.positive(name) or 0
    return reader.whole(name, default=0, required=True)


def _share(reader: Reader) -> Share:
    share = reader.decimal("share", above=0, through=1, code=ProblemCode.NOT_A_SHARE)
    by = reader.needed_child("of")
    working = read_working(by)
    named = [one.name for one in fields(Working) if one.name in by]
    attribute = by.key("attribute", required=not named)
    if attribute and named:
        by.problem_here(ProblemCode.NOT_A_NODE, forms=", ".join(("attribute", *named)))
    by.finish()
    cap = reader.positive("at_most", required=False)
    reader.finish()
    return Share(Fraction(share or 1), attribute, working, cap)


def _lookup(reader: Reader, comparison: Comparison, *, whole: bool) -> Lookup:
    attribute = reader.key("by")
    steps: tuple[tuple[Number, Number], ...] = ()
    names: dict[str, Number] | None = None
    if reader.maps("table"):
        table = reader.needed_child("table")
        names = {name: _number(table, name, comparison, whole=whole) for name in table.names()}
    else:
        steps = _steps(reader, comparison, whole=whole)
    otherwise = (
        _number(reader, "otherwise", comparison, whole=whole) if "otherwise" in reader else None
    )
    reader.finish()
    return Lookup(attribute, steps, names, otherwise)


def claim_step(table: Reader, row: Reader, least: Decimal | None) -> None:
    """Note that a row of a table goes from this number on; a second one is a problem."""
    if least is not None:
        key = f"{least.normalize():f}"
        table.notes.claim(f"step of {table.place}", key, row.spot("from"))


def _steps(
    reader: Reader, comparison: Comparison, *, whole: bool
) -> tuple[tuple[Number, Number], ...]:
    steps = []
    for row in reader.children("table"):
        least = row.decimal("from")
        claim_step(reader, row, least)
        steps.append((Fraction(least or 0), _number(row, "need", comparison, whole=whole)))
        row.finish()
    return tuple(sorted(steps, reverse=True))
