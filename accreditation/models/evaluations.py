"""Stored verdicts, and the queue of partners to judge."""

from django.db import models

from accreditation.enums import DueCause
from accreditation.models.programs import Program, ProgramVersion
from partners.models import Partner
from partners.tenancy.keys import TenantForeignKey
from partners.tenancy.models import TenantModel


class Evaluation(TenantModel):
    """The verdict of one partner in one program: all levels. Append-only.

    Stored only when its content differs from the one before (``content_hash``), so the evaluation
    in force on a day is the latest with ``judged_on`` up to that day. Holds ids and reason codes,
    never names.
    """

    partner = TenantForeignKey(Partner, models.PROTECT, related_name="evaluations")
    program = TenantForeignKey(Program, models.PROTECT, related_name="evaluations")
    version = TenantForeignKey(ProgramVersion, models.PROTECT, related_name="+")
    judged_on = models.DateField(help_text="The day judged, in the vendor's zone.")
    recorded_at = models.DateTimeField()
    verdict = models.JSONField()
    records = models.JSONField(
        default=dict, help_text="{record id: its key and days as known when it was judged}"
    )
    content_hash = models.CharField(max_length=64)
    changes_on = models.DateField(null=True, help_text="First day on which a result changes.")
    review_on = models.DateField(null=True, help_text="First day on which anything in it changes.")

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(
                fields=["vendor", "partner", "program", "-recorded_at", "-id"],
                name="accreditation_eval_latest",
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} in {self.program_id} on {self.judged_on}"


class DueMark(TenantModel):
    """A moment at which a partner has to be judged. Append-only queue: taken and deleted."""

    partner = TenantForeignKey(Partner, models.CASCADE, related_name="+")
    due_at = models.DateTimeField()
    cause = models.CharField(max_length=20, choices=DueCause.choices)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["vendor", "due_at"], name="accreditation_due_queue")]

    def __str__(self) -> str:
        return f"{self.partner_id} due {self.due_at}"
