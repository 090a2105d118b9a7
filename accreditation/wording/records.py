"""Records of every kind in words: what each is called, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accreditation.queries.explanations import ExplainedCause, ExplainedGap, Record
from accreditation.records import KnownRecord, RecordKind
from accreditation.wording.codes import cause_text, reason_text
from accreditation.wording.notation import in_words, money, number

OF_PEOPLE = frozenset({RecordKind.CERTIFICATE, RecordKind.COURSE, RecordKind.EMPLOYMENT})
OF_CUSTOMERS = frozenset(
    {
        RecordKind.DEPLOYMENT,
        RecordKind.REFERENCE,
        RecordKind.TRANSACTION,
        RecordKind.SURVEY_ANSWER,
    }
)

KINDS: Mapping[RecordKind, Promise] = {
    RecordKind.CERTIFICATE: gettext_lazy("Certificate"),
    RecordKind.EMPLOYMENT: gettext_lazy("Employment"),
    RecordKind.DEPLOYMENT: gettext_lazy("Deployment"),
    RecordKind.REFERENCE: gettext_lazy("Reference"),
    RecordKind.TRANSACTION: gettext_lazy("Transaction"),
    RecordKind.SURVEY_ANSWER: gettext_lazy("Survey answer"),
    RecordKind.DOCUMENT: gettext_lazy("Document"),
    RecordKind.AGREEMENT: gettext_lazy("Agreement"),
    RecordKind.FEE: gettext_lazy("Fee"),
    RecordKind.LISTING: gettext_lazy("Listing"),
    RecordKind.ATTESTATION: gettext_lazy("Attestation"),
    RecordKind.AUDIT: gettext_lazy("Audit"),
    RecordKind.CHECKLIST: gettext_lazy("Checklist"),
    RecordKind.COURSE: gettext_lazy("Course"),
    RecordKind.READING: gettext_lazy("Figure"),
    RecordKind.ATTRIBUTE: gettext_lazy("About the organization"),
    RecordKind.DECISION: gettext_lazy("Decision"),
    RecordKind.HELD_LEVEL: gettext_lazy("Designation"),
}

# What a record is about where it has no name of its own: the field with the vendor's key.
_SUBJECTS = {
    RecordKind.COURSE: "course",
    RecordKind.READING: "metric",
    RecordKind.ATTRIBUTE: "name",
    RecordKind.DECISION: "criterion",
}

_PLAIN_FIELDS = (
    "item",
    "service_type",
    "service_types",
    "products",
    "industry",
    "region",
    "country",
    "location",
    "customer_size",
    "stage",
    "scope",
    "mode",
)


def record_name(record: Record) -> str:
    """Return whose record it is, or what it is called: a person, a customer, a document."""
    known = record.known
    if known is None:
        return _("No longer on record")
    if known.kind in OF_PEOPLE:
        return record.person or _("Erased person")
    if known.kind in OF_CUSTOMERS:
        return record.title or _("Customer no longer on record")
    return record.title or in_words(known.text(_SUBJECTS.get(known.kind, "kind")))


def record_kind(record: Record) -> str:
    """Return what the record is, as a noun; empty if nothing is known of it any more."""
    return str(KINDS[record.kind]) if record.kind else ""


def record_detail(record: Record) -> str:
    """Return what else is known of a record, in one line."""
    known = record.known
    if known is None:
        return ""
    return " · ".join(part for part in _parts(record, known) if part)


def record_in_full(record: Record) -> str:
    """Return a record in one phrase: its kind or certification, and whose it is."""
    known = record.known
    if known is None:
        return record_name(record)
    what = _what(record, known) or record_kind(record)
    return _("%(what)s (%(whose)s)") % {"what": what, "whose": record_name(record)}


def cause_told(told: ExplainedCause) -> str:
    """Return what happens on the day a result changes, and to which record, as a clause."""
    record = told.record
    what = record_in_full(record) if record.known else ""
    return cause_text(told.cause.code, record.person, what)


def reason_told(record: Record) -> str:
    """Return whether a record counts, and if not, why: with the role its person fills instead."""
    if record.used_by is None:
        return reason_text(record.reason)
    values = {"role": record.used_by.role, "program": record.used_by.program}
    return _("No, the person fills “%(role)s” in %(program)s") % values


def gap_told(told: ExplainedGap) -> str:
    """Return the proof that slots stay open: who is missing, and who there is to fill how many."""
    gap = told.gap
    values = {
        "missing": gap.missing,
        "roles": ", ".join(_("“%(text)s”") % {"text": one} for one in told.roles),
        "slots": len(gap.slots),
        "people": ", ".join(name or _("Erased person") for name in told.people),
        "programs": ", ".join(told.programs),
    }
    if not told.people:
        return _("%(missing)d missing for %(roles)s: nobody suits.") % values
    if not told.programs:
        sentence = _(
            "%(missing)d missing for %(roles)s: %(slots)d places compete for %(people)s, "
            "who can fill no more."
        )
    else:
        sentence = _(
            "%(missing)d missing for %(roles)s: %(slots)d places, some of them in %(programs)s, "
            "compete for %(people)s, who can fill no more."
        )
    return sentence % values


def _parts(record: Record, known: KnownRecord) -> Iterator[str]:
    yield _what(record, known)
    yield record.about
    yield from (_text(known.values.get(name)) for name in _PLAIN_FIELDS)
    yield from _figures(known)
    yield from _days(known)
    if known.values.get("public"):
        yield _("may be named")
    yield from (f"{in_words(name)}: {each}" for name, each in _own(known, "attributes"))
    yield from (
        f"{in_words(name)}: {_day_text(date.fromisoformat(each))}"
        for name, each in _own(known, "dates")
    )


def _what(record: Record, known: KnownRecord) -> str:
    """Return what a person or customer has to do with it."""
    if known.kind is RecordKind.CERTIFICATE:
        return record.title
    if known.kind is RecordKind.COURSE:
        return in_words(known.text("course"))
    if known.kind is RecordKind.DECISION:
        return _("Accepted") if known.values.get("accepted") else _("Refused")
    if known.kind in OF_CUSTOMERS or known.kind is RecordKind.EMPLOYMENT:
        return in_words(known.text("kind"))
    return ""


def _figures(known: KnownRecord) -> Iterator[str]:
    currency = known.text("currency")
    if known.kind is RecordKind.ATTRIBUTE:
        yield _attribute(known.values.get("value"))
    elif (value := known.number("value")) is not None:
        yield money(value, currency)
    if (amount := known.number("amount")) is not None:
        yield money(amount, currency)
    if (hours := known.number("hours")) is not None:
        yield ngettext("%(count)s hour", "%(count)s hours", _form(hours)) % {"count": number(hours)}
    score, out_of = known.number("score"), known.number("out_of")
    if score is not None and out_of is not None:
        yield _("%(score)s of %(most)s") % {"score": number(score), "most": number(out_of)}
    elif score is not None:
        yield _("score %(score)s") % {"score": number(score)}
    if known.kind is RecordKind.AUDIT:
        yield _("passed") if known.values.get("passed") else _("not passed")


def _form(figure: Decimal) -> int:
    """Return by which number a noun is said: what is not whole is said as several."""
    return int(figure) if figure == int(figure) else 2


def _days(known: KnownRecord) -> Iterator[str]:
    words = {
        "confirmed_on": _("confirmed %(day)s"),
        "withdrawn_on": _("withdrawn %(day)s"),
        "revoked_on": _("revoked %(day)s"),
    }
    for name, sentence in words.items():
        if (day := known.day(name)) is not None:
            yield sentence % {"day": _day_text(day)}


def _attribute(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    try:
        return number(Decimal(str(value)))
    except ArithmeticError:
        return str(value)


def _own(known: KnownRecord, name: str) -> list[tuple[str, str]]:
    return sorted(known.values.get(name, {}).items())


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return str(value or "")


def _day_text(day: date) -> str:
    return str(date_format(day, "DATE_FORMAT"))
