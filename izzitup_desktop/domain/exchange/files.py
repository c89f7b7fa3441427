"""Reading an export from a file."""

from __future__ import annotations

from pathlib import Path

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.exchange import SIZE_MOST, Document, decoded, parsed


def read_document(path: Path) -> Document:
    """What the JSON or CSV file at `path` holds. Raises `Invalid`."""
    try:
        with path.open("rb") as file:
            content = file.read(SIZE_MOST + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Invalid("file", f"{path} can't be read: {reason}.") from error
    return parsed(decoded(content))
