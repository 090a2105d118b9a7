"""A partner's accreditations: verdicts of any day, forecasts, simulations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ErrorDetail, NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accreditation.api.answers import (
    AccreditationsAnswer,
    Answer,
    ForecastAnswer,
    SimulationAnswer,
    VerdictAnswer,
    level_answer,
    loss_answer,
    record_answer,
    renewal_answer,
    replaced_answer,
    step_answer,
)
from accreditation.api.questions import SimulationQuery, VerdictQuery
from accreditation.models import Program
from accreditation.queries.departures import (
    NotOnRecord,
    ToldLoss,
    loss_without,
    single_points_of,
)
from accreditation.queries.explanations import Explained, ExplainedLevel, Record, explain
from accreditation.queries.forecast import ToldForecast, forecast_of
from accreditation.queries.past import PastVerdict, Reading, correction_of, past_verdict
from accreditation.queries.programs import InForce, program_in_force
from accreditation.queries.renewals import RenewalAhead, renewal_ahead
from accreditation.queries.standings import ProgramStanding, standing_in, standings_of
from accreditation.queries.verdicts import facts_today
from partners.api.viewsets import VendorViewSet
from partners.models import Partner
from partners.periods import last_day
from partners.rules import Permission
from partners.texts import localized

IN_PROGRAM = "accreditations/<slug:program>"


class AccreditationsOfPartners(VendorViewSet):
    """What the engine answers about the partners in the caller's reach."""

    queryset = Partner.objects.none()
    lookup_url_kwarg = "partner_id"
    permissions: ClassVar[dict[str, Permission]] = {
        "accreditations": Permission.ACCREDITATION_VIEW,
        "verdict": Permission.ACCREDITATION_VIEW,
        "forecast": Permission.ACCREDITATION_VIEW,
        "simulation": Permission.ACCREDITATION_VIEW,
    }
    queries: ClassVar = {"verdict": VerdictQuery, "simulation": SimulationQuery}
    target: Partner

    def get_queryset(self) -> QuerySet[Partner]:
        """Return the partners in the caller's reach."""
        partners: QuerySet[Partner] = Partner.objects.visible_to(self.actor)
        return partners

    def get_object(self) -> Partner:
        """Return the partner of the address, once its program is known to exist.

        :raises NotFound: for a program that this vendor does not have.
        """
        partner: Partner = super().get_object()
        program = self.kwargs.get("program")
        if program is not None and not Program.objects.filter(key=program).exists():
            raise NotFound
        return partner

    @extend_schema(operation_id="partners_accreditations", responses=AccreditationsAnswer)
    @action(detail=True, methods=["get"])
    def accreditations(self, _request: Request, **_kwargs: Any) -> Response:
        """Return where the partner stands in every program in force."""
        found = standings_of(self.target, self.today)
        return Response(AccreditationsAnswer({"results": [_standing(one) for one in found]}).data)

    @extend_schema(
        operation_id="partners_verdict", parameters=[VerdictQuery], responses=VerdictAnswer
    )
    @action(detail=True, methods=["get"], url_path=f"{IN_PROGRAM}/verdict")
    def verdict(self, _request: Request, program: str, **_kwargs: Any) -> Response:
        """Return the verdict of today or of a past day, record by record."""
        on = self.asked.get("on", self.today)
        reading = Reading(self.asked["reading"])
        past = past_verdict(self.target, program, on, reading)
        empty = _verdict(program, on, reading)
        overtaken = bool(past and on < self.today and correction_of(self.target, past))
        ahead = self._renewal(program) if past and on == self.today else None
        found = _found(past, ahead) if past else {}
        answer = empty | {"overtaken": overtaken} | found
        return Response(VerdictAnswer(answer).data)

    @extend_schema(operation_id="partners_forecast", responses=ForecastAnswer)
    @action(detail=True, methods=["get"], url_path=f"{IN_PROGRAM}/forecast")
    def forecast(self, _request: Request, program: str, **_kwargs: Any) -> Response:
        """Return what becomes of the level that the partner meets, if nothing new comes."""
        told = forecast_of(self.target, self._in_force(program), self.today)
        return Response(ForecastAnswer(_forecast(told)).data)

    @extend_schema(
        operation_id="partners_simulation",
        parameters=[SimulationQuery],
        responses=SimulationAnswer,
    )
    @action(detail=True, methods=["get"], url_path=f"{IN_PROGRAM}/simulation")
    def simulation(self, _request: Request, program: str, **_kwargs: Any) -> Response:
        """Return what is lost without somebody or something; by default the single points."""
        on, rules = self.asked.get("on", self.today), self._in_force(program)
        if ids := [str(one) for one in self.asked["without"]]:
            losses, complete = [self._loss(rules, ids, on)], True
            before = losses[0].loss.before
        else:
            found = single_points_of(self.target, rules, on)
            losses, complete, before = list(found.losses), found.complete, found.level
        answer = {
            "program": program,
            "on": on,
            "before": before,
            "losses": [loss_answer(one) for one in losses],
            "complete": complete,
        }
        return Response(SimulationAnswer(answer).data)

    @property
    def today(self) -> date:
        """Return the vendor's day."""
        today: date = self.vendor.day_of(self.now)
        return today

    def _in_force(self, program: str) -> InForce:
        """Return the program as it judges today.

        :raises NotFound: while none of its versions is in force.
        """
        found = program_in_force(program, self.today)
        if found is None:
            raise NotFound
        return found

    def _renewal(self, program: str) -> RenewalAhead | None:
        """Return what the next renewal asks, where it asks otherwise than today."""
        standing = standing_in(self.target, program, self.today)
        if standing is None:
            return None
        return renewal_ahead(self.target, standing, facts_today(self.target, self.today))

    def _loss(self, program: InForce, ids: list[str], on: date) -> ToldLoss:
        """Return what is lost without these.

        :raises ValidationError: for ids that are not on record at this partner.
        """
        try:
            return loss_without(self.target, program, ids, on, self.today)
        except NotOnRecord as error:
            sentence = _("Nothing of this partner has this id: %(id)s.") % {"id": error.ids[0]}
            detail = ErrorDetail(str(sentence), code="unknown")
            raise ValidationError({"without": [detail]}) from error


def _standing(one: ProgramStanding) -> Answer:
    level, award = one.level, one.award
    return {
        "program": one.program.program.key,
        "standing": one.standing.value if one.standing else None,
        "level": level.key if level else None,
        "designation": localized(level.designation) if level else "",
        "award_number": award.number if award else "",
        "valid_through": last_day(award.ends_on) if award else None,
        "falls_on": one.falls_on,
        "grace_through": last_day(one.accreditation.grace_ends_on) if one.accreditation else None,
    }


def _verdict(program: str, on: date, reading: Reading) -> Answer:
    """Return the answer where nothing is known."""
    return {
        "program": program,
        "on": on,
        "reading": reading.value,
        "version": None,
        "recorded_at": None,
        "level": None,
        "changes_on": None,
        "review_on": None,
        "levels": [],
        "renewal": None,
        "records": [],
    }


def _found(past: PastVerdict, ahead: RenewalAhead | None) -> Answer:
    verdict, program = past.verdict, past.program
    explained = explain(program, verdict, past.records)
    named = [*explained, *(ahead.levels if ahead else ())]
    return {
        "version": program.version.number,
        "recorded_at": past.recorded_at,
        "level": verdict.level,
        "changes_on": verdict.changes_on,
        "review_on": verdict.review_on,
        "levels": _levels(program, explained),
        "renewal": _at_renewal(ahead) if ahead else None,
        "records": [record_answer(one) for one in _records(named)],
    }


def _levels(program: InForce, explained: Iterable[ExplainedLevel]) -> list[Answer]:
    return [
        level_answer(one, localized(program.levels[one.verdict.level].designation))
        for one in explained
    ]


def _at_renewal(ahead: RenewalAhead) -> Answer:
    return {
        "on": ahead.on,
        "version": ahead.program.version.number,
        "level": ahead.verdict.level,
        "levels": _levels(ahead.program, ahead.levels),
    }


def _records(levels: list[ExplainedLevel]) -> list[Record]:
    """Return every record that the levels name, each once, by id."""
    found = {one.id: one for level in levels for one in _of_node(level.root)}
    return [found[one] for one in sorted(found)]


def _of_node(node: Explained) -> Iterator[Record]:
    yield from node.records
    if node.cause is not None and node.cause.cause.record:
        yield node.cause.record
    for child in node.children:
        yield from _of_node(child)


def _forecast(told: ToldForecast) -> Answer:
    steps = [behind for one in told.steps for behind in (one, *one.all_behind())]
    records = {one.cause.record.id: one.cause.record for one in steps}
    if told.renewal is not None:
        records[told.renewal.record.id] = told.renewal.record
    return {
        "program": told.program.program.key,
        "on": told.on,
        "level": told.forecast.level,
        "lapses_on": told.forecast.lapses_on,
        "lost_on": told.lost_on,
        "steps": [step_answer(one) for one in told.steps],
        "replaced": [replaced_answer(one) for one in told.replaced],
        "renewal": renewal_answer(told.renewal),
        "records": [record_answer(records[one]) for one in sorted(records) if one],
    }
