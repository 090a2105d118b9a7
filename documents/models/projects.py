"""What partners did for customers: deployments, references, transactions."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from documents.enums import Confirmer
from documents.models.customers import Customer
from documents.models.partner_facts import DECIMAL_PLACES, MOST_DIGITS, PartnerFact
from partners.tenancy.keys import TenantForeignKey


class CustomerRecord(PartnerFact):
    """What was done for a customer, in the words by which criteria choose.

    Industry, country and size that are empty are those of the customer. A ``pending`` record waits
    for a review. ``attributes`` are the vendor's own fields as ``{name: text}``, ``dates`` its own
    days as ``{name: "2026-03-02"}``.
    """

    customer = TenantForeignKey(Customer, models.PROTECT, related_name="%(class)ss")
    kind = models.CharField(max_length=80, blank=True, default="")
    products = ArrayField(models.CharField(max_length=80), blank=True, default=list)
    service_types = ArrayField(models.CharField(max_length=80), blank=True, default=list)
    industry = models.CharField(max_length=80, blank=True, default="")
    region = models.CharField(max_length=80, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="", help_text="ISO 3166-1 alpha-2")
    location = models.CharField(max_length=80, blank=True, default="")
    customer_size = models.CharField(max_length=80, blank=True, default="")
    stage = models.CharField(max_length=80, blank=True, default="")
    public = models.BooleanField(default=False)
    value = models.DecimalField(
        max_digits=MOST_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True
    )
    currency = models.CharField(max_length=3, blank=True, default="", help_text="ISO 4217")
    pending = models.BooleanField(default=False)
    attributes = models.JSONField(default=dict, blank=True, help_text="{name: text}")
    dates = models.JSONField(default=dict, blank=True, help_text="{name: day}")

    class Meta(PartnerFact.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *PartnerFact.Meta.constraints,
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_country",
                condition=Q(country="") | Q(country__regex=r"^[A-Z]{2}$"),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_currency",
                condition=Q(currency="") | Q(currency__regex=r"^[A-Z]{3}$"),
            ),
        ]


class Deployment(CustomerRecord):
    """One customer project, completed on a day; ``confirmed_on`` None: not confirmed yet."""

    completed_on = models.DateField()
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.CharField(
        max_length=12, choices=Confirmer.choices, blank=True, default=""
    )

    class Meta(CustomerRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *CustomerRecord.Meta.constraints,
            models.CheckConstraint(
                name="documents_deployment_confirmation",
                condition=Q(confirmed_on__isnull=True, confirmed_by="")
                | (Q(confirmed_on__isnull=False) & ~Q(confirmed_by="")),
            ),
        ]


class Reference(CustomerRecord):
    """A customer's consent to vouch for the partner, for a period ``[started_on, ended_on)``."""

    deployment = TenantForeignKey(
        Deployment, models.PROTECT, null=True, blank=True, related_name="references"
    )
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True, help_text="First day without consent.")

    class Meta(CustomerRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *CustomerRecord.Meta.constraints,
            models.CheckConstraint(
                name="documents_reference_period",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
            ),
        ]


class Transaction(CustomerRecord):
    """A sale, resale or referral on a day; ``kind`` says which."""

    made_on = models.DateField()

    class Meta(CustomerRecord.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *CustomerRecord.Meta.constraints,
            models.CheckConstraint(name="documents_transaction_has_a_kind", condition=~Q(kind="")),
        ]
