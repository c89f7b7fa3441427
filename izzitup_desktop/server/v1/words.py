"""What a client may call statuses and groups: by id, or by name in any case."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.statuses import STATUS_NAMES
from izzitup_desktop.domain.text import fold

_DIGITS_MOST = 18
_BY_NAME = {fold(name): id_ for id_, name in STATUS_NAMES.items()}


class Unknown(ValueError):
    """Nobody is called so. `hint` is what may have been meant, "" for nothing."""

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(reason)
        self.hint = hint


def status_id(word: int | str) -> int:
    """The id of a status. Raises `Unknown`."""
    if isinstance(word, int):
        found = word if word in STATUS_NAMES else None
    else:
        found = number(word)
        if found is None:
            found = _BY_NAME.get(fold(word.strip()))
    if found not in STATUS_NAMES:
        raise Unknown(f"There is no status {word!r:.80}.", meant(word, STATUS_NAMES.values()))
    return found


def group_id(word: int | str, groups: Iterable[Group]) -> int:
    """The id of a group. Raises `Unknown`."""
    wanted = word if isinstance(word, int) else number(word)
    names = {}
    for group in groups:
        if group.id == wanted or (isinstance(word, str) and fold(group.name) == fold(word.strip())):
            return group.id
        names[group.name] = group.id
    raise Unknown(f"There is no group {word!r:.80}.", meant(word, names))


def number(text: str) -> int | None:
    """The number that a text of ASCII digits is, None for any other text."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _DIGITS_MOST
    return int(text) if is_number else None


def meant(word: int | str, names: Iterable[str]) -> str:
    """A hint at the name that may have been meant, "" where there is none like it."""
    folded = {fold(name): name for name in names}
    found = difflib.get_close_matches(fold(str(word)[:80]), folded, n=1, cutoff=0.5)
    return f"Did you mean {folded[found[0]]}?" if found else ""
