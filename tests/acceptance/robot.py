"""An operator who does anything at all: presses, drags, types at random, by a seed.

It acts through the windows' own events (as the screen's server hands them in), one action
at a turn of the event loop, so that loops within dialogs and drags go on too. After each,
it looks at what `witness` saw.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, QPoint, QSize, Qt, QThread, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QMessageBox,
)

from izzitup_desktop.desktop.access.sign_in import SignInDialog
from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.start.session import Session
from tests.acceptance.hands import Hands
from tests.acceptance.witness import Complaints, Presses, Texts
from tests.builders import GOOD_PASSWORD

_LEFT = Qt.MouseButton.LeftButton
_NO_MODIFIER = Qt.KeyboardModifier.NoModifier
_GRACE_SECONDS = 4.0
"""So long nothing may have the keys: a dialog stores, the window manager is asked."""
_STEPS_TOLD = 50
_TAMEST = 250
"""Milliseconds in which somebody who has found a button gets to press it."""

_KEYS = (
    "Tab", "Shift+Tab", "Up", "Down", "Left", "Right", "Home", "End", "PgUp", "PgDown", "Space",
    "Return", "Escape", "F2", "F5", "Del", "5", "6", "7", "Ctrl+Return", "Ctrl+H", "Ctrl+Shift+H",
    "Ctrl+E", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+A", "Ctrl+G", "Ctrl+I", "Ctrl+F", "Ctrl+Shift+F",
    "Ctrl+Shift+D", "Shift+Down", "Shift+Up", "Alt+Shift+Up", "Alt+Shift+Down", "Ctrl+C", "F11",
    "Ctrl+?", "Ctrl+N", "Ctrl+Shift+-", "Ctrl+Shift++",
)  # fmt: skip
_WORDS = ("ma", "Störung im Netz", "x", "since 9:00, called", "https://a.example", "e", "12")
_SIZES = (QSize(800, 600), QSize(1024, 700), QSize(1360, 800), QSize(640, 480))

Act = Callable[[], None]


class Robot(QObject):
    """Acts on the session's window for so many seconds; `done` then, or at the first `wrong`."""

    def __init__(
        self, session: Session, seed: int, seconds: float, presses: Presses, complaints: Complaints
    ) -> None:
        super().__init__()
        self.session, self._random = session, random.Random(seed)
        self._presses, self._complaints = presses, complaints
        self.hands = Hands(session, self._random, presses)
        self._end = monotonic() + seconds
        self._plan: deque[tuple[int, str, Act]] = deque()
        self._told: deque[str] = deque(maxlen=_STEPS_TOLD)
        self._texts = Texts()
        self._keyless_since: float | None = None
        self._acting: list[int] = []
        self._endings = 0
        self.steps = 0
        self.wrong: list[str] = []
        self.done = False
        session.ended.connect(self._on_ended)

    def begin(self) -> None:
        """Act from the next turn of the event loop on."""
        QTimer.singleShot(0, self, self._turn)

    def story(self, picture: Path) -> str:
        """What was wrong, the last steps, and a picture of the window."""
        top = self.hands.top()
        top.grab().save(str(picture))
        steps = "\n".join(self._told)
        return f"{self.wrong}\nin {top}, picture in {picture}; the last steps:\n{steps}"

    # Turn by turn

    def _turn(self) -> None:
        if self.done:
            return
        level = QThread.currentThread().loopLevel()
        if level in self._acting:
            # Within an action, whose events are being handled; no loop of a dialog's.
            QTimer.singleShot(5, self, self._turn)
            return
        self._check()
        if self.wrong:
            self.done = True
            return
        if not self._plan:
            if monotonic() > self._end:
                self._plan_end()
            else:
                self._make_plan()
        if not self._plan:
            return
        _, told, act = self._plan.popleft()
        # Asked for first: an action may run a loop of its own, in which the rest goes on.
        following = self._plan[0][0] if self._plan else self._random.choice((0, 5, 20, 80))
        QTimer.singleShot(following, self, self._turn)
        self.steps += 1
        self._told.append(f"{monotonic():.2f} {told}")
        if not told.startswith(("wait", "type")):
            self._texts.forget()
        self._acting.append(level)
        try:
            act()
        finally:
            self._acting.remove(level)
        if told.startswith("wait"):
            self._texts.keep()

    def _then(self, told: str, act: Act, pause: int = 0) -> None:
        self._plan.append((pause, told, act))

    def _check(self) -> None:
        self.hands.attend()
        self.wrong += self._complaints.lines
        self.wrong += self._presses.unexplained()
        self.wrong += self._texts.lost()
        for box in QApplication.topLevelWidgets():
            critical = QMessageBox.Icon.Critical
            if isinstance(box, QMessageBox) and box.isVisible() and box.icon() is critical:
                self.wrong.append(f"a box of an error: {box.text()}")
        self._check_focus()

    def _check_focus(self) -> None:
        focus = QApplication.focusWidget()
        if QApplication.activePopupWidget() is not None or (
            focus is not None and focus.isVisible() and focus.isEnabled()
        ):
            self._keyless_since = None
            return
        if QApplication.activeWindow() is None:
            self.hands.top().activateWindow()  # as a window manager does
        now = monotonic()
        self._keyless_since = self._keyless_since or now
        if now - self._keyless_since > _GRACE_SECONDS:
            self.wrong.append(f"no widget has the keys, but {focus}")

    def _on_ended(self) -> None:
        self._told.append("ended")
        self.done = True

    # What there is to do

    def _make_plan(self) -> None:
        if self.session.sign_on.is_locked:
            self._plan_unlocking()
            return
        plans = (
            (60, self._plan_button), (12, self._plan_click), (5, self._plan_double_click),
            (3, self._plan_drag), (5, self._plan_wheel), (20, self._plan_keys),
            (8, self._plan_writing), (4, self._plan_palette), (5, self._plan_page),
            (4, self._plan_search), (5, self._plan_dialog), (8, self._plan_escape),
            (1, self._plan_size), (1, self._plan_language), (1, self._plan_lock),
            (3, self._plan_wait),
        )  # fmt: skip
        weights = [weight for weight, _ in plans]
        self._random.choices([plan for _, plan in plans], weights)[0]()

    def _plan_button(self) -> None:
        table = self.session.window.view.table
        if not table.isVisible() or self.hands.top() is not self.session.window:
            self._plan_escape()
            return
        x = table.columnViewportPosition(Column.BUTTONS)
        x += self._random.randrange(max(1, table.columnWidth(Column.BUTTONS)))
        spot = QPoint(x, self._random.randrange(max(1, table.viewport().height())))
        aimed: list[tuple[int, int]] = []

        def look() -> None:
            self.hands.move(table.viewport(), spot)
            aimed.append(self.hands.shown().button_at(spot))

        def press() -> None:
            if self.hands.top() is not self.session.window or not table.isVisible():
                return
            shown = self.hands.shown().button_at(spot)
            if aimed[0][1] and shown != aimed[0] and self._is_by_hand(spot):
                self.wrong.append(f"the pointer rested on {aimed[0]}, and {shown} came under it")
            self.hands.click(table.viewport(), spot)

        self._then(f"aim at {spot.x()},{spot.y()} of the table", look)
        self._then("press there", press, self._random.randrange(_TAMEST))
        if self._random.random() < 0.2:
            self._then("press again", press, 30)

    def _is_by_hand(self, spot: QPoint) -> bool:
        """Whether the pointer is still over the table, which keeps rows where they are."""
        return self.session.window.view.table.viewport().rect().contains(spot)

    def _plan_click(self) -> None:
        top, spot = self.hands.anywhere()
        self._then(
            f"click {spot.x()},{spot.y()} of {type(top).__name__}", self.hands.clicking(top, spot)
        )

    def _plan_double_click(self) -> None:
        top, spot = self.hands.anywhere()
        click = self.hands.clicking(top, spot, twice=True)
        self._then(f"double click {spot.x()},{spot.y()} of {type(top).__name__}", click)

    def _plan_drag(self) -> None:
        top, spot = self.hands.anywhere()
        to = QPoint(spot.x(), self._random.randrange(max(1, top.height())))
        self._then(f"hold {spot.x()},{spot.y()}", lambda: self.hands.hold(top, spot))
        for part in (3, 2, 1):
            between = to + (spot - to) * part / 4
            self._then("drag", lambda at=between: self.hands.move(top, at), 20)  # type: ignore[misc]
        self._then(f"let go {to.x()},{to.y()}", lambda: self.hands.let_go(top, to), 20)

    def _plan_wheel(self) -> None:
        top, spot = self.hands.anywhere()
        by = self._random.choice((-360, -120, 120, 360))

        self._then(f"wheel {by}", lambda: self.hands.wheel(top, spot, by))

    def _plan_keys(self) -> None:
        for _ in range(self._random.randrange(1, 4)):
            key = self._random.choice(_KEYS)
            self._then(f"key {key}", lambda key=key: self.hands.key(key))  # type: ignore[misc]

    def _plan_writing(self) -> None:
        """Type, and wait while others go on: what was typed must stay."""
        word = self._random.choice(_WORDS)
        self._then(
            f"key F2 or none, then {word}",
            lambda: self.hands.key(self._random.choice(("F2", "Tab"))),
        )
        self._then(f"type {word}", lambda: self.hands.write(word))
        for _ in range(self._random.randrange(2, 8)):
            self._then("wait, having typed", lambda: None, 150)
        key = self._random.choice(("Return", "Escape", "Tab"))
        self._then(f"key {key}", lambda: self.hands.key(key))

    def _plan_palette(self) -> None:
        word = self._random.choice(("wall", "insp", "hist", "out", "export", "short", "comp"))
        self._then("key Ctrl+K", lambda: self.hands.key("Ctrl+K"))
        self._then(f"type {word}", lambda: self.hands.write(word))
        key = self._random.choice(("Return", "Escape", "Down"))
        self._then(f"key {key}", lambda: self.hands.key(key), 50)

    def _plan_page(self) -> None:
        number = self._random.choice((1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9))
        self._then(f"key Alt+{number}", lambda: self.hands.key(f"Alt+{number}"))

    def _plan_search(self) -> None:
        word = self._random.choice(("e", "ma", "chat", "zzz"))
        self._then("key Ctrl+F", lambda: self.hands.key("Ctrl+F"))
        self._then(f"type {word}", lambda: self.hands.write(word))
        self._then("key Ctrl+Shift+F", lambda: self.hands.key("Ctrl+Shift+F"), 200)

    def _plan_dialog(self) -> None:
        key = self._random.choice(("Ctrl+N", "Ctrl+Return", "Ctrl+,", "Ctrl+?"))
        self._then(f"key {key}", lambda: self.hands.key(key))
        word = self._random.choice(_WORDS)
        self._then(f"type {word}", lambda: self.hands.write(word), 60)
        for _ in range(self._random.randrange(6)):
            self._then("wait, having typed", lambda: None, 150)
        self._plan_keys()
        if self._random.random() < 0.7:
            self._plan_escape()

    def _plan_escape(self) -> None:
        self._then("key Escape", lambda: self.hands.key("Escape"))
        self._then("answer a question", self.hands.answer, 20)

    def _plan_size(self) -> None:
        size = self._random.choice(_SIZES)
        self._then(f"resize {size.width()}", lambda: self.session.window.resize(size))

    def _plan_language(self) -> None:
        language = self._random.choice(("de", "en"))
        save = self.session.keeper.save
        self._then(f"language {language}", lambda: save("language", language))
        self._then("wait a moment", lambda: None, 200)

    def _plan_lock(self) -> None:
        self._then("key Ctrl+L", lambda: self.hands.key("Ctrl+L"))
        self._then("wait a moment", lambda: None, 100)

    def _plan_unlocking(self) -> None:
        asked = isinstance(QApplication.activeModalWidget(), SignInDialog)
        if asked:
            self._then("key Ctrl+A", lambda: self.hands.key("Ctrl+A"))
            self._then("type password", lambda: self.hands.write(GOOD_PASSWORD))
        self._then("key Return to unlock", lambda: self.hands.key("Return"))
        self._then("wait a moment", lambda: None, 150)

    def _plan_wait(self) -> None:
        self._then("wait a moment", lambda: None, self._random.randrange(600))

    def _plan_end(self) -> None:
        """Put everything away: nothing may stay in front of the window."""
        self._endings += 1
        if self.session.sign_on.is_locked and self._endings < 30:
            self._plan_unlocking()
        elif self._is_free():
            self.done = True
        elif self._endings > 40:
            self.wrong.append(f"Escape never closes {self.hands.top()}")
            self.done = True
        else:
            self._plan_escape()
            self._then("wait a moment", lambda: None, 100)

    def _is_free(self) -> bool:
        return QApplication.activeModalWidget() is None and QApplication.activePopupWidget() is None
