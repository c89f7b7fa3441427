"""The hands of a robot: events for the window in front, and what they may come to.

Before each press it is taken down what the window shows as that which it would change.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

import shiboken6
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QWindow
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QMessageBox,
    QWidget,
)

from izzitup_desktop.desktop.board.status_dialog import StatusDialog
from izzitup_desktop.desktop.start.session import Session
from izzitup_desktop.desktop.window.main_window import MainWindow
from tests.acceptance.presses import Presses
from tests.acceptance.witness import Painted, line_of

_LEFT = Qt.MouseButton.LeftButton
_MODIFIERS = {
    Qt.KeyboardModifier.ShiftModifier: Qt.Key.Key_Shift,
    Qt.KeyboardModifier.ControlModifier: Qt.Key.Key_Control,
    Qt.KeyboardModifier.AltModifier: Qt.Key.Key_Alt,
}
_NO_MODIFIER = Qt.KeyboardModifier.NoModifier
_WITHIN = QPoint(0, 0)
_MODELS_SECONDS = 0.5
"""So long a new model may go unchecked."""
_CHECKED_SECONDS = 10.0
"""A check at each change of a long list takes longer than everything else together."""
_LONG_MS = 3_600_000
_SETTING = frozenset({"5", "6", "7", "Space", "Return"})
_UNDO = frozenset({"Undo", "Rückgängig"})
_UNDOING = frozenset({"Ctrl+Z", "Ctrl+Shift+Z", "Return"})
"""Return does what was chosen in the palette."""

Act = Callable[[], None]


class Hands:
    """Press, drag and type in the window in front, as the screen's server hands it in."""

    def __init__(self, session: Session, chance: random.Random, presses: Presses) -> None:
        self.session, self._random, self._presses = session, chance, presses
        self._painted: Painted | None = None
        self._watched: MainWindow | None = None
        self._testers: dict[int, QAbstractItemModelTester] = {}
        self._began = monotonic()
        self._models_checked = 0.0
        self.wrong: list[str] = []
        """Keys that an editor did not take."""

    def attend(self) -> None:
        """See what the window paints: another language has another window."""
        window = self.session.window
        if window is not self._watched:
            self._watched, self._painted = window, Painted(window.view.table)
        if (now := monotonic()) > self._models_checked + _MODELS_SECONDS:
            self._models_checked = now
            self._check_models(now)

    def _check_models(self, now: float) -> None:
        """Have each item model of ours checked for a while, then for as long not."""
        if int((now - self._began) / _CHECKED_SECONDS) % 2:
            self._testers.clear()
            return
        widgets = QApplication.allWidgets()
        models = [widget.model() for widget in widgets if isinstance(widget, QAbstractItemView)]
        ours = {
            id(model): model
            for model in models
            if type(model).__module__.startswith("izzitup_desktop.")
        }
        # A tester keeps its model, which may keep the window that it was in.
        self._testers = {at: one for at, one in self._testers.items() if at in ours}
        for at, model in ours.items():
            if at not in self._testers:
                self._testers[at] = QAbstractItemModelTester(
                    model, QAbstractItemModelTester.FailureReportingMode.Warning
                )

    def answer(self) -> None:
        """Of a question whether to drop what was typed: drop it. Of others: nothing."""
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            role = QMessageBox.ButtonRole.DestructiveRole
            drops = [button for button in box.buttons() if box.buttonRole(button) is role]
            for button in drops[:1]:
                if button.text() in {"Drop it", "Discard", "Verwerfen"}:
                    button.click()

    def top(self) -> QWidget:
        return (
            QApplication.activePopupWidget()
            or QApplication.activeModalWidget()
            or self.active()
            or self.session.window
        )

    def active(self) -> QWidget | None:
        """The window that has the keys; a menu's is none, though it has them while it is open."""
        active = QApplication.activeWindow()
        is_there = active is not None and active.isVisible() and not _is_menu(active)
        return active if is_there else None

    def shown(self) -> Painted:
        self.attend()
        assert self._painted is not None
        return self._painted

    def anywhere(self) -> tuple[QWidget, QPoint]:
        top = self.top()
        spot = QPoint(
            self._random.randrange(max(1, top.width())),
            self._random.randrange(max(1, top.height())),
        )
        buttons = [b for b in top.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]
        if buttons and self._random.random() < 0.5:
            button = self._random.choice(buttons)
            spot = button.mapTo(button.window(), button.rect().center())
        return top, spot

    def clicking(self, top: QWidget, spot: QPoint, *, twice: bool = False) -> Act:
        def click() -> None:
            if top is self.top():
                self.click(top, spot, twice=twice)

        return click

    def _allow_at(self, widget: QWidget, spot: QPoint) -> None:
        """What may come of a press here, by what is painted there."""
        window, shown = self.session.window, self.shown()
        viewport = window.view.table.viewport()
        top = widget.window()
        under = top.childAt(widget.mapTo(top, spot))
        if under is viewport and viewport.isVisible():
            id_, status = shown.button_at(viewport.mapFrom(top, widget.mapTo(top, spot)))
            if status:
                self._presses.aimed += 1
                self._presses.allow(frozenset((id_,)), status)
        elif under is window.toast.button and window.toast.button.text() in _UNDO:
            self._presses.allow_undo(window.toast.text)
        elif isinstance(top, StatusDialog):
            self._presses.allow(frozenset(top.ids), top.status_id)
        elif isinstance(under, QAbstractButton):
            chosen = window.inspector.details.statuses.items()
            self._allow_selected(next((id_ for id_, button in chosen if button is under), 0))
        elif under is not None and isinstance(under.parent(), QAbstractItemView):
            self._allow_selected()
            self._presses.allow_undo()

    def _allow_key(self, key: str) -> None:
        if key in _UNDOING:
            self._presses.allow_undo()
        if key in _SETTING:
            self._allow_selected(int(key) if key.isdigit() else 0)

    def _allow_selected(self, status: int = 0) -> None:
        shown = set(self.shown().selected)
        inspected = self.session.window.inspector.service
        shown |= {inspected.id} if inspected is not None else set()
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, StatusDialog) and dialog.isVisible():
                self._presses.allow(frozenset(dialog.ids), dialog.status_id)
        table = self.session.window.view.table
        if table.hasFocus() and (row := table.currentIndex().row()) >= 0:
            shown.add(table.services.id_at(row))
        self._presses.allow(frozenset(shown), status)

    def click(self, widget: QWidget, spot: QPoint, *, twice: bool = False) -> None:
        handle = _handle(widget, spot)
        if handle is None or _is_menu(widget):
            return
        at = widget.mapTo(widget.window(), spot)
        self._allow_at(widget, spot)
        self._press(handle, at)
        if twice and shiboken6.isValid(handle) and widget.window() is self.top():
            self.click_again(widget, spot, self.shown().button_at(self._on_table(widget, spot)))

    def _on_table(self, widget: QWidget, spot: QPoint) -> QPoint:
        viewport = self.session.window.view.table.viewport()
        return viewport.mapFromGlobal(widget.mapToGlobal(spot))

    def _press(self, handle: QWindow, at: QPoint) -> None:
        """Press and let go; a press may close the window, and then none is let go in it."""
        for do in (QTest.mousePress, QTest.mouseRelease):
            with _may_close(handle):
                do(handle, _LEFT, _NO_MODIFIER, at)

    def click_again(self, widget: QWidget, spot: QPoint, first: tuple[int, int]) -> None:
        """The second press of a double click, some time after the first one hit `first`.

        It is meant for that button, and for no other one that came under the pointer.
        """
        handle = _handle(widget, spot)
        if handle is None:
            return
        if self.shown().button_at(self._on_table(widget, spot)) == first:
            self._allow_at(widget, spot)
        at = widget.mapTo(widget.window(), spot)
        within = QApplication.doubleClickInterval()
        # QTest's clock goes on by a double click's time with each release.
        QApplication.setDoubleClickInterval(_LONG_MS)
        try:
            self._press(handle, at)
        finally:
            QApplication.setDoubleClickInterval(within)

    def hold(self, top: QWidget, spot: QPoint) -> None:
        if (handle := _handle(top, spot)) is not None and not _is_menu(top):
            self._allow_at(top, spot)
            with _may_close(handle):
                QTest.mousePress(handle, _LEFT, _NO_MODIFIER, spot)

    def let_go(self, top: QWidget, spot: QPoint) -> None:
        if (handle := _handle(top, spot)) is not None:
            with _may_close(handle):
                QTest.mouseRelease(handle, _LEFT, _NO_MODIFIER, spot)

    def move(self, widget: QWidget, spot: QPoint) -> None:
        if (handle := _handle(widget, spot)) is not None:
            QTest.mouseMove(handle, widget.mapTo(widget.window(), spot))

    def wheel(self, top: QWidget, spot: QPoint, by: int) -> None:
        if (handle := _handle(top, spot)) is not None:
            QTest.wheelEvent(handle, QPointF(spot), QPoint(0, by))

    def key(self, sequence: str) -> None:
        if (handle := _handle(self.top())) is not None:
            self._allow_key(sequence)
            keys = QKeySequence(sequence)[0]  # type: ignore[index]
            if self._closes_menu(handle, keys.keyboardModifiers()):
                return
            for do in (QTest.keyPress, QTest.keyRelease):
                with _may_close(handle):
                    do(handle, keys.key(), keys.keyboardModifiers())

    def _closes_menu(self, handle: QWindow, modifiers: Qt.KeyboardModifier) -> bool:
        """Whether a menu goes with the first of the keys that are held, as it does by Alt.

        Qt's test would hand the others to a window that is no more.
        """
        menu = QApplication.activePopupWidget()
        if menu is None or modifiers == _NO_MODIFIER:
            return False
        for modifier, key in _MODIFIERS.items():
            if modifier & modifiers and menu.isVisible():
                with _may_close(handle):
                    QTest.keyPress(handle, key)
                if shiboken6.isValid(handle) and shiboken6.isValid(menu) and menu.isVisible():
                    QTest.keyRelease(handle, key)
                else:
                    return True
        return False

    def write(self, text: str) -> None:
        for letter in text:
            if (handle := _handle(self.top())) is None:
                return
            self._allow_key("Space" if letter == " " else letter)
            code = Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key.Key_unknown
            editor = QApplication.focusWidget()
            has_keys = editor is not None and editor.window() is self.top()
            before = line_of(editor) if has_keys else None
            for action in (QTest.KeyAction.Press, QTest.KeyAction.Release):
                with _may_close(handle):
                    QTest.sendKeyEvent(action, handle, code, letter, _NO_MODIFIER)
            if before is not None and line_of(editor) != (after := before.with_letter(letter)):
                self.wrong.append(f"{letter!r} in {before} made {line_of(editor)}, not {after}")


def _handle(widget: QWidget, spot: QPoint = _WITHIN) -> QWindow | None:
    """The window that a screen's server would hand an event to; None: it is not there."""
    window = widget.window()
    if not window.isVisible() or not window.rect().contains(widget.mapTo(window, spot)):
        return None
    handle = window.windowHandle()
    if shiboken6.isValid(handle):
        return handle
    # A window that was made anew has the handle's old object yet.
    same = (one for one in QGuiApplication.topLevelWindows() if shiboken6.isValid(one))
    return next((one for one in same if int(one.winId()) == int(window.winId())), None)


@contextmanager
def _may_close(handle: QWindow) -> Iterator[None]:
    """An event may close its window, and then there is none to hand another one to."""
    try:
        yield
    except RuntimeError:
        if shiboken6.isValid(handle):
            raise


def _is_menu(widget: QWidget) -> bool:
    """Menus have Quit in them; their actions are had by keys."""
    return widget.inherits("QMenu")
