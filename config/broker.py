"""One address of Redis or Valkey for the cache and for Celery, which spell sockets differently."""


def broker_url(redis_url: str) -> str:
    """Return Celery's spelling of a redis-py address; only those of sockets differ."""
    scheme, _, rest = redis_url.partition("://")
    if scheme != "unix":
        return redis_url
    return f"redis+socket://{rest.replace('?db=', '?virtual_host=')}"
