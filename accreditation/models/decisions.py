"""What people decided about criteria that no fact can settle."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from accreditation.models.programs import Program
from partners.enums import ActorKind
from partners.models import DatedFact
from partners.models.people import DateRange
from partners.tenancy.keys import TenantForeignKey


class CriterionDecision(DatedFact):
    """Whether a partner fulfills a criterion of a program (its key), for a period.

    ``note`` says why.
    Pending: somebody found it fulfilled or not, and another has yet to confirm it. On a day there
    is one decision about a criterion: the exclusion constraint.
    """

    program = TenantForeignKey(Program, models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=80)
    accepted = models.BooleanField()
    pending = models.BooleanField(default=False)
    decided_by_kind = models.CharField(max_length=8, choices=ActorKind.choices)
    decided_by = models.UUIDField(null=True)

    class Meta(DatedFact.Meta):
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                name="accreditation_criteriondecision_explained",
                condition=~Q(note="") & ~Q(criterion=""),
            ),
            ExclusionConstraint(
                name="accreditation_criteriondecision_one_a_day",
                expressions=[
                    ("vendor", RangeOperators.EQUAL),
                    ("partner", RangeOperators.EQUAL),
                    ("program", RangeOperators.EQUAL),
                    ("criterion", RangeOperators.EQUAL),
                    (DateRange("started_on", "ended_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} of {self.partner_id} from {self.started_on}"
