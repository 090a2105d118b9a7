"""W01 to W04 and W18: who fills which slot, through documents of programs and their verdicts.

A certification is named after the program and the role it makes somebody suit: `a-se`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from accreditation.criteria.document import Rules, parse
from accreditation.criteria.facts import PartnerFacts
from accreditation.criteria.gaps import Gap
from accreditation.criteria.judge import judge
from accreditation.criteria.sharing import Entrant, Sharing, earlier_seats
from accreditation.criteria.verdicts import Finding, ReasonCode, Result, Verdict
from tests.accreditation.criteria.worlds import certificate, employee, facts, finding_of, people

TODAY = date(2025, 7, 1)

SPECIALIZATIONS = {
    "pool": "specializations",
    "roles_per_person": 1,
    "programs_per_person": {"am": 4, "se": 2, "fe": 2},
}
COMPETENCIES = {"pool": "competencies", "levels": ["gold"], "programs_per_person": 1}


def specialization(key: str, *roles: str, badge: bool = False, **rules: Any) -> Rules:
    """Return a program that asks for one person in each role, and perhaps for a badge."""
    asked = [slots(key, role, 1) for role in roles]
    if badge:
        asked.append(slots(key, "badge", 1) | {"uses_up": False})
    return program(key, asked, {**SPECIALIZATIONS, **rules}, "advanced")


def competency(key: str) -> Rules:
    """Return a program of two levels: gold asks for four people who are used for nothing else."""
    return program(
        key, [slots(key, "expert", {"silver": 2, "gold": 4})], COMPETENCIES, "silver", "gold"
    )


def program(key: str, roles: Sequence[Any], rules: Mapping[str, Any], *levels: str) -> Rules:
    criterion = {"key": "team", "kind": "role_slots", "text": {"en": "Team"}, "roles": list(roles)}
    return parse(
        {
            "format": 1,
            "program": {"key": key, "name": {"en": key}, "kind": "technical"},
            "levels": [{"key": level, "name": {"en": level}} for level in levels],
            "people": {**rules, "programs_per_person": caps(rules, roles)},
            "criteria": criterion,
        }
    )


def caps(rules: Mapping[str, Any], roles: Sequence[Any]) -> Any:
    stated = rules["programs_per_person"]
    known = {role["key"] for role in roles}
    return (
        {role: most for role, most in stated.items() if role in known}
        if isinstance(stated, dict)
        else stated
    )


def slots(program: str, role: str, need: Any) -> dict[str, Any]:
    return {
        "key": role,
        "text": {"en": role},
        "certifications": [f"{program}-{role}"],
        "at_least": need,
    }


def team(**suits: str) -> PartnerFacts:
    """Return people by name, with what they suit: `Ana="a-am a-se"`."""
    return facts(
        *(employee(person) for person in suits),
        *(certificate(person, one) for person, mine in suits.items() for one in mine.split()),
    )


def verdicts(
    known: PartnerFacts,
    *programs: Rules,
    awarded: Mapping[str, str] | None = None,
    on: date = TODAY,
) -> dict[str, Verdict]:
    """Return the verdicts of programs that compete; `awarded` since when, as `program level`."""
    since = {place: date.fromisoformat(day) for place, day in (awarded or {}).items()}
    sharing = Sharing(
        [
            Entrant(
                one,
                awarded_on={
                    level.key: since[place]
                    for level in one.levels
                    if (place := f"{one.program.key} {level.key}") in since
                },
            )
            for one in programs
        ],
        known,
        on,
    )
    return {one.program.key: judge(one, known, on, sharing=sharing) for one in programs}


def filled(verdict: Verdict, level: str) -> dict[str, list[str | None]]:
    """Return the people in the slots of each role, in order."""
    finding = finding_of(verdict, level, "team")
    return {
        one.key.partition(".")[2]: [each.person for each in one.counted] for one in finding.children
    }


def role(verdict: Verdict, level: str, name: str) -> Finding:
    return finding_of(verdict, level, f"team.{name}")


# --- W01: role slots, greedy fails --------------------------------------------------------------


def test_w01_each_slot_gets_somebody_although_the_first_who_suits_is_needed_elsewhere():
    found = verdicts(
        team(Ana="uc-am uc-se", Ben="uc-am", Cem="uc-se uc-fe"),
        specialization("uc", "am", "se", "fe"),
    )["uc"]

    assert found.level == "advanced"
    assert filled(found, "advanced") == {"am": ["Ben"], "se": ["Ana"], "fe": ["Cem"]}
    assert [
        (one.record, one.reason, one.used_by) for one in role(found, "advanced", "am").not_counted
    ] == [("Ana-uc-am", ReasonCode.USED_ELSEWHERE, "uc/team/se/1")]


def test_w01_without_ben_any_one_of_the_three_slots_lacks_somebody():
    found = verdicts(
        team(Ana="uc-am uc-se", Cem="uc-se uc-fe"), specialization("uc", "am", "se", "fe")
    )["uc"]
    finding = finding_of(found, "advanced", "team")

    assert (found.level, finding.have, finding.need, finding.unit) == (None, 2, 3, "people")
    assert finding.gaps == (
        Gap(
            missing=1,
            roles=("team.am", "team.se", "team.fe"),
            slots=("uc/team/am/1", "uc/team/se/1", "uc/team/fe/1"),
            people=(("Ana", 1), ("Cem", 1)),
        ),
    )
    assert {one.result for one in finding.children} == {Result.NOT_MET}
    assert {each.reason for one in finding.children for each in one.not_counted} == {
        ReasonCode.TOO_FEW_PEOPLE
    }


# --- W02: caps across specializations -----------------------------------------------------------

STAFF = {
    "Al": "a-am b-am c-am",
    "Sam": "a-se b-se c-se",
    "Sue": "a-se",
    "Fay": "a-fe b-fe",
    "Flo": "b-fe c-fe",
}
A, B, C = (specialization(key, "am", "se", "fe") for key in "abc")


def test_w02_sam_is_left_to_the_two_specializations_that_have_nobody_else():
    found = verdicts(team(**STAFF), A, B, C)

    assert {key: one.level for key, one in found.items()} == dict.fromkeys("abc", "advanced")
    assert filled(found["a"], "advanced") == {"am": ["Al"], "se": ["Sue"], "fe": ["Fay"]}
    assert filled(found["b"], "advanced") == {"am": ["Al"], "se": ["Sam"], "fe": ["Fay"]}
    assert filled(found["c"], "advanced") == {"am": ["Al"], "se": ["Sam"], "fe": ["Flo"]}


def test_w02_without_sue_the_specialization_awarded_last_is_lost_and_says_to_whom():
    awarded = {"a advanced": "2025-01-10", "b advanced": "2025-03-01", "c advanced": "2025-06-01"}
    staff = {name: suits for name, suits in STAFF.items() if name != "Sue"}

    found = verdicts(team(**staff), C, B, A, awarded=awarded)

    assert [key for key in "abc" if found[key].level] == ["a", "b"]
    lost = role(found["c"], "advanced", "se")
    assert (lost.have, lost.need, lost.result) == (0, 1, Result.NOT_MET)
    assert [(one.person, one.reason, one.used_by) for one in lost.not_counted] == [
        ("Sam", ReasonCode.USED_ELSEWHERE, "a/team/se/1")
    ]
    assert role(found["c"], "advanced", "am").result is Result.MET


# --- W03: reserved across gold competencies -----------------------------------------------------

EXPERTS = {
    **dict.fromkeys(["Cy", "Di", "Ed"], "x-expert"),
    **dict.fromkeys(["Fi", "Gus", "Hal"], "y-expert"),
    **dict.fromkeys(["Ada", "Bo"], "x-expert y-expert"),
}
X, Y = competency("x"), competency("y")


def test_w03_each_gold_gets_one_of_the_two_who_suit_both():
    found = verdicts(team(**EXPERTS), X, Y)

    people_of = {key: {*filled(found[key], "gold")["expert"]} for key in "xy"}
    assert (found["x"].level, found["y"].level) == ("gold", "gold")
    assert people_of["x"] == {"Ada", "Cy", "Di", "Ed"}
    assert people_of["y"] == {"Bo", "Fi", "Gus", "Hal"}


def test_w03_with_one_of_them_gone_the_later_gold_falls_to_silver():
    awarded = {
        f"{key} {level}": day
        for key, day in (("x", "2025-02-01"), ("y", "2025-04-01"))
        for level in ("silver", "gold")
    }
    known = team(**{name: suits for name, suits in EXPERTS.items() if name != "Bo"})

    alone = [verdicts(known, one)[one.program.key].level for one in (X, Y)]
    together = verdicts(known, Y, X, awarded=awarded)
    gold, silver = (finding_of(together["y"], level, "team") for level in ("gold", "silver"))

    assert alone == ["gold", "gold"]
    assert (together["x"].level, together["y"].level) == ("gold", "silver")
    assert {*filled(together["x"], "gold")["expert"]} == {"Ada", "Cy", "Di", "Ed"}
    assert (gold.have, gold.need, gold.shortfall) == (3, 4, 1)
    assert (silver.result, silver.need) == (Result.MET, 2)
    assert ("Ada", ReasonCode.USED_ELSEWHERE) in {
        (one.person, one.reason) for one in role(together["y"], "gold", "expert").not_counted
    }


# --- W04: no change of role, and a badge that uses nobody up ------------------------------------


def test_w04_nobody_changes_roles_and_a_badge_uses_nobody_up():
    found = verdicts(
        team(Al="a-am b-am", Ira="a-se b-fe a-badge", Fay="a-fe", Sue="b-se"),
        specialization("a", "am", "se", "fe", badge=True),
        specialization("b", "am", "se", "fe"),
        awarded={"a advanced": "2025-01-10"},
    )
    missing = role(found["b"], "advanced", "fe")

    assert (found["a"].level, found["b"].level) == ("advanced", None)
    assert (
        filled(found["a"], "advanced")["badge"] == filled(found["a"], "advanced")["se"] == ["Ira"]
    )
    assert (missing.have, missing.need) == (0, 1)
    assert [(one.person, one.reason, one.used_by) for one in missing.not_counted] == [
        ("Ira", ReasonCode.USED_ELSEWHERE, "a/team/se/1")
    ]
    assert finding_of(found["b"], "advanced", "team").have == 2


# --- W18: merged companies renew under the rules of one -----------------------------------------


def test_w18_merged_company_renews_three_golds_in_the_only_way_there_is():
    known = team(
        **dict.fromkeys(["A", "B", "F"], "x-expert"),
        D="x-expert",
        C="x-expert y-expert",
        **dict.fromkeys(["G1", "G2", "G3"], "y-expert"),
        **dict.fromkeys(["H1", "H2", "H3", "H4"], "z-expert"),
    )

    found = verdicts(known, X, Y, competency("z"), on=date(2020, 12, 1))

    assert {key: {*filled(one, "gold")["expert"]} for key, one in found.items()} == {
        "x": {"A", "B", "D", "F"},
        "y": {"C", "G1", "G2", "G3"},
        "z": {"H1", "H2", "H3", "H4"},
    }
    assert {one.level for one in found.values()} == {"gold"}
    assert [one.person for one in role(found["x"], "gold", "expert").not_counted] == ["C"]


# --- What follows from them ---------------------------------------------------------------------


def test_people_of_the_earlier_award_stay_where_others_would_do_as_well():
    known = team(Ana="uc-am", Ben="uc-am")
    rules = specialization("uc", "am")
    before = judge(rules, team(Ben="uc-am"), TODAY)

    sharing = Sharing(
        [Entrant(rules, earlier=earlier_seats(rules, before, "advanced"))], known, TODAY
    )
    after = judge(rules, known, TODAY, sharing=sharing)

    assert filled(after, "advanced") == {"am": ["Ben"]}
    assert role(after, "advanced", "am").not_counted[0].reason is ReasonCode.SLOT_FILLED


def test_program_that_fails_for_another_reason_takes_nobody_from_one_that_could_be_had():
    lacking = parse(
        {
            "format": 1,
            "program": {"key": "a", "name": {"en": "a"}, "kind": "technical"},
            "levels": [{"key": "advanced", "name": {"en": "Advanced"}}],
            "people": {"pool": "specializations", "programs_per_person": 1},
            "criteria": {
                "all": [
                    {
                        "key": "team",
                        "kind": "role_slots",
                        "text": {"en": "Team"},
                        "roles": [slots("a", "se", 1)],
                    },
                    people("sales", certifications=["sales"]),
                ]
            },
        }
    )
    known = team(Sam="a-se b-se")

    found = verdicts(known, lacking, specialization("b", "se"))
    complete = verdicts(
        facts(*known.employments, *known.certificates, certificate("Sam", "sales")),
        lacking,
        specialization("b", "se"),
    )

    assert (found["a"].level, found["b"].level) == (None, "advanced")
    assert (complete["a"].level, complete["b"].level) == ("advanced", None)


@pytest.mark.parametrize("order", [(A, B, C), (C, B, A), (B, C, A)])
def test_order_of_programs_never_matters(order):
    assert verdicts(team(**STAFF), *order) == verdicts(team(**STAFF), A, B, C)
