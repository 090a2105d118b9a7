"""What is known about partners, in the engine's terms: a constant number of statements.

One module a family of records. Each loads a whole batch of partners at once and chooses nothing by
day: facts are dated, and the engine decides which of them count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from accreditation.criteria.facts import Employment, PartnerFacts
from accreditation.queries.facts.attributes import attributes_of
from accreditation.queries.facts.courses import courses_of
from accreditation.queries.facts.customers import (
    deployments_of,
    references_of,
    survey_answers_of,
    transactions_of,
)
from accreditation.queries.facts.decisions import decisions_of
from accreditation.queries.facts.people import certificates_of, employments_of, releases

R = TypeVar("R")

# Kinds of criteria whose facts this product keeps. The engine judges more than that; a program may
# ask only for what can be recorded.
KINDS_WITH_FACTS = frozenset(
    {
        "attribute",
        "certificates_held",
        "course_completed",
        "decided_by_person",
        "months_since",
        "people_holding",
        "records_counted",
        "satisfaction",
        "survey_answers",
        # These look at facts through measures of other kinds, which are asked for by name as well.
        "net",
        "ratio",
        "score",
    }
)


def facts_for(partner_ids: Iterable[UUID]) -> dict[UUID, PartnerFacts]:
    """Return the facts of each partner, dated as they are: nothing is chosen by day here."""
    wanted = list(partner_ids)
    employments = employments_of(wanted)
    people = {UUID(one.person) for each in employments.values() for one in each}
    certificates, courses = certificates_of(people), courses_of(people)
    released = releases()
    attributes = attributes_of(wanted)
    decisions = decisions_of(wanted)
    deployments = deployments_of(wanted)
    references = references_of(wanted)
    transactions = transactions_of(wanted)
    survey_answers = survey_answers_of(wanted)
    return {
        partner_id: PartnerFacts(
            certificates=_of_people(employments[partner_id], certificates),
            courses=_of_people(employments[partner_id], courses),
            employments=tuple(employments[partner_id]),
            releases=released,
            attributes=tuple(attributes[partner_id]),
            decisions=tuple(decisions[partner_id]),
            deployments=tuple(deployments[partner_id]),
            references=tuple(references[partner_id]),
            transactions=tuple(transactions[partner_id]),
            survey_answers=tuple(survey_answers[partner_id]),
        )
        for partner_id in wanted
    }


def _of_people(
    employments: Sequence[Employment], records: Mapping[str, Sequence[R]]
) -> tuple[R, ...]:
    """Return the records of everybody who works, worked or will work there."""
    people = dict.fromkeys(one.person for one in employments)
    return tuple(record for person in people for record in records.get(person, ()))
