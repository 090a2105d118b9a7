"""Arithmetic of certificates and courses: when they end, how long they took."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop as _

from enablement.certificate_life import Anchor, Cutoff, LifeRule
from partners.periods import end_after, months_after
from partners.refusals import CannotRecord

MOST_MONTHS = 600
MOST_HOURS = 100_000
"""No training is as long: it is what the column holds."""


def expires_on(
    awarded_on: date, *, valid_through: date | None, validity_months: int | None
) -> date | None:
    """Return the first day on which a certificate is no longer valid; None: it does not expire.

    What the issuer stated as last day wins; else the certification's validity counts from the day
    of the award. 24 months from 2024-03-01: valid through 2026-02-28, so 2026-03-01. 12 months from
    2024-02-29: 2025-02-28, so valid through 2025-02-27. 6 months from 2025-08-31: 2026-02-28.
    """
    if valid_through is not None:
        return end_after(valid_through)
    return None if validity_months is None else months_after(awarded_on, validity_months)


def life_rule(stored: Mapping[str, Any], validity_months: int | None) -> LifeRule | None:
    """Return how certificates live where that is more than a term from the award, else None.

    ``{"runs_from": "release", "anniversary_counts": true, "renewed_by": [certification keys],
    "extended_by": [course keys], "revived_late": true, "inactive_months": 12, "ends_on": day}``;
    what is left out does not apply. ``ends_on`` is the last day for all.

    :raises CannotRecord: at ``life``, for a rule that cannot be read.
    """
    if not stored:
        return None
    if unknown := sorted(stored.keys() - _READ.keys()):
        raise CannotRecord("life", _("A life rule has no “%(key)s”."), key=unknown[0])
    found: dict[str, Any] = {}
    for key, value in stored.items():
        name, read = _READ[key]
        try:
            found[name] = read(value)
        except (TypeError, ValueError) as error:
            raise CannotRecord(
                "life", _("“%(key)s” of a life rule cannot be read."), key=key
            ) from error
    return LifeRule(validity_months, **found)


def what_is(certification: str) -> str:
    """Return the name under which life rules know passing a certification."""
    return f"certification/{certification}"


def what_is_course(course: str) -> str:
    """Return the name under which life rules know finishing a course."""
    return f"course/{course}"


def cutoffs_of(stored: Sequence[Mapping[str, str]]) -> list[Cutoff]:
    """Return the cutoffs of a course as they are stored.

    :raises CannotRecord: at ``cutoffs``, for one that cannot be read.
    """
    try:
        return [
            Cutoff(date.fromisoformat(one["effective_on"]), date.fromisoformat(one["taken_since"]))
            for one in stored
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise CannotRecord("cutoffs", _("A cutoff is “effective_on” and “taken_since”.")) from error


def _keys(value: Any, prefix: Callable[[str], str]) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TypeError
    return frozenset(map(prefix, value))


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _months(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    if not 0 <= value <= MOST_MONTHS:
        raise ValueError
    return value


# What may stand in a life rule: the field it fills, and how it is read.
_READ: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "runs_from": ("anchor", Anchor),
    "anniversary_counts": ("anniversary_counts", _flag),
    "renewed_by": ("renewed_by", lambda value: _keys(value, what_is)),
    "extended_by": ("extended_by", lambda value: _keys(value, what_is_course)),
    "revived_late": ("revived_late", _flag),
    "inactive_months": ("inactive_months", _months),
    "ends_on": ("sunset_on", date.fromisoformat),
}


def check_hours(hours: Decimal | None) -> None:
    """Raise unless a training can have taken so long; None: nobody knows.

    :raises CannotRecord: for what is not above zero, too much, or finer than hundredths of an hour.
    """
    if hours is None:
        return
    if not hours.is_finite() or not 0 < hours < MOST_HOURS:
        sentence = _("Hours are above zero and below %(most)s.")
        raise CannotRecord("hours", sentence, most=str(MOST_HOURS))
    if hours != round(hours, 2):
        raise CannotRecord("hours", _("Hours have two decimals at most."))
