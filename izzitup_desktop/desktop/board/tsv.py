"""Rows as text for a spreadsheet: a heading, then a line a row, tabs between."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from izzitup_desktop.desktop.board.rows import Column, Row
from izzitup_desktop.desktop.theme.shapes import status_word
from izzitup_desktop.desktop.words.tsv import tsv

_COLUMNS = (
    Column.STATUS,
    Column.NAME,
    Column.KEY,
    Column.GROUP,
    Column.SINCE,
    Column.CHANGED_BY,
    Column.NOTE,
)


def as_tsv(rows: Iterable[Row], title: Callable[[Column], str]) -> str:
    """The rows, ISO times in UTC; breaks and tabs within a text become spaces."""
    lines = [tuple(title(column) for column in _COLUMNS)]
    for row in rows:
        service = row.service
        values: tuple[str, ...] = (
            status_word(service.status_id),
            service.name,
            service.key,
            row.group,
            service.since.isoformat(timespec="seconds"),
            service.changed_by,
            service.note,
        )
        lines.append(values)
    return tsv(lines)
