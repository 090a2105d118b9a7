"""What judging costs, against one statement that reads the same facts and judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.kinds.people.team import Team
from accreditation.enums import DueCause
from accreditation.operations.due import evaluate_next
from accreditation.operations.marks import mark_now
from accreditation.queries.facts import facts_for
from accreditation.queries.facts.asked import families_asked
from accreditation.queries.programs import programs_in_force
from accreditation.queries.verdicts import judged
from config.bench.owner import backend_of
from config.bench.races import Race, Side
from partners.models import Partner, Vendor
from partners.tenancy.context import tenant

Known = dict[UUID, PartnerFacts]

FACTS = """
WITH team AS (
    SELECT partner_id, person_id FROM partners_employment
     WHERE vendor_id = %(vendor)s AND partner_id = ANY(%(partners)s)
)
SELECT partner_id, count(*), array_agg(expires_on ORDER BY expires_on DESC)
  FROM team JOIN enablement_certificate USING (person_id)
 WHERE vendor_id = %(vendor)s GROUP BY partner_id
UNION ALL
SELECT partner_id, count(*), array_agg(completed_on ORDER BY completed_on DESC)
  FROM documents_deployment
 WHERE vendor_id = %(vendor)s AND partner_id = ANY(%(partners)s) GROUP BY partner_id
UNION ALL
SELECT partner_id, count(*), array_agg(answered_on ORDER BY answered_on DESC)
  FROM documents_surveyresponse
 WHERE vendor_id = %(vendor)s AND partner_id = ANY(%(partners)s) GROUP BY partner_id
"""
"""The floor: the days of all facts, sorted, by partner."""


def races(vendors: Sequence[Vendor], *, on: date, now: datetime) -> Iterator[Race]:
    """Yield the races: reading and judging one partner, one vendor, everybody; then the sweep."""
    one, *_rest = vendors
    with tenant(one):
        partners = list(Partner.objects.order_by("slug").values_list("pk", flat=True))
        yield _race("one partner", 1.5, one, partners[:1], on, rounds=15)
        yield _race(f"a vendor of {len(partners):,} partners", 2, one, partners, on, rounds=5)
    yield _everything(vendors, on)
    yield _sweep(vendors, now)


def _race(
    name: str, target: float, vendor: Vendor, partners: Sequence[UUID], on: date, *, rounds: int
) -> Race:
    return Race(
        name=f"read and judge {name} in 5 programs / one statement",
        target=target,
        product=_judging(lambda: [(vendor, partners)], on),
        floor=_reading(lambda: [(vendor, partners)]),
        rounds=rounds,
    )


def _everything(vendors: Sequence[Vendor], on: date) -> Race:
    chosen = []
    for vendor in vendors:
        with tenant(vendor):
            chosen.append((vendor, list(Partner.objects.values_list("pk", flat=True))))
    return Race(
        name=f"read and judge everybody ({sum(len(each) for _, each in chosen):,}) / sorted days",
        target=1.5,
        product=_judging(lambda: chosen, on),
        floor=_reading(lambda: chosen),
        rounds=2,
    )


Chosen = Callable[[], Sequence[tuple[Vendor, Sequence[UUID]]]]


def _judging(chosen: Chosen, on: date) -> Side:
    def run() -> object:
        facts: Known = {}
        for vendor, partners in chosen():
            with tenant(vendor):
                programs = programs_in_force(on)
                asked = families_asked(one.rules for one in programs)
                known = facts_for(partners, programs, asked)
                for each in known.values():
                    team = Team(each)
                    for program in programs:
                        judged(program, each, on, team=team)
                facts |= known
        return facts

    return Side(run, _backend(), answer=_numbers_of_facts)


def _numbers_of_facts(result: Any) -> int:
    return sum(
        len(each.certificates) + len(each.deployments) + len(each.survey_answers)
        for each in result.values()
    )


def _reading(chosen: Chosen) -> Side:
    def run() -> object:
        rows: list[Any] = []
        for vendor, partners in chosen():
            with tenant(vendor), connection.cursor() as cursor:
                cursor.execute(FACTS, {"vendor": vendor.pk, "partners": list(partners)})
                rows += cursor.fetchall()
        return rows

    return Side(run, _backend(), sql=FACTS, answer=_numbers_of_rows)


def _numbers_of_rows(result: Any) -> int:
    return sum(count for _, count, _ in result)


def _sweep(vendors: Sequence[Vendor], now: datetime) -> Race:
    few, everybody = [], []
    for vendor in vendors:
        with tenant(vendor):
            partners = list(Partner.objects.order_by("slug").values_list("pk", flat=True))
        few.append((vendor, partners[: max(1, len(partners) // 200)]))
        everybody.append((vendor, partners))
    due = sum(len(each) for _, each in few) / sum(len(each) for _, each in everybody)
    return Race(
        name=f"a sweep with {due:.1%} of the partners due / with all of them due, per partner",
        target=2,
        product=_sweeping(few, now),
        floor=_sweeping(everybody, now),
        rounds=2,
        share=due,
    )


def _sweeping(due: Sequence[tuple[Vendor, Sequence[UUID]]], now: datetime) -> Side:
    def run() -> None:
        for vendor, partners in due:
            with tenant(vendor):
                mark_now(partners, now=now, cause=DueCause.ASKED)
            judged_now = 1
            while judged_now:
                with tenant(vendor):
                    judged_now = evaluate_next(now=now)

    return Side(run, _backend())


def _backend() -> tuple[int, ...]:
    with connection.cursor() as cursor:
        return backend_of(cursor.cursor)
