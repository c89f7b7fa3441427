"""One strict JSON parser in front of everything that comes from outside.

What `json.loads` alone would take and this refuses: another encoding than UTF-8
(one leading byte order mark is skipped), NaN and Infinity, a key twice, lone
surrogates, deep nesting, too many keys, numbers of thousands of digits.
"""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

DEPTH_MOST = 16
KEYS_MOST = 256

_BOM = b"\xef\xbb\xbf"
# Takes an unended string to the end of the text: one that failed to match would be
# tried again from each of its quotes, and 64 KiB would take many seconds.
_STRING_OR_BRACKET = re.compile(r""""[^"\\]*(?:\\.[^"\\]*)*\\?(?:"|\Z)|[\[\]{}]""", re.DOTALL)


class NotStrict(ValueError):
    """The bytes are no JSON document that is taken here."""


def parse(body: bytes) -> Any:
    """The value of the JSON document `body`. Raises `NotStrict`."""
    try:
        text = body.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotStrict("not UTF-8") from error
    _check_depth(text)
    keys = _Keys()
    try:
        value = json.loads(
            text, object_pairs_hook=keys, parse_constant=_refuse_constant, parse_float=_float
        )
        # A lone surrogate has come out of an escape: it can't be sent or stored.
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise NotStrict(str(error)) from error
    return value


class _Keys:
    """Makes the objects of one document, and counts their keys."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        self._count += len(pairs)
        if self._count > KEYS_MOST:
            raise NotStrict(f"more than {KEYS_MOST} keys")
        made = dict(pairs)
        if len(made) != len(pairs):
            raise NotStrict("a key stands twice")
        return made


def _check_depth(text: str) -> None:
    # Few brackets can't nest deep: the usual body is done here.
    if text.count("[") + text.count("{") <= DEPTH_MOST:
        return
    depth = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        first = text[found.start()]
        if first in "[{":
            depth += 1
            if depth > DEPTH_MOST:
                raise NotStrict(f"nested deeper than {DEPTH_MOST}")
        elif first in "]}":
            depth -= 1


def _refuse_constant(name: str) -> NoReturn:
    raise NotStrict(f"{name} is no JSON")


def _float(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise NotStrict("a number beyond all bounds")
    return number
