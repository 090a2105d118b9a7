"""What people can earn and learn: the vendor's catalog."""

from django.db import models
from django.db.models import Q

from partners.tenancy.models import TenantModel


class Certification(TenantModel):
    """What a person can earn: a catalog entry with its level and rule of validity.

    ``life`` is what ``enablement.rules.life_rule`` reads: renewals, extensions, fixed ends.
    ``family`` and ``version`` order the releases of one certification ("newest three versions").
    """

    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    family = models.SlugField(max_length=80, blank=True, default="")
    version = models.PositiveIntegerField(null=True, blank=True)
    level = models.SlugField(
        max_length=40, blank=True, default="", help_text="Certification level: foundational, …"
    )
    released_on = models.DateField(null=True, blank=True)
    validity_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Months from the day it is awarded; empty: no end."
    )
    life = models.JSONField(
        default=dict, blank=True, help_text="How its certificates live beyond that: a life rule."
    )
    retired_on = models.DateField(null=True, blank=True, help_text="First day no longer on offer.")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "key"], name="enablement_certification_key_unique"
            ),
            models.UniqueConstraint(
                fields=["vendor", "family", "version"],
                condition=Q(version__isnull=False),
                name="enablement_certification_version",
            ),
            models.CheckConstraint(
                name="enablement_certification_version_of_family",
                condition=Q(version__isnull=True) | (~Q(family="") & Q(released_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Course(TenantModel):
    """What a person can finish, such as a training; no certification by that.

    ``cutoffs`` say from which day on only what was taken late enough still counts, as
    ``[{"effective_on": day, "taken_since": day}]``.
    """

    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    family = models.SlugField(max_length=80, blank=True, default="")
    released_on = models.DateField(null=True, blank=True)
    validity_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Months from the day it is finished; empty: no end."
    )
    hours = models.DecimalField(
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Hours of training; empty: the catalog does not say.",
    )
    cutoffs = models.JSONField(default=list, blank=True)
    retired_on = models.DateField(null=True, blank=True, help_text="First day no longer on offer.")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["vendor", "key"], name="enablement_course_key_unique"),
            models.CheckConstraint(
                name="enablement_course_hours",
                condition=models.Q(hours__isnull=True) | models.Q(hours__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.name
