"""What is counted, as a word and with a number."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext_lazy

from accreditation.criteria.verdicts import Number
from accreditation.sentences.speech import number


@dataclass(frozen=True, slots=True)
class Noun:
    """One thing that is counted; ``counted`` has a form for one and forms for several."""

    plain: Promise | str
    counted: Promise

    def of(self, count: Number) -> str:
        """Return so many of them: "4 people". What is no whole number is said as several."""
        form = int(count) if count == int(count) else 2
        return str(self.counted % {"form": form, "count": number(count)})


PEOPLE = Noun(gettext_lazy("people"), ngettext_lazy("%(count)s person", "%(count)s people", "form"))
CERTIFICATES = Noun(
    gettext_lazy("certificates"),
    ngettext_lazy("%(count)s certificate", "%(count)s certificates", "form"),
)
COURSES = Noun(
    gettext_lazy("courses"), ngettext_lazy("%(count)s course", "%(count)s courses", "form")
)
COMPLETIONS = Noun(
    gettext_lazy("course completions"),
    ngettext_lazy("%(count)s course completion", "%(count)s course completions", "form"),
)
HOURS = Noun(
    gettext_lazy("hours of training"),
    ngettext_lazy("%(count)s hour of training", "%(count)s hours of training", "form"),
)
DEPLOYMENTS = Noun(
    gettext_lazy("deployments"),
    ngettext_lazy("%(count)s deployment", "%(count)s deployments", "form"),
)
REFERENCES = Noun(
    gettext_lazy("references"),
    ngettext_lazy("%(count)s reference", "%(count)s references", "form"),
)
TRANSACTIONS = Noun(
    gettext_lazy("transactions"),
    ngettext_lazy("%(count)s transaction", "%(count)s transactions", "form"),
)
CUSTOMERS = Noun(
    gettext_lazy("customers"), ngettext_lazy("%(count)s customer", "%(count)s customers", "form")
)
LOCATIONS = Noun(
    gettext_lazy("locations"), ngettext_lazy("%(count)s location", "%(count)s locations", "form")
)
COUNTRIES = Noun(
    gettext_lazy("countries"), ngettext_lazy("%(count)s country", "%(count)s countries", "form")
)
PRODUCTS = Noun(
    gettext_lazy("products"), ngettext_lazy("%(count)s product", "%(count)s products", "form")
)
ANSWERS = Noun(
    gettext_lazy("survey answers"),
    ngettext_lazy("%(count)s survey answer", "%(count)s survey answers", "form"),
)
DOCUMENTS = Noun(
    gettext_lazy("documents"), ngettext_lazy("%(count)s document", "%(count)s documents", "form")
)
AGREEMENTS = Noun(
    gettext_lazy("agreements"),
    ngettext_lazy("%(count)s agreement", "%(count)s agreements", "form"),
)
FEES = Noun(gettext_lazy("fees"), ngettext_lazy("%(count)s fee", "%(count)s fees", "form"))
LISTINGS = Noun(
    gettext_lazy("public listings"),
    ngettext_lazy("%(count)s public listing", "%(count)s public listings", "form"),
)
ATTESTATIONS = Noun(
    gettext_lazy("attestations"),
    ngettext_lazy("%(count)s attestation", "%(count)s attestations", "form"),
)
AUDITS = Noun(gettext_lazy("audits"), ngettext_lazy("%(count)s audit", "%(count)s audits", "form"))
DESIGNATIONS = Noun(
    gettext_lazy("designations"),
    ngettext_lazy("%(count)s designation", "%(count)s designations", "form"),
)
PARTNERS = Noun(
    gettext_lazy("partners"), ngettext_lazy("%(count)s partner", "%(count)s partners", "form")
)
DECISIONS = Noun(
    gettext_lazy("decisions"), ngettext_lazy("%(count)s decision", "%(count)s decisions", "form")
)
POINTS = Noun(gettext_lazy("points"), ngettext_lazy("%(count)s point", "%(count)s points", "form"))
EVENTS = Noun(gettext_lazy("events"), ngettext_lazy("%(count)s event", "%(count)s events", "form"))
MONTHS = Noun(gettext_lazy("months"), ngettext_lazy("%(count)s month", "%(count)s months", "form"))
DAYS = Noun(gettext_lazy("days"), ngettext_lazy("%(count)s day", "%(count)s days", "form"))
