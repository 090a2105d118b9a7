"""What the next renewal asks, in words: the same rows as the requirements of today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accreditation.criteria.verdicts import Result
from accreditation.queries.catalog_names import names_for
from accreditation.queries.renewals import RenewalAhead
from accreditation.requirements import asked_by
from partners.texts import localized
from portal.look.components import RequirementRow
from portal.look.requirements import requirement_rows


@dataclass(frozen=True, slots=True)
class RenewalCard:
    """What is asked on the day ``on`` to renew the level held, and whether it is met."""

    headline: str
    on: date
    requirements: Sequence[RequirementRow]


def renewal_card(ahead: RenewalAhead | None, level: str) -> RenewalCard | None:
    """Return what a renewal asks for a level; None where it asks nothing of its own."""
    explained = ahead.of(level) if ahead else None
    if ahead is None or explained is None:
        return None
    rules = ahead.program.rules
    values = {
        "designation": localized(ahead.program.levels[level].designation),
        "day": date_format(ahead.on, "DATE_FORMAT"),
    }
    return RenewalCard(
        headline=_headline(explained.verdict.result) % values,
        on=ahead.on,
        requirements=requirement_rows(
            explained, asked_by(rules, level, names_for(rules)), ahead.on
        ),
    )


def _headline(result: Result) -> str:
    if result is Result.MET:
        return _("%(designation)s is renewed on %(day)s if nothing changes: all of this is met.")
    if result is Result.CANNOT_BE_JUDGED:
        return _("Whether %(designation)s is renewed on %(day)s cannot be judged yet.")
    return _("%(designation)s is not renewed on %(day)s if nothing changes.")
