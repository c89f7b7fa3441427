"""Rows for tests, and the strategies that make some up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from izzitup_desktop.desktop.board.rows import Row, row_of
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.services import Service

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
GROUPS = {
    1: Group(1, "Büro", 20, 1),
    2: Group(2, "Servers", 10, 1),
    3: Group(3, "Zürich", 20, 1),
}
WORST_FIRST = [7, 6, 5, 8]
WORDS = ["", "a", "büro", "BURO a", "nothing like it"]


def row(id_: int, name: str = "", *, group: int = 0, status: int = 5, **more: Any) -> Row:
    """A row as the reader makes it."""
    service = Service(
        id=id_,
        name=name or f"service {id_}",
        key=more.get("key", ""),
        description="",
        url="",
        check_url="",
        status_id=status,
        hidden=False,
        created=BEGIN,
        updated=BEGIN,
        group_id=group or None,
        note=more.get("note", ""),
        position=more.get("position", id_),
        since=BEGIN + timedelta(minutes=more.get("since", 0)),
        changed_by=more.get("by", "alice"),
        version=1,
        confirmed=BEGIN,
        comment=more.get("comment", ""),
    )
    return row_of(service, GROUPS)


ROWS = st.builds(
    lambda id_, name, group, status, **more: row(id_, name, group=group, status=status, **more),
    st.integers(1, 12),
    st.sampled_from(["Alpha", "älter", "Bravo", "charlie", "Ärger"]),
    group=st.sampled_from([0, 0, 1, 2, 3]),
    status=st.sampled_from(WORST_FIRST),
    key=st.sampled_from(["", "", "A1", "b2"]),
    note=st.sampled_from(["", "a note"]),
    position=st.integers(0, 5),
    since=st.integers(0, 3),
    by=st.sampled_from(["alice", "Bob"]),
)
MANY = st.lists(ROWS, max_size=12, unique_by=lambda row: row.service.id)
STATUSES = st.frozensets(st.sampled_from(WORST_FIRST), max_size=2)
COLLAPSED = st.frozensets(st.sampled_from([0, 1, 2, 3]))
