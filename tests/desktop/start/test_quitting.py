"""The end of a run, in a process of its own, whatever is open in its window."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from izzitup_desktop.platform import settings
from tests.desktop.sessions import board_of

CODE = """
from izzitup_desktop.desktop.start.qt import load_qt
load_qt()
import os, signal
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from izzitup_desktop.desktop.start.run import Run
from izzitup_desktop.desktop.start.single_instance import SingleInstance
from izzitup_desktop.platform.paths import find_paths

def on_attached(session):
    session.window.editing.add()
    session.window.editing.dialog.editor("name").setText("half a name")
    QTimer.singleShot(0, lambda: os.kill(os.getpid(), signal.SIGTERM))

app, paths = QApplication([]), find_paths()
app.setQuitOnLastWindowClosed(False)
instance = SingleInstance(paths.data, "")
assert instance.claim()
run = Run(app, paths, "", instance)
run.began.connect(lambda session: session.attached.connect(lambda: on_attached(session)))
run.begin()
code = app.exec()
run.close()
raise SystemExit(code)
"""


@pytest.mark.soak
def test_a_signal_ends_the_process_while_a_dialog_has_typed_text(home: Path) -> None:
    board_of(home, "Chat")
    settings.save(home, serve=False)
    ended = subprocess.run(
        [sys.executable, "-c", CODE],
        check=False, capture_output=True, text=True, timeout=30, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
