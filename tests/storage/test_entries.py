import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from izzitup_desktop.domain.journal import Search
from izzitup_desktop.storage import journal
from izzitup_desktop.storage.engine import Database
from tests.builders import database_at
from tests.storage.journal_rows import (
    CARRIED,
    UNREADABLE,
    UNREADABLE_IN_SQLITE,
    loosen,
    put,
    put_no_text,
)


@pytest.fixture
def database(database_url: str, tmp_path: Path) -> Iterator[Database]:
    opened = database_at(database_url, tmp_path)
    loosen(opened)
    yield opened
    opened.close()


def put_all(database: Database, rows: tuple[dict[str, Any], ...]) -> int:
    """Every damaged row between two good ones; the last id."""
    put(database, 1, subject_name="first")
    for place, row in enumerate(rows, 2):
        if database.is_shared and any("\x00" in str(value) for value in row.values()):
            continue
        put(database, place, **row)
    last = len(rows) + 2
    put(database, last, subject_name="last")
    return last


def unreadable(database: Database) -> tuple[dict[str, Any], ...]:
    return UNREADABLE if database.is_shared else (*UNREADABLE, *UNREADABLE_IN_SQLITE)


def test_a_row_that_can_not_be_read_hides_no_other(database: Database) -> None:
    last = put_all(database, unreadable(database))
    page = database.read(lambda connection: journal.page_after(connection, 0, limit=100))
    assert [entry.subject_name for entry in page.entries] == ["first", "last"]
    assert (page.last_id, page.more) == (last, False)
    found = database.read(lambda connection: journal.latest(connection, limit=2))
    assert [entry.subject_name for entry in found] == ["last", "first"]
    of_one = database.read(lambda connection: list(journal.since(connection, "service", 1, 0)))
    assert [entry.subject_name for entry in of_one] == ["last", "first"]
    words = Search(words=("zoe",))
    found = database.read(lambda connection: journal.search(connection, words, limit=2))
    assert [entry.subject_name for entry in found] == ["last", "first"]
    found = database.read(lambda connection: journal.many(connection, list(range(last + 1))))
    assert [entry.subject_name for entry in found] == ["first", "last"]
    database.read(journal.actors)


def test_a_row_that_can_not_be_read_is_logged_once(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    put_all(database, unreadable(database)[:3])
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            database.read(lambda connection: journal.latest(connection, limit=10))
    told = [record for record in caplog.records if "can't be read" in record.getMessage()]
    assert len(told) == 3


def test_what_a_newer_version_wrote_is_carried_by_its_name(database: Database) -> None:
    put_all(database, CARRIED)
    found = database.read(lambda connection: journal.latest(connection, limit=100))
    assert len(found) == len(CARRIED) + 2
    assert {"incident.opened", "service.blessed", "nonsense"} <= {e.kind.value for e in found}
    assert "satellite" in {entry.origin.value for entry in found}


def test_bytes_that_are_no_text_are_replaced(tmp_path: Path) -> None:
    database = database_at(f"sqlite:///{tmp_path}/izzitup.db", tmp_path)
    put_no_text(database, 1)
    (entry,) = database.read(lambda connection: journal.latest(connection, limit=100))
    assert entry.actor == "zo�"
    assert database.read(journal.actors) == ("zo�",)
    database.close()
