-- The three database roles and the database. Runs in psql as a superuser, or as a role that may
-- create roles and databases; running it again changes nothing.
--
--   psql "<administrator's address>" -f config/database_roles.sql
--
-- Variables (-v name=value): database (default laurel); template (default none: a new, empty
-- database). Passwords come from the environment, where other users cannot read them:
-- LAUREL_OWNER_PASSWORD and LAUREL_APP_PASSWORD; without them the passwords stay as they are.
--
--   laurel_owner   owns the database and everything in it: migrations, dumps
--   laurel_app     serves; may read and write rows, owns nothing, never truncates
--   laurel_system  cannot log in; owns the few functions that look across vendors

\set ON_ERROR_STOP on
\if :{?database}
\else
  \set database laurel
\endif
\getenv owner_password LAUREL_OWNER_PASSWORD
\getenv app_password LAUREL_APP_PASSWORD

-- Several starts at once would create the same role twice.
SELECT pg_advisory_lock(hashtext('laurel database roles')) \g /dev/null

SELECT format('CREATE ROLE %I %s NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION',
              wanted.name, wanted.login)
FROM (VALUES ('laurel_owner', 'LOGIN'), ('laurel_app', 'LOGIN'), ('laurel_system', 'NOLOGIN'))
     AS wanted (name, login)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name)
\gexec

-- Row-level security protects nothing from a role that stands above it.
DO $$
DECLARE
  mighty text;
BEGIN
  SELECT string_agg(rolname, ', ') INTO mighty FROM pg_roles
  WHERE rolname IN ('laurel_owner', 'laurel_app', 'laurel_system')
    AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication);
  IF mighty IS NOT NULL THEN
    RAISE EXCEPTION 'these roles may do too much (superuser, bypassrls, …): %', mighty;
  END IF;
END
$$;

\if :{?owner_password}
  ALTER ROLE laurel_owner PASSWORD :'owner_password';
\endif
\if :{?app_password}
  ALTER ROLE laurel_app PASSWORD :'app_password';
\endif

-- An administrator who is no superuser needs to be a member to give the database away.
SELECT 'GRANT laurel_owner, laurel_system TO CURRENT_USER'
WHERE NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
\gexec

-- Migrations give functions to laurel_system: SET lets them, INHERIT lets them replace such a
-- function later.
GRANT laurel_system TO laurel_owner WITH INHERIT TRUE, SET TRUE;

SELECT EXISTS (SELECT FROM pg_database WHERE datname = :'database') AS exists,
       current_setting('server_version_num')::int >= 170000 AS builtin \gset
\if :exists
  ALTER DATABASE :"database" OWNER TO laurel_owner;
\elif :{?template}
  CREATE DATABASE :"database" TEMPLATE :"template" OWNER laurel_owner;
\elif :builtin
  -- Not the locale of the machine: under C, lower() and ILIKE do not know É.
  CREATE DATABASE :"database" OWNER laurel_owner TEMPLATE template0 ENCODING 'UTF8'
    LOCALE 'C' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8';
\else
  CREATE DATABASE :"database" OWNER laurel_owner TEMPLATE template0 ENCODING 'UTF8'
    LOCALE 'C.UTF-8' LOCALE_PROVIDER libc;
\endif

-- A database made from a template does not take over who may connect.
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO laurel_app;

\connect :"database"
ALTER SCHEMA public OWNER TO pg_database_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO laurel_app, laurel_system;
ALTER DEFAULT PRIVILEGES FOR ROLE laurel_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO laurel_app;
ALTER DEFAULT PRIVILEGES FOR ROLE laurel_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO laurel_app;
