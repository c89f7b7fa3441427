"""Services as CSV, as spreadsheets read and write it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress

from izzitup_desktop.domain.csv_cells import original_cell, safe_cell
from izzitup_desktop.domain.exchange.items import (
    FIELDS,
    OLD_NAMES,
    SERVICES_MOST,
    Document,
    Enough,
    Errors,
    ExchangeService,
    LineError,
    add_duplicates,
    checked_service,
    too_many,
)
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.statuses import SETTABLE, STATUS_NAMES

_DELIMITERS = (",", ";", "\t")

_STATUS_WORDS = {STATUS_NAMES[status].casefold(): int(status) for status in SETTABLE}
_FLAGS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_DIGITS_MOST = 9
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_WRITTEN = re.compile(r"\S")
_LINE_CHARS_MOST = 262_144
_LINES_MOST = 2_000_000
"""A spreadsheet has 1,048,576 rows, most of them empty."""
_COLUMNS_MOST = 100
"""So many columns are looked at; there are not so many that are right."""


def write_csv(document: Document) -> str:
    """The document's services as CSV with a header; lines end with CR LF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(FIELDS)
    for service in document.services:
        writer.writerow([_cell(service, name) for name in FIELDS])
    return text.getvalue()


def parse_csv(text: str) -> Document:
    """The services of a table with a header; columns in any order, only `name` required.

    An empty cell of `status`, `hidden` or `stale_minutes` tells nothing; an empty
    text is an empty text. A row's line is the one it begins in.
    """
    text = text.removeprefix("\ufeff")
    errors = Errors()
    services: list[ExchangeService] = []
    with suppress(Enough):
        rows = _rows(text, errors)
        line, header = next(rows, (1, []))
        columns = [_field(cell.strip()) for cell in header]
        _check_header(line, columns, errors)
        # Without columns that are known there is nothing in the rows to look at.
        for row_line, cells in rows if not errors else ():
            if len(services) >= SERVICES_MOST:
                return Document((), errors=(LineError(row_line, "", too_many(msg("services"))),))
            if (service := _service(columns, row_line, cells, errors)) is not None:
                services.append(service)
        add_duplicates(services, errors)
    return Document(tuple(services), errors=errors.by_line(), more_errors=errors.more)


def _service(
    columns: list[str], line: int, cells: list[str], errors: Errors
) -> ExchangeService | None:
    if len(cells) != len(columns):
        reason = msg("This has %1 cells, the header has %2.", len(cells), len(columns))
        errors.add(line, "", reason)
        return None
    return checked_service(dict(_values(columns, cells)), line, errors)


def _rows(text: str, errors: Errors) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line they begin in, without empty ones; what can't be read ends them."""
    reader = csv.reader(_lines(text), delimiter=_delimiter(text), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _Refused) as error:
            errors.add(line, "", msg("This is no CSV: %1.", error))
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


class _Refused(ValueError):
    """The text is longer than any table that is taken."""


def _lines(text: str) -> Iterator[str]:
    """The lines of `text` with their ends, one after the other. Raises `_Refused`."""
    for number, found in enumerate(_LINE.finditer(text)):
        if found.end() - found.start() > _LINE_CHARS_MOST:
            raise _Refused(msg("a line is longer than %1 characters", _LINE_CHARS_MOST))
        if number >= _LINES_MOST:
            raise _Refused(msg("there are more than %1 lines", _LINES_MOST))
        yield found[0]


def _delimiter(text: str) -> str:
    """The delimiter that splits the first line into the most columns that we know."""
    found = _WRITTEN.search(text)
    begin = found.start() if found else 0
    first = text[begin : begin + _LINE_CHARS_MOST].splitlines()[0] if found else ""

    def known(delimiter: str) -> int:
        cells = first.split(delimiter)
        return sum(_field(cell.strip().strip('"')) in FIELDS for cell in cells)

    return max(_DELIMITERS, key=known)


def _field(column: str) -> str:
    """The field that a column's heading names, whatever its case and age."""
    folded = column.casefold()
    return OLD_NAMES.get(folded, folded)


def _check_header(line: int, columns: list[str], errors: Errors) -> None:
    if "name" not in columns:
        reason = msg("The first line must name the columns, and one of them must be name.")
        errors.add(line, "name", reason)
        return
    seen: set[str] = set()
    for column in columns[:_COLUMNS_MOST]:
        if column not in FIELDS:
            errors.add(line, column, msg("There is no such column."))
        elif column in seen:
            errors.add(line, column, msg("This column stands here twice."))
        seen.add(column)


def _values(columns: list[str], cells: list[str]) -> Iterator[tuple[str, object]]:
    for column, cell in zip(columns, cells, strict=True):
        plain = original_cell(cell)
        word = plain.strip().casefold()
        if column not in ("status", "hidden", "stale_minutes"):
            yield column, plain
        elif not word:
            continue
        elif column == "hidden":
            yield column, _FLAGS.get(word, plain)
        elif column == "status" and word in _STATUS_WORDS:
            yield column, _STATUS_WORDS[word]
        elif word.isascii() and word.isdigit() and len(word) <= _DIGITS_MOST:
            yield column, int(word)
        else:
            yield column, plain


def _cell(service: ExchangeService, name: str) -> str:
    value = service.value_of(name)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "status":
        return STATUS_NAMES[value].casefold()
    return safe_cell(str(value))
