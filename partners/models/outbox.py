"""What people are told (notices) and what leaves the product (outbox)."""

from django.db import models
from django.db.models import Q

from partners.enums import NoticeChannel, OutboxKind
from partners.models.access import Membership
from partners.models.partners import Partner
from partners.tenancy.keys import TenantForeignKey
from partners.tenancy.models import TenantModel


class Notice(TenantModel):
    """One alert to one recipient, recorded exactly once.

    Unique by (subject, rule, due date, channel, recipient). Holds parameters, not text: the words
    are made when it is read, in the reader's language.
    """

    rule = models.CharField(max_length=60, help_text="The event: accreditation.granted, …")
    subject_id = models.UUIDField()
    due_on = models.DateField(help_text="The day the event belongs to, in the vendor's zone.")
    channel = models.CharField(
        max_length=8, choices=NoticeChannel.choices, default=NoticeChannel.IN_APP
    )
    recipient = TenantForeignKey(Membership, models.CASCADE, related_name="notices")
    partner = TenantForeignKey(Partner, models.CASCADE, null=True, related_name="notices")
    parameters = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "subject_id", "rule", "due_on", "channel", "recipient"],
                name="partners_notice_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["vendor", "recipient", "-created_at"], name="partners_notice_inbox"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} on {self.due_on}"


class OutboxItem(TenantModel):
    """Something that leaves: written with the change, delivered at least once.

    ``dedupe_key`` makes the row unique; the same key gives the message the same Message-ID at every
    attempt, so that a repeat is recognizable.
    """

    kind = models.CharField(max_length=10, choices=OutboxKind.choices)
    dedupe_key = models.CharField(max_length=200)
    template = models.CharField(max_length=60)
    recipient = models.EmailField()
    language = models.CharField(max_length=12, default="en")
    parameters = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True, default="")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "dedupe_key"], name="partners_outboxitem_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="partners_outboxitem_due",
            )
        ]

    def __str__(self) -> str:
        return self.dedupe_key
