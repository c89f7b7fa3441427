"""Rows as text for a spreadsheet: a line a row, tabs between, and no formulas."""

from __future__ import annotations

from collections.abc import Iterable

from izzitup_desktop.desktop.words.texts import one_line
from izzitup_desktop.domain.csv_cells import safe_cell


def tsv(rows: Iterable[Iterable[str]]) -> str:
    """The rows; breaks and tabs within a text become spaces."""
    return "".join("\t".join(map(tsv_cell, row)) + "\n" for row in rows)


def tsv_cell(text: str) -> str:
    """`text` as one cell that no spreadsheet computes, and that ends where it ends."""
    line = one_line(text)
    # Quotes round what is pasted are taken off, with what is between, before it is computed.
    return f"'{line}" if line.startswith('"') else safe_cell(line)
