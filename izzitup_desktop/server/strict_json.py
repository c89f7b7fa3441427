"""One strict JSON parser in front of everything that comes from outside.

What `json.loads` alone would take and this refuses: another encoding than UTF-8
(one leading byte order mark is skipped), NaN and Infinity, a key twice, lone
surrogates, deep nesting, too many keys, lists, objects and fractions, numbers of
thousands of digits. What is refused is refused early: no body costs milliseconds.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

DEPTH_MOST = 16
KEYS_MOST = 256
PARTS_MOST = 1_024
"""So many lists and objects, and so many numbers that are not whole."""

_SMALL = 512
"""Characters in which there can't be too many keys, parts or fractions."""

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
    try:
        value = (_SMALL_DECODER if len(text) <= _SMALL else _decoder()).decode(text)
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
        return _distinct(pairs)


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
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
        return _finite(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise NotStrict("a number beyond all bounds")
    return number


def _decoder() -> json.JSONDecoder:
    """For one document, whose keys and fractions it counts."""
    return json.JSONDecoder(
        object_pairs_hook=_Keys(), parse_constant=_refuse_constant, parse_float=_Fractions()
    )


# Making one costs as much as parsing the usual request, which has nothing to count.
_SMALL_DECODER = json.JSONDecoder(
    object_pairs_hook=_distinct, parse_constant=_refuse_constant, parse_float=_finite
)
