"""Cursors of the server's that go in silence where their connection went before."""

from __future__ import annotations

from typing import Any

from psycopg import ServerCursor


class QuietServerCursor(ServerCursor[Any]):
    """Nothing is left at a server whose connection is gone; psycopg warns all the same.

    SQLAlchemy drops such a cursor together with the connection, and closing it by hand
    fails where the connection broke amid a reading.
    """

    def __del__(self, *_warn: Any) -> None:
        if not self.connection.closed:
            super().__del__()
