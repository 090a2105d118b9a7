"""How often one caller may ask."""

from __future__ import annotations

import time
from typing import Any

from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from partners.api.authentication import caller

MOST_REQUESTS = 600
WINDOW = 60  # seconds


class ActorRate(BaseThrottle):
    """At most 600 requests in a minute of the clock, for each actor of each vendor.

    The cache puts the vendor into every key. Counting is one atomic increment, so that requests at
    the same moment do not overwrite each other's count.
    """

    most_requests = MOST_REQUESTS

    def allow_request(self, request: Request, _view: Any) -> bool:
        """Return whether the caller has requests left in this minute."""
        actor = caller(request)
        key = f"api-rate:{actor.kind}:{actor.id}:{int(time.time()) // WINDOW}"
        cache.add(key, 0, timeout=2 * WINDOW)
        return cache.incr(key) <= self.most_requests

    def wait(self) -> float:
        """Return the seconds until the next minute begins."""
        return WINDOW - time.time() % WINDOW
