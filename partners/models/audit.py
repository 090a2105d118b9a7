"""Who did what, when; sealed so that a later change shows."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partners.enums import ActorKind
from partners.tenancy.models import TenantModel


class NextSequence(models.Func):
    """The next value of the sequence that orders audit entries (made in the first migration)."""

    template = "nextval('partners_audit_sequence')"
    output_field = models.BigIntegerField()


class AuditEntry(TenantModel):
    """One operation. Append-only for the serving role.

    ``sequence`` orders the entries of a vendor; ``changes`` holds ids, codes and figures, personal
    values only as salted digests.
    """

    sequence = models.BigIntegerField(db_default=NextSequence(), editable=False)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8, choices=ActorKind.choices)
    actor_id = models.UUIDField(null=True, help_text="The user or API key; None for the system.")
    verb = models.CharField(max_length=60, help_text="certificate.recorded, membership.ended, …")
    subject_kind = models.CharField(max_length=40)
    subject_ids = ArrayField(models.UUIDField(), help_text="Up to 1,000 objects of one operation.")
    partner_ids = ArrayField(models.UUIDField(), default=list)
    changes = models.JSONField(default=dict)
    request_id = models.CharField(max_length=36, blank=True, default="")

    class Meta(TenantModel.Meta):
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "sequence"], name="partners_auditentry_sequence"
            ),
            models.CheckConstraint(
                name="partners_auditentry_actor",
                condition=Q(actor_kind=ActorKind.SYSTEM, actor_id__isnull=True)
                | (~Q(actor_kind=ActorKind.SYSTEM) & Q(actor_id__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb}"


class AuditSeal(TenantModel):
    """The hash over the entries ``first_sequence`` to ``last_sequence`` and the seal before.

    ``fingerprints`` maps each sequence to the hash of its entry, so that a check can name the entry
    that was altered, removed or added; ``digest`` covers them all.
    """

    first_sequence = models.BigIntegerField()
    last_sequence = models.BigIntegerField()
    entries = models.PositiveIntegerField()
    fingerprints = models.JSONField()
    previous_digest = models.CharField(max_length=64, blank=True, default="")
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "first_sequence"], name="partners_auditseal_first"
            ),
            models.UniqueConstraint(
                fields=["vendor", "previous_digest"], name="partners_auditseal_chain"
            ),
            models.CheckConstraint(
                name="partners_auditseal_range",
                condition=Q(last_sequence__gte=F("first_sequence")) & Q(entries__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_sequence} to {self.last_sequence}"
