"""Reading an export from a file."""

from __future__ import annotations

from pathlib import Path

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.exchange import SIZE_MOST, Document, decoded, parsed
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.regular_files import read_regular


def read_document(path: Path) -> Document:
    """What the JSON or CSV file at `path` holds. Raises `Invalid`."""
    try:
        content = read_regular(path, SIZE_MOST + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Invalid("file", msg("%1 can't be read: %2.", path, reason)) from error
    return parsed(decoded(content))
