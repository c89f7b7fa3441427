"""The ten main tasks, each as the guide in docs/tasks.md tells it, by the keyboard alone."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.accounts.dialog import AccountDialog
from izzitup_desktop.desktop.accounts.page import AccountsPage
from izzitup_desktop.desktop.backups.dialog import BackupsDialog
from izzitup_desktop.desktop.board.dialog import ServiceDialog
from izzitup_desktop.desktop.board.status_dialog import StatusDialog
from izzitup_desktop.desktop.history.page import HistoryPage
from izzitup_desktop.desktop.history.report_dialog import ReportDialog, named_span
from izzitup_desktop.desktop.journal.page import JournalPage
from izzitup_desktop.desktop.trash.page import TrashPage
from izzitup_desktop.domain.accounts import Origin, Role
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS
from izzitup_desktop.platform import settings as settings_file
from tests.acceptance.operator import Operator
from tests.builders import ALICE, GOOD_PASSWORD, HandClock, add_service, do_due, opened_board
from tests.desktop.sessions import attached_session, free_port

pytestmark = pytest.mark.soak

NAMES = ("Chat", "E-Mail", "Telephones")


@pytest.fixture
def board(home: Path) -> None:
    with opened_board(f"sqlite:///{home}/izzitup.db", home) as board:
        board.accounts.first("alice", GOOD_PASSWORD, Origin.DESKTOP)
        group = board.groups.add(ALICE, "Communication").value
        board.groups.add(ALICE, "Business")
        for name in NAMES:
            key = "MAIL" if name == "E-Mail" else ""
            add_service(board, name, key=key, group_id=group.id)
    settings_file.save(home, account="alice", port=free_port(), backup_every_hours=0)


@pytest.fixture
def operator(board: None, qtbot: QtBot, qapp: QApplication) -> Iterator[Operator]:
    with attached_session(qtbot, qapp) as session:
        yield Operator(qtbot, session)


def test_add_a_service(operator: Operator) -> None:
    operator.press("Ctrl+N")
    operator.dialog(ServiceDialog)
    operator.write("Time tracking")
    operator.press("Tab")
    operator.write("TIME")
    operator.press("Return")
    operator.no_dialog(ServiceDialog)
    operator.wait(lambda: operator.has_service("Time tracking"))
    assert operator.service("Time tracking").key == "TIME"


def choose_status(operator: Operator, dialog: StatusDialog, status_id: int) -> None:
    checked = dialog.choice.button(dialog.status_id)
    assert checked is not None
    operator.tab_to(checked)
    for _ in range(3):
        if dialog.status_id != status_id:
            operator.press("Right")
    assert dialog.status_id == status_id


def outage_on_three(operator: Operator) -> None:
    operator.select(*NAMES)
    assert operator.window.view.bulk.count.text() == "3 selected"
    operator.press("Ctrl+Return")
    dialog = operator.dialog(StatusDialog)
    choose_status(operator, dialog, 7)
    operator.tab_to(dialog.comment)
    operator.write("Power cut in the machine room")
    operator.press("Return")
    operator.no_dialog(StatusDialog)
    operator.wait(lambda: {operator.service(name).status_id for name in NAMES} == {7})


def test_set_outage_on_three_at_once_with_a_comment(operator: Operator) -> None:
    outage_on_three(operator)
    board = operator.session.opening.application
    assert board is not None
    entries: list[Entry] = []
    operator.session.runner.run(
        lambda: board.board.journal.latest(ALICE, limit=3), then=entries.extend
    )
    operator.wait(lambda: bool(entries))
    assert {entry.comment for entry in entries} == {"Power cut in the machine room"}
    assert len({entry.operation_id for entry in entries}) == 1


def test_undo_it(operator: Operator) -> None:
    outage_on_three(operator)
    operator.wait(operator.window.actions_.undo.isEnabled)
    operator.press("Ctrl+Z")
    operator.wait(lambda: {operator.service(name).status_id for name in NAMES} == {5})
    operator.wait(operator.window.actions_.redo.isEnabled)
    operator.press("Ctrl+Shift+Z")
    operator.wait(lambda: {operator.service(name).status_id for name in NAMES} == {7})


def test_undo_it_after_a_restart(board: None, qtbot: QtBot, qapp: QApplication) -> None:
    with attached_session(qtbot, qapp) as session:
        outage_on_three(Operator(qtbot, session))
    with attached_session(qtbot, qapp) as session:
        again = Operator(qtbot, session)
        again.wait(lambda: session.window.actions_.undo.isEnabled())
        assert session.window.actions_.undo.text().endswith("set 3 services to Outage")
        again.press("Ctrl+Z")
        again.wait(lambda: {again.service(name).status_id for name in NAMES} == {5})


def test_hold_a_status_against_a_script(operator: Operator) -> None:
    operator.select("E-Mail")
    operator.press("6")
    operator.wait(lambda: operator.service("E-Mail").status_id == 6)
    operator.press("Ctrl+H")
    operator.wait(lambda: operator.service("E-Mail").hold == Hold("alice"))
    answer = operator.script_sets(operator.service("E-Mail").id, 7)
    assert (answer["result"], answer["message"]) == ("Error", "Not allowed")
    operator.wait(lambda: operator.service("E-Mail").proposal is not None)
    operator.press("Ctrl+I")
    inspector = operator.window.inspector
    operator.wait(lambda: "alice proposed Outage" in inspector.details.memory.text())
    operator.tab_to(inspector.details.accept)
    operator.press("Space")
    operator.wait(lambda: operator.service("E-Mail").status_id == 7)
    operator.wait(lambda: operator.service("E-Mail").hold is None)
    assert operator.script_sets(operator.service("E-Mail").id, 5)["result"] == "Success"


def test_impaired_until_four_then_operational(operator: Operator, home: Path) -> None:
    operator.select("Chat")
    operator.press("Ctrl+Return")
    dialog = operator.dialog(StatusDialog)
    choose_status(operator, dialog, 6)
    operator.tab_to(dialog.limited)
    operator.press("Space")
    operator.tab_to(dialog.until)
    operator.press("Ctrl+A")
    operator.write("tomorrow 16")
    at = dialog.until.time()
    operator.tab_to(dialog.then)
    operator.press("Down")
    assert dialog.then.currentText() == "then Operational"
    operator.press("Return")
    operator.no_dialog(StatusDialog)
    operator.wait(lambda: operator.service("Chat").status_id == 6)
    expiry = operator.service("Chat").expiry
    assert expiry is not None
    until = expiry.until
    assert until == at
    at_four = HandClock(until + timedelta(seconds=1))
    url = f"sqlite:///{home}/izzitup.db"
    with opened_board(url, home, create=False, clock=at_four) as board:
        do_due(board)
    operator.wait(lambda: operator.service("Chat").status_id == 5)
    assert operator.service("Chat").changed_by == "schedule"


def test_restore_a_deleted_service(operator: Operator) -> None:
    operator.select("Telephones")
    operator.press("Del")
    operator.wait(lambda: not operator.has_service("Telephones"))
    page = operator.go("Alt+6", "trash", TrashPage)
    operator.wait(lambda: page.model.rowCount() == 1)
    operator.tab_to(page.table)
    operator.press("Home", "Space")
    assert page.table.selected()[0].service.name == "Telephones"
    operator.press("Return")
    operator.wait(lambda: operator.has_service("Telephones"))
    operator.wait(lambda: page.model.rowCount() == 0)


def test_give_an_editor_one_group_only(operator: Operator) -> None:
    page = operator.go("Alt+8", "accounts", AccountsPage)
    operator.wait(lambda: page.model.rowCount() == 1)
    operator.tab_to(page.add_button_)
    operator.press("Space")
    dialog = operator.dialog(AccountDialog)
    operator.write("bob")
    assert Role(dialog.role.currentData()) is Role.EDITOR
    operator.tab_to(dialog.limited)
    operator.press("Space")
    operator.tab_to(dialog.groups)
    operator.press("Home", "Space")
    for line in (dialog.password, dialog.again):
        operator.tab_to(line)
        operator.write("a good long password")
    operator.press("Return")
    operator.no_dialog(AccountDialog)
    operator.wait(lambda: page.model.rowCount() == 2)
    account = next(account for account in page.model.items if account.name == "bob")
    groups = {group.id: group.name for group in operator.window.reader.groups}
    assert [groups[id_] for id_ in account.group_ids] == ["Communication"]


def test_find_who_changed_mail_last_week(operator: Operator, home: Path) -> None:
    service_id = operator.service("E-Mail").id
    for days, principal, status in ((30, "carol", 7), (5, "dave", 6)):
        then = HandClock(datetime.now(UTC) - timedelta(days=days))
        url = f"sqlite:///{home}/izzitup.db"
        with opened_board(url, home, create=False, clock=then) as board:
            board.statuses.set(replace(ALICE, name=principal), [service_id], status)
    page = operator.go("Alt+3", "journal", JournalPage)
    operator.tab_to(page.search)
    operator.write("mail")
    operator.tab_to(page.when)
    while page.when.currentData() != 7:
        operator.press("Down")
    operator.wait(lambda: page.wanted().words == ("mail",))
    operator.wait(
        lambda: [e.actor for e in page.model.items if e.kind == SERVICE_STATUS] == ["dave"]
    )


def test_export_last_quarter_s_report(operator: Operator, tmp_path: Path) -> None:
    page = operator.go("Alt+2", "history", HistoryPage)
    operator.wait(lambda: page.model.rowCount() == 4)
    button = next(b for b in page.findChildren(QPushButton) if b.text() == "Report …")
    operator.tab_to(button)
    operator.press("Space")
    dialog = operator.dialog(ReportDialog)
    assert dialog.span.currentText() == "Last quarter"
    assert (dialog.first.date(), dialog.last.date()) == named_span(
        "last_quarter", QDate.currentDate()
    )
    operator.press("Return")
    path = tmp_path / "report.pdf"
    operator.choose_file(path)
    operator.wait(path.exists)
    assert path.read_bytes().startswith(b"%PDF-")


def test_restore_yesterday_s_backup(operator: Operator, home: Path) -> None:
    operator.press("Ctrl+K")
    operator.write("backups")
    operator.press("Return")
    dialog = operator.dialog(BackupsDialog)
    operator.tab_to(dialog.save_button)
    operator.press("Space")
    operator.wait(lambda: dialog.model.rowCount() == 1)
    (backup,) = (home / "backups").glob("*.db")
    yesterday = time.time() - 86_400
    os.utime(backup, (yesterday, yesterday))
    operator.press("Escape")
    operator.no_dialog(BackupsDialog)
    operator.select("Chat")
    operator.press("Del")
    operator.wait(lambda: not operator.has_service("Chat"))
    operator.press("Ctrl+K")
    operator.write("backups")
    operator.press("Return")
    dialog = operator.dialog(BackupsDialog)
    operator.wait(lambda: dialog.model.rowCount() == 1)
    operator.tab_to(dialog.table)
    operator.press("Home", "Space", "Return")
    box = operator.dialog(QMessageBox)
    assert "Replace everything" in box.text()
    verb = next(button for button in box.buttons() if button.text() == "Restore the backup")
    operator.tab_to(verb)
    operator.press("Space")
    operator.wait(lambda: operator.has_service("Chat"))
    operator.wait(lambda: "What was there before is in" in operator.window.bar.text)
