"""Tables of what follows from the facts, by noun."""

from accreditation.models.awards import Accreditation, Award, StandingChange
from accreditation.models.decisions import CriterionDecision
from accreditation.models.evaluations import DueMark, Evaluation
from accreditation.models.listing import Listing
from accreditation.models.programs import Level, Program, ProgramVersion

__all__ = [
    "Accreditation",
    "Award",
    "CriterionDecision",
    "DueMark",
    "Evaluation",
    "Level",
    "Listing",
    "Program",
    "ProgramVersion",
    "StandingChange",
]
