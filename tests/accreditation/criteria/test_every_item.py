"""Every item of a set must be as required."""

import pytest

from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.periods import DAY
from accreditation.criteria.verdicts import Cause, CauseCode, ReasonCode, Result
from tests.accreditation.criteria.figures import known, reading
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.worlds import (
    TODAY,
    counted,
    document,
    finding_on,
    leaf,
    reasons,
)


def apps() -> PartnerFacts:
    def app(name: str, installs: int, **attributes: str):
        return reading(installs, metric="installs", record=name, item=name, attributes=attributes)

    return known(
        app("Z", 500, hosting="server", approved="yes"),
        app("V", 499, hosting="server", approved="no"),
        app("X", 100, hosting="cloud", bounty="no"),
        app("Y", 101, hosting="cloud", bounty="yes"),
    )


def every(hosting: str, must: str, **which):
    return leaf(
        "every_item",
        metric="installs",
        where={"attributes": {"hosting": [hosting]}},
        must={must: ["yes"]},
        **({"which": which} if which else {}),
    )


@pytest.mark.parametrize(
    ("node", "result", "counts", "fails"),
    [
        (every("server", "approved", at_least=500), Result.MET, ["Z"], []),
        (every("server", "approved"), Result.NOT_MET, ["Z"], ["V"]),
        (every("cloud", "bounty", more_than=100), Result.MET, ["Y"], []),
        (every("cloud", "bounty"), Result.NOT_MET, ["Y"], ["X"]),
        (every("cloud", "bounty", top=1), Result.MET, ["Y"], []),
        (every("cloud", "bounty", at_most=100), Result.NOT_MET, [], ["X"]),
        (every("desktop", "bounty"), Result.MET, [], []),
    ],
)
def test_w21_every_item_that_is_chosen_must_be_as_required(node, result, counts, fails):
    finding = finding_on(TODAY, node, apps())

    assert (finding.result, counted(finding)) == (result, counts)
    assert reasons(finding) == dict.fromkeys(fails, ReasonCode.NOT_AS_REQUIRED)
    assert (finding.have, finding.need) == (len(counts), len(counts) + len(fails))


def test_item_that_grows_is_asked_by_itself():
    facts = known(
        reading(99, record="a", metric="installs", item="A", attributes={"hosting": "cloud"}),
        reading(
            101,
            TODAY + DAY,
            record="b",
            metric="installs",
            item="A",
            attributes={"hosting": "cloud"},
        ),
    )

    today, tomorrow = (
        finding_on(day, every("cloud", "bounty", more_than=100), facts)
        for day in (TODAY, TODAY + DAY)
    )

    assert (today.result, today.changes_on) == (Result.MET, TODAY + DAY)
    assert today.cause == Cause(CauseCode.RECORD_SUPERSEDED, "a")
    assert reasons(tomorrow) == {
        "a": ReasonCode.SUPERSEDED_READING,
        "b": ReasonCode.NOT_AS_REQUIRED,
    }


def test_item_that_is_repaired_is_met_by_itself():
    facts = known(
        reading(1, record="a", metric="installs", item="A", attributes={"hosting": "cloud"}),
        reading(
            1,
            TODAY + DAY,
            record="b",
            metric="installs",
            item="A",
            attributes={"hosting": "cloud", "bounty": "yes"},
        ),
    )

    finding = finding_on(TODAY, every("cloud", "bounty"), facts)

    assert (finding.result, finding.changes_on) == (Result.NOT_MET, TODAY + DAY)
    assert finding.cause == Cause(CauseCode.RECORD_STARTS, "b")


ITEMS = [
    (leaf("every_item", metric="a"), "criteria.must: is missing"),
    (leaf("every_item", metric="a", must={}), "criteria.must: is missing"),
    (
        leaf("every_item", metric="a", must={"b": ["c"]}, which={"at_least": 1, "at_most": 2}),
        "criteria.which: must have exactly one of: at_least",
    ),
]


@pytest.mark.parametrize(("node", "problem"), ITEMS, ids=[text for _, text in ITEMS])
def test_items_with_a_mistake_are_refused_at_their_place(node, problem):
    assert problems(document(node))[0].startswith(problem)
