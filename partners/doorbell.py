"""Bells that wake a worker; PostgreSQL stays the record of what there is to do.

Lower layers ring by the task's name, so that an operation need not know the task that follows it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from celery import Task, current_app
from django.db import connection, transaction

logger = logging.getLogger(__name__)

# A bell that no worker heard for so long is worth nothing: the sweep has found the work since.
# The limit keeps bells from piling up while all workers are away.
EXPIRES_SECONDS = 300


def ring(task: Task[..., None] | str, **kwargs: str) -> None:
    """Publish the task once the transaction commits, at once when none is open.

    Equal bells of one transaction ring once. A broker that does not answer is logged and changes
    nothing else: the change is committed by then, and the sweep finds the work.
    """
    name = task if isinstance(task, str) else task.name
    bell = _Bell(name, tuple(sorted(kwargs.items())))
    # One that waits already lasts at least as long: a savepoint rolled back takes its bells along.
    if not any(entry[1] == bell for entry in connection.run_on_commit):
        transaction.on_commit(bell)


@dataclass(frozen=True, slots=True)
class _Bell:
    task: str
    arguments: tuple[tuple[str, str], ...]

    def __call__(self) -> None:
        try:
            current_app.send_task(self.task, kwargs=dict(self.arguments), expires=EXPIRES_SECONDS)
        except Exception as problem:  # noqa: BLE001 - the caller's change is committed already
            logger.warning("The bell for %s could not be rung: %s", self.task, problem)
