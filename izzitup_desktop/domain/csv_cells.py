"""Cells of CSV files that spreadsheets must not take for formulas."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """`text` with an apostrophe before what a spreadsheet would calculate (OWASP)."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def original_cell(text: str) -> str:
    """`text` without the apostrophe that `safe_cell` put before it."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text
