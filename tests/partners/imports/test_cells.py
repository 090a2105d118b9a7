"""One cell: taken as it is written, or refused with a sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partners.imports import cells
from partners.refusals import CannotRecord


@pytest.mark.parametrize(
    ("parse", "cell", "value"),
    [
        (cells.texts(9), "suite; mail;;suite", ("suite", "mail")),
        (cells.yes_no, "Yes", True),
        (cells.yes_no, "false", False),
        (cells.number, "-1234567890123456.7891", Decimal("-1234567890123456.7891")),
        (cells.code(2), "de", "DE"),
        (cells.by_name(cells.text(9)), "tier = gold; sold=a=b", {"tier": "gold", "sold": "a=b"}),
        (cells.by_name(cells.day), "signed=2025-12-01;", {"signed": date(2025, 12, 1)}),
    ],
)
def test_a_cell_is_taken_as_it_is_written(parse: cells.Parse, cell: str, value: Any) -> None:
    assert parse(cell) == value


@pytest.mark.parametrize(
    ("parse", "cell", "message"),
    [
        (cells.texts(4), "suite; mail", "This text is longer than 4 characters."),
        (cells.yes_no, "maybe", "“maybe” is neither yes nor no."),
        (cells.number, "1e3", "“1e3” is not a number: write it as in 1234.50."),
        (cells.number, "NaN", "“NaN” is not a number: write it as in 1234.50."),
        (cells.code(2), "D1", "“D1” is not a code of 2 letters."),
        (
            cells.by_name(cells.text(9)),
            "gold",
            "Write name=value, as in tier=gold; sold=yes.",
        ),
        (cells.by_name(cells.text(9)), "a=1; a=2", "“a” is said twice."),
        (cells.by_name(cells.text(9)), "two words=1", "“two words” is not a key."),
        (
            cells.by_name(cells.day),
            "signed=soon",
            "“soon” is not a day: write year-month-day, as in 2026-03-02.",
        ),
    ],
)
def test_a_cell_that_cannot_be_read_is_refused(parse: cells.Parse, cell: str, message: str) -> None:
    with pytest.raises(CannotRecord) as refusal:
        parse(cell)

    assert refusal.value.message == message
