"""Refuses to serve as a database role on which the wall would not hold."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper

_QUESTION = """
SELECT rolsuper, rolbypassrls,
       EXISTS (SELECT 1 FROM pg_class WHERE relowner = pg_roles.oid AND relkind IN ('r', 'p'))
  FROM pg_roles WHERE rolname = current_user
"""


def refuse_privileged_role(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Raise if the new connection's role could see through row-level security.

    Runs on every new connection of the serving process; schema commands log in as the owner.

    :raises ImproperlyConfigured: for a superuser, a BYPASSRLS role, or an owner of tables.
    """
    if settings.DATABASE_ROLE == "owner":
        return
    with connection.cursor() as cursor:
        cursor.execute(_QUESTION)
        superuser, bypasses, owns = cursor.fetchone()
    if superuser or bypasses or owns:
        connection.close()
        raise ImproperlyConfigured(
            "DATABASE_URL logs in as a role that row-level security does not hold: it must be "
            "neither superuser nor BYPASSRLS nor the owner of tables (see docs/operations.md)."
        )
