"""One strict JSON parser in front of everything that comes from outside.

What `json.loads` alone would take and this refuses: another encoding than UTF-8
(one leading byte order mark is skipped), NaN and Infinity, a key twice, lone
surrogates, deep nesting, too many keys, lists, objects and fractions, numbers of
thousands of digits. What is refused is refused early: no body costs milliseconds.
"""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

DEPTH_MOST = 16
KEYS_MOST = 256
PARTS_MOST = 1_024
"""So many lists and objects, and so many numbers that are not whole."""

_BOM = b"\xef\xbb\xbf"
# What stands before a bracket, strings taken as a whole; nothing is tried twice, as the
# possessive quantifiers give nothing back. An unended string goes to the end of the text.
_TO_BRACKET = re.compile(
    r"""(?:[^"\[\]{}]++|"[^"\\]*+(?:\\.[^"\\]*+)*+\\?(?:"|\Z))*+([\[\]{}]|\Z)""", re.DOTALL
)


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
            text, object_pairs_hook=keys, parse_constant=_refuse_constant, parse_float=_Fractions()
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
    depth = parts = 0
    for found in _TO_BRACKET.finditer(text):
        if found[1] in ("[", "{"):
            depth += 1
            parts += 1
            if depth > DEPTH_MOST:
                raise NotStrict(f"nested deeper than {DEPTH_MOST}")
            if parts > PARTS_MOST:
                raise NotStrict(f"more than {PARTS_MOST} lists and objects")
        elif found[1]:
            depth -= 1


def _refuse_constant(name: str) -> NoReturn:
    raise NotStrict(f"{name} is no JSON")


class _Fractions:
    """Makes the numbers of one document that are not whole, and counts them."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self, digits: str) -> float:
        self._count += 1
        if self._count > PARTS_MOST:
            raise NotStrict(f"more than {PARTS_MOST} fractions")
        number = float(digits)
        if number in (float("inf"), float("-inf")):
            raise NotStrict("a number beyond all bounds")
        return number
