"""JSON with line numbers: the members of one object, and the items of their arrays."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from izzitup_desktop.domain.exchange.items import (
    ERRORS_MOST,
    SERVICES_MOST,
    Enough,
    LineError,
    shortened,
    too_many,
)
from izzitup_desktop.domain.messages import msg

_SPACE = " \t\r\n"
_VALUE_CHARS = (4_096, 262_144)
"""So much of the text is looked at for one value: usually, and at most."""
_ESCAPE_CHARS = 12


@dataclass(frozen=True, slots=True)
class Located:
    """A value and the line in which it (for a member: its name) begins."""

    line: int
    value: Any


class Refused(ValueError):
    """The text is no JSON that is taken here; `error` says where and why."""

    def __init__(self, line: int, field: str, reason: str) -> None:
        super().__init__(reason)
        self.error = LineError(line, shortened(field), reason)


Taker = Callable[[Located], None]
"""Hears an item of an array; raises `Enough` when it needs no more of them."""


def members_of(text: str, takers: Mapping[str, Taker]) -> dict[str, Located]:
    """The members of the one JSON object in `text`; arrays are empty in it.

    The items of an array go to the taker of its name one by one, and are kept
    nowhere: a long text is never in memory as a whole tree.
    Raises `Refused` for what is no JSON, or no object, and for NaN, Infinity, a
    member that stands twice, numbers of thousands of digits, too deep nesting, and
    for more or larger values than a board has.
    """
    return _Scanner(text, takers).document()


class _Scanner:
    """Goes once through a text; it stands at `_at`, in the line `line()`."""

    def __init__(self, text: str, takers: Mapping[str, Taker]) -> None:
        self._text = text
        self._takers = takers
        self._at = 0
        self._line = 1
        self._counted = 0
        self._decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_constant)

    def document(self) -> dict[str, Located]:
        if self._next() != "{":
            raise Refused(self.line(), "", msg("This is no JSON object."))
        found: dict[str, Located] = {}
        for _ in self._items("}"):
            line = self.line()
            name = self._value()
            if not isinstance(name, str):
                raise Refused(line, "", msg("This is no JSON: a member has no name."))
            if name in found:
                raise Refused(line, name, msg("This stands here twice."))
            self._expect(":")
            if len(found) >= ERRORS_MOST:
                raise Refused(line, name, msg("There are more members than a board has."))
            found[name] = Located(line, self._member(name))
        if self._next():
            raise Refused(self.line(), "", msg("This is no JSON: something follows its end."))
        return found

    def line(self) -> int:
        """The line of the position, from 1."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _member(self, name: str) -> Any:
        if self._next() != "[":
            return self._value()
        taker = self._takers.get(name)
        for number, _ in enumerate(self._items("]")):
            if number >= SERVICES_MOST:
                raise Refused(self.line(), name, too_many(msg("entries")))
            item = Located(self.line(), self._value())
            if taker is not None:
                try:
                    taker(item)
                except Enough:
                    # What follows is looked at only for whether this is a board at all.
                    taker = None
        return []

    def _items(self, end: str) -> Iterator[None]:
        """Stand before each item of an array or object in turn; at last behind it."""
        self._at += 1
        if self._next() == end:
            self._at += 1
            return
        while True:
            self._next()
            yield
            if self._expect("," + end) == end:
                return

    def _value(self) -> Any:
        line = self.line()
        for most in _VALUE_CHARS:
            part = self._text[self._at : self._at + most]
            is_cut = self._at + most < len(self._text)
            try:
                value, end = self._decoder.raw_decode(part)
            except json.JSONDecodeError as error:
                if is_cut and (most < _VALUE_CHARS[-1] or _may_go_on(error, part)):
                    continue
                line += error.lineno - 1
                raise Refused(line, "", msg("This is no JSON: %1.", error.msg)) from error
            except RecursionError as error:
                raise Refused(line, "", msg("This is nested too deep.")) from error
            except ValueError as error:  # the hooks', and int's for thousands of digits
                raise Refused(
                    line, "", msg("This is no JSON that is taken: %1.", *error.args)
                ) from error
            if not is_cut or end < len(part):
                self._at += end
                return value
        raise Refused(line, "", msg("This is longer than anything that a board has."))

    def _expect(self, chars: str) -> str:
        char = self._next()
        if not char or char not in chars:
            wanted = " / ".join(chars)
            raise Refused(self.line(), "", msg("This is no JSON: %1 is missing.", wanted))
        self._at += 1
        return char

    def _next(self) -> str:
        """The next character that is no white space, "" at the end."""
        text, end = self._text, len(self._text)
        while self._at < end and text[self._at] in _SPACE:
            self._at += 1
        return text[self._at : self._at + 1]


def _may_go_on(error: json.JSONDecodeError, part: str) -> bool:
    """Whether only the end of `part` is in the way, which is cut off there."""
    return error.msg.startswith("Unterminated") or error.pos >= len(part) - _ESCAPE_CHARS


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError(msg("a field stands twice in an object"))
    return made


def _no_constant(name: str) -> NoReturn:
    raise ValueError(msg("%1 is no number", name))
