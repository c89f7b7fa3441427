"""What an operator may come to do: plans of a few actions each, by chance."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QSize
from PySide6.QtWidgets import QWidget

from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.start.session import Session
from izzitup_desktop.desktop.widgets.password_line import PasswordLine
from tests.acceptance.hands import Hands
from tests.builders import GOOD_PASSWORD

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
_SIZES = (QSize(640, 480), QSize(800, 600), QSize(1024, 700), QSize(1360, 800))
_MOVING = ("PgDown", "PgUp", "End", "Home", "Ctrl+Shift+F", "F5", "Ctrl+G")
"""Keys that may bring another row under the pointer."""

Act = Callable[[], None]


class Plans(QObject):
    """Puts actions into `plan`: milliseconds to wait before, what to tell, and the action."""

    def __init__(self, session: Session, chance: random.Random, hands: Hands) -> None:
        super().__init__()
        self.session, self._random, self.hands = session, chance, hands
        self.plan: deque[tuple[int, str, Act]] = deque()
        self.wrong: list[str] = []
        self._words = 0

    def _then(self, told: str, act: Act, pause: int = 0) -> None:
        self.plan.append((pause, told, act))

    # What there is to do

    def make_plan(self) -> None:
        if self.session.sign_on.is_locked:
            self.plan_unlocking()
            return
        plans = (
            (60, self._plan_button), (12, self._plan_click), (5, self._plan_double_click),
            (3, self._plan_drag), (5, self._plan_wheel), (20, self._plan_keys),
            (8, self._plan_writing), (4, self._plan_palette), (5, self._plan_page),
            (4, self._plan_search), (5, self._plan_dialog), (8, self.plan_escape),
            (6, self._plan_toast), (5, self._plan_comment), (6, self._plan_note),
            (3, self._plan_new), (1, self._plan_size), (1, self._plan_language), (1, self._plan_lock),
            (3, self._plan_wait),
        )  # fmt: skip
        weights = [weight for weight, _ in plans]
        self._random.choices([plan for _, plan in plans], weights)[0]()

    def _plan_button(self) -> None:
        """Aim at a status button, rest there a while, and press it: once, or twice."""
        if (spot := self._button()) is None:
            self._plan_board()
            return
        aimed: list[tuple[int, int]] = []

        def press() -> None:
            if self._is_free_to_press():
                shown = self.hands.shown().button_at(spot)
                if aimed[0][1] and shown != aimed[0] and self._is_by_hand(spot):
                    self.wrong.append(f"the pointer rested on {aimed[0]}, and {shown} came there")
                self.hands.click(self._viewport(), spot)

        self._rest(spot, aimed)
        self._then("press there", press, self._random.randrange(_TAMEST))
        if self._random.random() < 0.4:
            self._plan_second(spot)

    def _plan_board(self) -> None:
        """Have the rows in sight, and their buttons."""
        if self.hands.top() is not self.session.window:
            self.plan_escape()
        elif not self.session.window.view.table.isVisible():
            self._then("key Alt+1", lambda: self.hands.key("Alt+1"))
            self._then("key Ctrl+Shift+F", lambda: self.hands.key("Ctrl+Shift+F"))
        else:
            width = _SIZES[-1].width()
            self._then(f"resize {width}", lambda: self.session.window.resize(_SIZES[-1]))
            self._then("wait a moment", lambda: None, 50)

    def _plan_second(self, spot: QPoint) -> None:
        """A double click, between whose presses anything may happen to the rows."""
        hit: list[tuple[int, int]] = []
        press = self.plan.pop()[2]

        def first() -> None:
            hit.append(self.hands.shown().button_at(spot))
            press()

        def second() -> None:
            if self._is_free_to_press():
                self.hands.click_again(self._viewport(), spot, hit[0])

        self._then("press there first", first, self._random.randrange(_TAMEST))
        by, key = self._random.choice((-120, 120)), self._random.choice(_MOVING)
        between = self._random.random()
        if between < 0.3:
            wheel = lambda: self.hands.wheel(*self._in_window(spot), by)  # noqa: E731
            self._then(f"wheel {by} between", wheel, 20)
        elif between < 0.5:
            self._then(f"key {key}", lambda: self.hands.key(key), 20)
        self._then("press there again", second, self._random.randrange(5, 300))

    def _button(self) -> QPoint | None:
        """Somewhere on a status button, or in their column; None: no rows are in sight."""
        if not self._is_free_to_press():
            return None
        table = self.session.window.view.table
        buttons = self.hands.shown().buttons()
        if buttons and self._random.random() < 0.85:
            _, _, middle = self._random.choice(buttons)
            return middle + QPoint(self._random.randrange(-8, 9), self._random.randrange(-8, 9))
        if not buttons and self._random.random() < 0.5:
            return None
        x = table.columnViewportPosition(Column.BUTTONS)
        x += self._random.randrange(max(1, table.columnWidth(Column.BUTTONS)))
        return QPoint(x, self._random.randrange(max(1, table.viewport().height())))

    def _rest(self, spot: QPoint, aimed: list[tuple[int, int]]) -> None:
        def move() -> None:
            self.hands.move(self._viewport(), spot)

        self._then(f"aim at {spot.x()},{spot.y()} of the table", move)
        # What changed just before is painted by then.
        self._then("see", lambda: aimed.append(self.hands.shown().button_at(spot)), 20)

    def _viewport(self) -> QWidget:
        return self.session.window.view.table.viewport()

    def _in_window(self, spot: QPoint) -> tuple[QWidget, QPoint]:
        window = self.session.window
        return window, self._viewport().mapTo(window, spot)

    def _is_free_to_press(self) -> bool:
        window = self.session.window
        return self.hands.top() is window and window.view.table.isVisible()

    def _is_by_hand(self, spot: QPoint) -> bool:
        """Whether the pointer is still over the table, which keeps rows where they are."""
        return self._viewport().rect().contains(spot)

    def _plan_toast(self) -> None:
        """Press what the toast offers, which may be gone by then."""

        def press() -> None:
            button = self.session.window.toast.button
            if button.isVisible() and self.hands.top() is self.session.window:
                self.hands.click(button, button.rect().center())

        self._then("press the toast's button", press, self._random.randrange(200))

    def _plan_comment(self) -> None:
        """Comment on a change: keys go to the dialog from the first one on."""
        word, key = self._word(), self._random.choice(("Return", "Return", "Ctrl+Return", "Escape"))
        self._then("key Ctrl+Return", lambda: self.hands.key("Ctrl+Return"))
        self._then(f"type {word}", lambda: self.hands.write(word))
        self._then("wait, having typed", lambda: None, 50)
        self._then(f"key {key}", lambda: self.hands.key(key))
        self._then("answer a question", self.hands.answer, 20)

    def _plan_note(self) -> None:
        """Edit a cell, and take or drop what was typed there."""
        word, key = self._word(), self._random.choice(("Return", "Return", "Tab", "Escape"))
        for each in ("Down", self._random.choice(("Right", "Left", "Home")), "F2"):
            self._then(f"key {each}", lambda key=each: self.hands.key(key))  # type: ignore[misc]
        self._then(f"type {word}", lambda: self.hands.write(word))
        for _ in range(self._random.randrange(4)):
            self._then("wait, having typed", lambda: None, 100)
        self._then(f"key {key}", lambda: self.hands.key(key))

    def _plan_new(self) -> None:
        """Add a service by its name."""
        word, key = self._word(), self._random.choice(("Return", "Ctrl+Return"))
        self._then("key Ctrl+N", lambda: self.hands.key("Ctrl+N"))
        self._then(f"type {word}", lambda: self.hands.write(word), 60)
        self._then(f"key {key}", lambda: self.hands.key(key), 20)
        self._then("wait a moment", lambda: None, 150)

    def _word(self) -> str:
        """A word that was not typed before, and sets nothing where it is typed by mistake."""
        self._words += 1
        number = "".join("abcdefghij"[int(digit)] for digit in str(self._words))
        return f"{self._random.choice(_WORDS)}.{number}z"

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
        word = self._word()
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
        word = self._word()
        self._then(f"type {word}", lambda: self.hands.write(word), 60)
        for _ in range(self._random.randrange(6)):
            self._then("wait, having typed", lambda: None, 150)
        self._plan_keys()
        if self._random.random() < 0.7:
            self.plan_escape()

    def plan_escape(self) -> None:
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

    def plan_unlocking(self) -> None:
        """Click the line of the password that is shown, and type it."""
        top = self.hands.top()
        lines = [line for line in top.findChildren(PasswordLine) if line.isVisible()]
        if not lines:
            self.plan_escape()
            return
        spot = lines[0].mapTo(top, lines[0].rect().center())
        self._then("click the password's line", self.hands.clicking(top, spot))
        self._then("key Ctrl+A", lambda: self.hands.key("Ctrl+A"))
        self._then("type password", lambda: self.hands.write(GOOD_PASSWORD))
        self._then("key Return to unlock", lambda: self.hands.key("Return"))
        self._then("wait a moment", lambda: None, 150)

    def _plan_wait(self) -> None:
        self._then("wait a moment", lambda: None, self._random.randrange(600))
