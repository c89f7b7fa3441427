"""A whole board's contents in short, read at one time."""

from __future__ import annotations

from sqlalchemy import Connection

from izzitup_desktop.domain.board_contents import BoardContents
from izzitup_desktop.storage import accounts, groups, journal, services


def contents_of(connection: Connection) -> BoardContents:
    """What stands on the board of this connection."""
    newest = journal.latest(connection, limit=1)
    return BoardContents(
        {service.id: service for service in services.listed(connection)},
        len(groups.listed(connection)),
        accounts.count(connection),
        newest[0].time if newest else None,
        newest[0].actor if newest else "",
    )
