"""What anybody may learn about an award: whether it is valid, for what, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from accreditation.enums import AwardEnd
from accreditation.models import Award, Listing
from accreditation.models.awards import HOLDING
from partners.models import Partner
from partners.periods import last_day


class PublicState(StrEnum):
    """How an award stands in public, where grace is as good as any other day."""

    VALID = "valid"
    REPLACED = "replaced"
    LAPSED = "lapsed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class PublicAward:
    """An award as it is shown to anybody.

    ``until`` is the last day on which it is (or was) valid; None has no end. ``successor`` is the
    award in force that took its place. ``is_listed``: the partner has a page in the directory.
    """

    award: Award
    state: PublicState
    until: date | None
    successor: Award | None
    is_listed: bool

    @property
    def partner(self) -> Partner:
        """Return the holder."""
        partner: Partner = self.award.accreditation.partner
        return partner

    @property
    def is_valid(self) -> bool:
        """Return whether the holder may use the designation because of this award."""
        return self.state is PublicState.VALID


def public_award(number: str) -> PublicAward | None:
    """Return an award of a public program by its number; None if there is none."""
    award = (
        Award.objects.filter(number=number, accreditation__program__is_public=True)
        .select_related("level", "version", "accreditation__program", "accreditation__partner")
        .first()
    )
    if award is None:
        return None
    in_force = _in_force(award)
    successor = in_force if in_force and in_force.pk != award.pk else None
    return PublicAward(
        award=award,
        state=_state(award, in_force),
        until=last_valid_day(award),
        successor=successor,
        is_listed=Listing.objects.filter(partner=award.accreditation.partner_id).exists(),
    )


def last_valid_day(award: Award) -> date | None:
    """Return the last day on which an award is or was valid: of its term, or of its grace.

    A grace that ends before the term does not shorten it: the partner may recover, and the public
    never sees that it has to. None: no end is known.
    """
    if award.ended_on is not None:
        # Given and ended on one day, it was good for part of that day.
        return max(last_day(award.ended_on), award.granted_on)
    grace_ends_on: date | None = award.accreditation.grace_ends_on
    if award.ends_on is None or grace_ends_on is None:
        return last_day(award.ends_on)
    return last_day(max(award.ends_on, grace_ends_on))


def _in_force(award: Award) -> Award | None:
    """Return the award of the same accreditation that is in force now."""
    if award.accreditation.standing not in HOLDING:
        return None
    found: Award | None = (
        Award.objects.filter(accreditation=award.accreditation_id, ended_on=None)
        .select_related("level")
        .first()
    )
    return found


def _state(award: Award, in_force: Award | None) -> PublicState:
    if in_force is not None:
        return PublicState.VALID if in_force.pk == award.pk else PublicState.REPLACED
    return PublicState.LAPSED if award.end_reason == AwardEnd.LAPSED else PublicState.ENDED
