"""What an answer lacks: people for whom several slots compete, a number that nobody knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
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


class NeedCode(StrEnum):
    """Why it is not known how much is needed. Public: codes are only added."""

    ATTRIBUTE_SAYS_NOTHING = "attribute_says_nothing"
    NOBODY_TO_SHARE = "nobody_to_share"


@dataclass(frozen=True, slots=True)
class UnknownNeed:
    """It is not known how much is needed.

    `attribute` is the name of what should say it about the organization; empty: a share is asked of
    people, and there are none of them.
    """

    code: NeedCode
    attribute: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the reason as plain JSON values."""
        return {"code": self.code.value, "attribute": self.attribute}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return the reason that `to_json` wrote."""
        return cls(NeedCode(value["code"]), value["attribute"])
