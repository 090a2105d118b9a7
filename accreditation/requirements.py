"""What a level asks, in words for everybody: rules without anybody's facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation.criteria.document import LevelRules, Rules
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.kinds.criterion import Label
from accreditation.criteria.kinds.groups import Form
from accreditation.criteria.kinds.tree import SHOWN
from accreditation.criteria.verdicts import Finding
from partners.texts import language_of, localized

# Rules ask the same on every day; only facts have dates.
_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement, worded; ``language`` is that of the text. ``need`` is empty for a group.

    ``choice`` says how many of a group's ``parts`` are asked ("One of these").
    """

    text: str
    language: str
    need: str = ""
    choice: str = ""
    parts: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True)
class LevelAsks:
    """A level and what it asks; ``below`` is the level whose requirements come on top, if any."""

    level: LevelRules
    requirements: tuple[Requirement, ...]
    below: LevelRules | None


def asked_by_levels(rules: Rules) -> tuple[LevelAsks, ...]:
    """Return what each level asks, from low to high, in the language of the moment.

    :raises ValueError: the rules are a draft with numbers still open.
    """
    labels = {label.key: label for label in rules.labels()}
    # A partner without any facts misses everything: its verdict is the list of what is asked.
    verdict = judge(rules, PartnerFacts(), _ANY_DAY)
    found: list[LevelAsks] = []
    before: list[Finding] = []
    for level, one in zip(rules.levels, verdict.levels, strict=True):
        asked = list(_opened(one.finding, labels))
        lower = found[-1] if found and rules.settings.nested_levels else None
        adds = lower and (lower.below or not _repeats(asked, before))
        requirements = tuple(_requirement(each, labels) for each in asked)
        found.append(LevelAsks(level, requirements, lower.level if lower and adds else None))
        before = asked
    return tuple(found)


def asked_by(rules: Rules, level: str) -> LevelAsks | None:
    """Return what one level asks; None if these rules do not know the level."""
    return next((one for one in asked_by_levels(rules) if one.level.key == level), None)


def _opened(finding: Finding, labels: Mapping[str, Label]) -> Iterator[Finding]:
    """Yield what a level asks; groups that only say "all of these" are opened."""
    if finding.kind == SHOWN:
        return
    if finding.kind == Form.ALL and not _texts(finding, labels):
        for child in finding.children:
            yield from _opened(child, labels)
    else:
        yield finding


def _repeats(upper: Iterable[Finding], lower: Iterable[Finding]) -> bool:
    """Return whether the upper level names everything of the lower one, asking as much or more."""
    asked = {one.key: one.need for one in upper if not one.children}
    return all(one.key in asked and asked[one.key] >= one.need for one in lower)


def _requirement(finding: Finding, labels: Mapping[str, Label]) -> Requirement:
    texts = _texts(finding, labels)
    text, language = localized(texts), language_of(texts)
    if finding.kind not in set(Form):
        return Requirement(text, language, need=_need(finding))
    parts = tuple(_requirement(child, labels) for child in finding.children)
    return Requirement(text, language, choice=_choice(finding), parts=parts)


def _texts(finding: Finding, labels: Mapping[str, Label]) -> Mapping[str, str]:
    label = labels.get(finding.key)
    return label.text if label else {}


def _choice(finding: Finding) -> str:
    match Form(finding.kind):
        case Form.ALL:
            return _("All of these")
        case Form.ANY:
            return _("One of these")
        case Form.AT_LEAST:
            return _("At least %(count)d of these") % {"count": finding.need}
        case Form.NONE:
            return _("None of these")


def _need(finding: Finding) -> str:
    if finding.unit == "people":
        count = int(finding.need)
        return ngettext("at least %(count)d person", "at least %(count)d people", count) % {
            "count": count
        }
    return _("at least %(number)s") % {"number": localize(finding.need)}
