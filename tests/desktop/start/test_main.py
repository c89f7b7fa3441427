"""What a start loads, and when: a process of its own, as `izzitup_desktop.desktop.start.main` begins."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from izzitup_desktop import application
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.platform import settings
from izzitup_desktop.platform.paths import find_paths
from tests.builders import GOOD_PASSWORD

CODE = """
import builtins, json, linecache, sys
plain = builtins.__import__
from izzitup_desktop.desktop.start.qt import load_qt
load_qt()
from PySide6.QtWidgets import QApplication
from izzitup_desktop.desktop.start.run import Run
from izzitup_desktop.desktop.start.single_instance import SingleInstance
from izzitup_desktop.platform.logs import start as start_logs
from izzitup_desktop.platform.paths import find_paths

def say(moment):
    read = [name for name in linecache.cache if "izzitup_desktop" in name]
    found = {
        "moment": moment, "modules": sorted(sys.modules), "sources": read,
        "is_plain": builtins.__import__ is plain,
    }
    print(json.dumps(found), flush=True)

def on_session(session):
    session.attached.connect(lambda: say("attached"))
    session.attached.connect(session.quit)

app, paths = QApplication([]), find_paths()
instance = SingleInstance(paths.data, "")
assert instance.claim()
crashes = start_logs(paths.logs)
run = Run(app, paths, "", instance)
run.painted.connect(lambda: say("painted"))
run.began.connect(on_session)
run.begin()
app.exec()
run.close()
crashes.close()
"""

LATER = {
    "alembic", "asyncio", "bcrypt", "click", "ctypes", "h11", "html", "jeepney",
    "psycopg", "sqlalchemy", "sqlite3", "tomlkit", "urllib.request", "uuid", "uvicorn",
    "PySide6.QtNetwork", "PySide6.QtPrintSupport",
    "izzitup_desktop.application", "izzitup_desktop.board", "izzitup_desktop.server",
    "izzitup_desktop.platform.settings", "izzitup_desktop.storage.engine",
    "izzitup_desktop.desktop.preferences.dialog", "izzitup_desktop.desktop.start.first_run",
    "izzitup_desktop.desktop.history.page", "izzitup_desktop.desktop.journal.page",
    "izzitup_desktop.desktop.accounts.page", "izzitup_desktop.desktop.board.dialog",
    "izzitup_desktop.desktop.access.sign_on", "izzitup_desktop.desktop.board.service_details",
    "izzitup_desktop.desktop.history.panel", "izzitup_desktop.desktop.journal.words",
    "izzitup_desktop.desktop.notifications.delivery", "izzitup_desktop.desktop.start.session",
    "izzitup_desktop.domain.concepts", "izzitup_desktop.domain.journal",
    "izzitup_desktop.domain.kinds", "izzitup_desktop.notify", "izzitup_desktop.platform.chosen",
}  # fmt: skip
"""What the first paint does without."""

NEVER = {
    "alembic", "psycopg", "sqlalchemy.dialects.postgresql", "sqlalchemy.orm", "tomlkit",
    "urllib.request", "izzitup_desktop.board.exchange", "izzitup_desktop.domain.exchange",
    "izzitup_desktop.storage.upgrade",
}  # fmt: skip
"""What a board in a file of our version does without."""


@pytest.fixture
def moments(home: Path) -> dict[str, dict[str, object]]:
    """What was loaded at the first paint, and when the board was there."""
    paths = find_paths()
    with application.start(paths, settings.Settings(), create=True, hash_cost=4) as running:
        running.board.accounts.first("alice", GOOD_PASSWORD, Origin.CLI)
    settings.save(paths.config, account="alice", serve=False)
    ended = subprocess.run(
        [sys.executable, "-c", CODE],
        capture_output=True, text=True, check=True, timeout=60, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    found = [json.loads(line) for line in ended.stdout.splitlines()]
    return {moment["moment"]: moment for moment in found}


@pytest.mark.soak
def test_a_start_loads_only_what_it_needs_and_when_it_needs_it(
    moments: dict[str, dict[str, object]],
) -> None:
    for moment, unwanted in (("painted", LATER), ("attached", NEVER)):
        modules = moments[moment]["modules"]
        assert isinstance(modules, list)
        assert not unwanted & set(modules), moment
        # PySide6 would read each module's source at its import, and keep it.
        assert moments[moment]["is_plain"], moment
        assert not moments[moment]["sources"], moment
    assert "izzitup_desktop.board" in set(moments["attached"]["modules"])  # type: ignore[call-overload]


def test_a_theme_puts_its_sheet_on_what_is_built_when_it_is_told(qapp: QApplication) -> None:
    before = qapp.styleSheet()
    try:
        qapp.setStyleSheet("")
        theme = Theme(qapp, unstyled=True)
        theme.choose("dark")
        assert qapp.styleSheet() == ""
        theme.style()
        dark = qapp.styleSheet()
        assert "QPushButton" in dark
        theme.choose("light")
        assert qapp.styleSheet() not in ("", dark)
        theme.deleteLater()
    finally:
        qapp.setStyleSheet(before)


def test_a_start_that_fails_after_the_first_paint_ends_and_says_why(home: Path) -> None:
    code = (
        "import sys\n"
        "from izzitup_desktop.desktop.start.main import main\n"
        "sys.modules['izzitup_desktop.desktop.start.session'] = None\n"
        "sys.exit(main([]))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=False, timeout=60, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert ended.returncode == 1
    assert "izzitup_desktop.desktop.start.session" in ended.stderr
    assert "ModuleNotFoundError" in (home / "logs" / "izzitup.log").read_text("utf-8")
