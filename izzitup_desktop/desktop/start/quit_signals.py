"""SIGTERM and SIGINT, in a Qt program."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, QTimer


class QuitSignals:
    """From now on SIGTERM and SIGINT call `then`; a second one ends the process at once.

    Python's handlers run between bytecodes, of which Qt's loop runs none: the
    wake-up descriptor makes Qt look. `close()` gives the signals back.
    """

    def __init__(self, then: Callable[[], object], parent: QObject) -> None:
        self._asked = False
        self._quit = QTimer(parent, singleShot=True)
        self._quit.timeout.connect(then)
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, parent)
        self._notifier.activated.connect(self._woken)
        self._before = {
            number: signal.signal(number, self._on_signal)
            for number in (signal.SIGTERM, signal.SIGINT)
        }
        self._wakeup_before = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)

    def close(self) -> None:
        """Give the signals back."""
        signal.set_wakeup_fd(self._wakeup_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._read.close()
        self._write.close()

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if self._asked:
            os._exit(128 + number)
        self._asked = True
        # It runs inside whatever runs: a window can't go within its own paint.
        self._quit.start()

    def _woken(self) -> None:
        try:
            self._read.recv(64)
        except BlockingIOError:
            pass
