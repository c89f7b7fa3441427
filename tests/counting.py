"""What is asked of databases, told from outside."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event


@contextmanager
def statements() -> Iterator[list[tuple[str, str]]]:
    """Thread and SQL of what is executed inside."""
    found: list[tuple[str, str]] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        found.append((threading.current_thread().name, statement))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)
