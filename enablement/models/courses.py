"""What people finished."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from enablement.models.catalog import Course
from partners.models import Partner, Person
from partners.rules import Actor
from partners.tenancy.keys import TenantForeignKey
from partners.tenancy.models import TenantManager, TenantModel, TenantQuerySet


class CourseCompletionQuerySet(TenantQuerySet["CourseCompletion"]):
    """Questions about finished courses that read as English."""

    def visible_to(self, actor: Actor) -> Self:
        """Return what people finished who work or worked at partners in the actor's reach."""
        if actor.partner_id is None and not actor.managed_only:
            return self
        reached = Partner.objects.visible_to(actor)
        return self.filter(person__employments__partner__in=reached).distinct()


CourseCompletionManager = TenantManager.from_queryset(CourseCompletionQuerySet)


class CourseCompletion(TenantModel):
    """One course finished by one person, which counts for ``[completed_on, expires_on)``.

    Stays with the person when they leave a partner. A withdrawn one never was finished: it is kept,
    says why, and counts on no day.
    """

    person = TenantForeignKey(Person, models.PROTECT, related_name="course_completions")
    course = TenantForeignKey(Course, models.PROTECT, related_name="completions")
    completed_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True, help_text="First day it does not count.")
    mode = models.CharField(
        max_length=40, blank=True, default="", help_text="The vendor's word: online, classroom."
    )
    hours = models.DecimalField(
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Hours of training; empty: nobody recorded any.",
    )
    source = models.CharField(max_length=40, help_text="workspace, import, api, …")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, default="")

    objects: ClassVar = CourseCompletionManager()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "person", "course", "completed_on"],
                name="enablement_coursecompletion_once",
            ),
            models.CheckConstraint(
                name="enablement_coursecompletion_period",
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("completed_on")),
            ),
            models.CheckConstraint(
                name="enablement_coursecompletion_hours",
                condition=Q(hours__isnull=True) | Q(hours__gt=0),
            ),
            models.CheckConstraint(
                name="enablement_coursecompletion_withdrawal",
                condition=Q(withdrawn_at__isnull=True, reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} by {self.person_id} on {self.completed_on}"
