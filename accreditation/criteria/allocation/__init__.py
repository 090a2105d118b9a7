"""Who fills which slot, decided once for a partner over all designations that compete for people.

`allocate` gives the people of one day and the proof of what is impossible. Layers: competition,
limits, nests, flow, search, settling, shortages, allocate.
"""

from accreditation.criteria.allocation.allocate import (
    Allocation,
    Decision,
    Lack,
    Outcome,
    allocate,
)
from accreditation.criteria.allocation.competition import (
    Competition,
    Designation,
    Limit,
    Measure,
    Slot,
)
from accreditation.criteria.allocation.nests import Bounds
from accreditation.criteria.allocation.roster import TRIES
from accreditation.criteria.allocation.shortages import Conflict, Shortage, Suitable

__all__ = [
    "TRIES",
    "Allocation",
    "Bounds",
    "Competition",
    "Conflict",
    "Decision",
    "Designation",
    "Lack",
    "Limit",
    "Measure",
    "Outcome",
    "Shortage",
    "Slot",
    "Suitable",
    "allocate",
]
