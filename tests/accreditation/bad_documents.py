"""Rules documents that nobody may draft, as YAML, and what is said of each."""

from __future__ import annotations

PEOPLE = "{key: a, kind: people_holding, text: {en: A}, certifications: [exam], at_least: 1}"


def rules(criteria: str = PEOPLE, levels: str = "[{key: gold, name: {en: Gold}}]") -> str:
    """Return a whole document around criteria."""
    return (
        "format: 1\n"
        "program: {key: cloud, name: {en: Cloud}, kind: technical}\n"
        f"levels: {levels}\n"
        f"criteria: {criteria}\n"
    )


def leaf(rest: str, kind: str = "people_holding") -> str:
    """Return rules of one criterion."""
    return rules(f"{{key: a, kind: {kind}, text: {{en: A}}, {rest}}}")


def _window(window: str) -> str:
    return leaf(f"records: deployments, distinct: record, at_least: 1, window: {window}",
                "records_counted")  # fmt: skip


def _doubled(number: int) -> str:
    """Return a group that asks twice for the group before it, or for the first criterion."""
    before = f"{{again: {f'g{number - 1}' if number else 'a'}}}"
    return f"{{key: g{number}, text: {{en: G}}, all: [{before}, {before}]}}"


NEVER = "can never be reached: there are at most"
BAD: dict[str, tuple[str, list[str]]] = {
    "no yaml": ("a: [b", ["line 1, column 6: is not YAML: a bracket is not closed"]),
    "no character of a text": (
        rules() + "summary: a\x07b\n",
        ["line 5, column 11: is not YAML: it holds a character"],
    ),
    "no mapping where criteria are": (
        rules("[a, b]"),
        ["criteria: must be a mapping of names to values"],
    ),
    "rules about people in no role": (
        rules() + "people: {slots_per_person: 2, never_both: [{roles: [x]}]}\n",
        ["people: is about people in roles, but no criterion has role_slots"],
    ),
    "unknown kind": (
        leaf("at_least: 1", "magic").replace("[exam]", "[exam]"),
        ["criteria.kind: is not known here"],
    ),
    "unknown parameter": (
        leaf("certifications: [exam], at_least: 1, colour: red"),
        ["criteria.colour: is not known here"],
    ),
    "number as text": (
        leaf("certifications: [exam], at_least: '3'"),
        ["criteria.at_least: must be a positive whole number"],
    ),
    "negative number": (
        leaf("certifications: [exam], at_least: -1"),
        ["criteria.at_least: must be a positive whole number"],
    ),
    "fraction of a person": (
        leaf("certifications: [exam], at_least: 1.5"),
        ["criteria.at_least: must be a positive whole number"],
    ),
    "unknown level": (
        leaf("certifications: [exam], at_least: {silver: 1}"),
        ["criteria.at_least.silver: is not a level of this program; its levels: gold"],
    ),
    "window from after through": (
        _window("{fixed: {from: 2026-12-31, through: 2026-01-01}}"),
        ["criteria.window.fixed.through: must not be before 2026-12-31"],
    ),
    "two windows at once": (
        _window("{rolling_days: 90, rolling_months: 3}"),
        ["criteria.window: must have exactly one of"],
    ),
    "earned from after earned through": (
        leaf("certifications: [e], at_least: 1, earned_from: 2026-01-02, earned_through: 2026-01-01"),
        ["criteria.earned_through: must not be before 2026-01-02"],
    ),
    "earned from after counts through": (
        leaf("certifications: [e], at_least: 1, earned_from: 2026-01-02, counts_through: 2026-01-01"),
        ["criteria.counts_through: must not be before 2026-01-02"],
    ),
    "two needs at once": (
        leaf("certifications: [exam], at_least: 1, at_most: 3"),
        ["criteria: must have exactly one of"],
    ),
    "minimum above maximum": (
        leaf("records: transactions, distinct: record, at_least: 1, "
             "where: {numbers: {value: {at_least: 9, at_most: 3}}}", "records_counted"),
        ["criteria.where.numbers.value.at_least: contradicts"],
    ),
    "more certifications than there are": (
        leaf("certifications: [exam], at_least: 1, each_holds: {at_least: 2, distinct: true}"),
        [f"criteria.each_holds.at_least: {NEVER} 1"],
    ),
    "more courses than there are": (
        leaf("courses: [a], count: courses, at_least: 2", "course_completed"),
        [f"criteria.at_least: {NEVER} 1"],
    ),
    "more courses of a person than there are": (
        leaf("courses: [a], count: people, each_completes: {at_least: 2}, at_least: 1",
             "course_completed"),
        [f"criteria.each_completes.at_least: {NEVER} 1"],
    ),
    "more points than there are": (
        leaf("at_least: 9, items: [{key: i, text: {en: I}, up_to: {points: 5, at: 1}, "
             "measure: {kind: listed, listings: [page]}}]", "score"),
        [f"criteria.at_least: {NEVER} 5"],
    ),
    "more branches than there are": (
        rules(f"{{at_least: 2, of: [{PEOPLE}]}}"),
        ["criteria.at_least: asks for 2 of 1 branches at level gold"],
    ),
    "key twice": (
        rules(f"{{all: [{PEOPLE}, {PEOPLE}]}}"),
        ["criteria.all[1].key: a is already used at criteria.all[0].key"],
    ),
    "name twice": (f"{rules()}format: 1\n", ["line 5: format is already used at line 1"]),
    "half of a character twice": (
        '"\\ud800": 1\n"\\ud800": 2\n',
        ["line 2: holds characters that cannot be stored: '\\ud800'"],
    ),
    "level twice": (
        rules(levels="[{key: gold, name: {en: A}}, {key: gold, name: {en: B}}]"),
        ["levels[1].key: gold is already used at levels[0].key"],
    ),
    "two problems": (
        rules().replace("format: 1", "format: 2").replace("kind: technical", "kind: magic"),
        ["format: must be one of: 1", "program.kind: must be one of"],
    ),
    "too deep": (rules("{all: [" * 9 + PEOPLE + "]}" * 9), ["line 4: is nested more than 16"]),
    "10,000 nodes": (
        leaf(f"certifications: [{', '.join(f'e{one}' for one in range(10_000))}], at_least: 1"),
        ["line 4: is larger than the limit of 2000 values"],
    ),
    "criteria asked again and again": (
        rules("{all: [" + PEOPLE + ", " + ", ".join(_doubled(one) for one in range(8)) + "]}"),
        ["criteria.all[8].all[1].again: is larger than the limit of 2000 criteria"],
    ),
    "more slots than can be decided": (
        leaf("roles: [{key: r, text: {en: R}, certifications: [exam], at_least: 101}]",
             "role_slots"),
        ["criteria.roles[0].at_least: is larger than the limit of 100 slots"],
    ),
    "window beyond the calendar": (
        _window("{rolling_months: 601}"),
        ["criteria.window.rolling_months: must be at most 600"],
    ),
    "no day of the year": (
        _window("{year_from: 02-30}"),
        ["criteria.window.year_from: must be a day of the year, written as MM-DD"],
    ),
    "figure beyond measure": (
        leaf(f"metric: m, take: sum, at_least: {10**18 + 1}", "metric"),
        [f"criteria.at_least: must be at most {10**18}"],
    ),
    "5,000 digits": (
        leaf(f"metric: m, take: sum, at_least: 1{'0' * 5_000}", "metric"),
        ["criteria.at_least: must be a number"],
    ),
    "category twice": (
        leaf("at_least: 1, categories: [{key: c}, {key: c}], items: [{key: i, text: {en: I}, "
             "category: c, points: 1, measure: {kind: listed, listings: [page]}}]", "score"),
        ["criteria.categories[1].key: c is already used at criteria.categories[0].key"],
    ),
    "band twice": (
        leaf("at_least: 1, items: [{key: i, text: {en: I}, bands: [{from: 1, points: 2}, "
             "{from: 1.0, points: 3}], measure: {kind: listed, listings: [page]}}]", "score"),
        ["criteria.items[0].bands[1].from: 1 is already used at criteria.items[0].bands[0].from"],
    ),
    "row twice": (
        leaf("certifications: [exam], at_least: {by: staff, table: [{from: 9, need: 2}, "
             "{from: 9, need: 3}]}"),
        ["criteria.at_least.table[1].from: 9 is already used at criteria.at_least.table[0].from"],
    ),
    "rate of the own currency": (
        leaf("metric: m, take: sum, at_least: 1, currency: USD, rates: {USD: 2}", "metric"),
        ["criteria.rates.USD: USD is already used at criteria.currency"],
    ),
    "anchor": (rules(f"&x {PEOPLE}"), ["line 4: must not use anchors or aliases"]),
}  # fmt: skip
