"""What one person may do in a program and in its pool, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accreditation.criteria.document import Rules
from accreditation.criteria.kinds.people.role_slots import Role
from accreditation.criteria.people_rules import ANY_ROLE, PeopleRules
from accreditation.requirements import criteria_of
from accreditation.sentences.said import as_sentence
from accreditation.sentences.speech import number
from accreditation.wording.notation import in_words
from partners.texts import localized

NAMES: Mapping[str, Promise] = {
    "slots_per_person": gettext_lazy("Places that one person fills at most"),
    "pool": gettext_lazy("Programs that count people together"),
    "programs_per_person": gettext_lazy("Programs in which one person counts at most"),
    "roles_per_person": gettext_lazy("Different roles of one person at most"),
    "never_both": gettext_lazy("Roles that exclude each other"),
    "levels": gettext_lazy("Levels counted together with other programs"),
}
"""What a document says about people, by the name under which it says it."""


def people_sentences(rules: Rules, others: Sequence[Rules] = ()) -> tuple[str, ...]:
    """Return what one person may do, in the language of the moment; nothing without any roles.

    ``others`` are the rules of the other programs of the pool: what any of them states holds for
    all. Without them the pool itself is named.
    """
    if not any(isinstance(one, Role) and one.uses_up for one in criteria_of(rules).values()):
        return ()
    return tuple(as_sentence(one) for one in _Words((rules, *others)).clauses())


def role_names(*rules: Rules) -> dict[str, str]:
    """Return what roles are called by their key; where several rules know it, as in the first."""
    found: dict[str, str] = {}
    for one in rules:
        for node in criteria_of(one).values():
            if isinstance(node, Role):
                found.setdefault(node.key, _role_name(node.label.text, node.key))
    return found


def _role_name(texts: Mapping[str, str], key: str) -> str:
    """Return the text of a role as a name within a sentence; its key in words without one."""
    return localized(texts).rstrip(".") or in_words(key)


def pool_name(key: str) -> str:
    """Return the key of a pool in words, quoted."""
    return _("“%(text)s”") % {"text": in_words(key)}


def quoted(names: Sequence[str]) -> str:
    """Return names one after the other, each in quotes."""
    return ", ".join(_("“%(text)s”") % {"text": one} for one in names)


@dataclass(frozen=True)
class _Words:
    """The rules of a program, then those of the others of its pool."""

    pooled: tuple[Rules, ...]

    @property
    def people(self) -> PeopleRules:
        """What the program itself says about people."""
        return self.pooled[0].people

    @cached_property
    def open(self) -> frozenset[str]:
        """Names of numbers about people that a draft leaves open."""
        places = self.pooled[0].open_places
        return frozenset(one.removeprefix("people.") for one in places if one.startswith("people."))

    @cached_property
    def roles(self) -> dict[str, str]:
        """Names of the roles of all these programs, by key."""
        return role_names(*self.pooled)

    def clauses(self) -> Iterator[str]:
        """Yield one clause for each limit, then what is still open."""
        if "slots_per_person" not in self.open:
            yield ngettext(
                "one person fills at most %(count)d place in this program",
                "one person fills at most %(count)d places in this program, each in another role",
                self.people.slots,
            ) % {"count": self.people.slots}
        if self.people.pool:
            yield self._together()
        yield from self._programs()
        yield from self._roles()
        if self.open:
            names = dict.fromkeys(str(NAMES[one.partition(".")[0]]) for one in sorted(self.open))
            yield _("still open: %(places)s") % {"places": ", ".join(names)}

    def _together(self) -> str:
        if len(self.pooled) == 1:
            values = {"pool": pool_name(self.people.pool), "program": self._program(self.pooled[0])}
            return (
                _("people are counted together in all programs of the pool %(pool)s: %(program)s")
                % values
            )
        programs = ", ".join(self._program(one) for one in self.pooled)
        return _("people are counted together in these programs: %(programs)s") % {
            "programs": programs
        }

    def _program(self, rules: Rules) -> str:
        """Return the name of a program, with the levels that are counted if not all are."""
        name = localized(rules.program.name)
        levels = [localized(one.name) for one in rules.levels if one.key in rules.people.levels]
        if not levels:
            return name
        return _("%(program)s (only %(levels)s)") % {"program": name, "levels": ", ".join(levels)}

    def _programs(self) -> Iterator[str]:
        """Yield in how many programs somebody counts, the strictest that any of them says."""
        strictest: dict[str, int] = {}
        for rules in self.pooled:
            for role, most in rules.people.programs.items():
                if rules is not self.pooled[0] or f"programs_per_person.{role}" not in self.open:
                    strictest[role] = min(most, strictest.get(role, most))
        for role, most in strictest.items():
            yield _in_any_role(most) if role == ANY_ROLE else _in_one_role(most, self._role(role))

    def _role(self, key: str) -> str:
        return quoted([self.roles.get(key) or in_words(key)])

    def _roles(self) -> Iterator[str]:
        where = _("in these programs") if self.people.pool else _("in this program")
        most = [one.people.roles for one in self.pooled if one.people.roles is not None]
        if most:
            values = {"count": number(min(most)), "where": where}
            yield (
                ngettext(
                    "one person fills only one role %(where)s",
                    "one person fills at most %(count)s different roles %(where)s",
                    min(most),
                )
                % values
            )
        exclusive = dict.fromkeys(pair for one in self.pooled for pair in one.people.never_both)
        for pair in exclusive:
            values = {"where": where, "roles": ", ".join(self._role(one) for one in sorted(pair))}
            yield _("nobody fills more than one of these roles %(where)s: %(roles)s") % values


def _in_any_role(most: int) -> str:
    return ngettext(
        "nobody counts in two of these programs",
        "one person counts in at most %(count)d of these programs",
        most,
    ) % {"count": most}


def _in_one_role(most: int, role: str) -> str:
    return ngettext(
        "nobody counts as %(role)s in two of these programs",
        "one person counts as %(role)s in at most %(count)d of these programs",
        most,
    ) % {"count": most, "role": role}
