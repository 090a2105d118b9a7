"""The environment variables of the product: read once, refused with their name when wrong."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Mapping

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

KNOWN: dict[str, str] = {
    "SECRET_KEY": "Signs sessions and links; at least 32 characters. Required.",
    "DATABASE_URL": "PostgreSQL as the serving role laurel_app. Required.",
    "DATABASE_OWNER_URL": "PostgreSQL as laurel_owner; for migrations and dumps only.",
    "DATABASE_ROLE": "`app` (default) or `owner`; manage.py chooses it for schema commands.",
    "REDIS_URL": "Redis or Valkey: broker and cache. Required.",
    "EMAIL_URL": "Where mail goes: submission://user:secret@host:587, or file:////folder.",
    "EMAIL_FROM": "The sender's address of system mail.",
    "ALLOWED_HOSTS": "Host names served, separated by commas.",
    "PUBLIC_URL": "The address people use, for links in mail and credentials.",
    "TRUSTED_PROXIES": "How many proxies stand in front and may be believed; 0 by default.",
    "MEDIA_ROOT": "Folder of uploaded files.",
    "DEBUG": "`true` only on a developer's machine.",
    "STATEMENT_TIMEOUT": "Longest statement or wait for a lock, in milliseconds; 60000 by default.",
    "STATIC_FROM_SOURCE": "`true` serves static files from where they lie, without collectstatic.",
    "HTTPS": "`true` (default unless DEBUG) sends people to https and marks cookies secure.",
}


def read_environment() -> Env:
    """Return the reader of the environment, after looking for misspelt names.

    :raises ImproperlyConfigured: if a variable looks like a misspelt name of ours.
    """
    for name, meant in misspelt(os.environ):
        raise ImproperlyConfigured(f"{name} is not a setting. Did you mean {meant}?")
    return Env()


def misspelt(environment: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Yield names that are almost one of ours, with the one that was probably meant."""
    for name in environment:
        if name in KNOWN or len(name) < 5:
            continue
        close = difflib.get_close_matches(name, KNOWN, n=1, cutoff=0.9)
        if close and close[0] not in environment:
            yield name, close[0]


__all__ = ["KNOWN", "EnvError", "misspelt", "read_environment"]
