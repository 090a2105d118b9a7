"""Single values of a rules document and what they are called, for people to read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.criteria.document import Rules
from accreditation.criteria.kinds.criterion import Dimension
from accreditation.criteria.reader import OPEN
from accreditation.criteria.settings import Enrollment, FactsOf, Granting, Moving
from accreditation.enums import ProgramKind
from accreditation.sentences.people_rules import pool_name, quoted, role_names
from accreditation.wording.notation import in_words
from partners.texts import localized

SETTINGS: Mapping[str, Promise] = {
    "award": gettext_lazy("How awards are granted"),
    "enrollment": gettext_lazy("How partners take part"),
    "facts_of": gettext_lazy("Whose facts count"),
    "grace_days": gettext_lazy("Days of grace"),
    "term_months": gettext_lazy("Months of an award"),
    "renewal_window_days": gettext_lazy("Days of the renewal window"),
    "renewal_late_days": gettext_lazy("Days for a late renewal"),
    "nested_levels": gettext_lazy("Levels include those below"),
    "reviews.up": gettext_lazy("When levels may rise"),
    "reviews.down": gettext_lazy("When levels may fall"),
    "extensions": gettext_lazy("Extensions of awards"),
}
PROGRAM: Mapping[str, Promise] = {
    "name": gettext_lazy("Name of the program"),
    "kind": gettext_lazy("Kind of the program"),
    "summary": gettext_lazy("Summary"),
    "source.title": gettext_lazy("Title of the source"),
    "source.address": gettext_lazy("Address of the source"),
    "source.note": gettext_lazy("Note about the source"),
    "groups": gettext_lazy("Groups"),
    "family": gettext_lazy("Family"),
}
TEXTS: Mapping[str, Promise] = {
    "text": gettext_lazy("Text"),
    "evidence": gettext_lazy("evidence"),
    "dimension": gettext_lazy("dimension"),
    "unit": gettext_lazy("unit"),
}
"""What says how people speak of a criterion, by the name under which it says it."""


_MOVING: Mapping[str, Promise | str] = {
    Moving.ANY_DAY: gettext_lazy("On any day"),
    Moving.AT_RENEWAL: gettext_lazy("When the award is renewed"),
}
_CHOICES: Mapping[str, Mapping[str, Promise | str]] = {
    "kind": {one.value: one.label for one in ProgramKind},
    "award": {
        Granting.AUTOMATIC: gettext_lazy("By itself"),
        Granting.ON_APPLICATION: gettext_lazy("On application"),
    },
    "enrollment": {
        Enrollment.AUTOMATIC: gettext_lazy("By themselves"),
        Enrollment.ON_REQUEST: gettext_lazy("On request"),
    },
    "facts_of": {
        FactsOf.PARTNER: gettext_lazy("The facts of the partner"),
        FactsOf.SUBTREE: gettext_lazy("The facts of the partner and of all partners below it"),
    },
    "reviews.up": _MOVING,
    "reviews.down": _MOVING,
    "dimension": {
        Dimension.TECHNICAL_CAPABILITY: gettext_lazy("technical capability"),
        Dimension.COMMERCIAL_COMPETENCY: gettext_lazy("commercial competency"),
        Dimension.DELIVERY_QUALITY: gettext_lazy("delivery quality"),
        Dimension.COMPLIANCE_READINESS: gettext_lazy("compliance readiness"),
    },
}


def plain(value: Any) -> str:
    """Return a value of a document for people to read."""
    if value is None:
        return _("nothing")
    if value == OPEN:
        return _("still open")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        if all(isinstance(text, str) for text in value.values()) and localized(value):
            return _("“%(text)s”") % {"text": localized(value).rstrip(".")}
        return ", ".join(f"{name}: {plain(one)}" for name, one in value.items())
    return ", ".join(map(plain, value)) if isinstance(value, list) else str(value)


def chosen(name: str, value: Any) -> str:
    """Return the value of a field for people to read, in words where it is one of few."""
    words = _CHOICES.get(name, {}).get(value) if isinstance(value, str) else None
    return plain(value) if words is None else str(words)


def of_people(name: str, value: Any, rules: Rules) -> str:
    """Return what a document says about people under a name, with names for roles and levels."""
    roles = role_names(rules)
    match name, value:
        case "pool", str():
            return pool_name(value)
        case "levels", list():
            levels = {one.key: localized(one.name) for one in rules.levels}
            return ", ".join(levels.get(str(key), str(key)) for key in value)
        case "programs_per_person", Mapping():
            return ", ".join(
                f"{quoted([_role(roles, role)])}: {plain(most)}" for role, most in value.items()
            )
        case "never_both", list():
            return "; ".join(quoted([_role(roles, role) for role in pair]) for pair in value)
    return plain(value)


def _role(roles: Mapping[str, str], key: str) -> str:
    return roles.get(key) or in_words(key)
