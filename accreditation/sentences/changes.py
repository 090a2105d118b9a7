"""What changes from one version of a program to another, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.criteria.document import Rules
from accreditation.criteria.kinds.nodes.shown import Shown
from accreditation.requirements import criteria_of, speech_about
from accreditation.sentences.document_values import (
    PROGRAM,
    SETTINGS,
    TEXTS,
    chosen,
    of_people,
    plain,
)
from accreditation.sentences.people_rules import NAMES as PEOPLE
from accreditation.sentences.said import Sayable, as_sentence, need_of, said, sentence_of
from accreditation.sentences.speech import Names, Speech
from accreditation.version_diff import Change, Difference, Step, Way
from accreditation.wording.notation import in_words
from partners.texts import localized

_STEPS: Mapping[str, Promise] = {
    "all": gettext_lazy("all of these"),
    "any": gettext_lazy("one of these"),
    "none": gettext_lazy("none of these"),
    "of": gettext_lazy("at least %(need)s of these"),
    "steps": gettext_lazy("in this order, number %(number)s"),
    "when": gettext_lazy("as a condition"),
    "then": gettext_lazy("within another requirement"),
    "shown": gettext_lazy("shown only"),
    "tracks": gettext_lazy("as a track"),
    "items": gettext_lazy("as an item that earns points"),
    "roles": gettext_lazy("as a role to be filled"),
    "phases.initial": gettext_lazy("to reach the level"),
    "phases.keep": gettext_lazy("to keep the level"),
    "phases.renew": gettext_lazy("to renew the level"),
}


def change_sentences(
    found: Sequence[Difference], before: Rules, after: Rules, names: Names | None = None
) -> list[str]:
    """Return every difference as a sentence in the language of the moment."""
    words = _Words(before, after, names or Names())
    return [words.sentence(one) for one in found]


@dataclass(frozen=True, slots=True)
class _Words:
    """Two versions, to speak of what differs."""

    before: Rules
    after: Rules
    names: Names

    def sentence(self, one: Difference) -> str:
        """Return a difference in words."""
        return as_sentence(_SENTENCES[one.change](self, one))

    def level(self, key: str) -> str:
        """Return the name of a level, the newer one first."""
        levels = (*self.after.levels, *self.before.levels)
        found = (localized(one.name) for one in levels if one.key == key)
        return next(found, key)

    def title(self, key: str) -> str:
        """Return how the criterion is called, by its key if nothing else, without a full stop."""
        one = self.node(self.after, key) or self.node(self.before, key)
        text = (localized(one.label.text) if one else "") or key
        return _("“%(text)s”") % {"text": text.rstrip(".")}

    def node(self, rules: Rules, key: str) -> Sayable | None:
        """Return the criterion of a key."""
        return criteria_of(rules).get(key)

    def speech(self, rules: Rules, key: str, level: str) -> Speech:
        """Return how a criterion is said to a level."""
        return speech_about(rules, Speech(level, self.names), key)

    def asked(self, rules: Rules, key: str) -> str:
        """Return what a criterion asks of each level, those that are asked the same together."""
        one = self.node(rules, key)
        by_sentence: dict[str, list[str]] = {}
        for level in rules.levels:
            if one is not None and _asks(one, level.key):
                text = sentence_of(one, self.speech(rules, key, level.key))
                by_sentence.setdefault(text, []).append(self.level(level.key))
        if len(by_sentence) == 1:
            return next(iter(by_sentence)).rstrip(".")
        return " ".join(
            _("%(levels)s: %(sentence)s") % {"levels": ", ".join(levels), "sentence": sentence}
            for sentence, levels in by_sentence.items()
        ).rstrip(".")


def _values(words: _Words, one: Difference) -> dict[str, str]:
    return {
        "title": words.title(one.key) if one.key else "",
        "level": words.level(one.level) if one.level else "",
    }


def _named(labels: Mapping[str, Promise]) -> Callable[[_Words, Difference], str]:
    def said_of(_words: _Words, one: Difference) -> str:
        values = {
            "name": str(labels.get(one.key, one.key)),
            "before": chosen(one.key, one.before),
            "after": chosen(one.key, one.after),
        }
        return _instead(values)

    return said_of


def _instead(values: Mapping[str, str]) -> str:
    """Return what differs; what reads alike differs in another language."""
    if values["before"] == values["after"]:
        return _("%(title)s: worded otherwise") % {"title": values["name"]}
    return _("%(name)s: %(after)s instead of %(before)s") % values


def _people(words: _Words, one: Difference) -> str:
    values = {
        "name": str(PEOPLE[one.key]),
        "before": of_people(one.key, one.before, words.before),
        "after": of_people(one.key, one.after, words.after),
    }
    if one.before is None:
        return _("new about people: %(name)s: %(after)s") % values
    if one.after is None:
        return _("no longer said about people: %(name)s: %(before)s") % values
    return _("about people: %(name)s: %(after)s instead of %(before)s") % values


def _level_added(words: _Words, one: Difference) -> str:
    return _("level %(level)s is new") % _values(words, one)


def _level_removed(words: _Words, one: Difference) -> str:
    return _("level %(level)s is gone") % _values(words, one)


def _level_renamed(_words: _Words, one: Difference) -> str:
    names = [_title_of_level(side) for side in (one.before, one.after)]
    if names[0] == names[1]:
        return _("%(title)s: worded otherwise") % {"title": _("“%(text)s”") % {"text": names[0]}}
    values = {"before": names[0], "after": names[1]}
    return _("level: “%(after)s” instead of “%(before)s”") % values


def _title_of_level(level: Mapping[str, Any]) -> str:
    name, designation = localized(level["name"]), localized(level.get("designation") or {})
    return f"{name}, {designation}" if designation else name


def _levels_reordered(words: _Words, one: Difference) -> str:
    names = ", ".join(words.level(key) for key in one.after)
    return _("order of the levels: %(levels)s") % {"levels": names}


def _added(words: _Words, one: Difference) -> str:
    values = {**_values(words, one), "asked": words.asked(words.after, one.key)}
    return _("new: %(title)s. %(asked)s") % values


def _removed(words: _Words, one: Difference) -> str:
    return _("no longer asked: %(title)s") % _values(words, one)


def _moved(words: _Words, one: Difference) -> str:
    ways = {"before": _ways(words, one.before), "after": _ways(words, one.after)}
    values = {**_values(words, one), **ways}
    if ways["before"] == ways["after"]:
        return _("%(title)s: asked within another requirement") % values
    return _("%(title)s: asked of %(after)s instead of %(before)s") % values


def _ways(words: _Words, ways: Sequence[Way]) -> str:
    return "; ".join(_way(words, one) for one in ways)


def _way(words: _Words, way: Way) -> str:
    level, *steps = way
    whom = _("only %(level)s") % {"level": words.level(level)} if level else _("all levels")
    return ", ".join([whom, *(_step(words, one) for one in steps)])


def _step(words: _Words, step: Step) -> str:
    said_of = _STEPS.get(step.form)
    if said_of is None:
        return step.form.partition(".")[2]
    if isinstance(step.need, tuple):
        return _("of these at least (%(need)s)") % {"need": _how_many(words, step.need)}
    return str(said_of) % {"need": step.need, "number": step.number}


def _how_many(words: _Words, need: object) -> str:
    """Return how many nodes must be met: a number, or what the document says of each level."""
    if isinstance(need, tuple):
        joint = ": " if need and isinstance(need[0], str) else ", "
        return joint.join(_how_many(words, one) for one in need)
    return words.level(need) if isinstance(need, str) else str(need)


def _regrouped(words: _Words, one: Difference) -> str:
    titles = ", ".join(words.title(key) for key in one.after)
    values = {"how": _step(words, one.before), "titles": titles}
    return _("now together, %(how)s: %(titles)s") % values


def _need(words: _Words, one: Difference) -> str:
    needs = {
        "before": _need_text(words, words.before, one),
        "after": _need_text(words, words.after, one),
    }
    return _("%(title)s, %(level)s: %(after)s instead of %(before)s") % {
        **_values(words, one),
        **needs,
    }


def _need_text(words: _Words, rules: Rules, one: Difference) -> str:
    node = words.node(rules, one.key)
    return need_of(node, words.speech(rules, one.key, one.level)) if node else ""


def _now_asked(words: _Words, one: Difference) -> str:
    values = {**_values(words, one), "need": _need_text(words, words.after, one)}
    return _("%(title)s, %(level)s: now asked, %(need)s") % values


def _not_asked(words: _Words, one: Difference) -> str:
    return _("%(title)s, %(level)s: no longer asked") % _values(words, one)


def _otherwise(words: _Words, one: Difference) -> str:
    gone, come = (list(side) for side in _clauses(words, one.key))
    values = {**_values(words, one), "gone": "; ".join(gone), "come": "; ".join(come)}
    if gone and come:
        return _("%(title)s: now “%(come)s” instead of “%(gone)s”") % values
    if come:
        return _("%(title)s: now also “%(come)s”") % values
    if gone:
        return _("%(title)s: no longer “%(gone)s”") % values
    asked = [words.asked(rules, one.key) for rules in (words.before, words.after)]
    if asked[0] == asked[1]:
        fields = "; ".join(_fields(one.before, one.after))
        return _("%(title)s: asked otherwise, %(fields)s") % {**values, "fields": fields}
    return _("%(title)s: asked otherwise. %(asked)s") % {**values, "asked": asked[1]}


def _fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """Yield each field that differs, for what no sentence says."""
    for name in dict.fromkeys((*before, *after)):
        sides = before.get(name), after.get(name)
        if sides[0] != sides[1]:
            yield _instead(
                {"name": in_words(name), "before": plain(sides[0]), "after": plain(sides[1])}
            )


def _clauses(words: _Words, key: str) -> tuple[Iterator[str], Iterator[str]]:
    """Return the clauses that are gone and those that have come, said to a level of both."""
    nodes = words.node(words.before, key), words.node(words.after, key)
    if nodes[0] is None or nodes[1] is None:
        return iter(()), iter(())
    old, new = (
        _said_once(words, rules, node, key)
        for rules, node in zip((words.before, words.after), nodes, strict=True)
        if node is not None
    )
    return (one for one in old if one not in new), (one for one in new if one not in old)


def _said_once(words: _Words, rules: Rules, node: Sayable, key: str) -> tuple[str, ...]:
    asked = (one.key for one in rules.levels if _asks(node, one.key))
    level = next(asked, "")
    if not level:
        return ()
    found = said(node, words.speech(rules, key, level))
    need = need_of(node, words.speech(rules, key, level))
    return (*(() if need and need in found.main else (found.main,)), *found.details)


def _asks(node: Sayable, level: str) -> bool:
    if isinstance(node, Shown):
        return True  # It asks nothing, and is told to everybody.
    asks = getattr(node, "asks", None)
    return asks is None or bool(asks(level))


def _texts(words: _Words, one: Difference) -> str:
    values = {
        "before": chosen(one.name, one.before),
        "after": chosen(one.name, one.after),
        "name": str(TEXTS[one.name]),
    }
    title = words.title(one.key) if one.key else _("Group of requirements")
    if one.name != "text":
        values["name"] = _("%(title)s, %(name)s") % {"title": title, "name": values["name"]}
    elif one.key and values["before"] == values["after"]:
        values["name"] = title
    return _instead(values)


_SENTENCES: Mapping[Change, Callable[[_Words, Difference], str]] = {
    Change.PROGRAM: _named(PROGRAM),
    Change.SETTING: _named(SETTINGS),
    Change.PEOPLE: _people,
    Change.LEVEL_ADDED: _level_added,
    Change.LEVEL_REMOVED: _level_removed,
    Change.LEVEL_RENAMED: _level_renamed,
    Change.LEVELS_REORDERED: _levels_reordered,
    Change.ADDED: _added,
    Change.REMOVED: _removed,
    Change.MOVED: _moved,
    Change.REGROUPED: _regrouped,
    Change.NEED: _need,
    Change.ASKED: _now_asked,
    Change.NOT_ASKED: _not_asked,
    Change.OTHERWISE: _otherwise,
    Change.TEXTS: _texts,
}
