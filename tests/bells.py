"""What was published to the broker, taken off it again."""

from __future__ import annotations

import base64
import json
from typing import Any

import redis
from django.conf import settings


def heard() -> list[tuple[str, dict[str, Any]]]:
    """Return task and arguments of every bell since the last call, the oldest first."""
    broker = redis.Redis.from_url(settings.REDIS_URL)
    published = broker.lrange("celery", 0, -1)
    broker.delete("celery")
    broker.close()
    return [_read(json.loads(message)) for message in reversed(published)]


def _read(message: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    body = json.loads(base64.b64decode(message["body"]))
    return message["headers"]["task"], body[1]
