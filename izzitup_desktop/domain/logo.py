"""The logo over a report: a picture that a person chose, looked at before it is taken."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.regular_files import read_regular

BYTES_MOST = 2 * 1024 * 1024
_KINDS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


@dataclass(frozen=True)
class Logo:
    """A picture, and its media type."""

    content: bytes
    kind: str


def read_logo(path: str) -> Logo | None:
    """The logo in the file `path`; None where that is "". Raises `Invalid`."""
    if not path:
        return None
    try:
        content = read_regular(Path(path).expanduser(), BYTES_MOST + 1)
    except (OSError, ValueError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Invalid("board_logo", msg("The logo %1 can't be read: %2.", path, why)) from error
    kind = next((kind for magic, kind in _KINDS if content.startswith(magic)), "")
    if not kind:
        raise Invalid("board_logo", msg("The logo %1 is neither a PNG nor a JPEG.", path))
    if len(content) > BYTES_MOST:
        raise Invalid("board_logo", msg("The logo %1 is larger than 2 MiB.", path))
    return Logo(content, kind)
