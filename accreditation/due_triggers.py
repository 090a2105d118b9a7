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
    """A table that marks partners as due concerns others than before.

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


def _function(table: str, concerns: str) -> str:
    return f"""
        CREATE OR REPLACE FUNCTION {table}_marks_due() RETURNS trigger LANGUAGE plpgsql
        AS $function$
        BEGIN
            INSERT INTO accreditation_duemark (id, vendor_id, partner_id, due_at, cause)
            SELECT gen_random_uuid(), vendor_id, partner_id, now(), 'facts_changed'
              FROM (SELECT DISTINCT vendor_id, partner_id FROM ({concerns}) AS every) AS each;
            RETURN NULL;
        END
        $function$
    """
