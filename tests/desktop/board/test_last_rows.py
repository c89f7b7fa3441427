"""The rows of the last session: kept as they were, with what their statuses have."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from izzitup_desktop.desktop.board.last_rows import FILE_NAME, keep_last_rows, read_last_rows
from izzitup_desktop.desktop.board.rows import Row, row_of
from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.proposals import Proposal
from izzitup_desktop.domain.services import Service

NOW = datetime(2026, 1, 1, 0, 0, 0, 7, tzinfo=UTC)
OFFICE = Group(3, "Office", 1024, 0)


def row(id_: int, group_id: int | None = None, **layers: object) -> Row:
    service = Service(
        id=id_, name="Mail", key="", description="", url="", check_url="", status_id=5,
        hidden=False, created=NOW, updated=NOW, group_id=group_id, note="", position=1,
        since=NOW, changed_by="alice", version=1, confirmed=NOW, **layers,  # type: ignore[arg-type]
    )  # fmt: skip
    return row_of(service, {OFFICE.id: OFFICE})


def test_rows_come_back_with_every_layer(tmp_path: Path) -> None:
    rows = (
        row(1, OFFICE.id, expiry=Expiry(NOW, 6, asked=True), hold=Hold("bob")),
        row(2, proposal=Proposal(7, "monitor", NOW)),
        row(3),
    )
    keep_last_rows(tmp_path, rows)
    assert read_last_rows(tmp_path) == rows


def test_rows_that_another_version_kept_are_none(tmp_path: Path) -> None:
    keep_last_rows(tmp_path, [row(1)])
    kept = (tmp_path / FILE_NAME).read_text("utf-8")
    (tmp_path / FILE_NAME).write_text(kept.replace('"hold"', '"held_by"'), "utf-8")
    assert read_last_rows(tmp_path) == ()
