"""An operator at the window: presses keys, clicks, and looks at what is shown."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.start.session import Session
from izzitup_desktop.desktop.window.page import Page
from izzitup_desktop.domain.services import Service
from tests.builders import GOOD_PASSWORD
from tests.desktop.sessions import wait

D = TypeVar("D", bound=QDialog)
P = TypeVar("P", bound=Page)


class Operator:
    """Uses the keyboard for everything."""

    def __init__(self, qtbot: QtBot, session: Session) -> None:
        self._qtbot = qtbot
        self.session = session
        self.window = session.window
        self.keys_pressed = 0
        self.window.activateWindow()
        wait(qtbot, lambda: bool(self.window.model.shown_ids()))
        self.wait(self.window.view.table.hasFocus)

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so."""
        wait(self._qtbot, condition)

    def press(self, *sequences: str) -> None:
        """Press keys, one sequence after the other, where the focus is."""
        for sequence in sequences:
            self.keys_pressed += 1
            QTest.keySequence(self.focus(), QKeySequence(sequence))

    def write(self, text: str) -> None:
        """Type a text where the focus is."""
        self.keys_pressed += len(text)
        QTest.keyClicks(self.focus(), text)

    def focus(self) -> QWidget:
        """The widget that has the keys: of the dialog in front, else of the window."""
        top = QApplication.activeModalWidget() or QApplication.activeWindow() or self.window
        inner: QWidget | None = top.focusWidget()
        return top if inner is None else inner

    def dialog(self, kind: type[D]) -> D:
        """The dialog of this kind, once it is there."""

        def found() -> list[D]:
            return [w for w in QApplication.allWidgets() if isinstance(w, kind) and w.isVisible()]

        self.wait(lambda: bool(found()))
        dialog = found()[0]
        # Without a window manager nobody gives the keys to it.
        dialog.activateWindow()
        self.wait(dialog.isActiveWindow)
        return dialog

    def no_dialog(self, kind: type[QDialog]) -> None:
        """Wait until no dialog of this kind is there any more."""
        self.wait(
            lambda: (
                not any(isinstance(w, kind) and w.isVisible() for w in QApplication.allWidgets())
            )
        )
        # Without a window manager nobody gives the keys back to the window.
        self.window.activateWindow()
        self.wait(lambda: QApplication.activeWindow() is self.window)

    def go(self, keys: str, name: str, kind: type[P]) -> P:
        """Go to a view by its keys; its page."""
        self.press(keys)
        self.wait(lambda: self.window.pages.current == name)
        page = self.window.pages.page(name)
        assert isinstance(page, kind)
        self.wait(page.isVisible)
        return page

    def tab_to(self, widget: QWidget | None) -> None:
        """Press Tab until a widget has the focus."""
        for _ in range(60):
            if self.focus() is widget:
                return
            self.press("Tab")
        raise AssertionError(f"Tab never reaches {widget}")

    def choose_file(self, path: Path) -> None:
        """Type a path into the file dialog, and accept it."""
        self.dialog(QFileDialog)
        assert isinstance(self.focus(), QLineEdit)
        self.press("Ctrl+A")
        self.write(str(path))
        self.press("Return")

    def select(self, *names: str) -> None:
        """Put the keys on the first of the services, and extend to the others by Shift+Down."""
        table, model = self.window.view.table, self.window.model
        ids = {row.service.name: id_ for id_, row in model.arrangement.rows.items()}
        table.setFocus()
        self.press("Ctrl+Home")
        for _ in range(model.rowCount()):
            if model.id_at(table.currentIndex().row()) == ids[names[0]]:
                break
            self.press("Down")
        for _ in names[1:]:
            self.press("Shift+Down")
        assert {self.service(name).id for name in names} == set(table.selected_ids())

    def service(self, name: str) -> Service:
        """A service as the window shows it."""
        rows = self.window.model.arrangement.rows.values()
        (found,) = [row.service for row in rows if row.service.name == name]
        return found

    def has_service(self, name: str) -> bool:
        """Whether the window shows a service of this name."""
        rows = self.window.model.arrangement.rows.values()
        return any(row.service.name == name for row in rows)

    def script_sets(self, service_id: int, status_id: int) -> dict[str, Any]:
        """A script asks the API for a status; the answer."""
        body = {
            "action": "setstatus", "service": service_id, "status": status_id,
            "user": "alice", "pwd": GOOD_PASSWORD,
        }  # fmt: skip
        url = f"{self.window.status_line.address}/api/services"
        request = urllib.request.Request(url, json.dumps(body).encode(), method="POST")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=20) as response:
            answer: dict[str, Any] = json.load(response)
        return answer
