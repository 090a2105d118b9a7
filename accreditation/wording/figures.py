"""What is there and what is asked, in the unit of the requirement: exact, never rounded up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from accreditation.criteria.verdicts import Comparison, Finding
from accreditation.wording.notation import in_words, number

SHOWN_PLACES = 4
"""Digits behind the point; what is cut off is marked, and never makes a number look enough."""

CUT = "\N{HORIZONTAL ELLIPSIS}"

# Nouns are said in two cases: "3 records", and after "of", where other languages decline them.
_NOUNS: Mapping[str, Callable[[int], str]] = {
    "people": lambda n: npgettext("unit", "person", "people", n),
    "certificates": lambda n: npgettext("unit", "certificate", "certificates", n),
    "records": lambda n: npgettext("unit", "record", "records", n),
    "items": lambda n: npgettext("unit", "item", "items", n),
    "designations": lambda n: npgettext("unit", "designation", "designations", n),
    "answers": lambda n: npgettext("unit", "answer", "answers", n),
    "decisions": lambda n: npgettext("unit", "decision", "decisions", n),
    "criteria": lambda n: npgettext("unit", "requirement", "requirements", n),
    "points": lambda n: npgettext("unit", "point", "points", n),
    "deployments": lambda n: npgettext("unit", "deployment", "deployments", n),
    "references": lambda n: npgettext("unit", "reference", "references", n),
    "transactions": lambda n: npgettext("unit", "transaction", "transactions", n),
    "documents": lambda n: npgettext("unit", "document", "documents", n),
    "attestations": lambda n: npgettext("unit", "attestation", "attestations", n),
    "audits": lambda n: npgettext("unit", "audit", "audits", n),
    "agreements": lambda n: npgettext("unit", "agreement", "agreements", n),
    "fees": lambda n: npgettext("unit", "fee", "fees", n),
    "events": lambda n: npgettext("unit", "event", "events", n),
    "listings": lambda n: npgettext("unit", "listing", "listings", n),
    "hours": lambda n: npgettext("unit", "hour", "hours", n),
    "score": lambda _n: "",
    "value": lambda _n: "",
    "amount": lambda _n: "",
    "share": lambda _n: "",
}
_OF_NOUNS: Mapping[str, Callable[[int], str]] = {
    "people": lambda n: npgettext("of so many", "person", "people", n),
    "certificates": lambda n: npgettext("of so many", "certificate", "certificates", n),
    "records": lambda n: npgettext("of so many", "record", "records", n),
    "items": lambda n: npgettext("of so many", "item", "items", n),
    "designations": lambda n: npgettext("of so many", "designation", "designations", n),
    "answers": lambda n: npgettext("of so many", "answer", "answers", n),
    "decisions": lambda n: npgettext("of so many", "decision", "decisions", n),
    "criteria": lambda n: npgettext("of so many", "requirement", "requirements", n),
    "points": lambda n: npgettext("of so many", "point", "points", n),
    "deployments": lambda n: npgettext("of so many", "deployment", "deployments", n),
    "references": lambda n: npgettext("of so many", "reference", "references", n),
    "transactions": lambda n: npgettext("of so many", "transaction", "transactions", n),
    "documents": lambda n: npgettext("of so many", "document", "documents", n),
    "attestations": lambda n: npgettext("of so many", "attestation", "attestations", n),
    "audits": lambda n: npgettext("of so many", "audit", "audits", n),
    "agreements": lambda n: npgettext("of so many", "agreement", "agreements", n),
    "fees": lambda n: npgettext("of so many", "fee", "fees", n),
    "events": lambda n: npgettext("of so many", "event", "events", n),
    "listings": lambda n: npgettext("of so many", "listing", "listings", n),
    "hours": lambda n: npgettext("of so many", "hour", "hours", n),
}

# Papers are all records to the engine; people call them by their names.
_PAPERS = {
    "agreement_signed": "agreements",
    "attestation_valid": "attestations",
    "audit_passed": "audits",
    "document_accepted": "documents",
    "fee_paid": "fees",
    "listed": "listings",
}

_MEASURED = frozenset({"score", "share"})
"""Units of which nothing can be added by the piece: too low, rather than missing."""


def have_text(finding: Finding) -> str:
    """Return what is there, in the notation of the unit."""
    return _shown(finding.have, finding)


def need_text(finding: Finding, currency: str = "") -> str:
    """Return what is asked beside what is there: "of 3 people", "at most 5 records"."""
    if finding.need_unknown is not None:
        return _("what is needed is not known")
    values = {"need": _shown(finding.need, finding), "unit": _unit(finding, currency)}
    if finding.comparison is Comparison.AT_LEAST and countable(finding):
        noun = _OF_NOUNS[_things(finding)](_plural(finding.need))
        return _("of %(need)s %(unit)s") % {**values, "unit": noun}
    sentences = {
        Comparison.AT_LEAST: _("at least %(need)s %(unit)s needed"),
        Comparison.MORE_THAN: _("more than %(need)s %(unit)s needed"),
        Comparison.AT_MOST: _("at most %(need)s %(unit)s allowed"),
        Comparison.LESS_THAN: _("less than %(need)s %(unit)s needed"),
    }
    return " ".join((sentences[finding.comparison] % values).split())


def brief_text(finding: Finding) -> str:
    """Return what is there beside what is asked, without the unit where it counts things."""
    values = {"have": have_text(finding), "need": _shown(finding.need, finding)}
    known = finding.need_unknown is None
    if known and finding.comparison is Comparison.AT_LEAST and countable(finding):
        return _("%(have)s of %(need)s") % values
    return _("%(have)s (%(asked)s)") % {**values, "asked": need_text(finding)}


def unit_text(finding: Finding, currency: str = "") -> str:
    """Return what the number there is a number of: "records", "EUR"; empty for a plain number."""
    return _unit(finding, currency, finding.have)


def missing_text(finding: Finding, currency: str = "") -> str:
    """Return how much is missing or too much, empty where nothing is."""
    gap = finding.shortfall
    if not gap:
        return ""
    if finding.unit in _MEASURED:
        sentence = _("%(gap)s too low") if finding.comparison.rising else _("%(gap)s too high")
        return sentence % {"gap": _difference(gap, finding)}
    words = {"gap": _shown(gap, finding), "unit": _unit(finding, currency, gap)}
    sentence = _("%(gap)s %(unit)s missing") if finding.comparison.rising else _("%(gap)s too many")
    return " ".join((sentence % words).split())


def gap_text(finding: Finding) -> str:
    """Return how much is missing or too much, in two words; empty where nothing is."""
    gap = finding.shortfall
    if not gap:
        return ""
    sentence = _("%(gap)s missing") if finding.comparison.rising else _("%(gap)s too many")
    return sentence % {"gap": _shown(gap, finding)}


def countable(finding: Finding) -> bool:
    """Return whether the requirement counts things, rather than measuring something."""
    return finding.unit in _NOUNS and bool(_NOUNS[finding.unit](1))


def _things(finding: Finding) -> str:
    """Return the key of what the requirement counts."""
    return _PAPERS.get(finding.kind, finding.unit) if finding.unit == "records" else finding.unit


def _unit(finding: Finding, currency: str, count: Decimal | None = None) -> str:
    if finding.unit == "share":
        return ""
    if finding.unit in {"amount", "value"}:
        return currency
    noun = _NOUNS.get(_things(finding))
    how_many = finding.need if count is None else count
    return noun(_plural(how_many)) if noun else in_words(finding.unit).lower()


def _plural(count: Decimal) -> int:
    """Return a whole number of the same grammatical number: a half is not one."""
    return int(count) if count == int(count) else 2


def _shown(value: Decimal, finding: Finding) -> str:
    if finding.unit == "share":
        return _("%(percent)s%%") % {"percent": _cut(value * 100, finding.comparison)}
    return _cut(value, finding.comparison)


def _difference(gap: Decimal, finding: Finding) -> str:
    """Return a difference of two figures: of shares in percentage points."""
    if finding.unit != "share":
        return _shown(gap, finding)
    points = gap * 100
    text = ngettext("%(gap)s percentage point", "%(gap)s percentage points", _plural(points))
    return text % {"gap": _cut(points, finding.comparison)}


def _cut(value: Decimal, comparison: Comparison) -> str:
    step = Decimal(1).scaleb(-SHOWN_PLACES)
    # What is too little must never look like enough, nor what is too much like little.
    shown = value.quantize(step, ROUND_FLOOR if comparison.rising else ROUND_CEILING)
    return number(shown) if shown == value else number(shown) + CUT
