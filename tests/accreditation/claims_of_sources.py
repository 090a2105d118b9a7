"""Reading a neutral source (published_programs/README.md) into claims."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tests.accreditation.claims import SETTINGS, Claims, Node, number

OPERATORS = {">=", ">", "<=", "<"}
GROUPS = {"all_of", "any_of"}
SCORED = {
    "points": "points",
    "growth_market": "points",
    "cap": "cap",
    "minimum": "minimum",
    "full_at": "full_at",
}
YEARS = {"fixed_year", "fiscal_year"}
WORDS = {
    r"at least (\d[\d.]*)": ">= {0}",
    r">= (\d[\d.]*)": ">= {0}",
    r"more than (\d[\d.]*)": "> {0}",
    r"units > (\d+)": "> {0}",
    r"units (\d+)\.\.\d+": ">= {0}",
    r"units \d+\.\.(\d+)": "<= {0}",
    r"(\d+) (USD|EUR)": "currency {1}",
    r"newest (\d+)": "newest {0}",
    r"with the most": "top 1",
    r"last (\d+) days": "rolling_days {0}",
    r"last (\d+) months": "rolling_months {0}",
}
"""Numbers that a text about items, groups or filters states."""

LIMITS = {
    "one_role_type_per_person": "roles per person 1",
    "max_specializations_per_person": "programs per person",
    "max_uses_per_person": "programs per person {0}",
    "allocated": "uses nobody up",
}
"""What one person may do at once."""

Levels = Sequence[str]


def claims_of_source(source: Node, names: Mapping[str, str]) -> Claims:
    """Return what a published program asks; `names` are for requirements without an id."""
    claims = Claims(tuple(source["levels"]))
    claims.begin(SETTINGS)
    blocks = ("validity", "grace", "renewal")
    term, grace, renewal = (_mapping(source.get(block)) for block in blocks)
    if "term_months" in term:
        claims.say(SETTINGS, f"term months {number(term['term_months'])}", claims.levels)
    if "days" in grace:
        claims.say(SETTINGS, f"grace days {number(grace['days'])}", claims.levels)
    if "length_days" in renewal:
        claims.say(SETTINGS, f"renewal late days {renewal['length_days']}", claims.levels)
    _walk(claims, source["requirements"], "", claims.levels)
    for place, name in names.items():
        claims.rename(place, name)
    return claims


def _walk(claims: Claims, node: Any, unit: str, levels: Levels, path: str = "") -> None:
    """Read a node; its unit is its own id, or that of the node around it, or else its place."""
    if isinstance(node, list):
        for position, child in enumerate(node):
            _walk(claims, child, unit, levels, f"{path}.{position}".strip("."))
    if not isinstance(node, Mapping):
        return
    unit = node.get("id", unit)
    _say(claims, node, unit or path, levels)
    for level, of_level in node.get("by_level", {}).items():
        _walk(claims, of_level, unit, (level,), path)
    for name in _branches(node, unit):
        inner = path if name in GROUPS else f"{path}.{name}".strip(".")
        with claims.branches(any_of_them=name == "any_of"):
            _walk(claims, node[name], unit, levels, inner)


def _say(claims: Claims, node: Node, unit: str, levels: Levels) -> None:
    for claim in _of_group(node):
        claims.say(unit, claim, levels)
    if "measure" in node:
        _leaf(claims, node, unit, levels)
    if "score" in node:
        _score(claims, node["score"], unit, levels)


def _branches(node: Node, unit: str) -> list[str]:
    """Return the names under which further nodes are: groups, and named trees outside of a unit."""
    named = not unit and "measure" not in node
    return [
        name
        for name, child in node.items()
        if name in GROUPS or (named and name != "by_level" and isinstance(child, Mapping | list))
    ]


def _of_group(node: Node) -> Iterator[str]:
    if "n_of" in node:
        yield f"{node['n_of']} of {len(node['of'])}"
        for text in node["of"]:
            counted = re.match(r"\d+", text)
            yield f">= {counted.group() if counted else 1}"
            if text.endswith(" a year"):
                yield "rolling_months 12"
            if " public " in text:
                yield "public"
    if "none_of" in node:
        yield f"none of {len(node['none_of'])}"
    if "currency" in node and "measure" not in node:
        yield f"currency {node['currency']}"


def _leaf(claims: Claims, node: Node, unit: str, levels: Levels) -> None:
    claims.count(unit, node["measure"])
    # A level that needs nothing is not asked.
    needed = {level: need for level, need in _mapping(node.get("value")).items() if need != 0}
    of_value = [level for level in claims.levels if level in needed]
    asked = node.get("applies_to", of_value or levels)
    if node["measure"] != "every_item":
        for claim, of in _value(claims, node, asked):
            claims.say(unit, claim, of)
    for claim in (*_terms(node), *_where(node.get("where", {}))):
        claims.say(unit, claim, asked)
    for claim in _limits(node):
        claims.say(unit, claim, _mapping(node.get("reserve")).get("applies_to", asked))


def _terms(node: Node) -> Iterator[str]:
    """Yield windows, deadlines, what counts once, and what is said in words."""
    yield from _windows(node)
    if node.get("distinct", "person") != "person":
        yield f"distinct {node['distinct']}"
    if "applies_if" in node:
        yield "on condition"
    if "currency" in node:
        yield f"currency {node['currency']}"
    if "substitution" in node:
        yield f"counts as {number(node['substitution']['counts_as'])}"
    yield from _in_words(node)


def _in_words(node: Node) -> Iterator[str]:
    filters = [str(value) for value in node.get("where", {}).values() if isinstance(value, str)]
    text = " ".join([str(node.get("items")), str(node.get("for_each")), *filters])
    for pattern, claim in WORDS.items():
        for match in re.finditer(pattern, text):
            yield claim.format(*(_exactly(one) for one in match.groups()))


def _windows(node: Node) -> Iterator[str]:
    for name in ("window", "valid_for"):
        for length, value in _mapping(node.get(name)).items():
            yield _window(length, value)
    for name, value in _mapping(node.get("deadline")).items():
        if name != "event":
            yield f"deadline {name} {number(value)}"


def _where(where: Node) -> Iterator[str]:
    if where.get("employment") == "employee":
        yield "employment employee"
    if where.get("public"):
        yield "public"
    if "taken_within_months" in where:
        yield f"rolling_months {where['taken_within_months']}"
    held = where.get("certificates_held")
    if held:
        distinct = " different" if held.get("distinct") else ""
        yield f"each holds {held['op']} {number(held['value'])}{distinct}"


def _limits(node: Node) -> Iterator[str]:
    """Yield how often a person may be used, and whether at all."""
    for block in ("allocation", "reserve"):
        for name, value in _mapping(node.get(block)).items():
            if isinstance(value, Mapping):
                yield from (f"{LIMITS[name]} {role} {most}" for role, most in value.items())
            elif isinstance(value, bool | int):
                yield LIMITS[name].format(value)


def _exactly(text: str) -> str:
    """Return a number of a text as both sides write it."""
    return number(Decimal(text)) if text[0].isdigit() else text


def _value(claims: Claims, node: Node, levels: Levels) -> Iterator[tuple[str, Levels]]:
    """Yield what is needed, and of which levels."""
    value, operator = node.get("value"), node.get("op")
    sign = operator if operator in OPERATORS else ">="
    if not isinstance(value, Mapping):
        stated = operator in OPERATORS or isinstance(value, str)
        yield _need(sign, value if stated else None), levels
    elif "table" in value or "share" in value:
        yield from ((claim, levels) for claim in _rule(sign, value))
    elif set(value) & {"months", "days"}:
        yield from ((f"deadline {name} {length}", levels) for name, length in value.items())
    elif set(value) <= set(claims.levels):
        yield from ((_need(sign, one), (level,)) for level, one in value.items() if one != 0)
    elif "example" in value:
        yield "open", levels
    else:
        yield ">= 1", levels
        yield from _prices(claims, value, levels)


def _prices(claims: Claims, value: Node, levels: Levels) -> Iterator[tuple[str, Levels]]:
    for name, amount in value.items():
        if isinstance(amount, int | float):
            claim = f"amount {number(amount)} {value.get('currency', '')}".strip()
            yield claim, (name,) if name in claims.levels else levels


def _rule(sign: str, value: Node) -> Iterator[str]:
    if "share" in value:
        most = f" at most {value['at_most']}" if "at_most" in value else ""
        yield f"{sign} share {number(value['share'])}{most}"
        return
    table, by = value["table"], str(value["by"]).replace("_", "-")
    rows = table.items() if isinstance(table, Mapping) else _rows(table)
    for key, need in rows:
        yield f"{sign} {number(need)} for {by} {str(key).casefold()}"


def _rows(table: Sequence[Node]) -> list[tuple[Any, Any]]:
    return [(row["min"], row["value"]) for row in table]


def _score(claims: Claims, score: Node, unit: str, levels: Levels) -> None:
    total = score.get("total", {})
    if "value" in total:
        claims.say(unit, _need(total["op"], total["value"]), levels)
    for name, part in score.items():
        rates = re.fullmatch(r"rates_per_(\d+)_([A-Z]+)", name)
        if rates:
            claims.say(unit, f"per {rates[1]}", levels)
            claims.say(unit, f"currency {rates[2]}", levels)
        _scored(claims, part, unit, levels)
    table = str(_mapping(score.get("currency")).get("converted_by", ""))
    per = re.search(r"for (\d+) [A-Z]{3}$", table)
    for amount, currency in re.findall(r"(\d+) ([A-Z]{3})\b(?!$)", table) if per else ():
        rate = Decimal(amount) / Decimal(per[1]) if per else 0
        claims.say(unit, f"rate {number(rate)} {currency}", levels)


def _scored(claims: Claims, part: Any, unit: str, levels: Levels) -> None:
    """Read a category, a metric, an item, or a list of them."""
    if isinstance(part, list):
        for one in part:
            _scored(claims, one, unit, levels)
    if not isinstance(part, Mapping):
        return
    unit = part.get("id", unit)
    claims.begin(unit)
    if "measure" in part:
        claims.count(unit, part["measure"])
        for claim in _terms(part):
            claims.say(unit, claim, levels)
    for claim in _points(part):
        claims.say(unit, claim, levels)
    _scored(claims, part.get("items"), unit, levels)


def _points(part: Node) -> Iterator[str]:
    for name, claim in SCORED.items():
        value = part.get(name)
        values = list(value.values()) if isinstance(value, Mapping) else [value]
        yield from (
            f"{claim} {number(one)}" for one in values if isinstance(one, int | float | str)
        )


def _need(sign: str, value: object) -> str:
    need = number(1 if value is None else value)
    return need if need == "open" or need.startswith("says") else f"{sign} {need}"


def _window(name: str, value: object) -> str:
    if name in YEARS:
        return "year"
    if name == "compare":
        return "compared"
    if name == "months":
        return f"rolling_months {value}"
    stated = re.search(r"\d+", str(value))
    return f"{name} {stated.group()}" if stated else name


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
