from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import pytest

from accreditation.criteria.document import (
    ProgramKind,
    document_hash,
    parse,
    references,
)
from accreditation.criteria.kinds import registry
from accreditation.criteria.kinds.people.people_holding import PeopleHolding
from accreditation.criteria.kinds.people.wanted import Wanted
from accreditation.criteria.problems import ENGLISH, DocumentError, Problem, ProblemCode
from accreditation.criteria.reader import Catalog, Reference
from accreditation.criteria.settings import Enrollment, Granting, Settings
from tests.accreditation.criteria.worlds import document, people


def problems(written: Any, *, draft: bool = False) -> list[str]:
    """Return what is wrong with a document, in English."""
    with pytest.raises(DocumentError) as caught:
        parse(written, draft=draft)
    assert str(caught.value) == "\n".join(map(str, caught.value.problems))
    return [str(problem) for problem in caught.value.problems]


def test_document_reads_into_rules():
    written = document(
        {"all": [people(employment=["employee"], dimension="delivery_quality", unit="engineers")]},
        {
            "key": "silver",
            "name": {"en": "Silver", "de-AT": "Silber"},
            "designation": {"en": "Silver Partner"},
        },
        settings={"award": "on_application", "grace_days": 30, "term_months": 12},
    )
    written["program"] |= {
        "kind": "delivery_quality",
        "summary": {"en": "Who delivers well."},
        "source": {"title": "Program guide", "address": "https://example.com", "note": "2026"},
    }

    rules = parse(written)

    assert rules.program.kind is ProgramKind.DELIVERY_QUALITY
    assert rules.program.source is not None
    assert rules.program.source.title == "Program guide"
    assert rules.settings == Settings(award=Granting.ON_APPLICATION, grace_days=30, term_months=12)
    assert rules.settings.enrollment is Enrollment.AUTOMATIC
    (level,) = rules.levels
    assert (level.key, level.rank, level.designation) == ("silver", 1, {"en": "Silver Partner"})
    (label,) = rules.labels()
    assert (label.key, label.kind, label.unit) == ("people", "people_holding", "engineers")


def test_people_criterion_reads_all_of_its_filters():
    node = people(
        certifications=["a", "b"],
        each_holds={"at_least": 2, "distinct": True},
        newest_versions=3,
        earned_from="2025-01-01",
        earned_through="2025-12-31",
        counts_through="2026-12-31",
    )

    criterion = parse(document(node)).criteria

    assert isinstance(criterion, PeopleHolding)
    assert criterion.wanted == (Wanted(frozenset({"a", "b"}), at_least=2, distinct=True),)
    assert criterion.newest_versions == 3
    assert criterion.counts_through == date(2026, 12, 31)


BOTH = people(
    each_holds=[
        {"certifications": ["a"], "at_least": 1},
        {"certifications": ["b", "c"], "at_least": 1},
    ]
)
NODES = [
    (people(at_least=0), "criteria.at_least: must be a positive whole number"),
    (people(at_least="3"), "criteria.at_least: must be a positive whole number"),
    (people(at_least=True), "criteria.at_least: must be a positive whole number"),
    (people(at_least=2.5), "criteria.at_least: must be a positive whole number"),
    (people(at_least=None), "criteria.at_least: is missing"),
    (people(at_least={}), "criteria.at_least: is missing"),
    (people(at_least={"gold": None}), "criteria.at_least.gold: is missing"),
    (
        people(at_least={"gold": 1, "iron": 1}),
        "criteria.at_least.iron: is not a level of this program; its levels: gold",
    ),
    (people(at_least="open"), "criteria.at_least: is still open; the number must be known"),
    (people(newest_versions="open"), "criteria.newest_versions: is still open"),
    (people(newest_versions=-1), "criteria.newest_versions: must be a positive whole number"),
    (people(key="Nice Key"), "criteria.key: must be lowercase letters, digits, - and _"),
    (people(key=""), "criteria.key: must be text"),
    (people(text="Three"), "criteria.text: must give a text per language, such as {en: …}"),
    (people(text={"en": " "}), "criteria.text: must give a text per language"),
    (people(text={"english!": "x"}), "criteria.text: must give a text per language"),
    (people(text={}), "criteria.text: must give a text per language"),
    (people(certifications=[]), "criteria.certifications: must be a list with at least one entry"),
    (people(certifications="a"), "criteria.certifications: must be a list with at least one entry"),
    (people(certifications=["a", 7]), "criteria.certifications[1]: must be text"),
    (
        people(certifications=["a", "b", "a"]),
        "criteria.certifications[2]: a is already used at criteria.certifications[0]",
    ),
    (people(earned_from="2026-02-30"), "criteria.earned_from: must be a day, written as YYYY"),
    (people(earned_from="20260302"), "criteria.earned_from: must be a day, written as YYYY"),
    (people(earned_from="2026-W10-1"), "criteria.earned_from: must be a day, written as YYYY"),
    (people(earned_from=20260302), "criteria.earned_from: must be a day, written as YYYY"),
    (
        people(earned_from="2026-02-02", earned_through="2026-02-01"),
        "criteria.earned_through: must not be before 2026-02-02",
    ),
    (people(each_holds=2), "criteria.each_holds: must be a mapping of names to values"),
    (people(each_holds={"at_least": 2}), "criteria.each_holds.distinct: is missing"),
    (
        people(each_holds={"at_least": 2, "distinct": "yes"}),
        "criteria.each_holds.distinct: must be true or false",
    ),
    ({**BOTH, "each_holds": []}, "criteria.each_holds: must be a list with at least one entry"),
    (
        {**BOTH, "each_holds": [{"at_least": 1}]},
        "criteria.each_holds[0]: must name certifications, families or certification_levels",
    ),
    ({**BOTH, "each_holds": [{"families": ["f"]}]}, "criteria.each_holds[0].at_least: is missing"),
    (
        {**BOTH, "each_holds": [{"certifications": ["a"], "at_least": "1"}]},
        "criteria.each_holds[0].at_least: must be a positive whole number",
    ),
    (
        {**BOTH, "each_holds": [{"certifications": ["a"], "at_least": 1, "of": 2}]},
        "criteria.each_holds[0].of: is not known here; known names: certifications",
    ),
    ({**BOTH, "certifications": ["c"]}, "criteria.certifications: is not known here; known names:"),
    ({**BOTH, "equivalents": [{"certifications": ["c"]}]}, "criteria.equivalents: is not known"),
    (people(dimension="charm"), "criteria.dimension: must be one of: technical_capability"),
    (people(kind="people"), "criteria.kind: is not known here; known names: "),
    (people(at_last=3), "criteria.at_last: is not known here; known names: kind, key"),
    (people(all=[people()]), "criteria: must have exactly one of: kind, all, any, none"),
    ({"key": "lonely"}, "criteria: must have exactly one of: kind, all, any, none"),
    ({"at_least": 2}, "criteria: must have exactly one of: kind, all, any, none"),
    ({"all": []}, "criteria.all: must be a list with at least one entry"),
    ({"all": None}, "criteria.all: is missing"),
    ({"any": [people(), 3]}, "criteria.any[1]: must be a mapping of names to values"),
    (
        {"of": [people()], "at_least": 2},
        "criteria.at_least: asks for 2 of 1 branches at level gold",
    ),
    (
        {"all": [people(), {"any": [people()]}]},
        "criteria.all[1].any[0].key: people is already used at criteria.all[0].key",
    ),
    ("people", "criteria: must be a mapping of names to values"),
]


@pytest.mark.parametrize(("node", "problem"), NODES, ids=[text for _, text in NODES])
def test_criterion_with_a_mistake_is_refused_at_its_place(node, problem):
    assert problems(document(node))[0].startswith(problem)


def test_people_must_hold_something():
    node = people()
    del node["certifications"]

    assert problems(document(node)) == [
        "criteria: must name certifications, families or certification_levels"
    ]


DOCUMENTS = [
    ({"format": 2}, "format: must be one of: 1"),
    ({"format": True}, "format: must be a whole number, zero or more"),
    ({"program": None}, "program: is missing"),
    ({"program": {"key": "a", "name": {"en": "A"}}}, "program.kind: is missing"),
    (
        {"program": {"key": "a", "name": {"en": "A"}, "kind": "tier", "source": {}}},
        "program.source.title: is missing",
    ),
    ({"levels": []}, "levels: must be a list with at least one entry"),
    (
        {"levels": [{"key": "a", "name": {"en": "A"}}, {"key": "a", "name": {"en": "B"}}]},
        "levels[1].key: a is already used at levels[0].key",
    ),
    ({"levels": [{"key": "a"}]}, "levels[0].name: is missing"),
    ({"levels": [["a"]]}, "levels[0]: must be a mapping of names to values"),
    ({"settings": {"grace_days": -1}}, "settings.grace_days: must be a whole number"),
    ({"settings": {"grace_days": "open"}}, "settings.grace_days: is still open"),
    ({"settings": {"award": "never"}}, "settings.award: must be one of: automatic, on_appl"),
    ({"settings": {"award": ["never"]}}, "settings.award: must be one of: automatic, on_appl"),
    ({"settings": {"nested_levels": 1}}, "settings.nested_levels: must be true or false"),
    ({"settings": {"term_months": 0}}, "settings.term_months: must be a positive whole number"),
    ({"settings": {"grace": 3}}, "settings.grace: is not known here; known names: award"),
    ({"criteria": None}, "levels[0]: asks nothing of level gold"),
    ({"anything": 1}, "anything: is not known here; known names: format, program, settings"),
]


@pytest.mark.parametrize(("change", "problem"), DOCUMENTS, ids=[text for _, text in DOCUMENTS])
def test_document_with_a_mistake_is_refused_at_its_place(change, problem):
    assert problems(document(people()) | change)[0].startswith(problem)


@pytest.mark.parametrize("value", ["1", True, 1.5, 2, None])
def test_wrong_format_is_told_once(value):
    assert len(problems(document(people()) | {"format": value})) == 1


@pytest.mark.parametrize("value", [None, [], "text", 3])
def test_document_must_be_a_mapping(value):
    assert problems(value)[0] == "the document must be a mapping of names to values"
    assert len(problems(value)) == 1


def test_all_problems_are_told_at_once():
    written = document(
        {"all": [people(at_least=0), people("other", text=3)]}, settings={"grace_days": "soon"}
    )

    assert problems(written) == [
        "settings.grace_days: must be a whole number, zero or more",
        "criteria.all[0].at_least: must be a positive whole number",
        "criteria.all[1].text: must give a text per language, such as {en: …}",
    ]


def test_level_must_be_able_to_reach_what_a_group_asks():
    tree = {"of": [people("a"), people("b", at_least={"gold": 1})], "at_least": 2}

    assert problems(document(tree, "silver", "gold")) == [
        "criteria.at_least: asks for 2 of 1 branches at level silver"
    ]


def test_level_must_be_able_to_reach_its_own_number_of_branches():
    tree = {"of": [people("a"), people("b", at_least={"gold": 1})], "at_least": {"silver": 2}}

    assert problems(document({"all": [people("c"), tree]}, "silver", "gold")) == [
        "criteria.all[1].at_least.silver: asks for 2 of 1 branches at level silver"
    ]


def test_place_of_a_level_s_own_criterion_leads_to_it():
    own = {"key": "gold", "name": {"en": "Gold"}, "criteria": {"all": [people(at_least=0)]}}

    assert problems(document(people("shared"), "silver", own)) == [
        "levels[1].criteria.all[0].at_least: must be a positive whole number"
    ]


def test_draft_may_leave_numbers_open_and_tells_where():
    written = document(people(at_least={"gold": "open"}), settings={"term_months": "open"})

    assert parse(written, draft=True).open_places == (
        "settings.term_months",
        "criteria.at_least.gold",
    )
    assert len(problems(written)) == 2


def nested(depth: int) -> dict[str, Any]:
    node = people()
    for _ in range(depth):
        node = {"all": [node]}
    return node


def test_document_is_limited_in_depth():
    assert parse(document(nested(6)))
    assert problems(document(nested(8))) == [
        f"criteria{'.all[0]' * 8}: is nested more than 16 levels deep"
    ]
    assert problems(document(nested(50_000))) == [
        f"criteria{'.all[0]' * 8}: is nested more than 16 levels deep"
    ]


def test_document_is_limited_in_size():
    written = document(people(certifications=[f"c{number}" for number in range(2_000)]))

    assert problems(written) == [
        "criteria.certifications[1981]: is larger than the limit of 2000 values"
    ]


def test_references_name_every_catalog_key_with_its_place():
    node = people(
        certifications=["a"],
        families=["f"],
        certification_levels=["l"],
        employment=["employee"],
        job_roles=["engineer"],
    )

    assert references(parse(document({"any": [node]}))) == (
        Reference(Catalog.CERTIFICATION, "a", "criteria.any[0].certifications[0]"),
        Reference(Catalog.FAMILY, "f", "criteria.any[0].families[0]"),
        Reference(Catalog.CERTIFICATION_LEVEL, "l", "criteria.any[0].certification_levels[0]"),
        Reference(Catalog.EMPLOYMENT_KIND, "employee", "criteria.any[0].employment[0]"),
        Reference(Catalog.JOB_ROLE, "engineer", "criteria.any[0].job_roles[0]"),
    )


def test_hash_follows_the_content_and_not_the_order_of_names():
    written = document(people())
    same = dict(reversed(written.items()))
    other = deepcopy(written)
    other["criteria"]["at_least"] = 2

    assert document_hash(written) == document_hash(same) != document_hash(other)


def test_labels_leave_out_groups_without_a_key():
    tree = {"all": [people("a"), {"any": [people("b")], "key": "either"}]}
    own = {"key": "gold", "name": {"en": "Gold"}, "criteria": people("own")}

    assert [label.key for label in parse(document(tree, own)).labels()] == [
        "a",
        "either",
        "b",
        "own",
    ]


@dataclass(frozen=True, slots=True)
class Namesake:
    kind: ClassVar = "people_holding"


def test_name_of_a_kind_is_given_once():
    with pytest.raises(ValueError, match="already a kind of criterion named people_holding"):
        registry.register(Namesake)


def test_every_problem_can_be_said_in_english():
    assert set(ENGLISH) == set(ProblemCode)
    assert str(Problem("a.b", ProblemCode.MISSING)) == "a.b: is missing"


@pytest.mark.parametrize(
    ("setting", "limit"),
    [("term_months", 600), ("grace_days", 36_500), ("renewal_window_days", 36_500)],
)
def test_number_beyond_the_calendar_is_refused(setting, limit):
    assert parse(document(people(), settings={setting: limit}))
    assert problems(document(people(), settings={setting: limit + 1})) == [
        f"settings.{setting}: must be at most {limit}"
    ]


@pytest.mark.parametrize("text", ["a\0b", "\ud800x"])
@pytest.mark.parametrize("place", ["value", "name"])
def test_text_that_no_database_holds_is_refused(text, place):
    texts = {"en": text} if place == "value" else {text: "Silver"}

    (problem,) = problems(document(people(text=texts)))

    spot = "criteria.text.en" if place == "value" else "criteria.text"
    assert problem.startswith(f"{spot}: holds characters that cannot be stored: ")
