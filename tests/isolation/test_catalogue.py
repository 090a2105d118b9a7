"""What PostgreSQL itself says about every table, policy, key, right and function there is.

Nothing here names a walled table: one that is added without its wall fails at once.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from tests.isolation.population import WALLED

pytestmark = pytest.mark.django_db

GLOBAL = {
    # Whose tenants there are, and who can sign in.
    "partners_vendor",
    "partners_user",
    # allauth: addresses, second factors, sessions.
    "account_emailaddress",
    "account_emailconfirmation",
    "mfa_authenticator",
    "usersessions_usersession",
    # Django.
    "django_session",
    "django_content_type",
    "django_migrations",
    "django_admin_log",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
}
APPEND_ONLY = {
    "partners_auditentry",
    "partners_auditseal",
    "accreditation_evaluation",
    "accreditation_standingchange",
}
PUBLIC_READ = {"accreditation_listing"}

# Reviewed questions across vendors: what each returns, and the one table it reads.
_ENTRANCE = "TABLE(vendor_id uuid, membership_id uuid, role character varying, partner_id uuid)"
ACROSS_VENDORS = {
    "memberships_of": (_ENTRANCE, "partners_membership"),
    "vendors_with_mail_due": ("TABLE(vendor_id uuid)", "partners_outboxitem"),
    "jobs_due": ("TABLE(vendor_id uuid, job_id uuid)", "partners_jobrun"),
    "vendors_with_partners_due": ("TABLE(vendor_id uuid)", "accreditation_duemark"),
}

OPEN_VENDOR = "(vendor_id = (current_setting('app.vendor_id'::text))::uuid)"


def ask(sql: str, *parameters: Any) -> list[Any]:
    """Return the rows, or the values where there is one column."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows = cursor.fetchall()
    return [row[0] if len(row) == 1 else row for row in rows]


def tables() -> set[str]:
    return set(ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))


def walled() -> set[str]:
    return tables() - GLOBAL


# --- Tables ------------------------------------------------------------------------------------


def test_every_table_is_global_or_walled() -> None:
    assert walled() == {model._meta.db_table for model in WALLED}
    assert tables() >= GLOBAL


def test_no_model_keeps_rows_elsewhere() -> None:
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}

    assert known | {"django_migrations"} == tables()


def test_every_walled_row_has_a_vendor() -> None:
    required = ask(
        "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND column_name = 'vendor_id' AND data_type = 'uuid' AND is_nullable = 'NO'"
    )

    assert set(required) == walled()


def test_row_security_is_on_and_forced() -> None:
    forced = ask(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "AND relkind IN ('r', 'p') AND relrowsecurity AND relforcerowsecurity"
    )

    assert set(forced) == walled()


def test_nothing_looks_past_row_security() -> None:
    others = ask(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
        "AND (relkind IN ('m', 'f') OR relkind = 'v' "
        "AND NOT coalesce(reloptions @> ARRAY['security_invoker=true'], false))"
    )

    assert others == []


# --- Policies ----------------------------------------------------------------------------------


def policies(name: str) -> dict[str, tuple[Any, ...]]:
    """Return table → (command, permissive, roles, using, with check) of the policies so named."""
    rows = ask(
        "SELECT tablename, cmd, permissive, roles::text, qual, with_check FROM pg_policies "
        "WHERE schemaname = 'public' AND policyname = %s",
        name,
    )
    return {table: rest for table, *rest in rows}  # type: ignore[misc]


def test_every_walled_table_shows_and_takes_the_open_vendors_rows_only() -> None:
    """Word for word: another text, or ``missing_ok``, would be another wall."""
    expected = ["ALL", "PERMISSIVE", "{public}", OPEN_VENDOR, OPEN_VENDOR]

    assert policies("vendor_isolation") == dict.fromkeys(walled(), expected)


def test_only_the_owner_sees_every_row() -> None:
    expected = ["ALL", "PERMISSIVE", "{laurel_owner}", "true", "true"]

    assert policies("owner_access") == dict.fromkeys(walled(), expected)


def test_the_published_projection_alone_is_read_by_everybody() -> None:
    expected = ["SELECT", "PERMISSIVE", "{public}", "true", None]

    assert policies("public_read") == dict.fromkeys(PUBLIC_READ, expected)


def test_reviewed_functions_alone_read_across_vendors() -> None:
    for function, (_, table) in ACROSS_VENDORS.items():
        expected = ["SELECT", "PERMISSIVE", "{laurel_system}", "true", None]
        assert policies(f"system_{function}") == {table: expected}


def test_there_is_no_other_policy() -> None:
    known = {"vendor_isolation", "owner_access", "public_read"}
    known |= {f"system_{function}" for function in ACROSS_VENDORS}

    assert set(ask("SELECT policyname FROM pg_policies")) == known


# --- Rights ------------------------------------------------------------------------------------


def test_serving_role_stands_below_row_security_and_owns_nothing() -> None:
    assert ask("SELECT session_user::text, current_user::text") == [("laurel_app", "laurel_app")]
    assert ask(
        "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication "
        "FROM pg_roles WHERE rolname = 'laurel_app'"
    ) == [False]
    assert (
        ask(
            "SELECT relname FROM pg_class WHERE relowner = 'laurel_app'::regrole "
            "UNION ALL SELECT proname FROM pg_proc WHERE proowner = 'laurel_app'::regrole "
            "UNION ALL SELECT nspname FROM pg_namespace WHERE nspowner = 'laurel_app'::regrole"
        )
        == []
    )


def rights(role: str) -> dict[str, set[str]]:
    """Return table → rights of a role, its own and everybody's."""
    rows = ask(
        "SELECT c.relname, r.name FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', "
        "'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']) AS r (name) "
        "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v') "
        "AND has_table_privilege(%s, c.oid, r.name)",
        role,
    )
    found: dict[str, set[str]] = {table: set() for table in tables()}
    for table, right in rows:
        found[table].add(right)
    return found


def test_serving_role_reads_and_writes_rows_and_nothing_more() -> None:
    expected = {table: {"SELECT", "INSERT", "UPDATE", "DELETE"} for table in tables()}
    expected |= {table: {"SELECT", "INSERT"} for table in APPEND_ONLY}
    # It has no vendor, so nobody writes it: the audit log is ours.
    expected["django_admin_log"] = set()

    assert rights("laurel_app") == expected


def test_system_role_reads_what_its_functions_need() -> None:
    needed = {table: {"SELECT"} for _, table in ACROSS_VENDORS.values()}

    assert rights("laurel_system") == {table: needed.get(table, set()) for table in tables()}


def test_everybody_else_has_no_right_at_all() -> None:
    granted = ask(
        "SELECT table_name || ' ' || privilege_type FROM information_schema.table_privileges "
        "WHERE grantee = 'PUBLIC' AND table_schema = 'public'"
    )

    assert granted == []


# --- Functions ---------------------------------------------------------------------------------

_OURS = (
    "pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend "
    "WHERE objid = pg_proc.oid AND deptype = 'e')"
)


def test_reviewed_functions_alone_run_with_other_rights() -> None:
    found = ask(
        "SELECT proname, pg_get_function_result(oid), proowner::regrole::text, proconfig::text, "
        f"provolatile::text FROM pg_proc WHERE prosecdef AND {_OURS}"
    )

    assert sorted(found) == sorted(
        (name, returns, "laurel_system", '{"search_path=public, pg_temp"}', "s")
        for name, (returns, _) in ACROSS_VENDORS.items()
    )


def test_serving_role_alone_may_call_them() -> None:
    found = ask(
        "SELECT proname, array_agg(grantee::regrole::text ORDER BY grantee::regrole::text)::text "
        "FROM pg_proc, aclexplode(proacl) "
        f"WHERE prosecdef AND {_OURS} GROUP BY proname"
    )

    assert dict(found) == dict.fromkeys(ACROSS_VENDORS, "{laurel_app,laurel_system}")


def test_they_are_the_only_things_of_the_system_role() -> None:
    found = ask(
        "SELECT proname FROM pg_proc WHERE proowner = 'laurel_system'::regrole UNION ALL "
        "SELECT relname FROM pg_class WHERE relowner = 'laurel_system'::regrole"
    )

    assert set(found) == set(ACROSS_VENDORS)


# --- Keys --------------------------------------------------------------------------------------


def test_every_key_between_walled_tables_carries_the_vendor() -> None:
    keys = ask(
        "SELECT conname, conrelid::regclass::text, confrelid::regclass::text, "
        "(SELECT array_agg(a.attname::text ORDER BY n) FROM unnest(conkey) WITH ORDINALITY k (c, n) "
        " JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = c), "
        "(SELECT array_agg(a.attname::text ORDER BY n) FROM unnest(confkey) WITH ORDINALITY k (c, n)"
        " JOIN pg_attribute a ON a.attrelid = confrelid AND a.attnum = c) "
        "FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace"
    )
    between = [key for key in keys if key[1] in walled() and key[2] in walled()]

    assert len(between) >= len(walled())
    for name, _, _, columns, targets in between:
        assert (len(columns), columns[1], targets) == (2, "vendor_id", ["id", "vendor_id"]), name


def test_no_global_table_points_at_a_walled_one() -> None:
    rows = ask(
        "SELECT conname, conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint "
        "WHERE contype = 'f' AND connamespace = 'public'::regnamespace"
    )

    assert [name for name, table, target in rows if table in GLOBAL and target in walled()] == []


def test_every_reference_of_a_model_is_checked_by_the_database() -> None:
    """The ORM's keys carry no constraint of their own: the composite one must be there."""
    checked = set(
        ask(
            "SELECT conrelid::regclass::text, a.attname::text FROM pg_constraint "
            "JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[1] "
            "WHERE contype = 'f'"
        )
    )
    for model in WALLED:
        for field in model._meta.concrete_fields:
            if field.is_relation:
                assert (model._meta.db_table, field.column) in checked, field


def test_what_is_unique_is_unique_within_the_vendor() -> None:
    """Otherwise a refusal would tell one vendor what another one has."""
    rows = ask(
        "SELECT indexrelid::regclass::text, indrelid::regclass::text, indisprimary, "
        "(SELECT array_agg(coalesce(a.attname::text, '?') ORDER BY n) "
        " FROM unnest(indkey::int2[]) WITH ORDINALITY k (c, n) "
        " LEFT JOIN pg_attribute a ON a.attrelid = indrelid AND a.attnum = c AND c > 0) "
        "FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
        "WHERE (indisunique OR indisexclusion) AND relnamespace = 'public'::regnamespace"
    )
    seen = {table: set() for table in walled()}  # type: dict[str, set[str]]
    for index, table, is_primary, columns in rows:
        if table not in walled():
            continue
        if is_primary or columns == ["id", "vendor_id"]:
            seen[table].add("primary" if is_primary else "target")
        else:
            assert columns[0] == "vendor_id", index

    assert seen == {table: {"primary", "target"} for table in walled()}
