"""The files of the folder of backups: what they are called, and which of them go."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from izzitup_desktop.platform.files import is_private_to_us

PREFIX = "izzitup-"
SCHEDULED_PREFIX = "izzitup-scheduled-"
_RESTORE_PREFIX = "izzitup-before-restore-"
_UPGRADE_PREFIX = "pre-upgrade-"
_UPGRADES_KEPT = 3


def new_name(folder: Path, *, scheduled: bool = False) -> Path:
    """A name for a backup made now; `scheduled`: by itself."""
    return _named(folder, SCHEDULED_PREFIX if scheduled else PREFIX)


def name_before_upgrade(folder: Path, version: int) -> Path:
    """A name for a backup made now, of a database of this version."""
    return _named(folder, f"{_UPGRADE_PREFIX}{version}-")


def name_before_restore(folder: Path) -> Path:
    """A name for a backup made now, of what a restore replaces."""
    return _named(folder, _RESTORE_PREFIX)


def listed(folder: Path) -> list[tuple[Path, datetime, int]]:
    """The backup files in `folder` with their times and sizes (bytes), newest first."""
    found = []
    for path in _all(folder):
        try:
            stat = path.stat()
        except OSError:
            continue
        found.append((path, datetime.fromtimestamp(stat.st_mtime, UTC), stat.st_size))
    return sorted(found, key=lambda item: (item[1], item[0].name), reverse=True)


def is_scheduled(path: Path) -> bool:
    """Whether this backup was made by itself."""
    return path.name.startswith(SCHEDULED_PREFIX)


def is_before_restore(path: Path) -> bool:
    """Whether this backup has what a restore replaced."""
    return path.name.startswith(_RESTORE_PREFIX)


def is_before_upgrade(path: Path) -> bool:
    """Whether this backup was made before an upgrade of the database."""
    return path.name.startswith(_UPGRADE_PREFIX)


def newest(folder: Path) -> Path | None:
    """The newest backup file in `folder` that nobody else can have made, or None."""
    found = []
    for path in _all(folder):
        with suppress(OSError):
            if is_private_to_us(path):
                found.append((path.stat().st_mtime_ns, path.name, path))
    return max(found)[2] if found else None


def delete_surplus(newest_first: Sequence[Path], keep: int) -> None:
    """Delete all but the first `keep` of these."""
    for path in newest_first[max(0, keep) :]:
        path.unlink(missing_ok=True)


def delete_surplus_of_upgrades(folder: Path) -> None:
    """Delete all but the newest three backups made before an upgrade."""
    found = folder.glob(f"{_UPGRADE_PREFIX}*.db")
    newest_first = sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)
    delete_surplus(newest_first, _UPGRADES_KEPT)


def _named(folder: Path, prefix: str) -> Path:
    return folder / f"{prefix}{datetime.now(UTC).strftime('%Y%m%dT%H%M%S.%fZ')}.db"


def _all(folder: Path) -> list[Path]:
    return [*folder.glob(f"{PREFIX}*.db"), *folder.glob(f"{_UPGRADE_PREFIX}*.db")]
