import sqlite3
import threading
from pathlib import Path

import pytest

from izzitup_desktop.domain.errors import Invalid, Unavailable
from izzitup_desktop.storage.engine import parse_url, wal_is_safe
from tests.builders import database_at


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 0), False),
        ((3, 50, 6), False), ((3, 50, 7), True), ((3, 51, 2), False), ((3, 51, 3), True),
        ((3, 52, 0), True), ((4, 0, 0), True),
    ],
)  # fmt: skip
def test_wal_is_chosen_only_where_it_loses_no_commit(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) is safe


@pytest.mark.parametrize(
    "text", ["", "nonsense", "mysql://x/y", "sqlite://", "sqlite:///:memory:", "sqlite:///a?b=1"]
)
def test_a_url_that_names_no_database_of_ours_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse_url(text)
    assert caught.value.field == "database"


def test_a_password_is_not_part_of_what_is_shown() -> None:
    url = parse_url("postgresql://izzitup:s3cret@db.example/board")
    assert "s3cret" not in url.render_as_string(hide_password=True)


def test_sqlite_is_opened_in_the_durable_mode_of_its_version(tmp_path: Path) -> None:
    database = database_at(f"sqlite:///{tmp_path}/izzitup.db", tmp_path)
    with database.writing_connection() as connection:
        pragma = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
        }
    database.close()
    wal = wal_is_safe(sqlite3.sqlite_version_info)
    assert pragma == {
        "journal_mode": "wal" if wal else "delete",
        "synchronous": 2 if wal else 3,
        "foreign_keys": 1,
        "trusted_schema": 0,
    }


def test_a_file_that_need_not_be_durable_waits_for_no_disk(tmp_path: Path) -> None:
    database = database_at(f"sqlite:///{tmp_path}/izzitup.db", tmp_path, durable=False)
    with database.writing_connection() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 0
    database.close()


def test_a_write_takes_the_lock_at_once(tmp_path: Path) -> None:
    database = database_at(f"sqlite:///{tmp_path}/izzitup.db", tmp_path)
    other = sqlite3.connect(tmp_path / "izzitup.db", timeout=0, isolation_level=None)
    with (
        database.writing_connection() as connection,
        connection.begin(),
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("BEGIN IMMEDIATE")
    other.close()
    database.close()


def test_a_refused_thread_may_not_wait_until_it_is_allowed_again(tmp_path: Path) -> None:
    database = database_at(f"sqlite:///{tmp_path}/izzitup.db", tmp_path)
    database.refuse_calls_from(threading.get_ident())
    with pytest.raises(RuntimeError, match="must not wait"):
        database.read(lambda connection: None)
    database.allow_calls_from(threading.get_ident())
    database.read(lambda connection: None)
    database.close()


def test_a_tick_moves_with_every_commit_of_any_connection_and_only_then(tmp_path: Path) -> None:
    database = database_at(f"sqlite:///{tmp_path}/izzitup.db", tmp_path)
    first = database.change_counter()
    assert database.change_counter() == first
    other = sqlite3.connect(tmp_path / "izzitup.db")
    with other:
        other.execute("UPDATE statuses SET name = name || '!'")
    other.close()
    assert database.change_counter() != first
    database.close()
    assert database.change_counter() is None


@pytest.mark.parametrize("how", ["deleted", "replaced"])
def test_a_file_deleted_or_replaced_while_open_is_noticed(tmp_path: Path, how: str) -> None:
    database = database_at(f"sqlite:///{tmp_path}/izzitup.db", tmp_path)
    database.assert_same_file()
    (tmp_path / "izzitup.db").rename(tmp_path / "aside.db")
    if how == "replaced":
        (tmp_path / "izzitup.db").write_bytes((tmp_path / "aside.db").read_bytes())
    with pytest.raises(Unavailable, match="moved, deleted or replaced"):
        database.assert_same_file()
    database.close()
