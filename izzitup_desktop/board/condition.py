"""What the board lacks: whether it can be read and changed now, for who watches over it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from izzitup_desktop.board.core import Core
from izzitup_desktop.domain.errors import FullDisk, Unavailable
from izzitup_desktop.storage import schema


class Need(StrEnum):
    """What the board can't do without."""

    DATABASE = "database"
    """Something that can be read, and is the database that was opened."""
    MIGRATION = "migration"
    """A database of the version that this program knows."""
    WRITING = "writing"
    DISK = "disk"


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing: the error's `code`, and its `reason` for people of the house."""

    need: Need
    code: str
    reason: str


class Condition:
    """Looks what is missing when it is asked."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def lacks(self) -> tuple[Lack, ...]:
        """What is missing now. Reads once, and waits as long as anybody waits.

        That nothing can be stored is known from the last change that could not be.
        """
        database = self._core.database
        found = []
        try:
            version = database.read(schema.stored_version)
        except Unavailable as error:
            found.append(Lack(Need.DATABASE, error.code, str(error)))
        else:
            if version != schema.VERSION:
                changed = schema.changed(database.location, version)
                found.append(Lack(Need.MIGRATION, changed.code, str(changed)))
        if why := database.why_read_only:
            found.append(Lack(Need.WRITING, Unavailable(why).code, why))
        elif (trouble := self._core.trouble) is not None and not found:
            need = Need.DISK if isinstance(trouble, FullDisk) else Need.WRITING
            found.append(Lack(need, trouble.code, str(trouble)))
        return tuple(found)
