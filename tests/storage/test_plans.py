"""How the databases find rows: by an index, however long the journal is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from izzitup_desktop.domain.kinds.services import SERVICE_EDITED
from izzitup_desktop.domain.kinds.statuses import SERVICE_CONFIRMED
from izzitup_desktop.storage import journal, periods
from izzitup_desktop.storage.engine import Database
from tests.builders import database_at


@pytest.fixture
def database(database_url: str, tmp_path: Path) -> Iterator[Database]:
    opened = database_at(database_url, tmp_path)
    yield opened
    opened.close()


def plans(connection: Connection, work: Any) -> list[str]:
    """The plan of each query that `work` makes."""
    asked: list[tuple[str, Any]] = []

    def before(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", before)
    work(connection)
    event.remove(connection, "before_cursor_execute", before)
    shared = connection.dialect.name == "postgresql"
    if shared:
        # With few rows it would read the table whole.
        connection.execute(text("SET LOCAL enable_seqscan = off"))
    explain = "EXPLAIN " if shared else "EXPLAIN QUERY PLAN "
    return [
        "\n".join(str(row) for row in connection.exec_driver_sql(explain + statement, parameters))
        for statement, parameters in asked
    ]


@pytest.mark.parametrize(
    ("index", "work"),
    [
        (
            "ix_journal_subject_subject_id_id",
            lambda c: journal.last_actor(c, "service", 1, [SERVICE_EDITED]),
        ),
        (
            "ix_journal_subject_subject_id_id",
            lambda c: list(journal.since(c, "service", 1, 5, but=[SERVICE_CONFIRMED])),
        ),
        (
            "ix_journal_subject_subject_id_id",
            lambda c: journal.of_subject(c, "service", 1, limit=1),
        ),
        ("ix_journal_subject_subject_id_id", journal.archived_until),
        (
            "ix_status_periods_service_id_from_time",
            lambda c: periods.between(c, (1, 2), [1]),
        ),
        ("ix_status_periods_journal_id", lambda c: periods.is_mistake(c, 1)),
        (
            "ix_status_periods_journal_id",
            lambda c: periods.set_mistake(c, 1, mistake=False),
        ),
    ],
)  # fmt: skip
def test_one_service_is_found_by_an_index_and_nothing_is_read_whole(
    database: Database, index: str, work: Any
) -> None:
    with database.writing_connection() as connection, connection.begin():
        found = plans(connection, work)
    assert found
    for plan in found:
        assert "SCAN" not in plan
        assert "Seq Scan" not in plan
    assert any(index in plan for plan in found), found
