"""Which families of facts programs ask for: what nobody looks at need not be loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from accreditation.criteria.document import Rules
from accreditation.criteria.kinds.nodes.grouped import SPLIT

PEOPLE = ("certificates",)
CUSTOMERS = ("deployments", "references", "transactions")

FAMILIES_OF_KINDS: Mapping[str, tuple[str, ...]] = {
    "agreement_signed": ("agreements",),
    "attestation_valid": ("attestations",),
    "attribute": (),
    "audit_passed": ("audits",),
    "certificates_held": PEOPLE,
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
    "people_holding": PEOPLE,
    "records_counted": CUSTOMERS,
    "records_value": CUSTOMERS,
    "role_slots": PEOPLE,
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
    kinds = {label.kind for one in rules for label in one.looking()}
    return frozenset(family for kind in kinds for family in FAMILIES_OF_KINDS.get(kind, ()))
