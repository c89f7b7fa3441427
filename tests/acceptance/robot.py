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

from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from izzitup_desktop.desktop.start.session import Session
from tests.acceptance.accepted import Accepted
from tests.acceptance.hands import Hands
from tests.acceptance.plans import Plans
from tests.acceptance.presses import Presses
from tests.acceptance.witness import Complaints, Texts

_GRACE_SECONDS = 6.0
"""So long nothing may have the keys: a dialog stores, the window manager is asked."""
_STEPS_TOLD = 50
_DROPPING = frozenset({"key Escape", "answer a question"})
"""What was pressed to have a text dropped."""


class Robot(Plans):
    """Acts on the session's window for so many seconds; `done` then, or at the first `wrong`."""

    def __init__(
        self,
        session: Session,
        seed: int,
        seconds: float,
        presses: Presses,
        complaints: Complaints,
        accepted: Accepted,
        others: Callable[[], list[str]],
    ) -> None:
        """`others` tells what somebody else found wrong."""
        chance = random.Random(seed)
        super().__init__(session, chance, Hands(session, chance, presses))
        self._presses, self._complaints, self._accepted = presses, complaints, accepted
        self._others = others
        self._end = monotonic() + seconds
        self._told: deque[str] = deque(maxlen=_STEPS_TOLD)
        self._texts = Texts()
        self._keyless_since: float | None = None
        self._acting: list[int] = []
        self._endings = 0
        self.steps = 0
        self.done = False
        session.ended.connect(self._on_ended)
        self.hands.attend()

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
        if not self.plan:
            if monotonic() > self._end:
                self._plan_end()
            else:
                self.make_plan()
        if not self.plan:
            return
        _, told, act = self.plan.popleft()
        # Asked for first: an action may run a loop of its own, in which the rest goes on.
        following = self.plan[0][0] if self.plan else self._random.choice((0, 5, 20, 80))
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

    def _check(self) -> None:
        self.hands.attend()
        self.wrong += self._complaints.lines
        self.wrong += self._presses.unexplained()
        self.wrong += self._texts.lost()
        self.wrong += self.hands.wrong
        self.wrong += self._others()
        last = self._told[-1].partition(" ")[2] if self._told else ""
        self._accepted.look(self.session.window, dropping=last in _DROPPING)
        self.wrong += self._accepted.wrong
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
        if self.hands.active() is None:
            self.hands.top().activateWindow()  # as a window manager does
        now = monotonic()
        self._keyless_since = self._keyless_since or now
        if now - self._keyless_since > _GRACE_SECONDS:
            self.wrong.append(f"no widget has the keys, but {focus}")

    def _on_ended(self) -> None:
        self._told.append("ended")
        self.done = True

    # The end

    def _plan_end(self) -> None:
        """Put everything away: nothing may stay in front of the window."""
        self._endings += 1
        if self.session.sign_on.is_locked and self._endings < 30:
            self.plan_unlocking()
        elif self.is_free:
            self.done = True
        elif self._endings > 40:
            self.wrong.append(f"Escape never closes {self.hands.top()}")
            self.done = True
        else:
            self.plan_escape()
            self._then("wait a moment", lambda: None, 100)

    @property
    def is_free(self) -> bool:
        """Whether nothing stands in front of the window."""
        return QApplication.activeModalWidget() is None and QApplication.activePopupWidget() is None
