"""What the status bar says of what happened lately, and of where the data are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.desktop.window.lately import Lately
from izzitup_desktop.desktop.window.status_line import StatusLine
from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.domain.kinds.access import ACCESS_REFUSED
from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS


def entry(kind: Kind, *, ago: timedelta, actor: str = "monitor", **more: object) -> Entry:
    origin = more.get("origin", Origin.API)
    assert isinstance(origin, Origin)
    return Entry(
        id=1, time=datetime.now(UTC) - ago, actor=actor, account_id=1, origin=origin, kind=kind,
        subject_id=1, subject_name="Mail", before={}, after={}, comment="", undoes=None,
        operation_id=1,
    )  # fmt: skip


def told(qtbot: QtBot, width: int, entries: Sequence[Entry]) -> Lately:
    lately = Lately()
    qtbot.addWidget(lately)
    lately.resize(width, 20)
    lately.show()
    lately.on_entries(entries)
    return lately


def test_the_last_script_the_refusals_of_an_hour_and_the_last_change_are_said(
    qtbot: QtBot,
) -> None:
    minute = timedelta(minutes=1)
    lately = told(
        qtbot,
        2_000,
        [
            entry(ACCESS_REFUSED, ago=61 * minute),
            entry(ACCESS_REFUSED, ago=59 * minute),
            entry(SERVICE_STATUS, ago=5 * minute),
            entry(SERVICE_STATUS, ago=2 * minute, actor="alice", origin=Origin.DESKTOP),
        ],
    )
    assert lately.text().split("  ·  ") == [
        "Last script: monitor, 5 min",
        "Refused in the last hour: 1",
        "Last change: Mail, 2 min",
    ]


def test_the_next_backup_is_said_last(qtbot: QtBot) -> None:
    lately = told(qtbot, 2_000, [])
    lately.set_next_backup(datetime.now(UTC) + timedelta(hours=3, minutes=1))
    assert lately.text() == "Next backup in 3 h"
    lately.set_next_backup(datetime.now(UTC))
    assert lately.text() == "A backup is due"
    lately.set_next_backup(None)
    assert lately.text() == ""


def test_where_there_is_no_room_the_least_important_goes_and_the_tooltip_has_it(
    qtbot: QtBot,
) -> None:
    lately = told(qtbot, 200, [entry(SERVICE_STATUS, ago=timedelta(minutes=5))])
    assert lately.text() == "Last script: monitor, 5 min"
    assert "Last change: Mail, 5 min" in lately.toolTip()
    lately.resize(3, 20)
    assert lately.text() == ""


def test_a_narrow_window_has_room_for_what_is_wrong_rather_than_for_the_path(
    qtbot: QtBot, qapp: QApplication
) -> None:
    line = StatusLine(Theme(qapp))
    qtbot.addWidget(line)
    line.resize(800, 30)
    line.show()
    line.set_database("/a/long/way/to/the/folder/of/izzitup.db")
    line.set_condition("No database: as of 11/27/26 11:42 AM", "", is_lost=True)
    assert line.database.text() == "izzitup.db"
    assert not line.lately.isVisible()
    needed = line.trouble.fontMetrics().horizontalAdvance(line.trouble.text())
    qtbot.waitUntil(lambda: line.trouble.width() >= needed)
    line.resize(1_200, 30)
    assert line.database.text().startswith("/a/")


@pytest.mark.parametrize(
    ("location", "folders"), [("/data/izzitup.db", ["/data"]), ("postgresql://host/board", [])]
)
def test_a_click_on_the_path_asks_for_its_folder(
    qtbot: QtBot, qapp: QApplication, location: str, folders: list[str]
) -> None:
    line = StatusLine(Theme(qapp))
    qtbot.addWidget(line)
    asked: list[str] = []
    line.folder_wanted.connect(asked.append)
    line.set_database(location)
    line.database.click()
    assert asked == folders
