"""People that are missing where several slots compete for them, with the proof."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Gap:
    """People are missing: so many of the `roles` stay without somebody, any of them.

    A role goes by the key of its finding, `criterion.role`.
    The proof: these `slots` (as `program/criterion/role/number`, some perhaps of other programs)
    compete for `people`, each of whom fills at most the given number. Where all that does not add
    up, limits of several people interlock, and the search itself has shown it.
    """

    missing: int
    roles: tuple[str, ...]
    slots: tuple[str, ...]
    people: tuple[tuple[str, int], ...]

    def to_json(self) -> dict[str, Any]:
        """Return the gap as plain JSON values."""
        return {
            "missing": self.missing,
            "roles": list(self.roles),
            "slots": list(self.slots),
            "people": [{"person": person, "at_most": most} for person, most in self.people],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return the gap that `to_json` wrote."""
        return cls(
            missing=value["missing"],
            roles=tuple(value["roles"]),
            slots=tuple(value["slots"]),
            people=tuple((one["person"], one["at_most"]) for one in value["people"]),
        )
