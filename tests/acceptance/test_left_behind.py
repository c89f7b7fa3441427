"""What is opened and closed again leaves nothing: neither widgets nor other objects."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.connections.page import ConnectionsPage
from izzitup_desktop.desktop.start.session import Session
from izzitup_desktop.desktop.widgets.password_line import PasswordLine
from izzitup_desktop.desktop.window.navigation import BOARD
from tests.acceptance.measures import Census
from tests.builders import GOOD_PASSWORD
from tests.desktop.sessions import attached_session, board_of, wait

pytestmark = pytest.mark.soak

TIMES = 4
MOST = 1
"""What is made when it is needed first may come late."""


@pytest.fixture
def session(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Session]:
    board_of(home, *(f"Service {number}" for number in range(12)))
    with attached_session(qtbot, qapp) as session:
        wait(qtbot, lambda: bool(session.window.model.shown_ids(1)))
        yield session


def grown_by(qtbot: QtBot, act: Callable[[], None], *, first: int = 1) -> dict[str, int]:
    """What there is more of after doing it some times than after doing it `first` times."""
    for _ in range(first):
        act()
        qtbot.wait(50)
    before = Census.taken()
    for _ in range(TIMES):
        act()
        qtbot.wait(50)
    grown = Census.taken().grown(before)
    return {name: more for name, more in grown.items() if more > MOST}


def opened_dialog() -> QDialog | None:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    return found[0] if found else None


@pytest.mark.parametrize(
    "name",
    [
        "palette",
        "shortcuts",
        "guide",
        "add",
        "edit",
        "set_with_options",
        "preferences",
        "backups",
        "import_",
    ],
)
def test_a_dialog_leaves_nothing(name: str, session: Session, qtbot: QtBot) -> None:
    def open_and_close() -> None:
        session.window.view.table.select(session.window.model.shown_ids(1))
        getattr(session.window.actions_, name).trigger()
        wait(qtbot, lambda: opened_dialog() is not None)
        dialog = opened_dialog()
        assert dialog is not None
        qtbot.wait(100)
        dialog.reject()
        wait(qtbot, lambda: opened_dialog() is None)

    assert grown_by(qtbot, open_and_close) == {}


def test_a_new_token_s_dialog_leaves_nothing(session: Session, qtbot: QtBot) -> None:
    session.window.pages.go("connections")
    page = session.window.pages.page("connections")
    assert isinstance(page, ConnectionsPage)

    def open_and_close() -> None:
        page.tokens.add()
        dialog = page.tokens.dialog
        assert dialog is not None
        dialog.limited.setChecked(True)
        qtbot.wait(100)
        dialog.done(0)
        wait(qtbot, lambda: opened_dialog() is None)

    assert grown_by(qtbot, open_and_close) == {}


def test_another_row_in_the_inspector_leaves_nothing(session: Session, qtbot: QtBot) -> None:
    window = session.window
    window.actions_.inspector.setChecked(True)
    ids = window.model.shown_ids()

    def walk() -> None:
        for id_ in ids:
            window.view.table.select([id_])
            qtbot.wait(20)
        qtbot.wait(200)

    assert grown_by(qtbot, walk) == {}


def test_a_view_leaves_nothing_when_it_is_left(session: Session, qtbot: QtBot) -> None:
    def walk() -> None:
        for action in session.window.actions_.views:
            if action.isVisible():
                session.window.pages.go(action.data())
                qtbot.wait(80)
        session.window.pages.go(BOARD)

    assert grown_by(qtbot, walk) == {}


def test_a_status_leaves_nothing(session: Session, qtbot: QtBot) -> None:
    window = session.window

    def set_and_undo() -> None:
        window.actions_.inspector.setChecked(False)
        window.view.table.select(window.model.shown_ids(1))
        for status in (6, 7, 5):
            window.commands.set_status(window.model.shown_ids(1), status)
            wait(qtbot, lambda: not window.model.has_pending)
        wait(qtbot, window.actions_.undo.isEnabled)
        window.actions_.undo.trigger()
        qtbot.wait(100)

    # The inspector shows the last thirty changes of a service, and no more.
    assert grown_by(qtbot, set_and_undo, first=8) == {}


def test_a_menu_leaves_nothing(session: Session, qtbot: QtBot) -> None:
    found = [action.menu() for action in session.window.menuBar().actions()]
    menus = [menu for menu in found if isinstance(menu, QMenu)]
    assert menus

    def open_each() -> None:
        for menu in menus:
            menu.popup(session.window.pos())
            qtbot.wait(30)
            menu.close()

    assert grown_by(qtbot, open_each) == {}


def test_another_language_leaves_nothing_of_the_window_before(
    session: Session, qtbot: QtBot
) -> None:
    def speak(language: str) -> None:
        before = session.window
        session.keeper.save("language", language)
        wait(qtbot, lambda: session.window is not before)
        wait(qtbot, lambda: bool(session.window.model.shown_ids(1)))
        for action in session.window.actions_.views:
            session.window.pages.go(action.data())
            qtbot.wait(80)
        session.window.pages.go(BOARD)

    def there_and_back() -> None:
        speak("de")
        speak("en")

    assert grown_by(qtbot, there_and_back) == {}


def test_a_lock_leaves_nothing(session: Session, qtbot: QtBot) -> None:
    def lock_and_unlock() -> None:
        session.sign_on.lock()
        qtbot.wait(50)
        (line,) = [w for w in session.window.findChildren(PasswordLine) if w.isVisible()]
        qtbot.keyClicks(line, GOOD_PASSWORD)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        wait(qtbot, lambda: not session.sign_on.is_locked)

    assert grown_by(qtbot, lock_and_unlock) == {}
