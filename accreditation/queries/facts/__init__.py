"""What is known about partners, in the engine's terms: a constant number of statements.

One module a family of records. Each loads a whole batch of partners at once and chooses nothing by
day: facts are dated, and the engine decides which of them count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from accreditation.criteria.facts import Employment, PartnerFacts
from accreditation.criteria.settings import FactsOf
from accreditation.queries.facts.asked import EVERYTHING
from accreditation.queries.facts.attributes import attributes_of
from accreditation.queries.facts.courses import courses_of
from accreditation.queries.facts.customers import (
    deployments_of,
    references_of,
    survey_answers_of,
    transactions_of,
)
from accreditation.queries.facts.decisions import decisions_of
from accreditation.queries.facts.held import held_around
from accreditation.queries.facts.papers import (
    agreements_of,
    attestations_of,
    audits_of,
    checklists_of,
    documents_of,
    fees_of,
    listings_of,
)
from accreditation.queries.facts.people import certificates_of, employments_of, releases
from accreditation.queries.facts.readings import readings_of
from accreditation.queries.facts.trees import Relatives, relatives_of
from accreditation.queries.programs import InForce

R = TypeVar("R")

# Families of facts, by the name of the field they fill: one statement each.
_BY_PARTNER: Mapping[str, Callable[[list[UUID]], defaultdict[UUID, list[Any]]]] = {
    "agreements": agreements_of,
    "attestations": attestations_of,
    "attributes": attributes_of,
    "audits": audits_of,
    "checklists": checklists_of,
    "decisions": decisions_of,
    "deployments": deployments_of,
    "documents": documents_of,
    "fees": fees_of,
    "listings": listings_of,
    "readings": readings_of,
    "references": references_of,
    "survey_answers": survey_answers_of,
    "transactions": transactions_of,
}

_BY_PERSON: Mapping[str, Callable[[set[UUID]], defaultdict[str, list[Any]]]] = {
    "certificates": certificates_of,
    "courses": courses_of,
}

# Kinds of criteria whose facts this product keeps. The engine judges more than that; a program may
# ask only for what can be recorded.
KINDS_WITH_FACTS = frozenset(
    {
        "agreement_signed",
        "attestation_valid",
        "attribute",
        "audit_passed",
        "certificates_held",
        "checklist_score",
        "course_completed",
        "decided_by_person",
        "document_accepted",
        "document_amount",
        "event_passed",
        "every_item",
        "fee_amount",
        "fee_paid",
        "growth",
        "holds_level",
        "listed",
        "metric",
        "months_since",
        "people_holding",
        "records_counted",
        "records_value",
        "role_slots",
        "satisfaction",
        "survey_answers",
        # These look at facts through measures of other kinds, which are asked for by name as well.
        "earlier",
        "net",
        "ratio",
        "score",
    }
)


def facts_for(
    partner_ids: Iterable[UUID],
    programs: Iterable[InForce] = (),
    families: Collection[str] = EVERYTHING,
) -> dict[UUID, PartnerFacts]:
    """Return the facts of each partner, dated as they are: nothing is chosen by day here.

    ``programs`` are those to be judged: what they say of themselves stands beside the levels that
    are held, and other partners of the tree are looked at only if one of them does so. Of several
    versions of one program the last says what its levels are.
    ``families`` are those to be loaded: whoever only judges these programs passes those asked by
    their rules, whoever shows facts or judges older rules passes nothing.
    """
    wanted, judged = list(partner_ids), list(programs)
    around = relatives_of(wanted) if any(map(looks_around, judged)) else defaultdict(Relatives)
    below = {one for pk in wanted for one in around[pk].below}
    own = _own_facts({*wanted, *below}, families)
    rules = {one.rules.program.key: one.rules for one in judged}
    looks_ahead = any(one.rules.built_on for one in judged)
    held = held_around(wanted, around, rules, looks_ahead=looks_ahead)
    return {
        pk: replace(
            own[pk],
            held_levels=held[pk].levels,
            terms=held[pk].terms,
            below=tuple(own[one] for one in around[pk].below),
        )
        for pk in wanted
    }


def looks_around(program: InForce) -> bool:
    """Return whether a program's verdicts depend on partners above or below the one judged."""
    return looks_below(program) or looks_above(program)


def looks_below(program: InForce) -> bool:
    """Return whether a program's verdicts depend on partners below the one judged."""
    subtree = program.rules.settings.facts_of is FactsOf.SUBTREE
    return subtree or any(asked.below for asked in program.rules.built_on)


def looks_above(program: InForce) -> bool:
    """Return whether a program's verdicts depend on partners above the one judged."""
    return any(asked.above for asked in program.rules.built_on)


def _own_facts(partner_ids: Iterable[UUID], families: Collection[str]) -> dict[UUID, PartnerFacts]:
    """Return what is known of each partner itself."""
    wanted = list(partner_ids)
    employments = employments_of(wanted)
    people = {UUID(one.person) for each in employments.values() for one in each}
    of_people = {family: load(people) for family, load in _BY_PERSON.items() if family in families}
    released = releases() if "certificates" in families else ()
    loaders = (one for one in _BY_PARTNER.items() if one[0] in {*families, "attributes"})
    found = {family: load(wanted) for family, load in loaders}
    return {
        partner_id: PartnerFacts(
            employments=tuple(employments[partner_id]),
            releases=released,
            **{
                family: _of_people(employments[partner_id], records)
                for family, records in of_people.items()
            },
            **{family: tuple(records[partner_id]) for family, records in found.items()},
        )
        for partner_id in wanted
    }


def _of_people(
    employments: Sequence[Employment], records: Mapping[str, Sequence[R]]
) -> tuple[R, ...]:
    """Return the records of everybody who works, worked or will work there."""
    people = dict.fromkeys(one.person for one in employments)
    return tuple(record for person in people for record in records.get(person, ()))
