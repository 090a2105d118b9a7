"""One address, two spellings."""

from __future__ import annotations

import pytest

from config.broker import broker_url


@pytest.mark.parametrize(
    ("redis_url", "expected"),
    [
        ("unix:///a/b.sock?db=2", "redis+socket:///a/b.sock?virtual_host=2"),
        ("unix:///a/b.sock", "redis+socket:///a/b.sock"),
        ("redis://:secret@cache.example:6379/1", "redis://:secret@cache.example:6379/1"),
        ("rediss://cache.example/1", "rediss://cache.example/1"),
    ],
)
def test_broker_url_is_the_same_place_in_celerys_spelling(redis_url: str, expected: str) -> None:
    assert broker_url(redis_url) == expected
