"""Importing from the window: previewed, all or nothing."""

from __future__ import annotations

import socket
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.exchange.import_dialog import ImportDialog
from izzitup_desktop.desktop.start.runner import Lane
from tests.builders import ALICE, DEADLINE_SECONDS, add_service
from tests.desktop.pages import Desk, desk_at
from tests.desktop.sessions import wait
from tests.remote.test_services_api import OK, answering

GOOD = "name,key,status,group\r\nChat,CHAT,Outage,\r\nNew one,NEW,Operational,Office\r\n"
OTHER_BOARD = b'{"result": "Success", "data": [{"name": "Slow", "status": "5"}]}'
BAD = "name,key,status\r\nChat,CHAT,Sideways\r\n,X,Outage\r\n"


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        add_service(desk.board, "Chat", key="CHAT")
        yield desk


@pytest.fixture
def dialog(desk: Desk, parent: QWidget) -> ImportDialog:
    dialog = ImportDialog(desk.context, desk.commands, desk.board, desk.principal, parent)
    dialog.open()
    return dialog


def look(qtbot: QtBot, dialog: ImportDialog, file: Path, text: str) -> None:
    """Choose a file with this text, and wait for its preview."""
    file.write_text(text, "utf-8")
    dialog.source.setText(str(file))
    dialog.look()
    wait(qtbot, lambda: dialog.summary.text() != "Reading …")


def names(desk: Desk) -> dict[str, int]:
    return {service.name: service.status_id for service in desk.board.services.list(ALICE)}


def test_the_preview_says_what_would_change_and_changes_nothing(
    desk: Desk, dialog: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    assert not dialog.do.isEnabled()
    look(qtbot, dialog, tmp_path / "board.csv", GOOD)
    assert dialog.summary.text() == "1 new, 1 changed, 0 as they are."
    found = {line.name: (line.kind, line.number) for line in dialog.model.items}
    assert found == {"Office": ("Group", 0), "Chat": ("Changed", 2), "New one": ("New", 3)}
    (chat,) = [line for line in dialog.model.items if line.name == "Chat"]
    assert "Operational → Outage" in chat.details
    assert names(desk) == {"Chat": 5}


def test_an_import_is_one_step_that_undo_takes_back(
    desk: Desk, dialog: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    look(qtbot, dialog, tmp_path / "board.csv", GOOD)
    with qtbot.waitSignal(dialog.accepted):
        dialog.do.click()
    assert desk.told == ["Imported board.csv"]
    assert names(desk) == {"Chat": 7, "New one": 5}
    desk.commands.undo()
    wait(qtbot, lambda: names(desk) == {"Chat": 5})
    assert desk.board.groups.list(ALICE) == ()


def test_errors_are_listed_by_line_and_nothing_can_be_imported(
    desk: Desk, dialog: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    look(qtbot, dialog, tmp_path / "board.csv", BAD)
    assert [line.number for line in dialog.model.items] == [2, 3]
    assert all(line.is_error for line in dialog.model.items)
    assert dialog.summary.text().startswith("2 errors.")
    assert not dialog.do.isEnabled()
    dialog.apply()
    assert dialog.progress is None
    look(qtbot, dialog, tmp_path / "board.csv", GOOD)
    assert dialog.do.isEnabled()


def test_what_is_on_the_board_already_needs_no_import(
    desk: Desk, dialog: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    look(qtbot, dialog, tmp_path / "board.json", desk.board.exchange.export_json(ALICE))
    assert dialog.summary.text() == "0 new, 0 changed, 1 as they are."
    assert not dialog.do.isEnabled()


@pytest.mark.parametrize("source", ["no such file.csv", "http://127.0.0.1:1"])
def test_a_source_that_can_not_be_read_is_told_with_the_reason(
    source: str, desk: Desk, dialog: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog.source.setText(source if "://" in source else str(tmp_path / source))
    dialog.look()
    wait(qtbot, lambda: dialog.bar.text.startswith("Nothing was imported."))
    assert "made a mistake" not in dialog.bar.text
    assert not dialog.do.isEnabled()


def test_a_cancelled_import_changes_nothing_and_can_be_begun_again(
    desk: Desk, dialog: ImportDialog, home: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    look(qtbot, dialog, tmp_path / "board.csv", GOOD)
    lock = sqlite3.connect(home / "izzitup.db", isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    dialog.apply()
    assert dialog.progress is not None
    dialog.progress.reject()
    lock.execute("ROLLBACK")
    lock.close()
    wait(qtbot, lambda: dialog.bar.text == "Cancelled. Nothing was imported.")
    assert names(desk) == {"Chat": 5}
    with qtbot.waitSignal(dialog.accepted):
        dialog.do.click()
    assert names(desk) == {"Chat": 7, "New one": 5}


def test_what_was_asked_last_is_shown_though_another_source_answers_later(
    desk: Desk, dialog: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    asked, go_on, ended = threading.Event(), threading.Event(), list[int]()

    def slowly(client: socket.socket, _number: int) -> None:
        client.recv(65_536)
        asked.set()
        assert go_on.wait(DEADLINE_SECONDS)
        client.sendall(OK + b"Connection: close\r\n\r\n" + OTHER_BOARD)

    with answering(slowly) as slow:
        dialog.source.setText(slow)
        dialog.look()
        assert asked.wait(DEADLINE_SECONDS)
        look(qtbot, dialog, tmp_path / "board.csv", GOOD)
        go_on.set()
        # Whatever was running by now ends before all threads of its lane are free.
        all_threads = threading.Barrier(Lane.WORK.value)
        for _ in range(Lane.WORK.value):
            desk.context.runner.run(all_threads.wait, then=ended.append)
        wait(qtbot, lambda: len(ended) == Lane.WORK.value)
    assert dialog.summary.text() == "1 new, 1 changed, 0 as they are."
    with qtbot.waitSignal(dialog.accepted):
        dialog.do.click()
    assert desk.told == ["Imported board.csv"]


def test_so_many_errors_that_nobody_reads_them_are_counted(
    dialog: ImportDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    look(qtbot, dialog, tmp_path / "board.csv", "name,status\r\n" + "Chat,Sideways\r\n" * 1_500)
    assert dialog.summary.text().startswith("More than 1000 errors")
    assert len(dialog.model.items) == 1_000
