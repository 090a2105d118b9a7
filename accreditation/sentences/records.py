"""What was done for customers and what is on file, in words."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accreditation.criteria.kinds.aggregates import Made, Missing
from accreditation.criteria.kinds.records.chosen import ChosenRecords, Distinct, Source
from accreditation.criteria.kinds.records.customer_records import RecordsCounted
from accreditation.criteria.kinds.records.papers import (
    AgreementSigned,
    AttestationValid,
    AuditPassed,
    DocumentAccepted,
    FeePaid,
    Listed,
    OnFile,
)
from accreditation.criteria.kinds.records.satisfaction import (
    Answering,
    Answers,
    Satisfaction,
    SurveyAnswers,
    answers_at,
)
from accreditation.criteria.kinds.records.values import OWN_VALUE, RecordsValue
from accreditation.sentences import nouns
from accreditation.sentences.amounts import money_terms, own_unit, with_unit
from accreditation.sentences.filters import own_terms, where_terms
from accreditation.sentences.needs import counted, figure
from accreditation.sentences.nouns import Noun
from accreditation.sentences.registry import Said, says
from accreditation.sentences.speech import Speech, either, number
from accreditation.sentences.windows import window_terms

_SOURCES = {
    Source.DEPLOYMENTS: nouns.DEPLOYMENTS,
    Source.REFERENCES: nouns.REFERENCES,
    Source.TRANSACTIONS: nouns.TRANSACTIONS,
}
_DISTINCT: dict[Distinct, tuple[Noun, Promise]] = {
    Distinct.CUSTOMER: (nouns.CUSTOMERS, gettext_lazy("each customer counts once")),
    Distinct.LOCATION: (nouns.LOCATIONS, gettext_lazy("each location counts once")),
    Distinct.COUNTRY: (nouns.COUNTRIES, gettext_lazy("each country counts once")),
    Distinct.PRODUCT: (nouns.PRODUCTS, gettext_lazy("each product counts once")),
}
_WITH = {
    Source.DEPLOYMENTS: gettext_lazy("with a deployment"),
    Source.REFERENCES: gettext_lazy("with a reference"),
    Source.TRANSACTIONS: gettext_lazy("with a transaction"),
}
_MADE: Mapping[Made, Promise] = {
    Made.SUM: gettext_lazy("sum of %(values)s"),
    Made.MEAN: gettext_lazy("mean of %(values)s"),
    Made.MEDIAN: gettext_lazy("median of %(values)s"),
    Made.LARGEST: gettext_lazy("largest of %(values)s"),
    Made.SMALLEST: gettext_lazy("smallest of %(values)s"),
}
_SUMMED: Mapping[Distinct, Promise] = {
    Distinct.CUSTOMER: gettext_lazy("the sums per customer of %(values)s"),
    Distinct.LOCATION: gettext_lazy("the sums per location of %(values)s"),
    Distinct.COUNTRY: gettext_lazy("the sums per country of %(values)s"),
    Distinct.PRODUCT: gettext_lazy("the sums per product of %(values)s"),
}
_PAPERS: dict[str, tuple[Noun, Promise]] = {
    DocumentAccepted.kind: (nouns.DOCUMENTS, gettext_lazy("accepted and in force")),
    AgreementSigned.kind: (nouns.AGREEMENTS, gettext_lazy("signed and in force")),
    FeePaid.kind: (nouns.FEES, gettext_lazy("paid for the day")),
    Listed.kind: (nouns.LISTINGS, gettext_lazy("online")),
    AttestationValid.kind: (nouns.ATTESTATIONS, gettext_lazy("valid")),
    AuditPassed.kind: (nouns.AUDITS, gettext_lazy("passed and in force")),
}


@says(RecordsCounted)
def records_counted(one: RecordsCounted, speech: Speech) -> Said:
    """Return how many records, customers, places or products are asked for."""
    terms, source = _chosen(one.records, speech), one.records.source
    if one.distinct is Distinct.RECORD:
        return Said(counted(speech, one.bar, _SOURCES[source]), terms)
    noun, once = _DISTINCT[one.distinct]
    main = counted(speech, one.bar, noun)
    return Said(main, (*terms, str(once)), (str(_WITH[source]),))


@says(RecordsValue)
def records_value(one: RecordsValue, speech: Speech) -> Said:
    """Return what records have to be worth."""
    shown = with_unit(one.money.currency or own_unit(one.label.unit, one.unit))
    missing = (
        _("no record counts as zero")
        if one.missing is Missing.ZERO
        else _("without a record it cannot be judged")
    )
    terms = (*_chosen(one.records, speech), *money_terms(one.money), missing)
    return Said(figure(speech, one.bar, _made(one), shown), terms)


@says(DocumentAccepted, AgreementSigned, FeePaid, Listed, AttestationValid, AuditPassed)
def on_file(one: OnFile, speech: Speech) -> Said:
    """Return what has to be on file."""
    noun, state = _PAPERS[one.kind]
    attached = (_("of the kind %(kinds)s") % {"kinds": either(one.kinds)}, str(state))
    terms = []
    if isinstance(one, AttestationValid) and one.scopes:
        terms.append(_("scope: %(scopes)s") % {"scopes": either(one.scopes)})
    if isinstance(one, AuditPassed) and one.minimum_score is not None:
        score = number(Fraction(one.minimum_score))
        terms.append(_("with a score of at least %(score)s") % {"score": score})
    begun = [_("begun %(days)s") % {"days": days} for days in window_terms(one.window)]
    return Said(counted(speech, one.bar, noun), (*terms, *own_terms(one.own), *begun), attached)


@says(SurveyAnswers)
def survey_answers(one: SurveyAnswers, speech: Speech) -> Said:
    """Return how many answers are asked for, or how many customers who answered."""
    if one.distinct is Answering.CUSTOMER:
        answered = _("who answered the satisfaction survey")
        main = counted(speech, one.bar, nouns.CUSTOMERS)
        once = _("each customer counts once")
        return Said(main, (*_answers(one.answers), once), (answered,))
    return Said(counted(speech, one.bar, nouns.ANSWERS), _answers(one.answers))


@says(Satisfaction)
def satisfaction(one: Satisfaction, speech: Speech) -> Said:
    """Return how satisfied customers have to be, and from how many answers on that is known."""
    name = (
        _("lowest mean satisfaction of all types of service")
        if one.each_service_type
        else _("mean satisfaction of customers")
    )
    least = answers_at(one.minimum_answers, speech.level)
    enough = ngettext(
        "judged from %(count)d answer on", "judged from %(count)d answers on", least
    ) % {"count": least}
    return Said(figure(speech, one.bar, name), (*_answers(one.answers), enough))


def _answers(answers: Answers) -> tuple[str, ...]:
    types = answers.service_types
    asked = [_("type of service: %(values)s") % {"values": either(types)}] if types else []
    return (*asked, *window_terms(answers.window))


def _made(one: RecordsValue) -> str:
    """Return which number is made of which values."""
    named = {"number": one.number, "records": _SOURCES[one.records.source].plain}
    values = (
        _("the values of %(records)s") % named
        if one.number == OWN_VALUE
        else _("“%(number)s” of %(records)s") % named
    )
    if one.per is not Distinct.RECORD:
        values = str(_SUMMED[one.per] % {"values": values})
    return str(_MADE[one.take] % {"values": values})


def _chosen(records: ChosenRecords, speech: Speech) -> tuple[str, ...]:
    """Return a clause for everything that is asked of customers' records."""
    kinds = records.kinds
    of_kinds = [_("of the kind %(kinds)s") % {"kinds": either(kinds)}] if kinds else []
    asked = (*where_terms(speech, records.where), *window_terms(records.window))
    return (*of_kinds, *asked, *_state(records))


def _state(records: ChosenRecords) -> list[str]:
    if records.source is Source.DEPLOYMENTS:
        return [_("confirmed or not")] if records.unconfirmed else [_("confirmed")]
    if records.source is Source.REFERENCES:
        return [_("while the customer consents")]
    return []
