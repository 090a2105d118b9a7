"""What a program asks for by what the partner holds: to reach a level, to keep it, to renew it."""

from collections.abc import Iterable
from datetime import date

from accreditation.criteria.kinds.dossier import Phase
from accreditation.criteria.records import Term


def phase_on(terms: Iterable[Term], program: str, on: date) -> Phase:
    """Return what a program asks for on a day, by what was held as the day began.

    What is granted or ends on the day follows from the verdict, so it cannot decide what is asked.
    """
    for term in terms:
        ended = term.ended_on is not None and term.ended_on < on
        if term.program == program and term.granted_on < on and not ended:
            run_out = term.ends_on is not None and term.ends_on <= on
            return Phase.RENEW if run_out else Phase.KEEP
    return Phase.INITIAL
