"""Is the process alive (``/healthz``), and can it serve (``/readyz``)? Outside of every vendor.

The answers name what was looked at and nothing else: no addresses, versions or errors.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache as remember

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.celery import app
from partners.tenancy.guard import refuse_privileged_role

logger = logging.getLogger(__name__)

# Sweeps run every 30 seconds: what has been due for so long is done by nobody.
LATE = timedelta(minutes=5)
BROKER_SECONDS = 2


class NotReady(Exception):
    """Something that serving needs is not as it must be."""


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer that the process answers; asks nobody else."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 if every check passes, else 503; name each check as ``ok`` or ``failing``."""
    now = timezone.now()
    checks = {name: _passes(name, check, now) for name, check in CHECKS.items()}
    ready = all(checks.values())
    shown = {name: "ok" if passed else "failing" for name, passed in checks.items()}
    return JsonResponse(
        {"status": "ok" if ready else "failing", "checks": shown}, status=200 if ready else 503
    )


def _passes(name: str, check: Callable[[datetime], None], now: datetime) -> bool:
    try:
        check(now)
    except Exception as problem:  # noqa: BLE001 - whatever it is, the process is not ready
        logger.warning("Not ready: %s: %s", name, problem)
        return False
    return True


def _database(_now: datetime) -> None:
    refuse_privileged_role(connection)


def _migrations(_now: datetime) -> None:
    require_migrated()


@remember
def require_migrated() -> None:
    """Raise unless every migration of this code is applied.

    A schema that once was complete stays so for this process: only success is remembered.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReady("There are migrations to apply.")


def _cache(now: datetime) -> None:
    written = now.isoformat()
    cache.set("readyz", written, timeout=60)
    if cache.get("readyz") is None:
        raise NotReady("The cache forgets at once.")


def _broker(_now: datetime) -> None:
    with app.connection_for_write(connect_timeout=BROKER_SECONDS) as broker:
        broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS, interval_start=0)


def _background_work(now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM vendors_with_mail_due(%s)), "
            "EXISTS (SELECT 1 FROM vendors_with_partners_due(%s))",
            [now - LATE, now - LATE],
        )
        late_mail, late_partners = cursor.fetchone()
    if late_mail or late_partners:
        raise NotReady("Work has been due for more than five minutes.")


CHECKS: dict[str, Callable[[datetime], None]] = {
    "database": _database,
    "migrations": _migrations,
    "cache": _cache,
    "broker": _broker,
    "background_work": _background_work,
}
