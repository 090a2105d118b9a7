"""Everything that can happen has its words."""

from __future__ import annotations

import pytest

from accreditation.operations.standings import LEVEL_CHANGED
from accreditation.standing import Because
from partners.imports.importer import importers
from portal.workspace.history import because_text
from portal.workspace.imports import KINDS


@pytest.mark.parametrize("code", [*Because, LEVEL_CHANGED])
def test_every_move_of_a_standing_says_why(code: str) -> None:
    assert because_text(code) != ""


def test_every_kind_of_import_has_a_name() -> None:
    assert set(KINDS) == set(importers)
