"""Matchers as Alertmanager's API takes them: `severity="critical"`, `service=~"Mail|Wiki"`.

Its two grammars are read: the classic one first, and what only the newer one knows
(quoted and other names, a comma at the end) where that fails, as Alertmanager does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from izzitup_desktop.server.page.patterns import NotAPattern, Pattern


class NotAMatcher(ValueError):
    """The text is no matcher."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """What a label is to be; `pattern` where its value is a regular expression."""

    name: str
    value: str
    is_equal: bool
    pattern: Pattern | None = None

    def fits(self, labels: Mapping[str, str]) -> bool:
        """Whether these labels are meant; one that isn't there counts as empty."""
        value = labels.get(self.name, "")
        found = value == self.value if self.pattern is None else self.pattern.fits(value)
        return found is self.is_equal


def parsed(text: str) -> Matcher:
    """The matcher that a text is. Raises `NotAMatcher`."""
    if text.startswith("{") or text.endswith("}"):
        raise NotAMatcher
    name, sign, value = _classic(text) or _newer(text)
    try:
        pattern = Pattern(value) if "~" in sign else None
    except NotAPattern:
        raise NotAMatcher from None
    return Matcher(name, value, sign.startswith("="), pattern)


_SPACE = r"[ \t\n\v\f\r]"
_CLASSIC = re.compile(
    rf"{_SPACE}*+([a-zA-Z_:][a-zA-Z0-9_:]*+){_SPACE}*+(=~|=|!=|!~){_SPACE}*+(.*)", re.DOTALL
)
_QUOTED = r'"(?:[^"\\\n]++|\\[^\n])*+"'
_BARE = r"[^\s{}!=~,\\\"'`]++"
_NEWER = re.compile(rf"\s*+({_QUOTED}|{_BARE})\s*+(=~|=|!=|!~)\s*+({_QUOTED}|{_BARE})\s*+,?\s*+")
_ESCAPE = re.compile(
    r'\\(?:([abfnrtv\\"])|([0-7]{3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))',
    re.DOTALL,
)
_ESCAPED = dict(zip('abfnrtv\\"', '\a\b\f\n\r\t\v\\"', strict=True))

_Parts = tuple[str, str, str]


def _classic(text: str) -> _Parts | None:
    match = _CLASSIC.fullmatch(text)
    if match is None:
        return None
    raw = match[3].rstrip(" \t\n\v\f\r")
    is_quoted = raw.startswith('"')
    raw = raw.removeprefix('"')
    value, place = [], 0
    while place < len(raw):
        character = raw[place]
        if character == "\\" and place + 1 < len(raw):
            place += 1
            after = raw[place]
            value.append({"n": "\n", '"': '"', "\\": "\\"}.get(after, f"\\{after}"))
        elif character == '"':
            if not is_quoted or place + 1 < len(raw):
                return None
            return match[1], match[2], "".join(value)
        else:
            value.append(character)
        place += 1
    return None if is_quoted else (match[1], match[2], "".join(value))


def _newer(text: str) -> _Parts:
    match = _NEWER.fullmatch(text)
    if match is None:
        raise NotAMatcher
    return _unquoted(match[1]), match[2], _unquoted(match[3])


def _unquoted(text: str) -> str:
    if not text.startswith('"'):
        return text

    def meant(escape: re.Match[str]) -> str:
        if (known := escape[1]) is not None:
            return _ESCAPED[known]
        number = next((int(escape[at], base) for at, base in _BASES if escape[at]), None)
        if number is None or number > 0x10FFFF or 0xD800 <= number < 0xE000:
            raise NotAMatcher
        return chr(number)

    return _ESCAPE.sub(meant, text[1:-1])


_BASES = ((2, 8), (3, 16), (4, 16), (5, 16))
