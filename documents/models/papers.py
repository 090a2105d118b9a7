"""What is on file, signed, paid, published or examined about partners."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from documents.models.partner_facts import DECIMAL_PLACES, MOST_DIGITS
from documents.models.period_facts import PeriodFact


class Paper(PeriodFact):
    """Something of a kind (the vendor's key: ``business-plan``, ``annual-fee``) for a period.

    ``amount`` is what it is about, if it has one: an insured sum, a fee. A ``pending`` paper waits
    for a review.
    """

    kind = models.CharField(max_length=80)
    amount = models.DecimalField(
        max_digits=MOST_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    pending = models.BooleanField(default=False)

    class Meta(PeriodFact.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *PeriodFact.Meta.constraints,
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_a_kind", condition=~Q(kind="")
            ),
        ]


class AcceptedDocument(Paper):
    """A document that a reviewer accepted, or (pending) has yet to."""

    class Meta(Paper.Meta):
        pass


class Agreement(Paper):
    """An agreement or a code of conduct that is signed."""

    class Meta(Paper.Meta):
        pass


class Fee(Paper):
    """A fee that is paid for a period."""

    class Meta(Paper.Meta):
        pass


class ListingProof(Paper):
    """A public page, profile or listing elsewhere that exists for a period."""

    address = models.URLField(max_length=500, blank=True, default="")

    class Meta(Paper.Meta):
        pass


class Attestation(Paper):
    """A statement of compliance with a framework (its ``kind``) for a scope: ISO 27001, SOC 2."""

    scope = models.CharField(max_length=80, blank=True, default="")
    issuer = models.CharField(max_length=200, blank=True, default="")

    class Meta(Paper.Meta):
        pass


class Audit(Paper):
    """An audit, review or interview with its result, for as long as the result holds."""

    passed = models.BooleanField()
    score = models.DecimalField(
        max_digits=MOST_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )

    class Meta(Paper.Meta):
        pass


class Checklist(Paper):
    """A questionnaire that was filled in, with its score out of the highest there is.

    Pending: the partner filled it in and a reviewer has yet to score it.
    """

    score = models.DecimalField(max_digits=MOST_DIGITS, decimal_places=DECIMAL_PLACES)
    out_of = models.DecimalField(max_digits=MOST_DIGITS, decimal_places=DECIMAL_PLACES)

    class Meta(Paper.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Paper.Meta.constraints,
            models.CheckConstraint(
                name="documents_checklist_score",
                condition=Q(out_of__gt=0, score__gte=0, score__lte=F("out_of")),
            ),
        ]
