"""The columns by which rows name a person and an entry of the catalog."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Generic, TypeVar

from django.utils.translation import gettext_noop as _

from enablement.models import Certification, Course
from partners.imports.importer import ImportContext
from partners.imports.table import Row
from partners.models import Person
from partners.queries.employments import people_with
from partners.queries.people import people_beyond_reach
from partners.refusals import CannotRecord

Entry = TypeVar("Entry", bound=Certification | Course)


def people_named(rows: Sequence[Row], context: ImportContext) -> dict[str, Person]:
    """Return the people in the importing one's reach whom rows name; at most two queries."""
    people = people_with(row.cells["person_email"] for row in rows)
    if not context.by.managed_only:
        return people
    ids = {person.pk for person in people.values()}
    beyond = people_beyond_reach(context.by, ids, context.today)
    return {email: person for email, person in people.items() if person.pk not in beyond}


def person_of(row: Row, people: Mapping[str, Person]) -> Person:
    """Return the person a row names.

    :raises CannotRecord: if there is none.
    """
    person = people.get(row.cells["person_email"])
    if person is None:
        raise CannotRecord(
            "person_email",
            _("No person of yours has the address %(text)s. Import people first."),
            text=row.cells["person_email"],
        )
    return person


class Catalog(Generic[Entry]):
    """The entries of a catalog by their keys, whatever the case."""

    def __init__(self, column: str, entries: Iterable[Entry], *, unknown: str, near: str) -> None:
        self._column, self._unknown, self._near = column, unknown, near
        self._entries: dict[str, Entry] = {each.key.lower(): each for each in entries}

    def named(self, text: str) -> Entry:
        """Return the entry with this key.

        :raises CannotRecord: if there is none, with the nearest key if one is near.
        """
        found = self._entries.get(text.lower())
        if found is not None:
            return found
        if near := get_close_matches(text.lower(), self._entries, n=1):
            key = self._entries[near[0]].key
            raise CannotRecord(self._column, self._near, text=text, near=key)
        raise CannotRecord(self._column, self._unknown, text=text)
