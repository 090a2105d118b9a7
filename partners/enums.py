"""Choices stored in the ground floor's tables, with their words for people."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartnerState(TextChoices):
    """Where a partner stands in the vendor's program as a whole."""

    PROSPECT = "prospect", _("Prospect")
    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Ended")


class EmploymentKind(TextChoices):
    """How a person works for a partner; programs may count employees only."""

    EMPLOYEE = "employee", _("Employee")
    CONTRACTOR = "contractor", _("Contractor")


class AttributeKind(TextChoices):
    """What the value of an organization's attribute is."""

    TEXT = "text", _("Text")
    NUMBER = "number", _("Number")
    YES_NO = "yes_no", _("Yes or no")
    DAY = "day", _("Day")


class MembershipRole(TextChoices):
    """What a login may do; the table of permissions is in ``partners.rules``."""

    OWNER = "owner", _("Owner")
    PROGRAM_OWNER = "program_owner", _("Program owner")
    CHANNEL_MANAGER = "channel_manager", _("Channel manager")
    REVIEWER = "reviewer", _("Reviewer")
    ANALYST = "analyst", _("Analyst")
    PARTNER_ADMIN = "partner_admin", _("Partner admin")
    EVIDENCE_EDITOR = "evidence_editor", _("Evidence editor")
    LEARNER = "learner", _("Learner")
    PARTNER_VIEWER = "partner_viewer", _("Partner viewer")


PARTNER_ROLES = frozenset(
    {
        MembershipRole.PARTNER_ADMIN,
        MembershipRole.EVIDENCE_EDITOR,
        MembershipRole.LEARNER,
        MembershipRole.PARTNER_VIEWER,
    }
)
VENDOR_ROLES = frozenset(MembershipRole) - PARTNER_ROLES


class ActorKind(TextChoices):
    """Who stands behind a change."""

    USER = "user", _("User")
    API_KEY = "api_key", _("API key")
    SYSTEM = "system", _("System")


class JobState(TextChoices):
    """Where a background job is."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    CHECKED = "checked", _("Checked")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class NoticeChannel(TextChoices):
    """How a notice reaches its recipient."""

    IN_APP = "in_app", _("In the app")
    EMAIL = "email", _("E-mail")


class OutboxKind(TextChoices):
    """What leaves the product."""

    EMAIL = "email", _("E-mail")
