"""People in roles of one program: who suits, who is placed, what a document may say."""

from datetime import date
from typing import Any

import pytest

from accreditation.criteria.document import parse
from accreditation.criteria.judge import judge
from accreditation.criteria.periods import Period
from accreditation.criteria.problems import DocumentError
from accreditation.criteria.sharing import Entrant, Sharing
from accreditation.criteria.verdicts import Cause, CauseCode, Finding, ReasonCode, Result, Verdict
from tests.accreditation.criteria.worlds import (
    LONG_AGO,
    TODAY,
    certificate,
    document,
    employee,
    facts,
    finding_of,
    finding_on,
    leaf,
    people,
    reasons,
    team,
)

APRIL = date(2026, 4, 1)


def role(key: str = "engineer", **asked: Any) -> dict[str, Any]:
    if not {"certifications", "families", "job_roles"} & set(asked):
        asked["certifications"] = ["engineer"]
    return {"key": key, "text": {"en": key}, "at_least": 1, **asked}


def slots(*roles: dict[str, Any], key: str = "team") -> dict[str, Any]:
    return leaf("role_slots", key, roles=list(roles))


def of_role(finding: Finding, key: str) -> Finding:
    return next(one for one in finding.children if one.key == f"team.{key}")


def placed(finding: Finding, key: str) -> list[str | None]:
    return [one.person for one in of_role(finding, key).counted]


def test_nobody_fills_two_slots_of_a_program():
    finding = finding_on(TODAY, slots(role(at_least=2)), facts(*team("Edda")))

    assert (finding.have, finding.need, finding.result) == (1, 2, Result.NOT_MET)


def test_whoever_fills_a_slot_counts_though_others_of_the_role_stay_empty():
    short = finding_on(TODAY, slots(role(at_least=2)), facts(*team("Edda")))
    rivals = finding_on(TODAY, slots(role("first"), role("second")), facts(*team("Edda")))

    assert placed(short, "engineer") == ["Edda"]
    assert reasons(of_role(short, "engineer")) == {}
    # Which of two roles stays empty is open, so nobody counts for either.
    assert placed(rivals, "first") == placed(rivals, "second") == []


def test_program_may_let_one_person_fill_several_slots():
    written = document(slots(role("first"), role("second"))) | {"people": {"slots_per_person": 2}}

    assert judge(parse(written), facts(*team("Edda")), TODAY).level == "gold"


def test_two_people_of_a_role_are_never_one_person_however_many_slots_one_may_fill():
    written = document(slots(role("first", at_least=2), role("second")))
    rules = parse(written | {"people": {"slots_per_person": 3}})

    alone, two = (
        judge(rules, facts(*team(*names)), TODAY) for names in (("Edda",), ("Edda", "Mara"))
    )

    assert alone.level is None
    assert (finding_of(alone, "gold", "team").have, finding_of(alone, "gold", "team").need) == (
        2,
        3,
    )
    assert two.level == "gold"


def test_role_without_certificates_is_filled_by_whoever_has_the_job_role():
    known = facts(
        employee("Edda", roles={"contact": Period(LONG_AGO, APRIL)}),
        employee("Mara"),
        *team("Paul"),
    )

    contact = of_role(
        finding_on(TODAY, slots(role("contact", job_roles=["contact"])), known), "contact"
    )

    assert [(one.record, one.person) for one in contact.counted] == [("Edda-job", "Edda")]
    assert reasons(contact) == {}
    assert (contact.changes_on, contact.cause) == (
        APRIL,
        Cause(CauseCode.JOB_ROLE_ENDS, "Edda-job", "Edda"),
    )


def test_another_steps_in_and_only_the_last_day_of_both_ends_it():
    known = facts(*team("Edda"), employee("Mara"), certificate("Mara", last=date(2026, 3, 31)))
    finding = finding_on(TODAY, slots(role(at_least=1)), known)

    assert placed(finding, "engineer") == ["Edda"]
    assert reasons(of_role(finding, "engineer")) == {"Mara-engineer": ReasonCode.SLOT_FILLED}
    assert finding.changes_on is None


def test_slots_by_level_are_shared_by_the_levels():
    written = document(slots(role(at_least={"silver": 1, "gold": 2})), "silver", "gold")

    verdict = judge(parse(written), facts(*team("Edda")), TODAY)

    assert verdict.level == "silver"
    assert finding_of(verdict, "gold", "team").have == 1


def test_unknown_version_that_would_decide_cannot_be_judged():
    known = facts(employee("Edda"), certificate("Edda", "a", family="x"))
    node = slots(role(families=["x"], newest_versions=1))

    finding = finding_on(TODAY, node, known)

    assert finding.result is Result.CANNOT_BE_JUDGED
    assert reasons(of_role(finding, "engineer")) == {"Edda-a": ReasonCode.VERSION_UNKNOWN}


def test_higher_level_takes_nobody_where_it_fails_for_another_reason():
    gold = {"all": [slots(role()), people("sales", certifications=["sales"])]}
    written = document(
        None,
        {"key": "silver", "name": {"en": "Silver"}, "criteria": slots(role(), key="one")},
        {"key": "gold", "name": {"en": "Gold"}, "criteria": gold},
        settings={"nested_levels": False},
    )

    alone = judge(parse(written), facts(*team("Edda")), TODAY)
    with_sales = judge(parse(written), facts(*team("Edda"), certificate("Edda", "sales")), TODAY)

    assert (alone.level, with_sales.level) == ("silver", "gold")
    assert with_sales.of("silver").result is Result.NOT_MET


@pytest.mark.parametrize("form", ["any", "when"])
def test_slots_that_a_level_can_do_without_take_nobody_from_others(form):
    other = people("other", certifications=["sales"])
    nodes: dict[str, Any] = {
        "any": {"any": [slots(role()), other]},
        "when": {"key": "node", "text": {"en": "Node"}, "when": other, "then": slots(role())},
    }
    pool = {"people": {"pool": "all", "programs_per_person": 1}}
    first = parse(document(nodes[form]) | pool)
    second = parse(
        document(slots(role()))
        | pool
        | {"program": {"key": "x", "name": {"en": "X"}, "kind": "technical"}}
    )
    sales = [employee("Paul"), certificate("Paul", "sales")] if form == "any" else []
    known = facts(*team("Edda"), *sales)

    sharing = Sharing([Entrant(first), Entrant(second)], known, TODAY)

    assert [judge(one, known, TODAY, sharing=sharing).level for one in (first, second)] == [
        "gold",
        "gold",
    ]


def test_criterion_asked_again_has_its_people_once():
    tree = {
        "all": [
            slots(role()),
            {
                "key": "lasting",
                "text": {"en": "L"},
                "sustained": {"months": 6},
                "then": {"again": "team"},
            },
        ]
    }

    verdict = judge(parse(document(tree)), facts(*team("Edda")), TODAY)

    assert verdict.level == "gold"


def test_search_that_is_given_up_cannot_be_judged():
    rules, known = parse(document(slots(role()))), facts(*team("Edda"))

    verdict = judge(rules, known, TODAY, sharing=Sharing((), known, TODAY, tries=0))

    assert verdict.of("gold").result is Result.CANNOT_BE_JUDGED


def test_what_is_kept_after_something_undecided_is_undecided_too():
    """The first program interlocks; nobody can say in so few tries what is left for the second."""
    limits = {"people": {"pool": "all", "programs_per_person": 1, "roles_per_person": 1}}
    interlocking = [role(f"r{number}", certifications=["engineer"]) for number in range(3)]
    first = parse(
        document(slots(*interlocking))
        | limits
        | {"people": {**limits["people"], "slots_per_person": 3}}
    )
    second = parse(
        document(slots(role()))
        | limits
        | {"program": {"key": "x", "name": {"en": "X"}, "kind": "technical"}}
    )
    known = facts(*team("Edda", "Mara", "Paul"))

    def results(tries: int) -> list[Result]:
        sharing = Sharing([Entrant(first), Entrant(second)], known, TODAY, tries=tries)
        return [
            judge(one, known, TODAY, sharing=sharing).levels[0].result for one in (first, second)
        ]

    assert results(200) == [Result.MET, Result.NOT_MET]
    assert results(0) == [Result.CANNOT_BE_JUDGED, Result.CANNOT_BE_JUDGED]


def test_finding_survives_storage():
    finding = finding_on(TODAY, slots(role("first"), role("second")), facts(*team("Edda")))

    assert finding.gaps
    assert Finding.from_json(finding.to_json()) == finding


def test_program_outside_the_competition_is_judged_as_if_it_took_part():
    rules, known = parse(document(slots(role()))), facts(*team("Edda"))

    verdict = judge(rules, known, TODAY, sharing=Sharing((), facts(), LONG_AGO))

    assert isinstance(verdict, Verdict)
    assert verdict.level == "gold"


UPWARD = {"key": "few", "text": {"en": "Few"}, "certifications": ["engineer"], "at_most": 2}
TEAM = slots(role("seller"), role("engineer"))


@pytest.mark.parametrize(
    ("node", "people_rules", "problem"),
    [
        (slots(role(), role()), {}, "criteria.roles[1].key: engineer is already used at criteria.roles[0].key"),
        (slots(UPWARD), {}, "criteria.roles[0].at_most: is not known here; known names: at_least"),
        (
            slots(role(at_least={"share": 0.5, "of": {"attribute": "headcount"}})),
            {},
            "criteria.roles[0].at_least: must be a positive whole number",
        ),
        (
            slots(role(job_roles=["contact"], each_holds={"at_least": 2, "distinct": True})),
            {},
            "criteria.roles[0]: must name certifications, families or certification_levels",
        ),
        (TEAM, {"programs_per_person": 1}, "people.pool: is missing"),
        (TEAM, {"pool": "all", "levels": ["silver"]}, "people.levels: is not a level of this program; its levels: gold"),
        (
            TEAM,
            {"pool": "all", "programs_per_person": {"buyer": 2}},
            "people.programs_per_person.buyer: buyer is not a role of this program; its roles: seller, engineer",
        ),
        (TEAM, {"pool": "all", "programs_per_person": {"seller": 0}}, "people.programs_per_person.seller: must be a positive whole number"),
        (TEAM, {"never_both": [{"roles": ["buyer"]}]}, "people.never_both[0].roles: buyer is not a role of this program; its roles: seller, engineer"),
        (TEAM, {"slots_per_person": "one"}, "people.slots_per_person: must be a positive whole number"),
        (TEAM, {"most": 1}, "people.most: is not known here; known names: slots_per_person, pool, levels, programs_per_person, roles_per_person, never_both"),
        (people(), {"slots_per_person": 1}, "people: is about people in roles, but no criterion has role_slots"),
    ],
)  # fmt: skip
def test_mistakes_are_refused_with_their_place(node, people_rules, problem):
    rules = {"people": people_rules} if people_rules else {}

    with pytest.raises(DocumentError) as refused:
        parse(document(node) | rules)

    assert [str(one) for one in refused.value.problems] == [problem]


def test_more_slots_than_can_be_decided_are_refused():
    enough = slots(role("first", at_least=60), role("second", at_least=40))
    too_many = slots(role("first", at_least=60), role("second", at_least=41))

    assert parse(document(enough))
    with pytest.raises(DocumentError) as refused:
        parse(document(too_many))
    assert str(refused.value) == (
        "criteria.roles[1].at_least: is larger than the limit of 100 slots"
    )


def test_the_proof_of_a_large_gap_names_every_slot_that_may_stay_empty():
    known = facts(*team(*(f"p{number:02}" for number in range(30))))

    (gap,) = finding_on(TODAY, slots(role(at_least=100)), known).gaps

    assert (gap.missing, len(gap.slots), len(gap.people)) == (70, 100, 30)
