"""Nodes that are asked on condition, in order, in a phase, after an event, for each group."""

from datetime import date
from decimal import Decimal

import pytest

from accreditation.criteria.document import parse
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.judge import judge
from accreditation.criteria.kinds.dossier import Phase
from accreditation.criteria.periods import DAY, Period
from accreditation.criteria.records import (
    Agreement,
    DocumentAccepted,
    Fee,
    ListingElsewhere,
    OrganizationAttribute,
)
from accreditation.criteria.verdicts import Cause, CauseCode, Result
from tests.accreditation.criteria.figures import known, reading
from tests.accreditation.criteria.test_document import problems
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    certificate,
    document,
    employee,
    facts,
    finding_on,
    leaf,
    people,
    rules,
    through,
)

FOREVER = Period(LONG_AGO)
MET, NOT_MET, UNKNOWN = Result.MET, Result.NOT_MET, Result.CANNOT_BE_JUDGED


def agreement(name: str = "agreement", **more):
    return leaf("agreement_signed", name, agreements=[name], **more)


def listed(name: str = "listing", **more):
    return leaf("listed", name, listings=[name], **more)


def pending(name: str = "plan"):
    return leaf("document_accepted", name, documents=[name])


def partner(*names: str, **ends: date) -> PartnerFacts:
    """Return a partner with agreements and listings of these names; `ends` are last days."""
    papers = dict.fromkeys(names, FOREVER)
    papers |= {name: through(LONG_AGO, last) for name, last in ends.items()}
    return PartnerFacts(
        agreements=tuple(Agreement(id=n, kind=n, period=p) for n, p in papers.items()),
        listings=tuple(ListingElsewhere(id=n, kind=n, period=p) for n, p in papers.items()),
        documents=tuple(
            DocumentAccepted(id=n, kind=n, period=p, pending=True) for n, p in papers.items()
        ),
    )


def node(form: str, value, **more):
    return {"key": form, "text": {"en": form}, form: value, **more}


WHEN = node("when", agreement("ready"), then=listed("tsanet"))


@pytest.mark.parametrize(
    ("names", "result"), [([], MET), (["ready"], NOT_MET), (["ready", "tsanet"], MET)]
)
def test_vmware_membership_is_asked_only_with_a_product(names, result):
    finding = finding_on(TODAY, WHEN, partner(*names))

    assert finding.result is result
    assert [child.key for child in finding.children] == ["ready", "tsanet"]


@pytest.mark.parametrize(("names", "result"), [(["ready"], UNKNOWN), (["ready", "x"], MET)])
def test_condition_that_cannot_be_judged_decides_only_where_it_matters(names, result):
    unclear = node("when", pending("ready"), then=listed("x"))

    assert finding_on(TODAY, unclear, partner(*names)).result is result


@pytest.mark.parametrize("ends", ["ready", "tsanet"])
def test_condition_names_what_changes_it(ends):
    other = "tsanet" if ends == "ready" else "ready"
    node_ = WHEN if ends == "tsanet" else node("when", agreement("ready"), then=listed("missing"))
    world = partner(other, **{ends: TODAY})

    finding = finding_on(TODAY, node_, world)

    assert finding.changes_on == TODAY + DAY
    assert finding.cause == Cause(CauseCode.RECORD_EXPIRES, ends)


def test_condition_of_one_level_is_not_a_condition_of_another():
    only_gold = node("when", agreement("ready", at_least={"gold": 1}), then=listed("tsanet"))

    verdict = judge(rules(only_gold, "silver", "gold", nested_levels=False), PartnerFacts(), TODAY)

    assert [level.result for level in verdict.levels] == [NOT_MET, MET]
    asks_gold = node("when", agreement("ready"), then=listed("tsanet", at_least={"gold": 1}))
    tree = {"all": [asks_gold, agreement("signed")]}
    verdict = judge(rules(tree, "silver", "gold"), partner("ready", "signed"), TODAY)
    assert [level.result for level in verdict.levels] == [MET, NOT_MET]


STEPS = node("steps", [agreement("first"), listed("second"), agreement("third")])


@pytest.mark.parametrize(
    ("names", "results"),
    [
        (["first", "second", "third"], [MET, MET, MET]),
        (["second", "third"], [NOT_MET, NOT_MET, NOT_MET]),
        (["first", "third"], [MET, NOT_MET, NOT_MET]),
    ],
)
def test_later_steps_are_locked_until_earlier_ones_are_met(names, results):
    finding = finding_on(TODAY, STEPS, partner(*names))

    assert [child.result for child in finding.children] == results
    assert (finding.result, finding.have) == (results[-1], results.count(MET))


def test_step_that_cannot_be_judged_locks_as_such():
    steps = node("steps", [pending("first"), agreement("second")])

    finding = finding_on(TODAY, steps, partner("first", "second"))

    assert [child.result for child in finding.children] == [UNKNOWN, UNKNOWN]


def test_lost_first_step_locks_the_others_by_itself():
    finding = finding_on(TODAY, STEPS, partner("second", "third", first=TODAY))

    expires = Cause(CauseCode.RECORD_EXPIRES, "first")
    assert [child.cause for child in (finding, *finding.children)] == [expires] * 4
    later = finding_on(TODAY, STEPS, partner("first", "second", third=TODAY))
    assert [child.changes_on for child in later.children] == [None, None, TODAY + DAY]


def test_steps_that_ask_nothing_of_a_level_are_left_out():
    steps = node("steps", [agreement("first", at_least={"gold": 1})])
    program = rules({"all": [steps, listed()]}, "silver", "gold")

    verdict = judge(program, partner("listing"), TODAY)

    assert [level.result for level in verdict.levels] == [MET, NOT_MET]


PHASES = {
    "phases": {
        "initial": agreement("win"),
        "keep": {"all": [agreement("still"), listed("survey")]},
        "renew": people("vcp", at_least=1),
    }
}


@pytest.mark.parametrize(
    ("phase", "names", "result"),
    [
        (Phase.INITIAL, ["win"], MET),
        (Phase.INITIAL, ["still", "survey"], NOT_MET),
        (Phase.KEEP, ["still", "survey"], MET),
        (Phase.KEEP, ["win"], NOT_MET),
        (Phase.RENEW, ["win", "still", "survey"], NOT_MET),
    ],
)
def test_initial_keep_and_renewal_differ(phase, names, result):
    verdict = judge(rules(PHASES), partner(*names), TODAY, phase=phase)

    assert verdict.levels[0].result is result


def test_phase_that_is_not_listed_asks_nothing():
    renewal_only = {"phases": {"renew": agreement("win")}}
    with_more = {"all": [renewal_only, listed()]}

    nothing = judge(rules(renewal_only), PartnerFacts(), TODAY)

    assert (nothing.level, nothing.review_on) == ("gold", None)
    assert judge(rules(with_more), PartnerFacts(), TODAY).levels[0].result is NOT_MET
    assert judge(rules(with_more), partner("listing"), TODAY).levels[0].result is MET


def joined(day: date, *names: str) -> PartnerFacts:
    base = partner(*names)
    event = OrganizationAttribute("joining", "joined", day, FOREVER)
    return PartnerFacts(agreements=base.agreements, listings=base.listings, attributes=(event,))


AFTER = node("after_event", {"event": "joined", "months": 12}, then=listed())


@pytest.mark.parametrize(
    ("day", "names", "result"),
    [
        (date(2026, 3, 31), [], MET),
        (date(2026, 4, 1), [], NOT_MET),
        (date(2026, 4, 1), ["listing"], MET),
    ],
)
def test_vmware_listing_is_due_within_a_year_of_joining(day, names, result):
    assert finding_on(day, AFTER, joined(date(2025, 3, 31), *names)).result is result


def test_end_of_the_first_year_is_known_before():
    finding = finding_on(TODAY, AFTER, joined(date(2025, 3, 31)))

    assert (finding.changes_on, finding.cause) == (
        date(2026, 4, 1),
        Cause(CauseCode.TIME_PASSES, "joining"),
    )


def test_what_ends_after_the_first_year_is_named():
    world = joined(date(2025, 3, 31))
    ends = date(2026, 5, 31)
    listing = ListingElsewhere(id="l", kind="listing", period=through(LONG_AGO, ends))

    finding = finding_on(
        TODAY, AFTER, PartnerFacts(listings=(listing,), attributes=world.attributes)
    )

    assert (finding.changes_on, finding.cause) == (
        ends + DAY,
        Cause(CauseCode.RECORD_EXPIRES, "l"),
    )


def test_without_the_event_the_node_is_asked():
    assert finding_on(TODAY, AFTER, PartnerFacts()).result is NOT_MET


def test_first_year_of_one_level_only():
    after = node("after_event", {"event": "joined", "days": 3}, then=listed(at_least={"gold": 1}))
    program = rules({"all": [after, agreement()]}, "silver", "gold")
    world = joined(TODAY, "agreement")

    verdict = judge(program, world, TODAY)

    assert [level.changes_on for level in verdict.levels] == [None, TODAY + 4 * DAY]


AREAS = ("search", "video", "shopping")
PER_AREA = node(
    "for_each",
    {"metric": "spend", "by": "area", "window": {"rolling_days": 90}, "at_least": 500},
    each={area: people(area, certifications=[area], at_least=1) for area in AREAS},
)
SPEND = known(
    *(
        reading(value, TODAY, area, metric="spend", attributes={"area": area})
        for area, value in zip(AREAS, ("9000", "499.99", "600"), strict=True)
    )
).readings


@pytest.mark.parametrize(
    ("certified", "result"),
    [(["search", "shopping"], MET), (["search"], NOT_MET), (["search", "video"], NOT_MET)],
)
def test_w20_each_area_with_spend_is_covered_by_somebody(certified, result):
    base = facts(employee("Edda"), *(certificate("Edda", area) for area in certified))
    world = PartnerFacts(base.certificates, base.employments, readings=SPEND)

    assert finding_on(TODAY, PER_AREA, world).result is result


def test_each_level_may_say_how_much_makes_a_group_present():
    """Nobody at Acme is certified: silver only asks of areas with a larger spend than Acme has."""
    presence = {"metric": "spend", "by": "area", "at_least": {"silver": 10_000, "gold": 500}}
    areas = {area: people(area, certifications=[area], at_least=1) for area in AREAS}
    tree = {
        "all": [people("anybody", certifications=["a"]), node("for_each", presence, each=areas)]
    }
    base = facts(employee("Edda"), certificate("Edda", "a"))
    world = PartnerFacts(base.certificates, base.employments, readings=SPEND)

    verdict = judge(rules(tree, "bronze", "silver", "gold"), world, TODAY)

    assert verdict.level == "silver"
    assert [one.kind for one in verdict.of("bronze").finding.children] == ["people_holding"]


def test_w20_area_is_no_longer_asked_when_its_spend_is_too_old():
    base = facts(employee("Edda"), certificate("Edda", "shopping"))
    spend = [
        *SPEND[1:],
        reading(9000, date(2025, 12, 3), "old", metric="spend", attributes={"area": "search"}),
    ]
    world = PartnerFacts(base.certificates, base.employments, readings=tuple(spend))

    finding = finding_on(TODAY, PER_AREA, world)

    assert (finding.result, finding.changes_on) == (NOT_MET, TODAY + DAY)
    assert finding.cause == Cause(CauseCode.RECORD_TOO_OLD, "old")


def test_labels_reach_every_node():
    sustained = node("sustained", {"months": 1}, then=agreement("held"))
    tree = {"all": [WHEN, STEPS, PHASES, PER_AREA, AFTER, sustained]}

    assert [label.key for label in parse(document(tree)).labels()] == [
        "when",
        "ready",
        "tsanet",
        "steps",
        "first",
        "second",
        "third",
        "win",
        "still",
        "survey",
        "vcp",
        "for_each",
        *AREAS,
        "after_event",
        "listing",
        "sustained",
        "held",
    ]


NODES = [
    (node("when", agreement()), "criteria.then: is missing"),
    (node("when", 3, then=agreement()), "criteria.when: must be a mapping"),
    ({"when": agreement(), "then": listed()}, "criteria.key: is missing"),
    (node("steps", []), "criteria.steps: must be a list"),
    (node("steps", [{}]), "criteria.steps[0]: must have exactly one of: kind"),
    ({"phases": {}}, "criteria.phases.initial: is missing"),
    ({"phases": {"later": agreement()}}, "criteria.phases.initial: is missing"),
    ({"phases": {"keep": 3}}, "criteria.phases.keep: must be a mapping"),
    ({"phases": None}, "criteria.phases: is missing"),
    (
        node("after_event", {"event": "a"}, then=agreement()),
        "criteria.after_event.months: is missing",
    ),
    (node("after_event", None, then=agreement()), "criteria.after_event: is missing"),
    (node("after_event", {"event": "a", "days": 1}), "criteria.then: is missing"),
    (node("for_each", {"metric": "a"}, each={}), "criteria.for_each.at_least: is missing"),
    (node("for_each", None, each={"a": agreement()}), "criteria.for_each: is missing"),
    (
        node("for_each", {"metric": "a", "by": "b", "at_least": 1}, each={}),
        "criteria.each: is missing",
    ),
    (node("for_each", {"metric": "a", "by": "b", "at_least": 1}), "criteria.each: is missing"),
    (
        node("for_each", {"metric": "a", "by": "b", "at_least": 1}, each={"a": {}}),
        "criteria.each.a: must have exactly one of",
    ),
    (node("sustained", {"months": 6}), "criteria.then: is missing"),
    (
        node("sustained", {"months": 0}, then=agreement()),
        "criteria.sustained.months: must be a pos",
    ),
    (node("any_day", {}, then=agreement()), "criteria.any_day.window: is missing"),
    (node("any_day", {"window": {"rolling_days": 1}}), "criteria.then: is missing"),
    (
        node("snapshot", {"on": ["31.3."]}, then=agreement()),
        "criteria.snapshot.on: must be a day of",
    ),
    (node("snapshot", {"on": ["03-31"]}), "criteria.then: is missing"),
]


@pytest.mark.parametrize(("written", "problem"), NODES, ids=[text for _, text in NODES])
def test_node_with_a_mistake_is_refused_at_its_place(written, problem):
    assert problems(document(written))[0].startswith(problem)


def test_fee_of_a_phase_may_have_another_amount():
    fee = Fee(id="f", kind="fee", period=FOREVER, amount=Decimal(5))

    assert (
        finding_on(TODAY, leaf("fee_paid", fees=["fee"]), PartnerFacts(fees=(fee,))).result is MET
    )
