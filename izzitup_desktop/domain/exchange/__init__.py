"""Services in files, and in another board's answer: what is read, what is written.

Parsers take text and give a `Document`: what could be read, and what is wrong in
which line. They know nothing of a board; `plan` compares a document with one.
"""

from __future__ import annotations

import re

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.exchange.api_list import ListReader, parse_api_list
from izzitup_desktop.domain.exchange.board_json import BoardReader, parse_json, write_json
from izzitup_desktop.domain.exchange.items import (
    ERRORS_MOST,
    SERVICES_MOST,
    Change,
    ChangeKind,
    Document,
    ExchangeService,
    FieldChange,
    LineError,
    Preview,
)
from izzitup_desktop.domain.exchange.located_json import Refused, members_of
from izzitup_desktop.domain.exchange.table import parse_csv, write_csv
from izzitup_desktop.domain.messages import msg

__all__ = [
    "ERRORS_MOST",
    "SERVICES_MOST",
    "SIZE_MOST",
    "Change",
    "ChangeKind",
    "Document",
    "ExchangeService",
    "FieldChange",
    "LineError",
    "Preview",
    "decoded",
    "parse_api_list",
    "parse_csv",
    "parse_json",
    "parsed",
    "write_csv",
    "write_json",
]

SIZE_MOST = 16 * 1024 * 1024
"""Most bytes of what is read."""

_FIRST = re.compile(r"\s*[{\[]")

_BOM = b"\xef\xbb\xbf"


def decoded(content: bytes) -> str:
    """The text of a file or an answer, without a byte order mark.

    Raises `Invalid` (field `file`) for more than `SIZE_MOST` bytes, and for what is
    not UTF-8.
    """
    if len(content) > SIZE_MOST:
        raise Invalid(
            "file", msg("This is more than %1 MiB; it is not read.", SIZE_MOST // 1024**2)
        )
    content = content.removeprefix(_BOM)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = msg("Line %1 is no UTF-8 text. Save the file as UTF-8.", line)
        raise Invalid("file", reason) from error


def parsed(text: str) -> Document:
    """What stands in `text`: JSON of a board or of the services API, else CSV."""
    if _FIRST.match(text) is None:
        return parse_csv(text)
    board, other = BoardReader(), ListReader()
    try:
        members = members_of(text, {**board.takers, **other.takers})
    except Refused as refused:
        return Document((), errors=(refused.error,))
    is_list = "data" in members and "format" not in members
    return other.document(members) if is_list else board.document(members)
