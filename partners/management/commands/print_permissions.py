"""Writes the table of permissions for people to read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from partners.enums import MembershipRole
from partners.rules import API_KEY_ROLES, OPERATOR, PEOPLE_ONLY, ROLES, Permission, reach_of

PAGE = Path(settings.BASE_DIR) / "docs" / "permissions.md"

_INTRODUCTION = """# Who may do what

Written by `manage.py print_permissions` from `partners/rules.py`; do not edit.

A login has no permissions of its own: a membership gives it one role, at a vendor or at one of its
partners. Whoever is no member of a vendor does not learn what is inside. Each permission ends at
the role's reach.
"""


class Command(BaseCommand):
    """Writes docs/permissions.md."""

    help = "Write docs/permissions.md from the table of permissions."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write the page and say where it is."""
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(), encoding="utf-8")
        self.stdout.write(str(PAGE))


def page() -> str:
    """Return the page in Markdown, in English."""
    with translation.override("en"):
        return "\n".join([_INTRODUCTION, *_roles(), "", *_permissions(), "", *_others()])


def _roles() -> list[str]:
    rows = [f"| {role.label} | {reach_of(role)} |" for role in MembershipRole]
    return ["## Reach", "", "| role | its permissions are about |", "| --- | --- |", *rows]


def _permissions() -> list[str]:
    roles = list(MembershipRole)
    head = " | ".join(str(role.label) for role in roles)
    rows = [
        f"| {permission.meaning} `{permission.value}` | {_marks(permission)} |"
        for permission in Permission
        if permission not in OPERATOR
    ]
    return [
        "## Permissions of members",
        "",
        f"| | {head} |",
        f"| --- | {' | '.join('---' for _role in roles)} |",
        *rows,
    ]


def _marks(permission: Permission) -> str:
    return " | ".join("yes" if permission in ROLES[role] else "" for role in MembershipRole)


def _others() -> list[str]:
    keys = ", ".join(str(role.label) for role in MembershipRole if role in API_KEY_ROLES)
    people = ", ".join(f"`{item.value}`" for item in Permission if item in PEOPLE_ONLY)
    operator = ", ".join(
        f"{item.meaning} `{item.value}`" for item in Permission if item in OPERATOR
    )
    return [
        "## Keys and operators",
        "",
        f"- An API key has one of these roles: {keys}. Whatever its role, it never has {people}.",
        f"- An operator of the platform may: {operator}. They are no member of any vendor by that.",
        "- The system, in tasks and commands, may do everything.",
        "",
    ]
