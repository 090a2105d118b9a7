"""Programs, their levels, and their rules as frozen documents."""

from django.db import models
from django.db.models import Q

from accreditation.enums import ProgramKind, VersionState
from accreditation.models.documents import DocumentField
from partners.models import User
from partners.tenancy.keys import TenantForeignKey
from partners.tenancy.models import TenantModel


class Program(TenantModel):
    """One accreditation on offer, or the commercial tier (kind *tier*)."""

    key = models.SlugField(max_length=80)
    name = models.JSONField(help_text="{language: text}, taken from the version in force.")
    kind = models.CharField(max_length=20, choices=ProgramKind.choices)
    is_public = models.BooleanField(default=True, help_text="Shown in the directory.")
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    named_since = models.DateField(
        null=True, help_text="First day of the version whose names and ranks are shown."
    )

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "key"], name="accreditation_program_key_unique"
            )
        ]

    def __str__(self) -> str:
        return self.key


class Level(TenantModel):
    """A stable rank of a program, with the designation a partner may show."""

    program = TenantForeignKey(Program, models.CASCADE, related_name="levels")
    key = models.SlugField(max_length=60)
    rank = models.PositiveSmallIntegerField(help_text="1 is the lowest.")
    name = models.JSONField(help_text="{language: text}")
    designation = models.JSONField(help_text="{language: text}")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "program", "key"], name="accreditation_level_key_unique"
            ),
            models.UniqueConstraint(
                fields=["vendor", "program", "rank"], name="accreditation_level_rank"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class ProgramVersion(TenantModel):
    """The rules of a program as one document, frozen and hashed when published.

    One that is not in force yet can be withdrawn: it keeps its number and never judges.
    """

    program = TenantForeignKey(Program, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=10, choices=VersionState.choices, default=VersionState.DRAFT
    )
    document = DocumentField()
    document_hash = models.CharField(max_length=64, blank=True, default="")
    effective_on = models.DateField(null=True, blank=True, help_text="First day it judges.")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(
        max_length=300, blank=True, default="", help_text="Why it was withdrawn."
    )

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "program", "number"], name="accreditation_programversion_number"
            ),
            models.UniqueConstraint(
                fields=["vendor", "program", "effective_on"],
                condition=Q(state=VersionState.PUBLISHED),
                name="accreditation_programversion_one_a_day",
            ),
            models.CheckConstraint(
                name="accreditation_programversion_published",
                condition=Q(state=VersionState.DRAFT)
                | (Q(effective_on__isnull=False) & ~Q(document_hash="")),
            ),
            models.CheckConstraint(
                name="accreditation_programversion_withdrawn",
                condition=(Q(withdrawn_at=None, reason="") & ~Q(state=VersionState.WITHDRAWN))
                | (Q(state=VersionState.WITHDRAWN, withdrawn_at__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} v{self.number}"
