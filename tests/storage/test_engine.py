import sqlite3
import threading
from pathlib import Path

import pytest

from izzitup_desktop.domain.errors import Invalid, LostDatabase
from izzitup_desktop.storage.engine import parse_url
from tests.builders import database_at


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
    said = "moved or deleted" if how == "deleted" else "it was replaced"
    with pytest.raises(LostDatabase, match=said):
        database.assert_same_file()
    with pytest.raises(LostDatabase, match=said):
        database.read(lambda connection: connection.exec_driver_sql("SELECT 1").scalar_one())
    database.close()
