"""`izzitup upgrade`."""

from __future__ import annotations

import shutil
from pathlib import Path

import psycopg

from izzitup_desktop.storage import schema
from izzitup_desktop.storage.engine import Database, parse_url
from tests.builders import GOOD_PASSWORD
from tests.cli.inside import done, refused
from tests.cli.izzitup import ROOT

OLD = ROOT / "tests" / "old_databases"


def test_a_board_that_needs_no_upgrade_says_so(empty_postgres_url: str) -> None:
    done("--database", empty_postgres_url, "init", "--admin", "alice", "--password-stdin",
         stdin=f"{GOOD_PASSWORD}\n")  # fmt: skip
    assert "which this IzzitUp uses" in done("--database", empty_postgres_url, "upgrade")
    assert "no database" in refused("upgrade")


def test_an_older_shared_board_is_refused_by_every_command_but_upgrade(
    empty_postgres_url: str, tmp_path: Path
) -> None:
    make_first_version(empty_postgres_url, tmp_path)
    for command in (["serve", "--port", "0"], ["services", "list"], ["check"]):
        assert "`izzitup upgrade`" in refused("--database", empty_postgres_url, *command)
    told = done("--database", empty_postgres_url, "upgrade")
    assert "is of version 1" in told
    assert "connected now: 0" in told
    assert "--yes" in told
    assert "is of version 1" in done("--database", empty_postgres_url, "upgrade")
    assert "what was there before is in" in done(
        "--database", empty_postgres_url, "upgrade", "--yes"
    )
    assert "NAME" in done("--database", empty_postgres_url, "services", "list")


def test_an_older_file_is_upgraded_by_itself(home: Path) -> None:
    home.mkdir(mode=0o700)
    shutil.copy(OLD / "v1.db", home / "izzitup.db")
    assert "is of version 1" in done("upgrade")
    assert "Mail" in done("services", "list")
    assert "which this IzzitUp uses" in done("upgrade")


def make_first_version(url: str, folder: Path) -> None:
    """A shared database as the first version made it."""
    first = folder / "first"
    (first / "versions").mkdir(parents=True)
    for name in ("env.py", "versions/__init__.py", "versions/v0001_first.py"):
        (first / name).write_text((schema.MIGRATIONS / name).read_text("utf-8"), "utf-8")
    database = Database(parse_url(url))
    with database.writing_connection() as connection, connection.begin():
        schema.migrate(connection, first)
    database.close()
    with psycopg.connect(url.replace("postgresql+psycopg:", "postgresql:")) as session:
        assert session.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
