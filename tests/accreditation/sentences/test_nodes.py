"""Groups and other nodes say how they ask what is within them."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from accreditation.criteria.document import parse
from accreditation.criteria.reader import Catalog
from accreditation.criteria.windows import CalendarMonths, ClosedMonths, Ever, ForwardMonths, Year
from accreditation.requirements import asked_by_levels
from accreditation.sentences.speech import Names, either
from accreditation.sentences.windows import window_text
from tests.accreditation.public_cast import document
from tests.accreditation.sentences.rules import asked, leaf, people, sentence

TWO = [people(1, "a"), people(2, "b")]
NAMED = {"key": "node", "text": {"en": "Node"}}


@pytest.mark.parametrize(
    ("node", "choice"),
    [
        ({"any": TWO}, "One of these"),
        ({"none": TWO}, "None of these"),
        ({"at_least": 2, "of": TWO}, "At least 2 of these"),
        ({**NAMED, "all": TWO}, "All of these"),
        ({**NAMED, "steps": TWO}, "In this order: each counts only while all before it are met"),
        (
            {**NAMED, "when": TWO[0], "then": TWO[1]},
            "The second is asked only while the first is met",
        ),
    ],
)
def test_a_node_of_several_says_how_they_are_asked(node: dict[str, Any], choice: str) -> None:
    found = asked(node)

    assert (found.choice, [part.key for part in found.parts]) == (choice, ["a", "b"])


BY_SIZE = {"by": "size", "table": [{"from": 0, "need": 1}, {"from": 500, "need": 2}]}


@pytest.mark.parametrize(
    ("node", "silver", "gold"),
    [
        (
            {"at_least": {"silver": 1, "gold": 2}, "of": TWO},
            "At least 1 of these",
            "At least 2 of these",
        ),
        (
            {"at_least": {"silver": 1, "gold": BY_SIZE}, "of": TWO},
            "At least 1 of these",
            "Of these, at least what “size” asks for (from 0: 1; from 500: 2)",
        ),
        (
            {
                **NAMED,
                "grouped": {"by": "region", "at_least": {"silver": 2, "gold": BY_SIZE}},
                "then": TWO[0],
            },
            "Met by what belongs to at least 2 “region”, each alone",
            (
                "Each “region” is judged alone by what belongs to it; met: at least what “size” asks "
                "for (from 0: 1; from 500: 2)"
            ),
        ),
    ],
)
def test_a_node_says_to_each_level_how_many_are_needed(
    node: dict[str, Any], silver: str, gold: str
) -> None:
    assert [asked(node, level).choice for level in ("silver", "gold")] == [silver, gold]


def test_roles_say_who_suits_them_and_whether_they_use_somebody_up() -> None:
    role = {"text": {"en": "Free text"}, "at_least": 1}
    contact = {**role, "key": "contact", "job_roles": ["engineer"]}
    badge = {**role, "key": "badge", "certifications": ["exam"], "uses_up": False}
    silver = {**role, "key": "other", "certifications": ["exam"], "at_least": {"silver": 1}}

    found = asked(leaf("role_slots", roles=[contact, badge, silver]))

    assert [part.sentence for part in found.parts] == [
        (
            "At least 1 person; in the job role engineer; each person fills this role only, as far as "
            "the rules about people say nothing else."
        ),
        "At least 1 person, each with the certification exam; whatever else the person does.",
    ]


@pytest.mark.parametrize(
    ("node", "choice"),
    [
        ({"sustained": {"months": 6}}, "Met without a break for longer than 6 months"),
        ({"grouped": {"by": "region"}}, "Met by what belongs to at least 1 “region” alone"),
        (
            {"grouped": {"by": "country", "people": True, "at_least": 3}},
            "Met by what belongs to at least 3 “country”, each alone; people belong where they work",
        ),
        (
            {"any_day": {"window": {"rolling_days": 90}}},
            "Met on at least one day within the last 90 days",
        ),
        (
            {"snapshot": {"on": ["03-31", "09-30"]}},
            "Met on the last of these days of the year: 31 March or 30 September",
        ),
        (
            {"after_event": {"event": "joined", "months": 12}},
            (
                "Asked once more than 12 months have passed since “joined”; also while that day is not "
                "known"
            ),
        ),
    ],
)
def test_a_node_of_one_says_when_it_is_asked(node: dict[str, Any], choice: str) -> None:
    found = asked({**NAMED, **node, "then": people(1)})

    assert (found.choice, len(found.parts)) == (choice, 1)


def test_phases_stand_apart() -> None:
    found = asked({"phases": {"initial": TWO[0], "renew": TWO[1]}})

    assert [(part.choice, part.parts[0].key) for part in found.parts] == [
        ("To reach the level", "a"),
        ("To renew the level", "b"),
    ]


def test_groups_that_depend_on_figures_say_when_they_are_present() -> None:
    node = {
        **NAMED,
        "for_each": {"metric": "spend", "by": "area", "at_least": 500},
        "each": {"search": people(1)},
    }

    [group] = asked(node).parts
    assert group.parts[0].sentence == (
        "Sum of “spend”: at least 500; “area”: search; no figure counts as zero."
    )


def test_items_of_a_score_say_what_they_earn() -> None:
    measure = {"kind": "metric", "metric": "usage", "take": "sum", "if_none": "zero"}
    listed = {"kind": "listed", "listings": ["page"]}
    text = {"text": {"en": "Item"}}
    items = [
        {"key": "a", **text, "measure": measure, "up_to": {"points": 20, "at": 5}, "cap": 15},
        {"key": "b", **text, "measure": measure, "points": 1, "per": 100},
        {"key": "c", **text, "measure": measure, "bands": [{"from": 9, "points": 2}]},
        {"key": "d", **text, "measure": listed, "points": 1,
         "only_if": [{"measure": measure, "at_least": 3}], "minimum": {"at_least": 1}},
    ]  # fmt: skip

    found = asked(leaf("score", at_least=20, items=items))

    figure = "sum of “usage”; no figure counts as zero"
    assert [one.sentence for one in found.parts] == [
        f"20 points from 5 on, fewer in proportion for: {figure}; no more than 15 points count.",
        f"1 point per 100, in proportion for: {figure}.",
        f"2 points from 9 on for: {figure}.",
        (
            "1 point each for: public listings, of the kind page, online; at least 1 point must be "
            f"reached; only with at least 3 of: {figure}."
        ),
    ]


def test_tracks_of_a_score_say_that_the_best_whole_one_counts() -> None:
    item = {"text": {"en": "I"}, "points": 1, "measure": {"kind": "listed", "listings": ["page"]}}
    tracks = [
        {"key": f"track-{key}", "text": {"en": key}, "items": [{**item, "key": key}]}
        for key in ("a", "b")
    ]

    found = asked(leaf("score", at_least=1, tracks=tracks))

    assert found.sentence == (
        "At least 1 point; all in one of the tracks; the best whole track counts."
    )
    assert [(one.sentence, one.parts[0].key) for one in found.parts] == [
        ("Points of 1 item are added up.", "a"),
        ("Points of 1 item are added up.", "b"),
    ]


@pytest.mark.parametrize(
    ("at_least", "expected"),
    [
        (
            {"by": "headcount", "table": [{"from": 500, "need": 3}, {"from": 0, "need": 1}]},
            "At least as many people as “headcount” asks for (from 0: 1; from 500: 3)",
        ),
        (
            {"by": "region", "table": {"emea": 4, "apac": 2}, "otherwise": 1},
            "At least as many people as “region” asks for (apac: 2; emea: 4; otherwise: 1)",
        ),
        (
            {"share": 0.5, "of": {"attribute": "strategists"}, "at_most": 100},
            "At least 50% of the number “strategists” (people), but never more than 100",
        ),
        (
            {"share": 0.25, "of": {"job_roles": ["sales"]}},
            "At least 25% of everybody in the job role sales (people)",
        ),
        ({"silver": 1, "gold": 1200}, "At least 1,200 people"),
    ],
)
def test_a_need_says_how_it_is_found(at_least: object, expected: str) -> None:
    assert sentence(people(at_least)).startswith(f"{expected}, each with")


def test_an_open_number_is_said_to_be_open() -> None:
    node = {"all": [people({"silver": 1, "gold": "open"}), people(1, "two")]}

    assert [
        asked({"any": [node["all"][0], node["all"][1]]}, level=level, draft=True).parts[0].sentence
        for level in ("silver", "gold")
    ] == [
        (
            "At least 1 person, each with the certification exam; each person counts once; "
            "still open: at_least.gold."
        ),
        (
            "At least a number of people that is still open, each with the certification exam; "
            "each person counts once; still open: at_least.gold."
        ),
    ]


@pytest.mark.parametrize(
    ("window", "place"),
    [
        ({"year_from": "open"}, "window.year_from"),
        ({"rolling_months": "open"}, "window.rolling_months"),
        ({"closed_quarters": 1, "quarters_from": "open"}, "window.quarters_from"),
    ],
)
def test_a_time_of_which_something_is_open_is_not_said_as_if_it_were_known(
    window: dict[str, Any], place: str
) -> None:
    sales = {"kind": "metric", "metric": "sales", "take": "sum", "window": window}
    needed = {"key": "sales", "text": {"en": "Sales"}, **sales, "at_least": 5}

    assert sentence(needed, draft=True) == (
        "Sum of “sales”: at least 5; in a time that is still open; without a figure it cannot be "
        f"judged; still open: {place}."
    )


def test_an_open_number_is_not_that_of_a_level_whose_key_begins_alike() -> None:
    criteria = people({"gold": 2, "gold-plus": "open"})
    draft = parse(document("delivery", "Gold", "Gold Plus", criteria=criteria), draft=True)

    said = [each.requirements[0].sentence for each in asked_by_levels(draft)]

    assert [one.partition(",")[0] for one in said] == [
        "At least 2 people",
        "At least a number of people that is still open",
    ]


def test_an_open_share_is_said_to_be_open() -> None:
    node = people({"share": "open", "of": {"attribute": "strategists"}})

    assert sentence(node, draft=True).startswith("At least a number of people that is still open,")


PRESENT = {"metric": "spend", "by": "area", "at_least": 1}


def test_an_open_number_is_not_that_of_a_node_whose_place_begins_alike() -> None:
    each = {"cloud": people(1, "one"), "cloud-plus": people("open", "two")}
    asked_of = {"key": "all", "text": {"en": "All"}, "for_each": PRESENT, "each": each}

    found = asked(asked_of, draft=True)

    said = {part.parts[-1].key: part.parts[-1].sentence for part in found.parts}
    assert {key for key, text in said.items() if "still open" in text} == {"two"}


def test_names_of_the_catalog_take_the_place_of_keys() -> None:
    names = Names(
        {
            Catalog.CERTIFICATION: {"exam": "Cloud Engineer"},
            Catalog.JOB_ROLE: {"dev": "Developer"},
            Catalog.COUNTRY: {"AT": "Austria", "DE": "Germany"},
        },
        {"cloud": "Cloud Program"},
        {("cloud", "gold"): "Gold"},
    )

    assert sentence(people(2, job_roles=["dev", "ops"]), names=names) == (
        "At least 2 people, each with the certification Cloud Engineer; in the job role Developer "
        "or ops; each person counts once."
    )
    assert sentence(people(2, countries=["DE", "AT"]), names=names) == (
        "At least 2 people, each with the certification Cloud Engineer; working in Austria or "
        "Germany; each person counts once."
    )
    of_customers = leaf(
        "records_counted", records="references", distinct="record", where={"countries": ["DE"]}
    )
    assert "country: Germany" in sentence({**of_customers, "at_least": 1}, names=names)
    assert sentence(leaf("holds_level", programs=["cloud"], levels=["gold"]), names=names) == (
        "At least 1 designation; program: Cloud Program; level: Gold; "
        "versions of one designation count once."
    )


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (Ever(), "up to the day that is judged"),
        (ForwardMonths(3), "within the next 3 months"),
        (CalendarMonths(0), "in the current calendar month"),
        (CalendarMonths(5), "in the current calendar month and the 5 full months before it"),
        (Year((4, 1)), "in the current year (years begin on 1 April)"),
        (Year((4, 1), closed=True), "in the last whole year (years begin on 1 April)"),
        (ClosedMonths(1), "in the last whole month"),
        (ClosedMonths(3, lag=12), "in the last 3 whole months, as it was 12 months earlier"),
        (
            ClosedMonths(1, on_last_day=True),
            "in the last whole month, over on its last day already",
        ),
        (
            ClosedMonths(1, quarter=True, first_month=2),
            "in the last whole quarter (quarters begin on 1 February)",
        ),
    ],
)
def test_windows_are_said_from_the_day_that_is_judged(window: object, expected: str) -> None:
    assert window_text(window) == expected


def test_numbers_and_days_are_those_of_the_language() -> None:
    node = people(1200, earned_from="2025-01-01")

    with translation.override("de"):
        said = sentence(node)

    assert "1.200" in said
    assert "1. Januar 2025" in said


def test_alternatives_are_in_a_stable_order() -> None:
    assert either({"c", "a", "b"}) == "a, b or c"
