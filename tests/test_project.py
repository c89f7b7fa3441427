"""What holds for the project as a whole: its files, its imports, its Qt."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from izzitup_desktop import __version__
from izzitup_desktop.platform.paths import resource
from tests.cli.inside import init

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "izzitup_desktop"
SOURCES = sorted(
    path
    for folder in ("izzitup_desktop", "tests", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
)

# Qt's modules of PySide6_Essentials that we may ship under the LGPL and do use.
QT_MODULES = {
    "QtCore", "QtDBus", "QtGui", "QtNetwork", "QtPrintSupport", "QtSvg", "QtTest", "QtWidgets",
}  # fmt: skip

MACHINE_WORDS = re.compile(
    r"/home/\w+|/root/|/Users/\w+|C:\\Users\\|/work/|/opt/|index-url[ =]+\S*[:/]|find-links[ =]+\S*[:/]|trusted-host[ =]"
    r"|\b(?:10|192\.168)\.\d{1,3}\.\d{1,3}\.\d{1,3}:\d+/simple",
    re.IGNORECASE,
)


def tracked() -> list[Path]:
    """The files under version control; outside of a checkout there are none to look at."""
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("this is no git checkout")
    files = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in files if path.is_file()]


def python(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, **environ},
    )  # fmt: skip


def imported_names(path: Path) -> set[str]:
    """Every dotted name that a file imports, `from a import b` as a and a.b."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def test_the_version_stands_in_one_place() -> None:
    assert importlib.metadata.version("izzitup-desktop") == __version__
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "version" not in project
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
    metainfo = (ROOT / "packaging/izzitup.metainfo.xml").read_text("utf-8")
    assert f'<release version="{__version__}"' in metainfo


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-dev.lock", "requirements-freeze.lock"]
)
def test_a_lock_pins_everything_by_hash_and_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-", text.replace("    --hash=sha256:", ""), re.MULTILINE)
    requirements = re.split(r"\n(?=\S)", text.strip())
    for requirement in requirements:
        assert re.match(r"[a-z0-9-]+==[\w.]+ ", requirement), requirement
        assert "--hash=sha256:" in requirement, requirement


def test_the_locks_hold_what_the_project_asks_for() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    runtime = wanted["project"]["dependencies"]
    runtime += wanted["project"]["optional-dependencies"]["postgres"]
    development = wanted["dependency-groups"]["dev"]
    freeze = wanted["dependency-groups"]["freeze"]
    for name, asked in (
        ("requirements.lock", runtime),
        ("requirements-dev.lock", runtime + development),
        ("requirements-freeze.lock", freeze),
    ):
        pinned = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / name).read_text("utf-8"), re.MULTILINE))
        for requirement in asked:
            plain = re.split(r"[\[~=<> ]", requirement)[0].lower().replace("_", "-")
            assert plain in pinned, f"{requirement} is not in {name}; run scripts/lock"


def test_no_tracked_file_names_a_machine() -> None:
    named = []
    for path in tracked():
        if path == Path(__file__):
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        named += [f"{path.relative_to(ROOT)}: {found[0]}" for found in MACHINE_WORDS.finditer(text)]
    assert not named


def test_scripts_can_be_run() -> None:
    for path in [*(ROOT / "scripts").iterdir(), ROOT / ".ci/run"]:
        if path.suffix in {"", ".sh"}:
            assert os.access(path, os.X_OK), path


def test_what_we_ship_is_found() -> None:
    assert resource("icons", "izzitup.svg").is_file()
    assert resource("common_passwords.txt").is_file()


@pytest.mark.soak
def test_only_the_essentials_of_qt_are_imported() -> None:
    for path in SOURCES:
        modules = {
            name.split(".")[1] for name in imported_names(path) if name.startswith("PySide6.")
        }
        assert modules <= QT_MODULES, path
    distributions = {
        found.name.lower().replace("_", "-") for found in importlib.metadata.distributions()
    }
    assert not distributions & {"pyside6", "pyside6-addons"}


@pytest.mark.soak
@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["services", "list"], ["users", "list"], ["journal"],
     ["journal", "--json"], ["check"]],
)  # fmt: skip
def test_the_command_line_never_imports_qt(arguments: list[str], home: Path) -> None:
    init()
    run = python("-X", "importtime", "-m", "izzitup_desktop", *arguments, IZZITUP_HOME=str(home))
    assert run.returncode == 0, run.stderr
    assert "izzitup_desktop.cli" in run.stderr
    assert "PySide6" not in run.stderr
    assert "shiboken6" not in run.stderr


@pytest.mark.soak
def test_nothing_happens_at_import(home: Path) -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts
    ]
    code = (
        "import importlib, threading\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "assert threading.active_count() == 1, threading.enumerate()\n"
    )
    run = python("-c", code, IZZITUP_HOME=str(home))
    assert run.returncode == 0, run.stderr
    assert run.stdout == run.stderr == ""
    assert not home.exists()


def test_qt_survives_many_signals() -> None:
    # PySide6 6.12.0 on Python 3.11 aborts after some 580 of them.
    code = (
        "from PySide6.QtCore import QObject, Signal\n"
        "class Source(QObject):\n"
        "    told = Signal(bool)\n"
        "source, heard = Source(), []\n"
        "source.told.connect(heard.append)\n"
        "for _ in range(5000): source.told.emit(True)\n"
        "assert heard == [True] * 5000\n"
    )
    run = python("-c", code)
    assert run.returncode == 0, run.stderr


def is_broad(handler: ast.ExceptHandler) -> bool:
    """Whether it swallows every exception; one that raises again does not."""
    broad = handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"}
    )
    last = handler.body[-1]
    return broad and not (isinstance(last, ast.Raise) and last.exc is None)


def test_an_exception_is_caught_broadly_at_the_edges_only() -> None:
    edges = {
        "storage/feed.py", "storage/subscriptions.py",  # subscribers
        "storage/listener.py",  # a database driver's own errors
        "server/guard.py", "server/embedded.py",  # HTTP
        "cli/edge.py", "cli/__init__.py",  # the command line
        "desktop/start/runner.py",  # the window
        "storage/writer.py", "storage/queued.py", "board/signing_in/hash_worker.py", "board/scheduler.py",  # worker loops
        "server/service_list.py", "server/v1/readers.py",  # threads that read for the server
        "server/late.py", "server/v1/api.py", "server/v1/application.py",  # HTTP, as well
    }  # fmt: skip
    sources = {path: path.read_text("utf-8") for path in PACKAGE.rglob("*.py")}
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path, source in sources.items()
        if re.search(r"except\s*:|Exception\b", source)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ExceptHandler) and is_broad(node)
    }
    assert found == edges
