"""The migration operation by which a fact table marks the partners it concerns as due.

Statement-level triggers catch bulk imports, the records pages and raw SQL alike.
"""

from __future__ import annotations

from django.db.migrations.operations import RunSQL

# A trigger with a transition table takes one event; an update concerns who was and who is.
_EVENTS = {
    "insert": "AFTER INSERT ON {table} REFERENCING NEW TABLE AS changed",
    "update_before": "AFTER UPDATE ON {table} REFERENCING OLD TABLE AS changed",
    "update_after": "AFTER UPDATE ON {table} REFERENCING NEW TABLE AS changed",
    "delete": "AFTER DELETE ON {table} REFERENCING OLD TABLE AS changed",
}


# Many rows at once are joined by hashing: of a vendor that came after the last ANALYZE the planner
# expects one row, and would read all of its rows again for every one that changed. A few rows are
# found by index.
_MANY = 100

_BODY = """CREATE OR REPLACE FUNCTION {table}_marks_due() RETURNS trigger LANGUAGE plpgsql
    AS $function$
    DECLARE
        nested text := current_setting('enable_nestloop');
    BEGIN
        IF (SELECT count(*) FROM (SELECT 1 FROM changed LIMIT {many}) AS few) < {many} THEN
            {marks};
        ELSE
            PERFORM set_config('enable_nestloop', 'off', true);
            {marks};
            PERFORM set_config('enable_nestloop', nested, true);
        END IF;
        RETURN NULL;
    END
    $function$"""
_MARKS = """INSERT INTO accreditation_duemark (id, vendor_id, partner_id, due_at, cause)
            SELECT gen_random_uuid(), vendor_id, partner_id, now(), 'facts_changed'
              FROM (SELECT DISTINCT vendor_id, partner_id FROM ({concerns}) AS every) AS each"""


def _function(table: str, concerns: str) -> str:
    return _BODY.format(table=table, many=_MANY, marks=_MARKS.format(concerns=concerns))


class MarksDue(RunSQL):
    """Every statement that changes ``table`` appends due marks for the partners concerned.

    :param concerns: a query over the transition table ``changed`` that yields ``vendor_id`` and
        ``partner_id``; repeated partners are marked once.
    """

    def __init__(self, table: str, *, concerns: str) -> None:
        self.table, self.concerns = table, concerns
        function = f"{table}_marks_due"
        forward = [_function(table, concerns)]
        forward += [
            f"CREATE TRIGGER {table}_due_{event} {timing.format(table=table)} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
            for event, timing in _EVENTS.items()
        ]
        backward = [f"DROP TRIGGER {table}_due_{event} ON {table}" for event in _EVENTS]
        backward.append(f"DROP FUNCTION {function}()")
        super().__init__(tuple(forward), tuple(backward))

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """Return the constructor's arguments."""
        return type(self).__qualname__, [self.table], {"concerns": self.concerns}


class ConcernsOthers(RunSQL):
    """A table that marks partners as due concerns others than before, or does so in another way.

    :param concerns: as of ``MarksDue``.
    :param before: what it was until now.
    """

    def __init__(self, table: str, *, concerns: str, before: str) -> None:
        self.table, self.concerns, self.before = table, concerns, before
        super().__init__(_function(table, concerns), _function(table, before))

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """Return the constructor's arguments."""
        arguments: dict[str, object] = {"concerns": self.concerns, "before": self.before}
        return type(self).__qualname__, [self.table], arguments
