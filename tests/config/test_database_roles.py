"""What each database role may do, in the first database and in every copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg2
import psycopg2.errors
import pytest

from config.servers import ServersError
from tests.config.asking import ask

if TYPE_CHECKING:
    from config.servers import Servers


def test_no_role_of_laurel_stands_above_row_level_security(servers: Servers) -> None:
    roles = ask(
        servers.environment["DATABASE_URL"],
        """SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole,
                  rolreplication
           FROM pg_roles WHERE rolname LIKE 'laurel%' ORDER BY rolname""",
    )

    assert roles == [
        ("laurel_app", True, False, False, False, False, False),
        ("laurel_owner", True, False, False, False, False, False),
        ("laurel_system", False, False, False, False, False, False),
    ]


def test_the_app_is_a_member_of_no_other_role(servers: Servers) -> None:
    members = ask(
        servers.environment["DATABASE_URL"],
        """SELECT roleid::regrole::text, member::regrole::text FROM pg_auth_members
           WHERE member::regrole::text LIKE 'laurel%' OR roleid::regrole::text LIKE 'laurel%'""",
    )

    assert members == [("laurel_system", "laurel_owner")]


def test_the_app_writes_rows_of_the_owners_tables_and_cannot_truncate(servers: Servers) -> None:
    owner, app = (servers.environment[name] for name in ("DATABASE_OWNER_URL", "DATABASE_URL"))
    ask(owner, "CREATE TABLE notes (id bigserial PRIMARY KEY, text text)")

    ask(app, "INSERT INTO notes (text) VALUES ('a'), ('b')")
    ask(app, "UPDATE notes SET text = 'c' WHERE text = 'b'")
    ask(app, "DELETE FROM notes WHERE text = 'a'")

    assert ask(app, "SELECT text FROM notes") == [("c",)]
    for forbidden in (
        "TRUNCATE notes",
        "DROP TABLE notes",
        "ALTER TABLE notes DISABLE TRIGGER ALL",
    ):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            ask(app, forbidden)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE DATABASE mine",
        "SET ROLE laurel_owner",
        "SET ROLE laurel_system",
    ],
)
def test_the_app_creates_nothing_and_becomes_nobody_else(servers: Servers, statement: str) -> None:
    connection = psycopg2.connect(servers.environment["DATABASE_URL"])
    connection.autocommit = True

    with connection.cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
        cursor.execute(statement)

    connection.close()


def test_the_owner_gives_a_function_to_laurel_system_and_replaces_it(servers: Servers) -> None:
    owner = servers.environment["DATABASE_OWNER_URL"]
    body = "FUNCTION who() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT current_user'"

    ask(
        owner,
        f"""CREATE {body};
            GRANT CREATE ON SCHEMA public TO laurel_system;
            ALTER FUNCTION who() OWNER TO laurel_system;
            REVOKE CREATE ON SCHEMA public FROM laurel_system;
            CREATE OR REPLACE {body}""",
    )

    assert ask(servers.environment["DATABASE_URL"], "SELECT who()") == [("laurel_system",)]


def test_only_the_owner_may_create_in_the_public_schema(servers: Servers) -> None:
    rights = ask(
        servers.environment["DATABASE_OWNER_URL"],
        """SELECT rolname, has_schema_privilege(rolname, 'public', 'CREATE') FROM pg_roles
           WHERE rolname LIKE 'laurel%' ORDER BY rolname""",
    )

    assert rights == [("laurel_app", False), ("laurel_owner", True), ("laurel_system", False)]


def test_letters_beyond_ascii_have_a_lower_case(servers: Servers) -> None:
    question = "SELECT lower('ÉÀẞ'), 'é' ILIKE 'É', datlocprovider, datlocale FROM pg_database"
    rows = ask(servers.environment["DATABASE_URL"], f"{question} WHERE datname = 'laurel'")

    assert rows == [("éàß", True, "b", "C.UTF-8")]


def test_a_trusted_extension_can_be_installed_by_the_owner(servers: Servers) -> None:
    ask(servers.environment["DATABASE_OWNER_URL"], "CREATE EXTENSION btree_gist")

    assert ask(
        servers.environment["DATABASE_URL"],
        "SELECT extname FROM pg_extension WHERE extname <> 'plpgsql'",
    ) == [("btree_gist",)]


def test_a_copy_of_a_database_has_its_tables_and_its_rights(servers: Servers) -> None:
    servers.create_database("pattern")
    ask(servers.database_urls("pattern")["DATABASE_OWNER_URL"], "CREATE TABLE old (id int)")

    servers.create_database("copy", template="pattern")

    copy = servers.database_urls("copy")
    ask(copy["DATABASE_OWNER_URL"], "CREATE TABLE young (id int)")
    ask(copy["DATABASE_URL"], "INSERT INTO old VALUES (1); INSERT INTO young VALUES (1)")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(copy["DATABASE_URL"], "CREATE TEMPORARY TABLE mine (id int)")
    servers.drop_database("copy")
    with pytest.raises(psycopg2.OperationalError, match="does not exist"):
        psycopg2.connect(copy["DATABASE_URL"])


def test_dropping_a_database_that_is_not_there_is_no_error(servers: Servers) -> None:
    servers.drop_database("never-was")


def test_a_missing_template_is_an_error_in_postgresqls_words(servers: Servers) -> None:
    with pytest.raises(ServersError, match='template database "nowhere" does not exist'):
        servers.create_database("somewhere", template="nowhere")
