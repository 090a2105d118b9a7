"""A partner's standing in a program, and the awards it was given."""

from django.db import models
from django.db.models import F, Q

from accreditation.enums import AwardEnd, StandingLabel
from accreditation.models.evaluations import Evaluation
from accreditation.models.programs import Level, Program, ProgramVersion
from partners.enums import ActorKind
from partners.models import Partner
from partners.tenancy.keys import TenantForeignKey
from partners.tenancy.models import TenantModel

HOLDING = (StandingLabel.ACCREDITED, StandingLabel.IN_GRACE)


class Accreditation(TenantModel):
    """A partner's relation to one program: one row a pair. No row means not started."""

    partner = TenantForeignKey(Partner, models.PROTECT, related_name="accreditations")
    program = TenantForeignKey(Program, models.PROTECT, related_name="accreditations")
    standing = models.CharField(max_length=12, choices=StandingLabel.choices)
    level = TenantForeignKey(Level, models.PROTECT, null=True, related_name="+")
    standing_since = models.DateField()
    grace_ends_on = models.DateField(null=True, help_text="First day no longer in grace.")
    ahead = models.JSONField(
        default=list, help_text="[{day, level}]: the level held from each day on, as foreseen."
    )
    lost_on = models.DateField(
        null=True, help_text="First day on which less is held, as foreseen; empty: none is known."
    )

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "partner", "program"], name="accreditation_one_a_program"
            ),
            models.CheckConstraint(
                name="accreditation_holding_has_level",
                condition=Q(standing__in=HOLDING, level__isnull=False)
                | (~Q(standing__in=HOLDING) & Q(level__isnull=True)),
            ),
            models.CheckConstraint(
                name="accreditation_grace_has_end",
                condition=Q(standing=StandingLabel.IN_GRACE, grace_ends_on__isnull=False)
                | (~Q(standing=StandingLabel.IN_GRACE) & Q(grace_ends_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} in {self.program_id}: {self.standing}"


class Award(TenantModel):
    """One dated grant of one level under one version, for ``[granted_on, ends_on)``.

    Renewing makes a new award. ``ended_on`` is set when it ended, with the reason.
    """

    number = models.CharField(max_length=24, help_text="Public; NW-7K3M-92QD.")
    accreditation = TenantForeignKey(Accreditation, models.PROTECT, related_name="awards")
    level = TenantForeignKey(Level, models.PROTECT, related_name="+")
    version = TenantForeignKey(ProgramVersion, models.PROTECT, related_name="+")
    evaluation = TenantForeignKey(Evaluation, models.PROTECT, related_name="+")
    granted_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="First day after its term; empty: no end.")
    ended_on = models.DateField(null=True, blank=True, help_text="First day no longer in force.")
    end_reason = models.CharField(max_length=16, choices=AwardEnd.choices, blank=True, default="")
    decided_by_kind = models.CharField(max_length=8, choices=ActorKind.choices)
    decided_by = models.UUIDField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["vendor", "number"], name="accreditation_award_number"),
            models.UniqueConstraint(
                fields=["vendor", "accreditation"],
                condition=Q(ended_on__isnull=True),
                name="accreditation_award_one_in_force",
            ),
            models.CheckConstraint(
                name="accreditation_award_term",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("granted_on")),
            ),
            models.CheckConstraint(
                name="accreditation_award_end",
                condition=Q(ended_on__isnull=True, end_reason="")
                | (Q(ended_on__gte=F("granted_on")) & ~Q(end_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class StandingChange(TenantModel):
    """One move of a standing: when, from what to what, from which evaluation, by whom."""

    accreditation = TenantForeignKey(Accreditation, models.PROTECT, related_name="changes")
    on = models.DateField(help_text="The day it took effect, in the vendor's zone.")
    recorded_at = models.DateTimeField()
    from_standing = models.CharField(max_length=12, choices=StandingLabel.choices, blank=True)
    to_standing = models.CharField(max_length=12, choices=StandingLabel.choices)
    because = models.CharField(max_length=24, help_text="A code of standing.Because.")
    from_level = TenantForeignKey(Level, models.PROTECT, null=True, related_name="+")
    to_level = TenantForeignKey(Level, models.PROTECT, null=True, related_name="+")
    evaluation = TenantForeignKey(Evaluation, models.PROTECT, null=True, related_name="+")
    actor_kind = models.CharField(max_length=8, choices=ActorKind.choices)
    actor_id = models.UUIDField(null=True)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["vendor", "on"], name="accreditation_change_on"),
        ]

    def __str__(self) -> str:
        return f"{self.accreditation_id} {self.from_standing} to {self.to_standing} on {self.on}"
