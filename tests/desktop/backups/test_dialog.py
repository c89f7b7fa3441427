"""Backups from the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.backups.dialog import BackupsDialog
from tests.builders import ALICE, BOB, add_service
from tests.desktop.pages import Desk, answer, desk_at
from tests.desktop.sessions import wait


@pytest.fixture
def desk(qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        add_service(desk.board, "Chat")
        yield desk


@pytest.fixture
def dialog(desk: Desk, parent: QWidget) -> BackupsDialog:
    dialog = BackupsDialog(desk.context, desk.board, desk.principal, "Every day.", parent)
    dialog.restored.connect(lambda text, saved: desk.told.extend((text, str(saved))))
    dialog.open()
    return dialog


def names(desk: Desk) -> set[str]:
    return {service.name for service in desk.board.services.list(ALICE)}


def test_a_backup_is_made_and_listed(
    desk: Desk, dialog: BackupsDialog, home: Path, qtbot: QtBot
) -> None:
    labels = dialog.findChildren(QLabel)
    assert [label for label in labels if str(home / "backups") in label.text()]
    dialog.save_button.click()
    wait(qtbot, lambda: len(dialog.model.items) == 1)
    path = dialog.model.items[0].path
    assert dialog.bar.text == f"Saved and checked: {path.name}"
    assert path.is_file()
    assert dialog.table.as_tsv().splitlines()[1].split("\t")[1] == "by hand"


def test_a_backup_is_restored_after_asking_and_what_was_there_is_kept(
    desk: Desk, dialog: BackupsDialog, qtbot: QtBot
) -> None:
    dialog.save()
    wait(qtbot, lambda: len(dialog.model.items) == 1)
    backup = dialog.model.items[0].path
    desk.board.services.remove(BOB, [1])
    add_service(desk.board, "Later")
    assert not dialog.restore_button.isEnabled()
    dialog.table.select_key(backup)
    dialog.restore_button.click()
    answer(qtbot, dialog, "Cancel")
    assert names(desk) == {"Later"}
    dialog.restore_button.click()
    answer(qtbot, dialog, "Restore the backup")
    wait(qtbot, lambda: bool(desk.told))
    assert names(desk) == {"Chat"}
    saved = [file for file in desk.board.backups.list(ALICE) if file.path != backup]
    assert desk.told == [
        f"Restored {backup.name}. What was there before is in {saved[0].path.name}.",
        str(saved[0].path),
    ]


def test_a_chosen_backup_says_what_is_in_it_and_what_a_restore_would_change(
    desk: Desk, dialog: BackupsDialog, qtbot: QtBot
) -> None:
    add_service(desk.board, "Mail")
    dialog.save()
    wait(qtbot, lambda: len(dialog.model.items) == 1)
    desk.board.services.remove(BOB, [1])
    desk.board.statuses.set(BOB, [2], 7, "down")
    add_service(desk.board, "Later")
    dialog.table.select_key(dialog.model.items[0].path)
    wait(qtbot, lambda: "2 services" in dialog.inside.toPlainText())
    counts, changed, *lines = dialog.inside.toPlainText().splitlines()
    assert counts == "2 services, 0 groups, 1 account"
    assert changed.startswith("Last change ")
    assert lines == [
        "Comes back: Chat",
        "Goes: Later",
        "Has another status: Mail (Operational, now Outage)",
    ]
    dialog.model.items[0].path.write_bytes(b"not any more")
    dialog.table.clearSelection()
    wait(qtbot, lambda: not dialog.inside.toPlainText())
    dialog.table.select_key(dialog.model.items[0].path)
    wait(qtbot, lambda: "can't be restored" in dialog.inside.toPlainText())


def test_what_was_there_before_a_restore_is_listed_as_that(
    desk: Desk, dialog: BackupsDialog, qtbot: QtBot
) -> None:
    first = desk.board.backups.save(ALICE)
    desk.board.backups.restore(ALICE, first)
    dialog.load()
    wait(qtbot, lambda: len(dialog.model.items) == 2)
    made = [line.split("\t")[1] for line in dialog.table.as_tsv().splitlines()[1:]]
    assert sorted(made) == ["before a restore", "by hand"]


def test_a_file_that_is_no_backup_is_refused_with_the_reason_and_nothing_changes(
    desk: Desk, dialog: BackupsDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "letter.db").write_text("Dear Sir or Madam")
    dialog.restore(tmp_path / "letter.db")
    answer(qtbot, dialog, "Restore the backup")
    wait(qtbot, lambda: dialog.bar.text.startswith("The backup was not restored."))
    assert "made a mistake" not in dialog.bar.text
    assert names(desk) == {"Chat"}
    assert dialog.isVisible()
