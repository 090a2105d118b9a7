"""Takes a file through its importer, a batch at a time, and counts what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from partners.batches import batches
from partners.imports.importer import Change, Planned, Reading
from partners.imports.problems import Problem
from partners.imports.table import Row, Table

MOST_PROBLEMS = 1_000
"""Problems kept to be shown; all of them are counted."""


@dataclass(slots=True)
class Report:
    """What became of the rows so far; ``refused`` counts rows, ``problem_count`` problems."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    problem_count: int = 0
    problems: list[Problem] = field(default_factory=list)

    def accept(self, planned: Planned) -> None:
        """Count a row that can be applied."""
        setattr(self, planned.change, getattr(self, planned.change) + 1)

    def refuse(self, problems: list[Problem]) -> None:
        """Count a row that cannot, and keep its problems while there is room."""
        self.refused += 1
        self.problem_count += len(problems)
        self.problems.extend(problems[: MOST_PROBLEMS - len(self.problems)])

    def stored(self) -> dict[str, Any]:
        """Return the report as JSON."""
        return {
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "problem_count": self.problem_count,
            "problems": [
                problem.stored() for problem in sorted(self.problems, key=lambda each: each.row)
            ],
        }


def batches_of(table: Table) -> Iterator[list[Row | list[Problem]]]:
    """Return the file's rows in batches."""
    return batches(table.rows())


def check(reading: Reading, batch: list[Row | list[Problem]], report: Report) -> list[Planned]:
    """Return what the batch would write, and add all of its rows to the report."""
    for entry in batch:
        if isinstance(entry, list):
            report.refuse(entry)
    accepted: list[Planned] = []
    for verdict in reading.plan([entry for entry in batch if isinstance(entry, Row)]):
        if isinstance(verdict, Problem):
            report.refuse([verdict])
            continue
        report.accept(verdict)
        if verdict.change != Change.UNCHANGED:
            accepted.append(verdict)
    return accepted
