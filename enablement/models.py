"""Who is certified: what people can earn, and what they hold."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from partners.models import Partner, Person
from partners.rules import Actor
from partners.tenancy.keys import TenantForeignKey
from partners.tenancy.models import TenantManager, TenantModel, TenantQuerySet


class Certification(TenantModel):
    """What a person can earn: a catalog entry with its level and rule of validity.

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


class CertificateQuerySet(TenantQuerySet["Certificate"]):
    """Questions about certificates that read as English."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the certificates of people who work or worked at partners in the actor's reach."""
        if actor.partner_id is not None:
            return self.filter(person__employments__partner=actor.partner_id).distinct()
        if actor.managed_only:
            managed = Partner.objects.visible_to(actor)
            return self.filter(person__employments__partner__in=managed).distinct()
        return self


CertificateManager = TenantManager.from_queryset(CertificateQuerySet)


class Certificate(TenantModel):
    """One certification held by one person for ``[awarded_on, expires_on)``.

    Stays with the person when they leave a partner. Renewing makes a new certificate; a revoked one
    is kept and says since when and why.
    """

    person = TenantForeignKey(Person, models.PROTECT, related_name="certificates")
    certification = TenantForeignKey(Certification, models.PROTECT, related_name="certificates")
    awarded_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True, help_text="First day no longer valid.")
    number = models.CharField(max_length=80, blank=True, default="")
    source = models.CharField(max_length=40, help_text="workspace, import, api, …")
    revoked_on = models.DateField(null=True, blank=True, help_text="First day no longer valid.")
    revocation_reason = models.CharField(max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField()

    objects: ClassVar = CertificateManager()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "person", "certification", "awarded_on"],
                name="enablement_certificate_once",
            ),
            models.CheckConstraint(
                name="enablement_certificate_period",
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("awarded_on")),
            ),
            models.CheckConstraint(
                name="enablement_certificate_revocation",
                condition=Q(revoked_on__isnull=True, revocation_reason="")
                | (Q(revoked_on__isnull=False) & ~Q(revocation_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["vendor", "-recorded_at", "-id"], name="enablement_cert_recent")
        ]

    def __str__(self) -> str:
        return f"{self.certification_id} of {self.person_id} from {self.awarded_on}"
