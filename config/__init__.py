"""How Laurel is assembled and started: settings, addresses, background work, servers."""

from config.celery import app

# Every process publishes its bells through our app, not only the worker.
__all__ = ["app"]
