r"""Regular expressions that strangers may ask with: matched in time linear in the text.

Python's own go back and forth, which lets a short pattern take hours. These are the ones
of Prometheus' world (RE2) as far as labels need them: literals, `.`, classes, `\d \w \s`,
groups, `|`, `* + ? {m,n}`; anchored at both ends, so that `^` and `$` there change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from string import ascii_letters

STATES_MOST = 400
"""A pattern that needs more is refused: a step costs as much as there are states."""

_KNOWN_MOST = 20_000
"""Steps are forgotten when those that are remembered lead to so many states together."""

Test = Callable[[str], bool]


class NotAPattern(ValueError):
    """It isn't one, or asks for something that isn't offered."""


@dataclass(eq=False, slots=True)
class _State:
    """Goes on along `then` with a character that `test` takes, or without one where it is None."""

    test: Test | None = None
    then: list[_State] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Part:
    begin: _State
    end: _State


class Pattern:
    """A pattern that must fit the whole of a text."""

    def __init__(self, source: str) -> None:
        """Raises `NotAPattern`."""
        whole = _Reader(source).whole()
        self._end = whole.end
        self._begin = _reached([whole.begin])
        self._known: dict[tuple[frozenset[_State], str], frozenset[_State]] = {}
        self._remembered = 0

    def fits(self, text: str) -> bool:
        """Whether it is the whole text."""
        held = self._begin
        for character in text:
            held = self._after(held, character)
            if not held:
                return False
        return self._end in held

    def _after(self, held: frozenset[_State], character: str) -> frozenset[_State]:
        key = (held, character)
        found = self._known.get(key)
        if found is None:
            if self._remembered > _KNOWN_MOST:
                self._known.clear()
                self._remembered = 0
            stepped = (state for state in held if state.test is not None and state.test(character))
            found = self._known[key] = _reached([one for state in stepped for one in state.then])
            self._remembered += len(found) + 1
        return found


def _reached(states: list[_State]) -> frozenset[_State]:
    """These, and what is reached from them without a character."""
    found: set[_State] = set()
    while states:
        state = states.pop()
        if state not in found:
            found.add(state)
            if state.test is None:
                states += state.then
    return frozenset(found)


def _of(characters: str) -> Test:
    return lambda character: character in characters


def _not(test: Test) -> Test:
    return lambda character: not test(character)


_DIGITS = "0123456789"
_CLASSES: dict[str, Test] = {
    "d": _of(_DIGITS),
    "w": _of(f"{_DIGITS}_{ascii_letters}"),
    "s": _of("\t\n\f\r "),
}
_CLASSES.update({name.upper(): _not(test) for name, test in list(_CLASSES.items())})
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a"}
_REPEAT = re.compile(r"\{(\d{1,3})(,(\d{0,3}))?\}", re.ASCII)
_GROUP = re.compile(r"\((?:\?:|\?P?<\w+>|(?!\?))", re.ASCII)
_DEPTH_MOST = 30


class _Reader:
    """Makes the states of a pattern. What is repeated is read again for each time."""

    def __init__(self, source: str) -> None:
        self._folds = source.startswith("(?i)")
        self._source = source.removeprefix("(?i)")
        self._place = 0
        self._states = 0

    def whole(self) -> _Part:
        part = self._alternatives(0)
        if self._place < len(self._source):
            raise NotAPattern
        return part

    def _state(self, test: Test | None = None) -> _State:
        self._states += 1
        if self._states > STATES_MOST:
            raise NotAPattern
        return _State(test)

    def _next(self) -> str:
        """The next character; "" at the end."""
        return self._source[self._place : self._place + 1]

    def _take(self) -> str:
        character = self._next()
        if not character:
            raise NotAPattern
        self._place += 1
        return character

    def _alternatives(self, depth: int) -> _Part:
        if depth > _DEPTH_MOST:
            raise NotAPattern
        begin, end = self._state(), self._state()
        while True:
            part = self._sequence(depth)
            begin.then.append(part.begin)
            part.end.then.append(end)
            if self._next() != "|":
                return _Part(begin, end)
            self._place += 1

    def _sequence(self, depth: int) -> _Part:
        begin = end = self._state()
        while self._next() not in ("", "|", ")"):
            part = self._repeated(depth)
            end.then.append(part.begin)
            end = part.end
        return _Part(begin, end)

    def _repeated(self, depth: int) -> _Part:
        start = self._place
        part = self._atom(depth)
        least, most = self._repeats()
        if (least, most) == (1, 1):
            return part
        resumed = self._place

        def again() -> _Part:
            self._place = start
            return self._atom(depth)

        begin = end = self._state()
        for _ in range(least):
            copy = again()
            end.then.append(copy.begin)
            end = copy.end
        if most is None:
            copy = again()
            end.then.append(copy.begin)
            copy.end.then.append(end)
        else:
            last = self._state()
            for _ in range(most - least):
                copy = again()
                end.then += [copy.begin, last]
                end = copy.end
            end.then.append(last)
            end = last
        self._place = resumed
        return _Part(begin, end)

    def _repeats(self) -> tuple[int, int | None]:
        """How often the atom before is wanted: at least, and at most (None: without end)."""
        sign = self._next()
        simple: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        if sign and sign in simple:
            found = simple[sign]
            self._place += 1
        elif (match := _REPEAT.match(self._source, self._place)) is not None:
            least = int(match[1])
            most = least if match[2] is None else int(match[3]) if match[3] else None
            if most is not None and most < least:
                raise NotAPattern
            found = (least, most)
            self._place = match.end()
        else:
            return 1, 1
        if self._next() == "?":  # a lazy one fits the same texts
            self._place += 1
        if self._next() in ("*", "+", "?") and self._next():
            raise NotAPattern
        return found

    def _atom(self, depth: int) -> _Part:
        if self._next() == "(":
            match = _GROUP.match(self._source, self._place)
            if match is None:
                raise NotAPattern
            self._place = match.end()
            part = self._alternatives(depth + 1)
            if self._take() != ")":
                raise NotAPattern
            return part
        character = self._take()
        if character in "*+?":
            raise NotAPattern
        if character in "^$":
            state = self._state()
            return _Part(state, state)
        if character == ".":
            return self._one(_not(_of("\n")))
        if character == "[":
            return self._one(self._class())
        return self._one(self._escaped() if character == "\\" else _of(character))

    def _one(self, test: Test) -> _Part:
        if self._folds:
            state = self._state(lambda one: test(one) or test(one.lower()) or test(one.upper()))
        else:
            state = self._state(test)
        end = self._state()
        state.then.append(end)
        return _Part(state, end)

    def _escaped(self) -> Test:
        character = self._take()
        return _CLASSES.get(character) or _of(self._literal(character))

    @staticmethod
    def _literal(escaped: str) -> str:
        if escaped in _CONTROLS:
            return _CONTROLS[escaped]
        if escaped.isalnum() or not escaped.isascii():
            raise NotAPattern
        return escaped

    def _class(self) -> Test:
        is_other = self._next() == "^"
        self._place += is_other
        tests: list[Test] = []
        while not tests or self._next() != "]":
            tests.append(self._member())
        self._place += 1

        def any_of(character: str) -> bool:
            return any(test(character) for test in tests)

        return _not(any_of) if is_other else any_of

    def _member(self) -> Test:
        r"""A character of a class, a range of them, or a class like `\d`."""
        first = self._take()
        if first == "[" and self._next() == ":":
            raise NotAPattern
        if first == "\\":
            first = self._take()
            if (known := _CLASSES.get(first)) is not None:
                return known
            first = self._literal(first)
        if self._next() != "-" or self._source[self._place + 1 : self._place + 2] in ("", "]"):
            return _of(first)
        self._place += 1
        last = self._take()
        if last == "\\":
            last = self._literal(self._take())
        if last < first:
            raise NotAPattern
        return lambda character: first <= character <= last
