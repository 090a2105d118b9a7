"""docs/permissions.md says what rules.py says."""

from __future__ import annotations

from partners.management.commands.print_permissions import PAGE, page


def test_page_is_not_stale() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: manage.py print_permissions"
