"""The workspace's menu: the same entries in the same order on every page, and in the records."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.queries.notices import unread_count
from partners.rules import Actor, Permission, can
from portal.look.components import NavGroup, NavItem, Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu; ``address`` is the name of its address."""

    key: str
    label: Text
    address: str
    icon: str
    permission: Permission


GROUPS: tuple[tuple[Text, tuple[Entry, ...]], ...] = (
    (
        "",
        (
            Entry(
                "dashboard",
                _("Dashboard"),
                "workspace:dashboard",
                "layout-dashboard",
                Permission.WORKSPACE_USE,
            ),
            Entry(
                "partners",
                _("Partners"),
                "workspace:partners",
                "building-2",
                Permission.PARTNER_VIEW,
            ),
            Entry(
                "programs",
                _("Programs"),
                "workspace:programs",
                "list-checks",
                Permission.PROGRAM_VIEW,
            ),
            Entry("imports", _("Imports"), "workspace:imports", "file-up", Permission.IMPORT_RUN),
        ),
    ),
    (
        _("Access"),
        (
            Entry("members", _("Members"), "workspace_members", "users", Permission.MEMBERS_VENDOR),
            Entry(
                "api_keys", _("API keys"), "workspace_api_keys", "key-round", Permission.API_KEYS
            ),
        ),
    ),
    (
        _("More"),
        (
            Entry("records", _("Records"), "admin:index", "archive", Permission.RECORDS_USE),
            Entry(
                "directory",
                _("Public directory"),
                "directory:partners",
                "store",
                Permission.WORKSPACE_USE,
            ),
        ),
    ),
)


def navigation(actor: Actor, section: str) -> list[NavGroup]:
    """Return what the actor may open, with the current section marked; empty groups are left out.

    The dashboard carries the number of notices not read yet.
    """
    groups = [
        NavGroup(
            [_item(entry, actor, section) for entry in entries if can(actor, entry.permission)],
            label,
        )
        for label, entries in GROUPS
    ]
    return [group for group in groups if group.items]


def _item(entry: Entry, actor: Actor, section: str) -> NavItem:
    unread = unread_count(actor) if entry.key == "dashboard" else 0
    return NavItem(
        entry.label,
        reverse(entry.address),
        current=entry.key == section,
        count=unread,
        count_label=_("unread notices"),
        icon=entry.icon,
    )
