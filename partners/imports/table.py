"""Reads a CSV file strictly: what is not clearly a table of known columns is refused."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from partners.imports.cells import Parse
from partners.imports.problems import Problem
from partners.refusals import CannotRecord

MOST_BYTES = 25 * 1024 * 1024
_DELIMITERS = ",;"
_TENANT_COLUMNS = frozenset({"vendor", "vendor_id", "vendor_slug", "tenant", "tenant_id"})
_OTHER_ENCODINGS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a kind of file. A required one must be there, and filled in every row."""

    name: str
    parse: Parse
    required: bool = False

    def read(self, cell: str) -> Any:
        """Return the value of a cell.

        :raises CannotRecord: without the field, if it cannot be read.
        """
        if not cell:
            raise CannotRecord("", _("This cell must not be empty."))
        return self.parse(cell)


@dataclass(frozen=True, slots=True)
class Row:
    """A row whose every cell can be read; ``number`` is its line, the header being line 1.

    An empty cell, or one of a column that the file does not have, is not in ``cells``.
    """

    number: int
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A file whose encoding and header are in order."""

    content: bytes
    delimiter: str
    header: tuple[Column, ...]

    @property
    def lines(self) -> int:
        """Return how many lines the file has, the header among them."""
        return self.content.count(b"\n") + (not self.content.endswith(b"\n"))

    def rows(self) -> Iterator[Row | list[Problem]]:
        """Return the rows from top to bottom, or what is wrong with them; empty ones are left out.

        :raises CannotRecord: at the line from which the file is no longer a table.
        """
        reader = _reader(self.content, self.delimiter)
        next(reader)
        for number, cells in _numbered(reader):
            if any(cells):
                yield self._row(number, cells)

    def _row(self, number: int, cells: Sequence[str]) -> Row | list[Problem]:
        if len(cells) != len(self.header):
            sentence = _("This row has %(cells)s cells, the header has %(columns)s.")
            counts = {"cells": len(cells), "columns": len(self.header)}
            return [Problem(number, "", sentence, counts)]
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for column, cell in zip(self.header, cells, strict=True):
            if not (cell or column.required):
                continue
            try:
                values[column.name] = column.read(cell)
            except CannotRecord as refusal:
                told = CannotRecord(column.name, refusal.sentence, **refusal.parameters)
                problems.append(Problem.of(number, told))
        return problems or Row(number, values)


def open_table(content: bytes, columns: Sequence[Column]) -> Table:
    """Return the file as a table of these columns.

    :raises CannotRecord: at the field ``file``, with what is wrong with encoding or header.
    """
    _check_bytes(content)
    known = {column.name: column for column in columns}
    # The delimiter is the one that finds more of the known columns in the header.
    candidates = ((mark, _header(content, mark)) for mark in _DELIMITERS)
    delimiter, names = max(candidates, key=lambda found: len(known.keys() & set(found[1])))
    _check_header(names, known.values())
    return Table(content, delimiter, tuple(known[name] for name in names))


def _check_bytes(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise _refusal(_("The file is larger than %(most)s MB."), most=MOST_BYTES // 1024**2)
    if not content.strip():
        raise _refusal(_("The file is empty."))
    if content.startswith(_OTHER_ENCODINGS):
        raise _refusal(_("The file is encoded as UTF-16. Save it as CSV in UTF-8."))
    if b"\0" in content:
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
        raise _refusal(_("Line %(line)s holds a zero byte: this is not a text file."), line=line)
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(content), _CHUNK):
        try:
            decoder.decode(content[start : start + _CHUNK], start + _CHUNK >= len(content))
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, start + error.start) + 1
            raise _refusal(
                _("Line %(line)s is not in UTF-8. Save the file as CSV in UTF-8."), line=line
            ) from error


def _check_header(names: Sequence[str], columns: Iterable[Column]) -> None:
    known = {column.name for column in columns}
    required = [column.name for column in columns if column.required]
    if not any(names):
        raise _refusal(_("The first line must name the columns, separated by commas."))
    if tenant := [name for name in names if name in _TENANT_COLUMNS]:
        raise _refusal(
            _("Remove the column %(names)s: a file is always about the vendor you work in."),
            names=_listed(tenant),
        )
    if unknown := [name for name in names if name not in known]:
        raise _refusal(
            _("These columns are not known: %(names)s. Known are: %(known)s."),
            names=_listed(unknown),
            known=", ".join(column.name for column in columns),
        )
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise _refusal(_("These columns occur twice: %(names)s."), names=_listed(repeated))
    if missing := [name for name in required if name not in names]:
        raise _refusal(_("These columns are missing: %(names)s."), names=_listed(missing))


def _header(content: bytes, delimiter: str) -> list[str]:
    """Return the names in the first line; none if it is no list with this delimiter."""
    try:
        _line, names = next(_numbered(_reader(content, delimiter)), (1, []))
    except CannotRecord:
        return []
    return [name.lower() for name in names]


def _reader(content: bytes, delimiter: str) -> Iterator[list[str]]:
    lines = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")
    return csv.reader(lines, delimiter=delimiter, strict=True)


def _numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Return (line on which the row begins, its trimmed cells)."""
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _refusal(
                _(
                    "Line %(line)s cannot be read as CSV: a quotation mark is wrong, or a cell is "
                    "too long."
                ),
                line=begins,
            ) from error
        yield begins, [cell.strip() for cell in cells]


def _listed(names: Iterable[str]) -> str:
    printable = (
        "".join(mark for mark in name[:40] if unicodedata.category(mark)[0] != "C")
        for name in list(names)[:10]
    )
    return ", ".join(f"“{name}”" for name in printable)


def _refusal(sentence: str, **parameters: str | int) -> CannotRecord:
    return CannotRecord("file", sentence, **parameters)
