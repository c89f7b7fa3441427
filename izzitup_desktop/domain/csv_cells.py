"""Cells of CSV files that spreadsheets must not take for formulas."""

from __future__ import annotations

import re

# A spreadsheet computes a cell that begins like this (also with the wide forms of
# these characters). Quotes before it count, so that taking one off gives the cell again.
_FORMULA = re.compile("'*[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20]")
_QUOTED_FORMULA = re.compile("'" + _FORMULA.pattern)


def safe_cell(text: str) -> str:
    """`text` with an apostrophe before what a spreadsheet would compute (OWASP)."""
    return f"'{text}" if _FORMULA.match(text) else text


def original_cell(text: str) -> str:
    """`text` without the apostrophe that `safe_cell` put before it."""
    return text[1:] if _QUOTED_FORMULA.match(text) else text
