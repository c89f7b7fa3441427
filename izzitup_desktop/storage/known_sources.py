"""The file of sources that lately signed in: names, networks and times, no passwords."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path

from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.regular_files import read_regular
from izzitup_desktop.platform.files import (
    is_private_to_us,
    make_private_folder,
    write_private_bytes,
)

BYTES_MOST = 8 * 1024 * 1024
_TEXT_MOST = 1_024
_ROWS_MOST = 32_000

Kept = tuple[str, str, float]
"""A name, a source, and until when it is known (seconds since 1970, UTC)."""


def read(path: Path) -> list[Kept]:
    """What is kept in the file; nothing where it is not there, or not ours alone.

    Never raises: without it the sources are learned anew.
    """
    try:
        if not is_private_to_us(path):
            return []
        found = json.loads(read_regular(path, BYTES_MOST))
        return [
            (name, source, float(until))
            for name, source, until in found
            if _is_text(name) and _is_text(source) and math.isfinite(until)
        ]
    except (OSError, ValueError, TypeError, OverflowError, RecursionError):
        return []


def write(path: Path, kept: Iterable[Kept]) -> None:
    """Keep these; of one name and source the latest time, of too many the last ones.

    Raises `Unavailable`.
    """
    latest: dict[tuple[str, str], float] = {}
    for name, source, until in kept:
        before = latest.pop((name, source), until)
        latest[name, source] = max(before, until)
    rows = [[name, source, round(until)] for (name, source), until in latest.items()]
    del rows[:-_ROWS_MOST]
    make_private_folder(path.parent)
    try:
        write_private_bytes(path, json.dumps(rows).encode("ascii"))
    except OSError as error:
        raise Unavailable(msg("%1 can't be written: %2.", path, error.strerror or error)) from error


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _TEXT_MOST
