"""The parts of the API v1 for all but services: groups, accounts, tokens, backups."""

from __future__ import annotations

from izzitup_desktop.board import Board
from izzitup_desktop.server.v1.accounts import Accounts
from izzitup_desktop.server.v1.backups import Backups
from izzitup_desktop.server.v1.changing import Changing
from izzitup_desktop.server.v1.groups import Groups
from izzitup_desktop.server.v1.pictures import Pictures
from izzitup_desktop.server.v1.readers import Readers
from izzitup_desktop.server.v1.reads import Reads
from izzitup_desktop.server.v1.tokens import Tokens


def of(
    board: Board,
    pictures: Pictures,
    reads: Reads,
    readers: Readers,
    makers: Readers,
    changing: Changing,
) -> tuple[object, ...]:
    """The parts; each has methods of the names of its routes. `makers` make backups."""
    accounts = Accounts(board, pictures, readers, changing)
    return (
        Groups(board, pictures, reads, changing),
        accounts,
        Tokens(board, pictures, readers, changing, accounts),
        Backups(board, readers, makers),
    )
