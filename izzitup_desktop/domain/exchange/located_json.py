"""JSON with line numbers: the members of one object, and the items of their arrays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from izzitup_desktop.domain.exchange.items import LineError
from izzitup_desktop.domain.messages import say

_SPACE = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Located:
    """A value and the line in which it (for a member: its name) begins.

    An array that is a member of the document has its items as `Located`, too.
    """

    line: int
    value: Any


class Refused(ValueError):
    """The text is no JSON that is taken here; `error` says where and why."""

    def __init__(self, line: int, field: str, reason: str) -> None:
        super().__init__(reason)
        self.error = LineError(line, field, reason)


def members_of(text: str) -> dict[str, Located]:
    """The members of the one JSON object in `text`.

    Raises `Refused` for what is no JSON, or no object, and for NaN, Infinity, a
    member that stands twice, numbers of thousands of digits, and too deep nesting.
    """
    return _Scanner(text).document()


class _Scanner:
    """Goes once through a text; it stands at `_at`, in the line `line()`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1
        self._counted = 0
        self._decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_constant)

    def document(self) -> dict[str, Located]:
        if self._next() != "{":
            raise Refused(self.line(), "", say("This is no JSON object."))
        found: dict[str, Located] = {}
        for _ in self._items("}"):
            line = self.line()
            name = self._value()
            if not isinstance(name, str):
                raise Refused(line, "", say("This is no JSON: a member has no name."))
            if name in found:
                raise Refused(line, name, say("This stands here twice."))
            self._expect(":")
            found[name] = Located(line, self._member())
        if self._next():
            raise Refused(self.line(), "", say("This is no JSON: something follows its end."))
        return found

    def line(self) -> int:
        """The line of the position, from 1."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _member(self) -> Any:
        if self._next() != "[":
            return self._value()
        return [Located(self.line(), self._value()) for _ in self._items("]")]

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
        try:
            value, self._at = self._decoder.raw_decode(self._text, self._at)
        except json.JSONDecodeError as error:
            raise Refused(error.lineno, "", say("This is no JSON: %1.", error.msg)) from error
        except RecursionError as error:
            raise Refused(line, "", say("This is nested too deep.")) from error
        except ValueError as error:  # the hooks', and int's for thousands of digits
            raise Refused(
                line, "", say("This is no JSON that is taken: %1.", *error.args)
            ) from error
        return value

    def _expect(self, chars: str) -> str:
        char = self._next()
        if not char or char not in chars:
            wanted = " or ".join(chars)
            raise Refused(self.line(), "", say("This is no JSON: %1 is missing.", wanted))
        self._at += 1
        return char

    def _next(self) -> str:
        """The next character that is no white space, "" at the end."""
        text, end = self._text, len(self._text)
        while self._at < end and text[self._at] in _SPACE:
            self._at += 1
        return text[self._at : self._at + 1]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError(say("a field stands twice in an object"))
    return made


def _no_constant(name: str) -> NoReturn:
    raise ValueError(say("%1 is no number", name))
