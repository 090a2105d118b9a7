"""What the API remembers of its callers' writes."""

from django.db import models

from partners.tenancy.models import TenantModel


class IdempotencyRecord(TenantModel):
    """The answer to one successful write with an Idempotency-Key, for repeats of the same request.

    Unique by (actor, key). Kept until ``expires_at``; the next write after that removes it.
    """

    actor_id = models.UUIDField(help_text="The user or API key that wrote.")
    key = models.CharField(max_length=200)
    request_digest = models.CharField(max_length=64, help_text="Of method, address and body.")
    status = models.PositiveSmallIntegerField(help_text="HTTP status of the answer.")
    answer = models.JSONField(help_text="The answer's body.")
    location = models.CharField(max_length=500, blank=True, default="")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "actor_id", "key"], name="partners_idempotencyrecord_once"
            )
        ]
        indexes = [
            models.Index(fields=["vendor", "expires_at"], name="partners_idempotency_expired")
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.actor_id}"
