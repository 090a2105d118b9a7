"""What was measured, as a table for the terminal and a page of the documentation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from config.bench.races import Outcome

HEAD = "| ratio | measured | target | product, ms | floor, ms | CPU s: product / floor | load |"


def table(outcomes: Sequence[Outcome]) -> str:
    """Return the measurements as a Markdown table; a ratio above its target is bold."""
    rows = [HEAD, "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"]
    for one in outcomes:
        ratio = f"{one.ratio:.2f}" if one.reached else f"**{one.ratio:.2f}**"
        rows.append(
            f"| {one.name} | {ratio} | ≤ {one.target:g} | {one.product.median_ms:.2f} "
            f"| {one.floor.median_ms:.2f} | {one.product.cpu:.2f} / {one.floor.cpu:.2f} "
            f"| {one.load:.1f} |"
        )
    return "\n".join(rows) + "\n"


def floors(outcomes: Sequence[Outcome]) -> str:
    """Return the statements of the floors, each once."""
    found: dict[str, list[str]] = {}
    for one in outcomes:
        if one.sql:
            found.setdefault(one.sql.strip(), []).append(one.name)
    return "\n".join(
        f"- {'; '.join(names)}:\n\n  ```sql\n{_indented(sql)}\n  ```\n"
        for sql, names in found.items()
    )


def page(account: str, outcomes: Sequence[Outcome], *, vendors: int, on: date) -> str:
    """Return the page: the measurements, then the account that people wrote below the line."""
    return (
        f"# Benchmarks\n\n{INTRODUCTION}\n"
        f"Measured on {on.isoformat()} with {vendors} vendors.\n\n{table(outcomes)}\n"
        f"## The floors\n\n{floors(outcomes)}\n{LINE}\n\n{account.strip()}\n"
    )


def account_in(text: str) -> str:
    """Return what people wrote below the line of a page, empty if there is none."""
    return text.partition(LINE)[2]


def _indented(sql: str) -> str:
    return "\n".join(f"  {line}" for line in sql.splitlines())


LINE = "<!-- Written by hand from here on; `make bench` keeps it. -->"
INTRODUCTION = """\
`make bench` writes the table: what the product does as a multiple of the least that has to be done,
from interleaved rounds of one run, after checking that both sides come to the same answer.
Milliseconds are medians of a round and belong to that machine; the ratio is theirs.
"""
