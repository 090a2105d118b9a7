"""What no criterion looks at need not be known: the verdict is the same."""

from dataclasses import replace

from hypothesis import given

from accreditation.criteria.document import parse
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.kinds import registry
from accreditation.queries.facts.asked import EVERYTHING, FAMILIES_OF_KINDS, families_asked
from tests.accreditation.criteria.strategies import days
from tests.accreditation.criteria.strategies_of_records import cases, nodes
from tests.accreditation.criteria.worlds import leaf, people, rules


def without(known: PartnerFacts, families: frozenset[str]) -> PartnerFacts:
    """Return the facts of a partner and those below it without some families."""
    unread = {*families, "releases"} if "certificates" in families else families
    below = tuple(without(one, families) for one in known.below)
    return replace(known, below=below, **dict.fromkeys(unread, ()))


def test_every_kind_says_what_it_looks_at():
    assert sorted({*FAMILIES_OF_KINDS} - {"grouped"}) == registry.names()


@given(cases(nodes()), days)
def test_verdict_is_the_same_without_the_families_that_nobody_asks_for(case, on):
    written, known = case
    asking = parse(written)
    unasked = EVERYTHING - families_asked([asking])

    assert judge(asking, without(known, unasked), on) == judge(asking, known, on)


def test_families_of_all_programs_are_asked_for():
    projects = leaf("records_counted", records="deployments", distinct="record", at_least=1)
    asking = [rules({"all": [people()]}), rules({"all": [projects]})]

    assert families_asked(asking[:1]) == {"certificates"}
    assert families_asked(asking) == {"certificates", "deployments", "references", "transactions"}
    assert families_asked([]) == frozenset()
