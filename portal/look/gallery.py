"""Example values for the gallery: every component in every state."""

from typing import Any


def gallery_context() -> dict[str, Any]:
    """Return the context of the gallery page."""
    return {}
