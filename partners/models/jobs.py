"""Background work that a person waits for."""

from django.db import models

from partners.enums import ActorKind, JobState
from partners.models.partners import Partner
from partners.tenancy.keys import TenantForeignKey
from partners.tenancy.models import TenantModel


class JobRun(TenantModel):
    """One run of a background job: its progress and its outcome, for the people who wait."""

    kind = models.CharField(max_length=40, help_text="import:people, import:certificates, …")
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    outcome = models.JSONField(default=dict, help_text="Counts, and problems by row.")
    partner = TenantForeignKey(Partner, models.PROTECT, null=True, related_name="+")
    actor_kind = models.CharField(max_length=8, choices=ActorKind.choices)
    actor_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0, help_text="Since it last waited.")

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["vendor", "-created_at"], name="partners_jobrun_recent")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class ImportFile(TenantModel):
    """The uploaded file of an import and how far it went; kept as it came, with its digest."""

    job = TenantForeignKey(JobRun, models.CASCADE, related_name="files")
    name = models.CharField(max_length=150)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    only_valid_rows = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name
