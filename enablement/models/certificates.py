"""What people hold."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from enablement.enums import PauseReason
from enablement.models.catalog import Certification
from partners.models import Partner, Person
from partners.rules import Actor
from partners.tenancy.keys import TenantForeignKey
from partners.tenancy.models import TenantManager, TenantModel, TenantQuerySet


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

    Stays with the person when they leave a partner. Renewing makes a new certificate, unless the
    certification says that passing something else moves the end. A revoked one is kept and says
    since when and why.
    """

    person = TenantForeignKey(Person, models.PROTECT, related_name="certificates")
    certification = TenantForeignKey(Certification, models.PROTECT, related_name="certificates")
    awarded_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True, help_text="First day no longer valid.")
    end_is_stated = models.BooleanField(
        default=False, help_text="The issuer said when it ends: no rule moves that."
    )
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


class CertificatePause(TenantModel):
    """Days ``[started_on, ended_on)`` on which a certificate is held but does not count.

    ``by_rule``: it follows from the certification's life rule and is written anew with it.
    """

    certificate = TenantForeignKey(Certificate, models.CASCADE, related_name="pauses")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True, help_text="First day it counts again.")
    reason = models.CharField(max_length=12, choices=PauseReason.choices)
    note = models.CharField(max_length=300, blank=True, default="")
    by_rule = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                name="enablement_certificatepause_period",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("started_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.reason} from {self.started_on}"
