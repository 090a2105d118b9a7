"""What is asked of records, in words: the fields of the noun and the vendor's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.criteria.kinds.bars import Limit
from accreditation.criteria.kinds.filters import Deadline, OwnFields, Span, Where
from accreditation.criteria.reader import Catalog
from accreditation.sentences.needs import limited
from accreditation.sentences.nouns import DAYS, MONTHS
from accreditation.sentences.speech import Speech, between, either

FIELDS: Mapping[str, Promise] = {
    "stages": gettext_lazy("stage: %(values)s"),
    "products": gettext_lazy("product: %(values)s"),
    "service_types": gettext_lazy("type of service: %(values)s"),
    "industries": gettext_lazy("industry: %(values)s"),
    "regions": gettext_lazy("region: %(values)s"),
    "countries": gettext_lazy("country: %(values)s"),
    "locations": gettext_lazy("location: %(values)s"),
    "customer_sizes": gettext_lazy("size of the customer: %(values)s"),
    "currencies": gettext_lazy("currency: %(values)s"),
}


def where_terms(speech: Speech, where: Where) -> list[str]:
    """Return a clause for everything that is asked of customers' records."""
    terms = [_field(speech, name, wanted) for name, wanted in where.fields.items()]
    if where.public:
        terms.append(_("public"))
    terms += own_terms(where.own)
    if where.excluded is not None:
        left_out = ", ".join(where_terms(speech, where.excluded))
        terms.append(_("not counted: %(what)s") % {"what": left_out})
    return terms


def own_terms(own: OwnFields) -> list[str]:
    """Return a clause for everything that is asked of the vendor's own fields."""
    return [
        *(attribute(name, values) for name, values in own.attributes.items()),
        *(_numbered(name, limits) for name, limits in own.numbers.items()),
        *(_dated(name, span) for name, span in own.dated.items()),
        *map(_deadline, own.deadlines),
    ]


def attribute(name: str, values: frozenset[str]) -> str:
    """Return which values one of the vendor's own fields may have."""
    return _("“%(name)s”: %(values)s") % {"name": name, "values": either(values)}


def time_after(months: int, days: int) -> str:
    """Return a span of months and days; zero of both is "0 days"."""
    said = [MONTHS.of(months)] if months else []
    if days or not months:
        said.append(DAYS.of(days))
    if len(said) == 1:
        return said[0]
    return _("%(months)s and %(days)s") % {"months": said[0], "days": said[1]}


def _field(speech: Speech, name: str, wanted: frozenset[str]) -> str:
    countries = name == "countries"
    values = speech.called(Catalog.COUNTRY, wanted) if countries else either(wanted)
    return str(FIELDS[name] % {"values": values})


def _numbered(name: str, limits: Sequence[Limit]) -> str:
    asked = _(" and ").join(limited(one) for one in limits)
    return _("“%(name)s”: %(values)s") % {"name": name, "values": asked}


def _dated(name: str, span: Span) -> str:
    return _("“%(name)s” %(days)s") % {"name": name, "days": between(span.first, span.last)}


def _deadline(one: Deadline) -> str:
    return _("“%(day)s” at most %(time)s after “%(start)s”") % {
        "day": one.what,
        "time": time_after(one.months, one.days),
        "start": one.after,
    }
