"""What a setting's value may be: checks of TOML's values, each with its reason.

A check takes a value as a file, a variable or a person gave it, and returns it as
the setting holds it. It raises `Refused` for one that can't be taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable
from datetime import UTC, date, datetime, time
from typing import Any

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.hosts import checked_host
from izzitup_desktop.domain.messages import msg

Check = Callable[[Any], Any]

KEEP_DAYS_LEAST = 31

_YES = frozenset(("1", "on", "t", "true", "y", "yes"))
_NO = frozenset(("0", "off", "f", "false", "n", "no"))


_NAME = r"(?:\[[0-9a-f:.]+\]|[\w.\-]+)"
_ORIGIN = re.compile(rf"https?://{_NAME}(?::\d{{1,5}})?", re.ASCII)
_BASE = re.compile(rf"https?://{_NAME}(?::\d{{1,5}})?(?:/[\w./~\-]*)?", re.ASCII | re.IGNORECASE)


class Refused(ValueError):
    """A value that can't be taken, and the reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def flag(value: Any) -> bool:
    """Yes or no, in the words that shells and people have for it."""
    if isinstance(value, str):
        word = value.casefold()
        if word in _YES or word in _NO:
            return word in _YES
    elif isinstance(value, int | float) and value in (0, 1):
        return bool(value)
    raise Refused(msg("must be true or false"))


def whole(least: int, most: int) -> Check:
    """A whole number in these bounds."""

    def check(value: Any) -> int:
        try:
            number = int(value) if isinstance(value, int | float | str) else None
        except (ValueError, OverflowError):
            number = None
        if number is None or (isinstance(value, float) and number != value):
            raise Refused(msg("must be a whole number"))
        if number < least:
            raise Refused(msg("must be at least %1", least))
        if number > most:
            raise Refused(msg("must be at most %1", most))
        return number

    return check


def days_kept(value: Any) -> int:
    """Days, or 0 for ever."""
    number: int = whole(0, 36_500)(value)
    if 0 < number < KEEP_DAYS_LEAST:
        # The trash and undo look back a month.
        raise Refused(msg("must be 0 (for ever) or %1 at least", KEEP_DAYS_LEAST))
    return number


def text(value: Any) -> str:
    """A text."""
    if not isinstance(value, str):
        raise Refused(msg("must be a text"))
    return value


def line(value: Any) -> str:
    """A text of one line, trimmed."""
    if any(map(_is_control, text(value))):
        raise Refused(msg("must not hold a line break or a control character"))
    return text(value).strip()


def lines(value: Any) -> str:
    """A text of several lines; control characters are left out: terminals would heed them."""
    return "".join(char for char in text(value) if char in "\n\t" or not _is_control(char))


def _is_control(char: str) -> bool:
    return unicodedata.category(char) == "Cc"


def host(value: Any) -> str:
    """An address to listen on."""
    try:
        return checked_host(line(value))
    except Invalid as error:
        raise Refused(error.reason) from error


def host_name(value: Any) -> str:
    """A name of a computer."""
    name = text(value)
    if not name or len(name) > 253 or not all(char.isalnum() or char in "-._" for char in name):
        raise Refused(msg("%1 is no host name", repr(name)))
    return name


def origin(value: Any) -> str:
    """A site as browsers name it: scheme, name, and port (RFC 6454, 6.2), in lower case.

    Without the scheme's own port, which they leave out.
    """
    found = line(value).lower().rstrip("/")
    own_port = ":443" if found.startswith("https:") else ":80"
    found = found.removesuffix(own_port)
    if not _ORIGIN.fullmatch(found):
        raise Refused(msg("must be a site such as https://wiki.example or http://10.0.0.5:8080"))
    return found


def base_address(value: Any) -> str:
    """An address that paths are put after, or "" for none."""
    found = line(value).rstrip("/")
    if found and not _BASE.fullmatch(found):
        raise Refused(msg("must be an address such as https://status.example"))
    return found


def time_of_day(value: Any) -> str:
    """HH:MM, or "" for none."""
    if text(value) and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text(value)):
        raise Refused(msg("must be a time of day such as 22:00"))
    return text(value)


def moment(value: Any) -> datetime | None:
    """A time (UTC where it names no zone), or None for none."""
    found = value
    if isinstance(value, str):
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            found = ""
    elif isinstance(value, date) and not isinstance(value, datetime):
        found = datetime.combine(value, time())
    if found is None:
        return None
    if not isinstance(found, datetime):
        raise Refused(msg("must be a time such as 2026-01-31T08:00:00Z"))
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def one_of(*values: Hashable) -> Check:
    """One of these values."""

    def check(value: Any) -> Any:
        for known in values:
            if value == known and not isinstance(value, bool):
                return known
        raise Refused(msg("must be one of %1", ", ".join(map(repr, values))))

    return check


def several(check_one: Check) -> Check:
    """A list of values that each pass the check."""

    def check(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise Refused(msg("must be a list"))
        return tuple(map(check_one, value))

    return check


def texts_by_name(value: Any) -> dict[str, str]:
    """A table of texts."""
    if not isinstance(value, dict):
        raise Refused(msg("must be a table"))
    return {text(name): text(item) for name, item in value.items()}
