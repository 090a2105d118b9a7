"""Choices stored in accreditation tables, with their words for people."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProgramKind(TextChoices):
    """What a program recognizes. A tier is commercial and never counted as accredited."""

    TECHNICAL = "technical", _("Technical competency")
    INDUSTRY = "industry", _("Industry specialization")
    DELIVERY_QUALITY = "delivery_quality", _("Delivery quality")
    COMPLIANCE = "compliance", _("Compliance")
    TIER = "tier", _("Tier")


class VersionState(TextChoices):
    """The life of a program version."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class StandingLabel(TextChoices):
    """The words for ``standing.Standing``; a test keeps the two in step."""

    IN_PROGRESS = "in_progress", _("In progress")
    ACCREDITED = "accredited", _("Accredited")
    IN_GRACE = "in_grace", _("In grace")
    LAPSED = "lapsed", _("Lapsed")


class AwardEnd(TextChoices):
    """Why an award ended."""

    RENEWED = "renewed", _("Renewed")
    LEVEL_CHANGED = "level_changed", _("Level changed")
    LAPSED = "lapsed", _("Lapsed")


class DueCause(TextChoices):
    """Why a partner has to be judged again."""

    FACTS_CHANGED = "facts_changed", _("Facts changed")
    DATE_REACHED = "date_reached", _("A date was reached")
    VERSION_PUBLISHED = "version_published", _("A program version was published")
    ASKED = "asked", _("Somebody asked")
    RETRY = "retry", _("It could not be judged before")
    RELATED_CHANGED = "related_changed", _("A partner above or below it changed")
