"""Two screens of different scale: the wall fills the one that was chosen, sharp and whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from izzitup_desktop.platform import settings as settings_file
from tests.builders import ALICE, opened_board
from tests.desktop.sessions import board_of

SCREENS = {
    "screens": [
        {"name": "left", "x": 0, "y": 0, "width": 1920, "height": 1080, "logicalDpi": 96, "dpr": 1},
        {"name": "right", "x": 1920, "y": 0, "width": 1920, "height": 1080, "logicalDpi": 96, "dpr": 1},
    ]
}  # fmt: skip

CODE = """
import json
from izzitup_desktop.desktop.start.qt import load_qt
load_qt()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from izzitup_desktop.desktop.start.run import Run
from izzitup_desktop.desktop.start.single_instance import SingleInstance
from izzitup_desktop.platform.paths import find_paths

def look(session):
    window = session.window
    if window.model.rowCount() < 2:
        return QTimer.singleShot(20, lambda: look(session))
    session.tools.show_wall()
    wall = session.tools.wall
    picture, place = wall.grab(), wall.geometry()
    (page,) = wall.pages
    print(json.dumps({
        "wall": [place.x(), place.y(), place.width(), place.height()],
        "pixels": [picture.width(), picture.height()],
        "on": wall.screen().name(), "window": window.screen().name(),
        "inside": all(card.left + card.width <= place.width() for card in page),
    }), flush=True)
    session.quit()

app, paths = QApplication([]), find_paths()
app.setQuitOnLastWindowClosed(False)
instance = SingleInstance(paths.data, "")
assert instance.claim()
run = Run(app, paths, "", instance)
run.began.connect(lambda session: session.attached.connect(lambda: look(session)))
run.begin()
app.exec()
run.close()
"""


@pytest.mark.soak
@pytest.mark.parametrize(
    ("wanted", "on", "place", "pixels"),
    [
        ("right", "right", [1920, 0, 960, 540], [1920, 1080]),
        ("", "left", [0, 0, 1920, 1080], [1920, 1080]),
        ("one that was unplugged", "left", [0, 0, 1920, 1080], [1920, 1080]),
    ],
)
def test_the_wall_fills_the_screen_that_was_chosen_in_its_own_scale(
    wanted: str, on: str, place: list[int], pixels: list[int], home: Path, tmp_path: Path
) -> None:
    board_of(home, "Chat", "Mail")
    with opened_board(f"sqlite:///{home}/izzitup.db", home, create=False) as board:
        board.statuses.set(ALICE, [1], 7, "the vendor looks")
    settings_file.save(home, wall_screen=wanted)
    config = tmp_path / "screens.json"
    config.write_text(json.dumps(SCREENS), "utf-8")
    environ = {
        **os.environ,
        "QT_QPA_PLATFORM": f"offscreen:configfile={config}",
        "QT_SCREEN_SCALE_FACTORS": "left=1;right=2",
    }
    ended = subprocess.run(
        [sys.executable, "-c", CODE], env=environ, capture_output=True, text=True,
        check=True, timeout=60,
    )  # fmt: skip
    found = json.loads(ended.stdout)
    assert found == {
        "wall": place, "pixels": pixels, "on": on, "window": "left", "inside": True,
    }  # fmt: skip
