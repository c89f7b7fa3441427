"""SQLite files of ours, and what their headers say."""

from __future__ import annotations

APPLICATION_ID = 0x495A5A55
"""SQLite's application_id of our files: "IZZU"."""

BACKUP_ID = 0x495A5A42
"""The same of our backups: "IZZB". A backup that is opened as a board becomes one."""

HEADER_BYTES = 100
"""How long the header of a SQLite file is."""

MAGIC = b"SQLite format 3\x00"
"""What it begins with."""


def application_of(header: bytes) -> int | None:
    """The application_id in a SQLite file's header, None if it is no such header."""
    if not header.startswith(MAGIC) or len(header) < HEADER_BYTES:
        return None
    return int.from_bytes(header[68:72], "big")
