"""Reading one of our documents into claims, under the names that its source uses."""

from collections.abc import Mapping
from typing import Any

from tests.accreditation.claims import SETTINGS, Claims, Node, number

SIGNS = {"at_least": ">=", "more_than": ">", "at_most": "<=", "less_than": "<"}
GROUPS = ("all", "any", "none", "of", "steps", "then", "when", "initial", "keep", "renew", "shown")
PARTS = ("numerator", "denominator", "gains", "losses")
LENGTHS = {
    "rolling_days",
    "rolling_months",
    "forward_months",
    "closed_quarters",
    "closed_months",
    "lag_months",
    "calendar_months",
}
YEARS = {"year_from", "closed_year_from", "fixed"}
ONE_IF_NOTHING_IS_SAID = {
    "document_accepted",
    "attestation_valid",
    "audit_passed",
    "agreement_signed",
    "fee_paid",
    "listed",
    "holds_level",
    "attribute",
    "decided_by_person",
    "event_passed",
}


def claims_of_document(document: Node, units: set[str]) -> Claims:
    """Return what a document asks. A criterion belongs to the unit whose name its key is or begins.

    `units` are the units of the source. A key that is none of them belongs to the unit around it.
    """
    names = {level["key"]: level["name"]["en"] for level in document["levels"]}
    writer = _Writer(Claims(tuple(names.values())), names, units)
    writer.walk(document.get("criteria"), "", writer.claims.levels)
    for level in document["levels"]:
        writer.walk(level.get("criteria"), "", (level["name"]["en"],))
    writer.settings(document.get("settings", {}))
    writer.people(document.get("people", {}))
    return writer.claims


class _Writer:
    def __init__(self, claims: Claims, names: Mapping[str, str], units: set[str]) -> None:
        self.claims, self.names, self.units = claims, names, units
        self.slots: dict[str, None] = {}

    def settings(self, settings: Node) -> None:
        self.claims.begin(SETTINGS)
        for name in ("term_months", "grace_days", "renewal_window_days", "renewal_late_days"):
            if settings.get(name):
                self.say(SETTINGS, f"{name.replace('_', ' ')} {number(settings[name])}")
        for one in settings.get("extensions", ()):
            self.say(SETTINGS, f"extension {one['from']} {one['through']} months {one['months']}")

    def people(self, people: Node) -> None:
        """Say what one person may do at once, of every unit that asks for people in roles."""
        most = people.get("programs_per_person", {})
        keys = people.get("levels", self.names)
        levels = tuple(self.names[key] for key in keys)
        for unit in self.slots:
            if "roles_per_person" in people:
                self.say(unit, f"roles per person {people['roles_per_person']}", levels)
            for role, number_ in most.items() if isinstance(most, Mapping) else [("", most)]:
                self.say(unit, f"programs per person {role} {number_}".replace("  ", " "), levels)

    def say(self, unit: str, claim: str, levels: tuple[str, ...] = ()) -> None:
        self.claims.say(unit, claim, levels or self.claims.levels)

    def walk(self, node: Any, unit: str, levels: tuple[str, ...]) -> None:
        if isinstance(node, list):
            for child in node:
                self.walk(child, unit, levels)
        if not isinstance(node, Mapping):
            return
        unit = self._unit(str(node.get("key", "")), unit)
        if "kind" in node:
            self._leaf(node, unit, levels)
        self._group(node, unit, levels)
        self._wrapper(node, unit, levels)
        for name in GROUPS:
            with self.claims.branches(any_of_them=name == "any"):
                self.walk(node.get(name), unit, levels)
        self.walk(node.get("phases"), unit, levels)
        for child in node.get("each", {}).values():
            self.walk(child, unit, levels)

    def _unit(self, key: str, around: str) -> str:
        fitting = [one for one in self.units if key == one or key.startswith(f"{one}_")]
        return max(fitting, key=len, default=around or key)

    def _group(self, node: Node, unit: str, levels: tuple[str, ...]) -> None:
        if "of" in node:
            self.say(unit, f"{node['at_least']} of {len(node['of'])}", levels)
        if "none" in node:
            self.say(unit, f"none of {len(node['none'])}", levels)

    def _wrapper(self, node: Node, unit: str, levels: tuple[str, ...]) -> None:
        if "when" in node:
            self.say(unit, "on condition", levels)
        if "sustained" in node:
            self.say(unit, f"sustained_months {node['sustained']['months']}", levels)
        if "any_day" in node:
            self._window(node["any_day"], unit, levels)
        if "for_each" in node:
            self._measure(node["for_each"], unit, levels)
        if "grouped" in node:
            self._need(node["grouped"], unit, levels)
        for name in ("months", "days"):
            if name in node.get("after_event", {}):
                self.say(unit, f"deadline {name} {node['after_event'][name]}", levels)

    def _leaf(self, node: Node, unit: str, levels: tuple[str, ...]) -> None:
        levels = self._asked(node, levels)
        said = [name for name in SIGNS if name in node]
        if not said and node["kind"] in ONE_IF_NOTHING_IS_SAID:
            self.say(unit, ">= 1", levels)
        self._measure(node, unit, levels)
        if node["kind"] == "every_item":
            self._which(node.get("which", {}), unit, levels)
        if node["kind"] == "score":
            self._score(node, unit, levels)
        for role in node.get("roles", ()):
            self._need(role, unit, levels)
            self._counting(role, unit, levels)
            if role.get("uses_up", True):
                self.slots[unit] = None
            else:
                self.say(unit, "uses nobody up", levels)

    def _asked(self, node: Node, levels: tuple[str, ...]) -> tuple[str, ...]:
        """Return the levels that are asked: those of a need by level, if it is one."""
        needs = [node[name] for name in SIGNS if isinstance(node.get(name), Mapping)]
        keys = [key for need in needs if not {"by", "share"} & set(need) for key in need]
        return tuple(self.names[key] for key in keys) or levels

    def _measure(self, node: Node, unit: str, levels: tuple[str, ...]) -> None:
        if "kind" in node:
            self.claims.count(unit, node["kind"])
        if node.get("kind") == "fee_amount":
            self._price(node, unit, levels)
        else:
            self._need(node, unit, levels)
        self._window(node, unit, levels)
        for name in PARTS:
            if name in node:
                self._measure(node[name], unit, levels)
        self._counting(node, unit, levels)
        self._where(node.get("where", {}), unit, levels)
        if "currency" in node and node.get("kind") != "fee_amount":
            self.say(unit, f"currency {node['currency']}", levels)

    def _counting(self, node: Node, unit: str, levels: tuple[str, ...]) -> None:
        """Say what counts once, and who counts."""
        if node.get("distinct", "record") != "record":
            self.say(unit, f"distinct {node['distinct']}", levels)
        for one in node.get("employment", ()):
            self.say(unit, f"employment {one}", levels)
        for currency, rate in node.get("rates", {}).items():
            self.say(unit, f"rate {number(rate)} {currency}", levels)
        for name, said in (("newest_versions", "newest"), ("most", "at most months")):
            if name in node:
                self.say(unit, f"{said} {node[name]}", levels)
        each = node.get("each_holds", [])
        # One of a set is what naming its certifications says.
        many = [one for one in each if one["at_least"] > 1] if isinstance(each, list) else [each]
        for held in many:
            distinct = " different" if held.get("distinct", True) else ""
            self.say(unit, f"each holds >= {held['at_least']}{distinct}", levels)

    def _which(self, which: Node, unit: str, levels: tuple[str, ...]) -> None:
        self._need(which, unit, levels)
        if "top" in which:
            self.say(unit, f"top {which['top']}", levels)

    def _price(self, node: Node, unit: str, levels: tuple[str, ...]) -> None:
        """Say a price as sources do: something to have paid, and how much it is."""
        self.say(unit, ">= 1", levels)
        need = node["at_least"]
        by_level = need if isinstance(need, Mapping) and "table" not in need else {"": need}
        for level, one in by_level.items():
            of = (self.names[level],) if level else levels
            table = one["table"] if isinstance(one, Mapping) else {"": one}
            for key, amount in table.items():
                said = f"amount {number(amount)} {node['currency']}"
                self.say(unit, f"{said} for {one['by']} {key}" if key else said, of)

    def _where(self, where: Node, unit: str, levels: tuple[str, ...]) -> None:
        if where.get("public"):
            self.say(unit, "public", levels)
        for deadline in where.get("within", ()):
            for name in ("months", "days"):
                if name in deadline:
                    self.say(unit, f"deadline {name} {number(deadline[name])}", levels)
        for limits in where.get("numbers", {}).values():
            self._need(limits, unit, levels)
        for currency in where.get("currencies", ()):
            self.say(unit, f"currency {currency}", levels)

    def _window(self, node: Node, unit: str, levels: tuple[str, ...]) -> None:
        if node.get("kind") == "growth":
            self.say(unit, "compared", levels)
            return
        for name, value in node.get("window", {}).items():
            if name in LENGTHS:
                self.say(unit, f"{name} {value}", levels)
            elif name in YEARS:
                self.say(unit, "year", levels)
            else:
                self.say(unit, name, levels)

    def _need(self, node: Node, unit: str, levels: tuple[str, ...]) -> None:
        for name, sign in SIGNS.items():
            if name not in node:
                continue
            need = node[name]
            if isinstance(need, Mapping) and not {"by", "share"} & set(need):
                for level, one in need.items():
                    self._one_need(sign, one, unit, (self.names[level],))
            else:
                self._one_need(sign, need, unit, levels)

    def _one_need(self, sign: str, need: Any, unit: str, levels: tuple[str, ...]) -> None:
        if not isinstance(need, Mapping):
            said = number(need)
            self.say(unit, said if said == "open" else f"{sign} {said}", levels)
        elif "share" in need:
            most = f" at most {need['at_most']}" if "at_most" in need else ""
            self.say(unit, f"{sign} share {number(need['share'])}{most}", levels)
        else:
            table = need["table"]
            rows = (
                table.items()
                if isinstance(table, Mapping)
                else [(row["from"], row["need"]) for row in table]
            )
            for key, one in rows:
                self.say(unit, f"{sign} {number(one)} for {need['by']} {key}", levels)

    def _score(self, node: Node, unit: str, levels: tuple[str, ...]) -> None:
        for track in node.get("tracks", [node]):
            of_track = self._unit(str(track.get("key", "")), unit)
            for category in track.get("categories", ()):
                self._bounds(category, self._unit(category["key"], of_track), levels)
            for item in track["items"]:
                of_item = self._unit(item["key"], of_track)
                self._bounds(item, of_item, levels)
                self._points(item, of_item, levels)
                self._measure(item["measure"], of_item, levels)
                for gate in item.get("only_if", ()):
                    self._need(gate, of_item, levels)
                    self._measure(gate["measure"], of_item, levels)

    def _bounds(self, part: Node, unit: str, levels: tuple[str, ...]) -> None:
        if "cap" in part:
            self.say(unit, f"cap {number(part['cap'])}", levels)
        for name, value in part.get("minimum", {}).items():
            sign = "" if name == "at_least" else f"{SIGNS[name]} "
            by_level = value if isinstance(value, dict) else {}
            for level, least in by_level.items():
                self.say(unit, f"minimum {sign}{number(least)}", (level,))
            if not by_level:
                self.say(unit, f"minimum {sign}{number(value)}", levels)

    def _points(self, item: Node, unit: str, levels: tuple[str, ...]) -> None:
        if "up_to" in item:
            self.say(unit, f"cap {number(item['up_to']['points'])}", levels)
            self.say(unit, f"full_at {number(item['up_to']['at'])}", levels)
        elif "points" in item:
            self.say(unit, f"points {number(item['points'])}", levels)
        if "per" in item:
            self.say(unit, f"per {number(item['per'])}", levels)
        for band in item.get("bands", ()):
            self.say(unit, f"{number(band['points'])} from {number(band['from'])}", levels)
