"""Exporting the board from the window."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.exchange.exporting import Exporting
from tests.builders import GOOD_PASSWORD, add_service
from tests.desktop.pages import Desk, desk_at
from tests.desktop.sessions import wait


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        add_service(desk.board, "=Chat", key="CHAT")
        yield desk


@pytest.fixture
def exporting(desk: Desk, parent: QWidget) -> Exporting:
    exporting = Exporting(desk.context.runner, desk.board, desk.principal, parent)
    exporting.wrote_file.connect(lambda text, _path: desk.told.append(text))
    exporting.failed.connect(desk.problems.append)
    return exporting


def test_the_ending_chooses_json_or_csv_and_neither_holds_a_secret(
    desk: Desk, exporting: Exporting, tmp_path: Path, qtbot: QtBot
) -> None:
    for name in ("board.json", "board.CSV"):
        exporting.write(tmp_path / name)
    wait(qtbot, lambda: len(desk.told) == 2)
    text = (tmp_path / "board.json").read_text("utf-8")
    assert "CHAT" in json.dumps(json.loads(text))
    table = (tmp_path / "board.CSV").read_text("utf-8")
    assert table.splitlines()[1].startswith("CHAT,'=Chat,")
    for written in (text, table):
        assert "v2$" not in written
        assert GOOD_PASSWORD not in written
    assert (tmp_path / "board.json").stat().st_mode & 0o077 == 0


def test_a_file_that_can_not_be_written_is_told_with_the_reason(
    desk: Desk, exporting: Exporting, tmp_path: Path, qtbot: QtBot
) -> None:
    exporting.write(tmp_path / "no folder" / "board.json")
    wait(qtbot, lambda: bool(desk.problem))
    assert "No such file or directory" in desk.problem
    assert desk.told == []
