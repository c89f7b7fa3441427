"""The key that a name suggests; no Qt in here."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import count

from izzitup_desktop.domain.services import KEY_MOST
from izzitup_desktop.domain.text import search_fold

_OTHER = re.compile(r"[^\w.]+|_+")


def proposed_key(name: str, taken: Container[str] = ()) -> str:
    """A key that scripts can type, such as `core-router`; "" where none comes of the name.

    `taken` holds the keys that others have, folded as for a search.
    """
    key = _OTHER.sub("-", search_fold(name)).strip("-.")[:KEY_MOST].rstrip("-.")
    if not key or key.isdigit():
        return ""
    return next(text for text in _numbered(key) if text not in taken)


def _numbered(key: str) -> map[str]:
    def with_number(number: int) -> str:
        end = f"-{number}" if number > 1 else ""
        return key[: KEY_MOST - len(end)] + end

    return map(with_number, count(1))
