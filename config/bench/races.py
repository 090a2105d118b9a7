"""Two ways to the same answer, measured in turns."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

ROUNDS = 15
_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Side:
    """One way: what is called, and the server processes that work for it.

    ``answer`` is what has to be the same on both sides; ``sql`` is shown in the report.
    """

    run: Callable[[], object]
    backends: tuple[int, ...] = ()
    sql: str = ""
    answer: Callable[[object], object] = lambda result: result


@dataclass(frozen=True, slots=True)
class Race:
    """What the product does against a floor; ``target`` is the highest ratio that is wanted.

    ``share`` is how much of the floor's work the product does: a tenth of the partners in a fifth
    of the time is a ratio of 2.
    """

    name: str
    target: float
    product: Side
    floor: Side
    rounds: int = ROUNDS
    share: float = 1.0


@dataclass(slots=True)
class Times:
    """What the rounds of one side took: seconds by the clock, seconds of processors together."""

    wall: list[float] = field(default_factory=list)
    cpu: float = 0.0

    @property
    def median_ms(self) -> float:
        """The median round in milliseconds."""
        return median(self.wall) * 1_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a race measured; the ratio is that of the medians."""

    name: str
    target: float
    product: Times
    floor: Times
    sql: str
    load: float
    share: float = 1.0

    @property
    def ratio(self) -> float:
        """How many times as long as the floor the product took, for the same work."""
        return self.product.median_ms / self.floor.median_ms / self.share

    @property
    def reached(self) -> bool:
        """Whether the ratio is at or below the target."""
        return self.ratio <= self.target


class AnswersDiffer(AssertionError):
    """Two ways did not come to the same answer: there is nothing to compare."""


def run(race: Race) -> Outcome:
    """Return what a race measured, after one unmeasured round in which the answers must agree.

    :raises AnswersDiffer: if they do not.
    """
    answers = [side.answer(side.run()) for side in (race.product, race.floor)]
    if answers[0] != answers[1]:
        said = [repr(answer)[:200] for answer in answers]
        raise AnswersDiffer(f"{race.name}: {said[0]} is not {said[1]}")
    times = {True: Times(), False: Times()}
    for number in range(race.rounds):
        # Who goes first changes with every round.
        for is_product in (number % 2 == 0, number % 2 == 1):
            _measure(race.product if is_product else race.floor, times[is_product])
    return Outcome(
        name=race.name,
        target=race.target,
        product=times[True],
        floor=times[False],
        sql=race.floor.sql,
        load=os.getloadavg()[0],
        share=race.share,
    )


def _measure(side: Side, times: Times) -> None:
    before = _processor_seconds(side.backends)
    start = time.perf_counter()
    side.run()
    times.wall.append(time.perf_counter() - start)
    times.cpu += _processor_seconds(side.backends) - before


def _processor_seconds(backends: tuple[int, ...]) -> float:
    """Return what this process and the server's used; a server elsewhere cannot be seen."""
    return time.process_time() + sum(_seconds_of(pid) for pid in backends)


def _seconds_of(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    user, system = fields[11], fields[12]
    return (int(user) + int(system)) / _TICKS_PER_SECOND
