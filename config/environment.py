"""The environment variables of the product: read once, refused with their name when wrong."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Mapping

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError, validate

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

# What can be seen to be wrong before anybody connects. The messages never repeat the value, which
# may hold a password.
ANY = validate.Length(min=1, error="Name at least one.")
COUNT = validate.Range(min=0, error="Must be 0 or more.")
REDIS = validate.Regexp(
    r"(rediss?|unix)://.+", error="Must begin with redis://, rediss:// or unix://."
)
WEB = validate.Regexp(
    r"https?://[^/?#@\s]+(/[^?#\s]*)?$", error="Must be a web address like https://laurel.example."
)


def read_environment() -> Env:
    """Return the reader of the environment, after looking for misspelt names.

    :raises ImproperlyConfigured: if a variable looks like a misspelt name of ours.
    """
    for name, meant in misspelt(os.environ):
        raise ImproperlyConfigured(f"{name} is not a setting. Did you mean {meant}?")
    return Env()


_SHORT = 4


def misspelt(environment: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Yield names that are almost one of ours, with the one that was probably meant."""
    for name in environment:
        if name in KNOWN or len(name) < _SHORT:
            continue
        # One wrong letter weighs more in a short name.
        cutoff = 0.85 if len(name) > 2 * _SHORT else 0.8
        close = difflib.get_close_matches(name.upper(), KNOWN, n=1, cutoff=cutoff)
        if close and close[0] not in environment:
            yield name, close[0]


__all__ = ["ANY", "COUNT", "KNOWN", "REDIS", "WEB", "EnvError", "misspelt", "read_environment"]
