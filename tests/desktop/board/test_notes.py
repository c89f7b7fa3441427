"""One note for several services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.notes import NoteDialog
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.desktop.window.window_drafts import open_draft
from tests.builders import ALICE, add_service
from tests.desktop.pages import Desk, answer_soon, desk_at, window_at
from tests.desktop.sessions import wait
from tests.desktop.windows import select, service_in


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        for name in ("Mail", "Chat"):
            add_service(desk.board, name, note=f"of {name}")
        yield desk


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    with window_at(desk, qtbot) as window:
        wait(qtbot, lambda: window.model.rowCount() == 2)
        yield window


def shown(window: MainWindow) -> NoteDialog | None:
    return window.row_actions.notes.dialog


def asked(window: MainWindow, *names: str) -> NoteDialog:
    select(window, *names)
    window.actions_.note.trigger()
    dialog = window.row_actions.notes.dialog
    assert dialog is not None
    return dialog


def test_all_that_are_selected_get_the_note_and_undo_gives_each_its_own_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    dialog = asked(window, "Mail", "Chat")
    assert dialog.note.toPlainText() == ""
    dialog.note.setPlainText("moved")
    dialog.submit()
    wait(qtbot, lambda: service_in(window, "Mail").note == "moved")
    assert service_in(window, "Chat").note == "moved"
    wait(qtbot, lambda: shown(window) is None)
    window.actions_.undo.trigger()
    wait(qtbot, lambda: service_in(window, "Mail").note == "of Mail")
    assert service_in(window, "Chat").note == "of Chat"


def test_what_was_typed_is_not_lost_without_a_word_and_goes_on_as_a_draft(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    dialog = asked(window, "Mail")
    assert dialog.note.toPlainText() == "of Mail" and dialog.kept_draft() is None
    dialog.note.setPlainText("half")
    draft = dialog.kept_draft()
    assert draft is not None and draft.title == "Note of Mail"
    answer_soon(dialog, "Discard")
    dialog.reject()
    assert shown(window) is None
    opened: list[object] = []
    open_draft(window, draft, opened.append)
    again = shown(window)
    assert again is not None and opened == [again]
    assert again.note.toPlainText() == "half"
    desk.board.services.remove(ALICE, [1])
    again.submit()
    wait(qtbot, lambda: again.bar.text.startswith("The note was not set."))
    assert again.note.toPlainText() == "half"
    answer_soon(again, "Discard")
    again.reject()


def test_a_file_that_was_written_is_offered_to_be_opened(
    window: MainWindow, tmp_path: Path
) -> None:
    opened: list[QUrl] = []
    window.context = replace(window.context, open_url=opened.append)
    window.tell_of_file("Report written", str(tmp_path / "a report.pdf"))
    assert window.toast.button.text() == "Open"
    window.toast.button.click()
    assert [url.toLocalFile() for url in opened] == [str(tmp_path / "a report.pdf")]
