"""Which families of facts programs ask for: what nobody looks at need not be loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from accreditation.criteria.document import Rules
from accreditation.criteria.kinds.nodes.grouped import SPLIT
from accreditation.criteria.kinds.people.people_holding import PeopleHolding
from accreditation.criteria.kinds.people.role_slots import Role
from accreditation.criteria.kinds.tree import Labelled

CUSTOMERS = ("deployments", "references", "transactions")

FAMILIES_OF_KINDS: Mapping[str, tuple[str, ...]] = {
    "agreement_signed": ("agreements",),
    "attestation_valid": ("attestations",),
    "attribute": (),
    "audit_passed": ("audits",),
    "certificates_held": ("certificates",),
    "checklist_score": ("checklists",),
    "course_completed": ("courses",),
    "decided_by_person": ("decisions",),
    "document_accepted": ("documents",),
    "document_amount": ("documents",),
    "event_passed": (),
    "every_item": ("readings",),
    "fee_amount": ("fees",),
    "fee_paid": ("fees",),
    "growth": ("readings",),
    "holds_level": (),
    "listed": ("listings",),
    "metric": ("readings",),
    "months_since": (),
    "people_holding": ("certificates", "courses"),
    "records_counted": CUSTOMERS,
    "records_value": CUSTOMERS,
    # The roles say it.
    "role_slots": (),
    "satisfaction": ("survey_answers",),
    "survey_answers": ("survey_answers",),
    # These look at facts through measures of other kinds, which are asked for by name as well.
    "earlier": (),
    "net": (),
    "ratio": (),
    "score": (),
    # The groups are those that any of these records name.
    "grouped": SPLIT,
}
"""What each kind of criterion looks at, beside attributes and employments: these any may need."""

EVERYTHING = frozenset(
    {*SPLIT, *(family for families in FAMILIES_OF_KINDS.values() for family in families)}
)
"""All families that some kind looks at."""


def families_asked(rules: Iterable[Rules]) -> frozenset[str]:
    """Return the families of facts without which some of the rules could not be judged."""
    looking = (node for one in rules for node in one.looking())
    return frozenset(family for node in looking for family in _families(node))


def _families(node: Labelled) -> Iterable[str]:
    """Return what a criterion looks at; those of people say it themselves."""
    if isinstance(node, PeopleHolding):
        return node.families
    if isinstance(node, Role):
        return node.suitable.families
    return FAMILIES_OF_KINDS.get(node.label.kind, ())
