"""What is known about partners, in the engine's terms: a constant number of statements.

One module a family of records. Each loads a whole batch of partners at once and chooses nothing by
day: facts are dated, and the engine decides which of them count.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from accreditation.criteria.facts import PartnerFacts
from accreditation.queries.facts.people import certificates_of, employments_of, releases

# Kinds of criteria whose facts this product keeps. The engine judges more than that; a program may
# ask only for what can be recorded.
KINDS_WITH_FACTS = frozenset({"people_holding", "certificates_held"})


def facts_for(partner_ids: Iterable[UUID]) -> dict[UUID, PartnerFacts]:
    """Return the facts of each partner, dated as they are: nothing is chosen by day here."""
    wanted = list(partner_ids)
    employments = employments_of(wanted)
    certificates = certificates_of(
        {UUID(one.person) for each in employments.values() for one in each}
    )
    released = releases()
    return {
        partner_id: PartnerFacts(
            certificates=tuple(
                certificate
                for person in dict.fromkeys(one.person for one in employments[partner_id])
                for certificate in certificates[person]
            ),
            employments=tuple(employments[partner_id]),
            releases=released,
        )
        for partner_id in wanted
    }
