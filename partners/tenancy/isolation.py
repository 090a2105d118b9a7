"""Migration operations that raise the database's wall. One place says what a wall is."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.migrations.operations import RunSQL

APP_ROLE = "laurel_app"
SYSTEM_ROLE = "laurel_system"

_OPEN_VENDOR = "vendor_id = current_setting('app.vendor_id')::uuid"


class VendorIsolation(RunSQL):
    """Row-level security on one table: only the open vendor's rows, for every command.

    The setting is read without ``missing_ok``: a question without a vendor raises, because a
    silently empty sweep or export would look fine. The owner keeps access for data migrations and
    dumps. ``public_read`` is for the published projection alone.
    """

    def __init__(self, table: str, *, public_read: bool = False) -> None:
        self.table = table
        self.public_read = public_read
        ours = f"USING ({_OPEN_VENDOR}) WITH CHECK ({_OPEN_VENDOR})"
        forward = [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY vendor_isolation ON {table} {ours}",
            f"CREATE POLICY owner_access ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)",
        ]
        backward = [
            f"DROP POLICY owner_access ON {table}",
            f"DROP POLICY vendor_isolation ON {table}",
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY",
        ]
        if public_read:
            forward.append(f"CREATE POLICY public_read ON {table} FOR SELECT USING (true)")
            backward.insert(0, f"DROP POLICY public_read ON {table}")
        super().__init__(tuple(forward), tuple(backward))

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """Return the constructor's arguments."""
        return type(self).__qualname__, [self.table], {"public_read": self.public_read}


class AppendOnly(RunSQL):
    """The serving role may add rows to the table and read them, never change or remove them."""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(
            f"REVOKE UPDATE, DELETE ON {table} FROM {APP_ROLE}",
            f"GRANT UPDATE, DELETE ON {table} TO {APP_ROLE}",
        )

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """Return the constructor's arguments."""
        return type(self).__qualname__, [self.table], {}


class SystemFunction(RunSQL):
    """A reviewed question across vendors: SECURITY DEFINER, fixed search path, read-only.

    :param signature: name and typed arguments, ``vendors_due(moment timestamptz)``.
    :param returns: the return type, ``TABLE (vendor_id uuid)``.
    :param body: one SQL statement.
    :param reads: the walled tables that the system role may select from for it.
    """

    def __init__(self, signature: str, *, returns: str, body: str, reads: Sequence[str]) -> None:
        self.signature, self.returns, self.body, self.reads = signature, returns, body, reads
        create = f"CREATE FUNCTION {signature} RETURNS {returns} LANGUAGE sql STABLE"
        runs_as = "SECURITY DEFINER SET search_path = public, pg_temp"
        forward = [f"{create} {runs_as} AS $function$ {body} $function$"]
        for table in reads:
            policy = _policy_name(signature)
            forward += [
                f"GRANT SELECT ON {table} TO {SYSTEM_ROLE}",
                f"CREATE POLICY {policy} ON {table} FOR SELECT TO {SYSTEM_ROLE} USING (true)",
            ]
        function = signature.partition("(")[0]
        forward += [
            # The new owner needs CREATE on the schema for the moment of the hand-over only.
            f"GRANT CREATE ON SCHEMA public TO {SYSTEM_ROLE}",
            f"ALTER FUNCTION {function} OWNER TO {SYSTEM_ROLE}",
            f"REVOKE CREATE ON SCHEMA public FROM {SYSTEM_ROLE}",
            f"SET ROLE {SYSTEM_ROLE}",
            f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION {function} TO {APP_ROLE}",
            "RESET ROLE",
        ]
        backward = [
            *(f"DROP POLICY {_policy_name(signature)} ON {table}" for table in reads),
            f"SET ROLE {SYSTEM_ROLE}",
            f"DROP FUNCTION {function}",
            "RESET ROLE",
        ]
        super().__init__(tuple(forward), tuple(backward))

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """Return the constructor's arguments."""
        return (
            type(self).__qualname__,
            [self.signature],
            {"returns": self.returns, "body": self.body, "reads": self.reads},
        )


def _policy_name(signature: str) -> str:
    return f"system_{signature.partition('(')[0]}"
