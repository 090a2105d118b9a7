"""People, where they worked and in which job roles. Every row is a dated fact."""

from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from partners.enums import EmploymentKind
from partners.models.partners import Partner
from partners.rules import Actor
from partners.tenancy.keys import TenantForeignKey
from partners.tenancy.models import TenantManager, TenantModel, TenantQuerySet


class DateRange(Func):
    """``daterange(start, end)``: half-open, an empty end means open."""

    function = "DATERANGE"
    output_field = DateRangeField()


class JobRole(TenantModel):
    """What a person does at a partner, such as technical engineer or sales representative."""

    key = models.SlugField(max_length=60)
    name = models.JSONField(help_text="{language: text}")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["vendor", "key"], name="partners_jobrole_key_unique")
        ]

    def __str__(self) -> str:
        return self.key


class PersonQuerySet(TenantQuerySet["Person"]):
    """Questions about people that read as English."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the people who work or worked at partners in the actor's reach."""
        if actor.partner_id is not None:
            return self.filter(employments__partner=actor.partner_id).distinct()
        if actor.managed_only:
            managed = Partner.objects.visible_to(actor)
            return self.filter(employments__partner__in=managed).distinct()
        return self


PersonManager = TenantManager.from_queryset(PersonQuerySet)


class Person(TenantModel):
    """Someone who works at partners; may have no login. Owns their certificates."""

    email = models.EmailField(help_text="Lower case; the natural key within the vendor.")
    name = models.CharField(max_length=200)
    user = models.ForeignKey(
        "partners.User", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    merged_into = TenantForeignKey(
        "partners.Person", models.PROTECT, null=True, blank=True, related_name="merged_from"
    )

    objects: ClassVar = PersonManager()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["vendor", "email"], name="partners_person_email")
        ]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name


class Employment(TenantModel):
    """One person at one partner for a period ``[started_on, ended_on)``.

    Employments may overlap, but a person counts at one partner a day: the exclusion constraint.
    """

    person = TenantForeignKey(Person, models.PROTECT, related_name="employments")
    partner = TenantForeignKey(Partner, models.PROTECT, related_name="employments")
    kind = models.CharField(
        max_length=12, choices=EmploymentKind.choices, default=EmploymentKind.EMPLOYEE
    )
    working_time = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Percent of full time; none: nobody recorded it."
    )
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True, help_text="First day no longer employed.")
    counts = models.BooleanField(default=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                name="partners_employment_period",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
            ),
            models.CheckConstraint(
                name="partners_employment_working_time",
                condition=Q(working_time__isnull=True) | Q(working_time__range=(1, 100)),
            ),
            ExclusionConstraint(
                name="partners_employment_counts_once",
                expressions=[
                    ("vendor", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (DateRange("started_on", "ended_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(counts=True),
            ),
        ]
        indexes = [
            models.Index(fields=["vendor", "partner", "person"], name="partners_employment_facts")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.partner_id} from {self.started_on}"


class EmploymentRole(TenantModel):
    """One job role within an employment for a period ``[started_on, ended_on)``."""

    employment = TenantForeignKey(Employment, models.CASCADE, related_name="roles")
    job_role = TenantForeignKey(JobRole, models.PROTECT, related_name="+")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True, help_text="First day no longer in the role.")

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                name="partners_employmentrole_period",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
            ),
            ExclusionConstraint(
                name="partners_employmentrole_once",
                expressions=[
                    ("vendor", RangeOperators.EQUAL),
                    ("employment", RangeOperators.EQUAL),
                    ("job_role", RangeOperators.EQUAL),
                    (DateRange("started_on", "ended_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job_role_id} in {self.employment_id}"


class EmploymentPlace(TenantModel):
    """Where the person works in an employment from a day on, until the next place or its end.

    Before the first place it is not known where. Nothing overlaps: each place ends the one before.
    """

    employment = TenantForeignKey(Employment, models.CASCADE, related_name="places")
    country = models.CharField(max_length=2, help_text="ISO 3166-1 alpha-2")
    region = models.CharField(max_length=80, blank=True, default="", help_text="The vendor's word.")
    started_on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "employment", "started_on"],
                name="partners_employmentplace_one_a_day",
            ),
            models.CheckConstraint(
                name="partners_employmentplace_country", condition=Q(country__regex=r"^[A-Z]{2}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country} in {self.employment_id} from {self.started_on}"
