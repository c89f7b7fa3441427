"""Services as CSV, as spreadsheets read and write it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from izzitup_desktop.domain.csv_cells import original_cell, safe_cell
from izzitup_desktop.domain.exchange.items import (
    FIELDS,
    OLD_NAMES,
    Document,
    ExchangeService,
    LineError,
    checked_service,
    duplicates,
)
from izzitup_desktop.domain.messages import say
from izzitup_desktop.domain.statuses import SETTABLE, STATUS_NAMES

_DELIMITERS = (",", ";", "\t")

_STATUS_WORDS = {STATUS_NAMES[status].casefold(): int(status) for status in SETTABLE}
_FLAGS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_DIGITS_MOST = 9
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
    errors: list[LineError] = []
    rows = _rows(text, errors)
    line, header = next(rows, (1, []))
    columns = [_field(cell.strip()) for cell in header]
    errors += _header_errors(line, columns)
    if errors:
        return Document((), errors=tuple(errors))
    services = []
    for line, cells in rows:
        if len(cells) != len(columns):
            reason = say("This has %1 cells, the header has %2.", len(cells), len(columns))
            errors.append(LineError(line, "", reason))
            continue
        values = dict(_values(columns, cells))
        service = checked_service(values, line, errors)
        if service is not None:
            services.append(service)
    errors += duplicates(services)
    return Document(tuple(services), errors=tuple(sorted(errors, key=lambda e: e.line)))


def _rows(text: str, errors: list[LineError]) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line they begin in, without empty ones; what can't be read ends them."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            errors.append(LineError(line, "", say("This is no CSV: %1.", error)))
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


def _delimiter(text: str) -> str:
    """The delimiter that splits the first line into the most columns that we know."""
    first = next((line for line in io.StringIO(text, newline="") if line.strip()), "")

    def known(delimiter: str) -> int:
        cells = first.split(delimiter)
        return sum(_field(cell.strip().strip('"')) in FIELDS for cell in cells)

    return max(_DELIMITERS, key=known)


def _field(column: str) -> str:
    """The field that a column's heading names, whatever its case and age."""
    folded = column.casefold()
    return OLD_NAMES.get(folded, folded)


def _header_errors(line: int, columns: list[str]) -> list[LineError]:
    if "name" not in columns:
        reason = say("The first line must name the columns, and one of them must be name.")
        return [LineError(line, "name", reason)]
    found = []
    seen: set[str] = set()
    for column in columns[:_COLUMNS_MOST]:
        if column not in FIELDS:
            found.append(LineError(line, column, say("There is no such column.")))
        elif column in seen:
            found.append(LineError(line, column, say("This column stands here twice.")))
        seen.add(column)
    return found


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
