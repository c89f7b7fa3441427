"""Every page and every dialog in both languages, at the sizes of small and coarse screens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.accounts.page import AccountsPage
from izzitup_desktop.desktop.backups.dialog import BackupsDialog
from izzitup_desktop.desktop.connections.page import ConnectionsPage
from izzitup_desktop.desktop.handover.page import HandoverPage
from izzitup_desktop.desktop.history.page import HistoryPage
from izzitup_desktop.desktop.notifications.mutes_dialog import MutesDialog
from izzitup_desktop.desktop.preferences.dialog import Preferences
from izzitup_desktop.desktop.start.language import Language
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.desktop.words.page import PagePlace
from izzitup_desktop.domain.status_options import StatusOptions
from izzitup_desktop.domain.tokens import TokenDraft
from izzitup_desktop.platform.settings import Settings
from tests.builders import ALICE, BOB, add_service
from tests.desktop.fitting import misfits
from tests.desktop.pages import Desk, desk_at, tools_of, window_at
from tests.desktop.sessions import wait
from tests.desktop.windows import select
from tests.server.tls.secure import serving_securely

pytestmark = pytest.mark.soak

SIZES = {
    "800x600": QSize(800, 600),
    "1366x768 at 125 %": QSize(1092, 614),
    "1920x1080 at 200 %": QSize(960, 540),
}
FRAME = QSize(16, 56)
"""What a title bar and a panel take of a screen."""

_SETTLING = 10
"""Turns of the event loop in which texts that wrap find their heights, one in another."""

VIEWS = (
    "board", "history", "journal", "handover", "notices", "trash", "groups", "accounts",
    "connections",
)  # fmt: skip
LONG = "Zentrale Dokumentenverwaltung " * 6


@pytest.fixture(params=["en", "de"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    language = Language(qapp)
    language.choose(request.param)
    yield request.param
    language.close()


@pytest.fixture
def desk(language: str, qapp: QApplication, home: Path) -> Iterator[Desk]:
    with desk_at(qapp, home) as desk:
        board = desk.board
        group = board.groups.add(ALICE, "Geschäftsanwendungen und Fachverfahren").value
        ids = [
            add_service(
                board,
                name,
                key=f"LONGKEY-{number}-{'X' * 18}",
                description=LONG,
                url=f"https://{'langer-name.' * 8}example.org/",
                note=LONG,
                group_id=group.id if number % 2 else None,
            ).id
            for number, name in enumerate((LONG.strip()[:200], "E-Mail", "Telefon", "Chat"))
        ]
        board.statuses.set(BOB, ids[:2], 7, LONG, StatusOptions(hold=True))
        board.statuses.set(BOB, [ids[2]], 6, "langsam")
        removed = add_service(board, "Fax " + LONG[:100])
        board.services.remove(ALICE, [removed.id])
        yield desk


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    with window_at(desk, qtbot) as window:
        yield window


def misfits_of(widget: QWidget, what: str) -> list[str]:
    """What does not fit of a window, on any of the screens."""
    found = []
    for name, size in SIZES.items():
        room = size - FRAME
        widget.resize(room if not isinstance(widget, QDialog) else widget.size().boundedTo(room))
        for _ in range(_SETTLING):
            QApplication.processEvents()
        if widget.width() > room.width() or widget.height() > room.height():
            found.append(f"{what} at {name}: {widget.size()} does not go below {room}")
        found += [f"{what} at {name}: {misfit}" for misfit in misfits(widget)]
    return found


def assert_fits(widget: QWidget, what: str) -> None:
    """Fail with what does not fit of a window."""
    assert_none(misfits_of(widget, what))


def assert_none(found: list[str]) -> None:
    """Fail with all that was found."""
    assert not found, "\n".join(["", *found])


@pytest.mark.soak
def test_every_page_fits(window: MainWindow, qtbot: QtBot) -> None:
    found = []
    for view in VIEWS:
        window.actions_.inspector.setChecked(view == "board")
        window.pages.go(view)
        if view == "board":
            select(window, "Telefon")
            wait(qtbot, lambda: bool(window.inspector.details.changes.texts))
        QApplication.processEvents()
        found += misfits_of(window, view)
    assert_none(found)


def test_the_bar_of_several_fits(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.inspector.setChecked(False)
    select(window, "Telefon", "Chat")
    for status_id in (5, 6, 7):
        window.view.chips.choose(status_id)
    assert_fits(window, "bulk")


@contextmanager
def dialog_by(name: str, desk: Desk, window: MainWindow, qtbot: QtBot) -> Iterator[QDialog]:
    """A dialog of the window, open and read."""
    tools = tools_of(desk, window)
    actions = window.actions_
    select(window, "Telefon")
    try:
        getattr(actions, name).trigger()
        wait(qtbot, lambda: opened() is not None)
        dialog = opened()
        assert dialog is not None
        wait(qtbot, lambda: dialog.isVisible())
        yield dialog
        dialog.done(0)
    finally:
        tools.close()


def opened() -> QDialog | None:
    """The dialog on top."""
    found = [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, QDialog) and widget.isVisible()
    ]
    return found[-1] if found else None


DIALOGS = ("set_with_options", "note", "add", "edit", "palette", "shortcuts", "guide", "import_")


@pytest.mark.soak
def test_every_dialog_fits(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    found = []
    for name in DIALOGS:
        with dialog_by(name, desk, window, qtbot) as dialog:
            found += misfits_of(dialog, name)
    assert_none(found)


def test_the_backups_fit(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    dialog = BackupsDialog(desk.context, desk.board, desk.principal, LONG, window)
    dialog.open()
    dialog.save()
    wait(qtbot, lambda: len(dialog.model.items) == 1)
    assert_fits(dialog, "backups")
    dialog.done(0)


def test_the_preferences_fit(desk: Desk, qtbot: QtBot) -> None:
    dialog = Preferences(desk.context.theme, Settings())
    qtbot.addWidget(dialog)
    dialog.show()
    assert_fits(dialog, "preferences")


def test_the_report_s_choice_fits(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    window.pages.go("history")
    page = window.pages.page("history")
    assert isinstance(page, HistoryPage)
    page.ask_report()
    assert page.report_dialog is not None
    assert_fits(page.report_dialog, "report")
    page.report_dialog.done(0)


def test_an_account_fits(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    window.pages.go("accounts")
    page = window.pages.page("accounts")
    assert isinstance(page, AccountsPage)
    page.add()
    assert page.dialog is not None
    page.dialog.limited.setChecked(True)
    assert_fits(page.dialog, "account")
    page.dialog.done(0)


def test_every_section_of_connections_fits(desk: Desk, window: MainWindow, tmp_path: Path) -> None:
    window.pages.go("connections")
    page = window.pages.page("connections")
    assert isinstance(page, ConnectionsPage)
    soon = datetime.now(UTC) + timedelta(days=3)
    desk.board.tokens.add(ALICE, TokenDraft(LONG[:60], desk.principal.account_id, expires=soon))
    found = []
    with serving_securely(desk.board, tmp_path) as server:
        page.show_server(server)
        page.status_page.show_settings(Settings())
        page.status_page.show_place(PagePlace(f"https://{LONG[:8]}.{'langer-name.' * 8}example"))
        page.status_page.editors.address.setText("nonsense")
        page.status_page.editors.origins.setPlainText("x" * 200)
        for section in (page.address, page.status_page, page.tokens, page.requests, page.console):
            page.show_section(section)
            found += misfits_of(window, type(section).__name__)
        for number in range(page.console.action.count()):
            page.console.action.setCurrentIndex(number)
            found += misfits_of(window, page.console.action.currentText())
        page.show_server(None)
    assert_none(found)


def test_the_tick_of_a_comment_fits_with_why_it_is_off(
    desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    found = []
    for is_on in (True, False):
        window.row_actions.comments.follow_page(is_on=is_on, shows_comments=False)
        with dialog_by("set_with_options", desk, window, qtbot) as dialog:
            found += misfits_of(dialog, "set_with_options")
    assert_none(found)


def test_a_new_token_fits_before_and_after_it_is_made(desk: Desk, window: MainWindow) -> None:
    window.pages.go("connections")
    page = window.pages.page("connections")
    assert isinstance(page, ConnectionsPage)
    page.tokens.add()
    dialog = page.tokens.dialog
    assert dialog is not None
    found = misfits_of(dialog, "token")
    dialog.limited.setChecked(True)
    dialog.expiry.setCurrentIndex(dialog.expiry.findData(-1))
    found += misfits_of(dialog, "limited token")
    dialog.made(desk.board.tokens.add(ALICE, TokenDraft(LONG[:60], 1)).value)
    found += misfits_of(dialog, "made token")
    dialog.secret.copy.click()
    dialog.reject()
    assert_none(found)


def test_the_handover_fits_when_it_can_be_taken_back(desk: Desk, window: MainWindow) -> None:
    window.pages.go("handover")
    page = window.pages.page("handover")
    assert isinstance(page, HandoverPage)
    page.period.choose("own")
    page.unread.show()
    page.writing.submit()
    assert_fits(window, "handover")


def test_what_is_muted_fits(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    dialog = MutesDialog(desk.context.theme, window)
    dialog.show_list({"muted_services": {1: LONG}, "muted_groups": {0: ""}})
    dialog.open()
    assert_fits(dialog, "mutes")
    dialog.done(0)
