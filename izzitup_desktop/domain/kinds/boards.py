"""The board as a whole: made, restored from a backup, filled by an import."""

from __future__ import annotations

from izzitup_desktop.domain.concepts import Concept, KindSpec
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.messages import say

BOARD_CREATED = Kind("board.created")
BOARD_RESTORED = Kind("board.restored")
BOARD_IMPORTED = Kind("board.imported")

BOARDS = Concept(
    "board",
    (
        KindSpec(BOARD_CREATED, say("board made")),
        KindSpec(BOARD_RESTORED, say("board restored from a backup")),
        KindSpec(BOARD_IMPORTED, say("services imported")),
    ),
    title=say("Board"),
    # A file, or an address.
    name_most=8_192,
)
