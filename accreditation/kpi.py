"""The figure that vendors steer by: partners holding a level out of all active partners."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

EXEMPLARY_FROM, GOOD_FROM = 90, 70
"""Lower edges of the bands, in percent."""


class Band(TextChoices):
    """How a rate is judged."""

    EXEMPLARY = "exemplary", _("Exemplary")
    GOOD_STANDING = "good_standing", _("Good standing")
    ACTION_REQUIRED = "action_required", _("Action required")


def band_of(holding: int, active: int) -> Band | None:
    """Return the band of ``holding`` out of ``active`` partners; None without any partner.

    Whole numbers are compared, so that no rounding lifts a rate over an edge: 8,999 of 10,000 are
    in good standing.

    :raises ValueError: for more holding than active partners, or negative numbers.
    """
    if not 0 <= holding <= active:
        raise ValueError(f"{holding} of {active} partners is no share")
    if active == 0:
        return None
    if holding * 100 >= EXEMPLARY_FROM * active:
        return Band.EXEMPLARY
    if holding * 100 >= GOOD_FROM * active:
        return Band.GOOD_STANDING
    return Band.ACTION_REQUIRED


@dataclass(frozen=True, slots=True)
class LevelRate:
    """Partners that hold at least one accreditation, out of all active ones."""

    holding: int
    active: int

    @property
    def band(self) -> Band | None:
        """Return the band; None without any partner."""
        return band_of(self.holding, self.active)

    @property
    def percent(self) -> Decimal | None:
        """Return the share in percent with one decimal, never rounded up; None without partners."""
        if self.active == 0:
            return None
        share = Decimal(self.holding * 100) / self.active
        return share.quantize(Decimal("0.1"), rounding=ROUND_DOWN)
