"""One program explained record by record, alike for the partner and for the vendor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.periods import earliest
from accreditation.criteria.settings import Enrollment
from accreditation.queries.catalog_names import names_for
from accreditation.queries.departures import single_points_of
from accreditation.queries.explanations import ExplainedLevel, explain
from accreditation.queries.forecast import forecast_of
from accreditation.queries.past import (
    PastVerdict,
    Reading,
    correction_of,
    overtaken,
    past_verdict,
)
from accreditation.queries.pools import pool_of
from accreditation.queries.programs import InForce
from accreditation.queries.renewals import renewal_ahead
from accreditation.queries.standings import ProgramStanding, standing_in
from accreditation.queries.verdicts import facts_today
from accreditation.requirements import asked_by
from accreditation.sentences.people_rules import people_sentences
from partners.enums import PartnerState
from partners.models import Partner
from partners.texts import localized
from portal.look.components import NavItem, RequirementRow
from portal.look.header import Header, header_of_day, header_today
from portal.look.outlook import dependence_card, forecast_card
from portal.look.renewal import renewal_card
from portal.look.requirements import requirement_rows

MOST_OVERTAKEN = 3
"""So many days that later knowledge contradicts are named, the latest ones."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A past day of which later knowledge says another level: this designation, or none."""

    day: date
    designation: str = ""

    @property
    def address(self) -> str:
        """Return the address of the corrected reading, on the same page."""
        return f"?{urlencode({'on': self.day.isoformat(), 'reading': Reading.CORRECTED.value})}"

    @property
    def known(self) -> str:
        """Return the address of what was recorded, on the same page."""
        return f"?{urlencode({'on': self.day.isoformat(), 'reading': Reading.KNOWN.value})}"


class PastForm(forms.Form):
    """Which past day to look at, and in which reading."""

    on = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reading = forms.ChoiceField(
        label=gettext_lazy("Reading"),
        choices=[
            (Reading.KNOWN.value, gettext_lazy("As known then")),
            (Reading.CORRECTED.value, gettext_lazy("As corrected since")),
        ],
    )

    def __init__(self, today: date, sent: QueryDict | None) -> None:
        super().__init__(sent)
        self._today = today

    def clean_on(self) -> date:
        """Return the day.

        :raises ValidationError: for a day that has not come.
        """
        on: date = self.cleaned_data["on"]
        if on > self._today:
            raise forms.ValidationError(_("Choose a day that has come."))
        return on


class ProgramOfPartner:
    """Adds where the partner stands in one program, named by the address, to a member page."""

    request: HttpRequest
    kwargs: dict[str, Any]
    partner: Partner
    today: date

    @cached_property
    def standing(self) -> ProgramStanding:
        """Return the partner's standing in the program of the address.

        :raises Http404: if no such program is in force.
        """
        standing = standing_in(self.partner, self.kwargs["program"], self.today)
        if standing is None:
            raise Http404
        return standing

    @cached_property
    def past(self) -> PastVerdict | None:
        """Return the verdict of the day asked for; None for today, or where nothing is known."""
        if not self.form.is_valid():
            return None
        asked = self.form.cleaned_data
        return past_verdict(
            self.partner, self.kwargs["program"], asked["on"], Reading(asked["reading"])
        )

    @cached_property
    def provisional(self) -> PastVerdict | None:
        """Return what today's records say where nothing was judged yet; None where it was."""
        if self.form.is_bound or self.standing.evaluation is not None:
            return None
        program = self.kwargs["program"]
        return past_verdict(self.partner, program, self.today, Reading.CORRECTED)

    @cached_property
    def form(self) -> PastForm:
        """Return the form that asks for a past day, filled from the address."""
        return PastForm(self.today, self.request.GET if "on" in self.request.GET else None)

    @cached_property
    def header(self) -> Header:
        """Return what stands above the requirements: today's standing, or the past day."""
        if not self.form.is_valid():
            return header_today(self.standing)
        return header_of_day(self.standing, self.form.cleaned_data["on"], self.past)

    def explanation(self) -> dict[str, Any]:
        """Return what the page says about the standing, and about the level asked for."""
        standing = self.standing
        return {
            "standing": standing,
            "header": self.header,
            "levels": self._tabs(),
            "level_name": self._level_name(),
            "requirements": self._requirements(),
            "people_rules": self._people_rules(),
            "past_form": self.form,
            "past": self.past,
            "past_level": _designation(self.past),
            "is_provisional": self.provisional is not None,
            "joined_on_request": self._joined_on_request,
            "correction": self._correction(),
            "overtaken": self._overtaken(),
            **self._ahead(),
        }

    @cached_property
    def _facts(self) -> PartnerFacts:
        """Return what counts for the partner today."""
        return facts_today(self.partner, self.today)

    def _ahead(self) -> dict[str, Any]:
        """Return what lies ahead; nothing beside a past day and before the first judgement."""
        if self.form.is_bound or self.standing.evaluation is None:
            return {}
        program, facts = self.standing.program, self._facts
        told = forecast_of(self.partner, program, self.today, facts, self.standing.position)
        hangs_on = single_points_of(self.partner, program, self.today, facts)
        held = self.standing.level
        return {
            "renewal": renewal_card(
                renewal_ahead(self.partner, self.standing, facts), held.key if held else ""
            ),
            "forecast": forecast_card(told, self.standing),
            "dependence": dependence_card(hangs_on, program),
            "changes_on": earliest(self.standing.moves_on, *(one.day for one in told.replaced)),
        }

    def _correction(self) -> Contradiction | None:
        """Return what later knowledge says of the past day shown, if it is another level."""
        past = self.past
        if past is None or past.on >= self.today:
            return None
        corrected = correction_of(self.partner, past)
        return Contradiction(past.on, _designation(corrected)) if corrected else None

    def _overtaken(self) -> list[Contradiction]:
        """Return the latest recorded days that later knowledge contradicts; none beside one day."""
        if self.form.is_bound:
            return []
        # What a partner that left had proved is not among what counts today.
        known = self._facts if self.partner.state == PartnerState.ACTIVE else None
        found = overtaken(self.partner, self.kwargs["program"], self.today, known)
        return [Contradiction(one.day) for one in found[-MOST_OVERTAKEN:]]

    @cached_property
    def _explained(self) -> list[ExplainedLevel]:
        """Return every level, explained; before the first judgement as it would be today."""
        if self.form.is_valid():
            past = self.past
            return explain(past.program, past.verdict, past.records) if past else []
        if (found := self.provisional) is not None:
            return explain(found.program, found.verdict, found.records)
        evaluation, verdict = self.standing.evaluation, self.standing.verdict
        if evaluation is None or verdict is None:
            return []
        return explain(self.standing.program, verdict, evaluation.records)

    @cached_property
    def _shown(self) -> ExplainedLevel | None:
        """Return the level asked for, by default the next one to reach."""
        aimed = self.standing.aimed_at
        wanted = self.request.GET.get("level") or (aimed.level if aimed else "")
        by_key = {one.verdict.level: one for one in self._explained}
        return by_key.get(wanted) or next(iter(by_key.values()), None)

    def _requirements(self) -> list[RequirementRow]:
        if self._shown is None:
            return []
        rules = self._program.rules
        asks = asked_by(rules, self._shown.verdict.level, names_for(rules))
        return requirement_rows(self._shown, asks, self._day)

    def _people_rules(self) -> tuple[str, ...]:
        rules = self._program.rules
        return people_sentences(rules, pool_of(rules, self._day))

    def _tabs(self) -> list[NavItem]:
        if len(self._explained) < 2:
            return []
        names = self._program.levels
        asked = self.request.GET.copy()
        return [
            NavItem(
                localized(names[one.verdict.level].name),
                f"?{_with_level(asked, one.verdict.level)}",
                current=one is self._shown,
            )
            for one in self._explained
        ]

    def _level_name(self) -> str:
        if self._shown is None:
            return ""
        return localized(self._program.levels[self._shown.verdict.level].designation)

    @property
    def _joined_on_request(self) -> bool:
        """Return whether nothing is judged before somebody asks for it."""
        settings = self.standing.program.rules.settings
        return self.standing.standing is None and settings.enrollment is Enrollment.ON_REQUEST

    @property
    def _program(self) -> InForce:
        return self.past.program if self.past else self.standing.program

    @property
    def _day(self) -> date:
        return self.past.on if self.past else self.today


def _designation(past: PastVerdict | None) -> str:
    """Return the designation whose level was reached on a past day, empty if none was."""
    if past is None or past.verdict.level is None:
        return ""
    return localized(past.program.levels[past.verdict.level].designation)


def _with_level(asked: QueryDict, level: str) -> str:
    asked["level"] = level
    return asked.urlencode()
