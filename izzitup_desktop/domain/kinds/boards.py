"""The board as a whole: made, restored from a backup, filled by an import."""

from __future__ import annotations

from izzitup_desktop.domain.concepts import Concept, KindSpec
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.messages import msg

BOARD_CREATED = Kind("board.created")
BOARD_RESTORED = Kind("board.restored")
BOARD_IMPORTED = Kind("board.imported")

BOARDS = Concept(
    "board",
    (
        KindSpec(BOARD_CREATED, msg("board made")),
        KindSpec(BOARD_RESTORED, msg("board restored from a backup")),
        KindSpec(BOARD_IMPORTED, msg("services imported")),
    ),
    title=msg("Board"),
    # A file, or an address.
    name_most=8_192,
)
