import itertools
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import Connection

from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS
from izzitup_desktop.domain.services import ServiceDraft
from izzitup_desktop.storage import journal, periods, services
from izzitup_desktop.storage.engine import Database
from izzitup_desktop.storage.transaction import Transaction
from tests.builders import ALICE, database_at
from tests.examples import share_of

pytestmark = pytest.mark.soak_on_postgresql

START = datetime(2026, 3, 1, tzinfo=UTC)

changes = st.lists(
    st.tuples(st.sampled_from([5, 6, 7]), st.integers(-3_600, 3_600)), min_size=1, max_size=12
)


@settings(
    max_examples=share_of(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(batches=st.lists(changes, min_size=1, max_size=4))
def test_periods_join_end_to_begin_and_never_run_backwards(
    database_url: str, tmp_path: Path, batches: list[list[tuple[int, int]]]
) -> None:
    database = database_at(database_url, tmp_path)
    time, wanted = START, []
    with database.writing_connection() as connection, connection.begin():
        service = services.insert(
            connection, ServiceDraft("x"), status_id=5, time=START, by="alice"
        )
    for batch in batches:
        with database.writing_connection() as connection, connection.begin():
            transaction = Transaction(connection, journal.last_id(connection))
            for status_id, seconds in batch:
                # A negative step is a clock that was set back.
                time += timedelta(seconds=seconds)
                transaction.now = time
                entry = transaction.record(ALICE, SERVICE_STATUS, service.id, "x")
                transaction.begin_period(service.id, status_id, entry)
                wanted.append((status_id, entry.id))
            transaction.flush()
    found = database.read(lambda connection: periods.of_service(connection, service.id))
    database.close()
    assert [(period.status_id, period.entry_id) for period in found] == wanted
    assert [period.end is None for period in found] == [False] * (len(wanted) - 1) + [True]
    for earlier, later in itertools.pairwise(found):
        assert earlier.end is not None
        assert earlier.end >= earlier.begin
        assert earlier.end == max(earlier.begin, later.begin)


_SERVICES = 3
_WINDOW = (100, 200)
# What no column keeps from being stored, each in the place of one value of a period.
_SPOILT = [
    (1, 99), (1, "x"), (2, -1), (2, 1.5), (2, "x"), (3, 2**62), (3, 1.5), (3, "x"), (3, 120),
    (4, 7), (4, "x"),
]  # fmt: skip


@st.composite
def stored_rows(draw: st.DrawFn) -> tuple[Any, ...]:
    """Service, status, begin, end and whether it is a mistake; some with one wrong value."""
    begin = draw(st.integers(0, 300))
    end = draw(st.none() | st.integers(begin, begin + 100))
    row: list[Any] = [
        draw(st.integers(1, _SERVICES)),
        draw(st.sampled_from([5, 6, 7, 8])),
        begin,
        end,
        0,
    ]
    if draw(st.integers(0, 7)) == 7:
        place, value = draw(st.sampled_from(_SPOILT))
        row[place] = value
    return tuple(row)


@settings(
    max_examples=share_of(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rows=st.lists(stored_rows(), max_size=30), ids=st.none() | st.sets(st.integers(1, _SERVICES))
)
def test_of_rows_that_hold_anything_those_that_are_periods_are_found_in_order(
    tmp_path: Path, rows: list[tuple[Any, ...]], ids: set[int] | None
) -> None:
    wanted: dict[int, list[tuple[int, int, int | None]]] = {}
    for service_id, status_id, begin, end, mistake in rows:
        of = ids is None or service_id in ids
        if of and _is_period(status_id, begin, end, mistake) and _reaches(begin, end):
            wanted.setdefault(service_id, []).append((status_id, begin, end))
    with closing(database_at(f"sqlite:///{tmp_path}/izzitup.db", tmp_path)) as database:
        found = _between(database, rows, ids)
    assert found == wanted


@pytest.mark.parametrize(
    ("place", "value"),
    [(1, 99), (1, "x"), (2, -1), (2, 1.5), (3, 2_599), (3, 2**62), (3, 2_600.5), (3, "x"), (4, 7)],
)
def test_a_damaged_row_among_thousands_is_the_only_one_left_out(
    tmp_path: Path, place: int, value: object
) -> None:
    rows: list[tuple[Any, ...]] = [(1, 5 + n % 2, n, n + 1, 0) for n in range(100, 4_100)]
    sound = [row[1:4] for row in rows[:2_500] + rows[2_501:]]
    rows[2_500] = (*rows[2_500][:place], value, *rows[2_500][place + 1 :])
    with closing(database_at(f"sqlite:///{tmp_path}/izzitup.db", tmp_path)) as database:
        assert _between(database, rows, {1}, (0, 5_000)) == {1: sound}


def _between(
    database: Database,
    rows: list[tuple[Any, ...]],
    ids: set[int] | None,
    window: tuple[int, int] = _WINDOW,
) -> dict[int, list[tuple[int, int, int | None]]]:
    """What is found of these rows and no others."""
    with database.writing_connection() as connection:
        _put(connection, rows)
        found = periods.between(connection, window, None if ids is None else sorted(ids))
        connection.rollback()
    return {
        service_id: [(stored.status_id, stored.begin, stored.end) for stored in of_service]
        for service_id, of_service in found.items()
    }


def _put(connection: Connection, rows: list[tuple[Any, ...]]) -> None:
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    connection.begin()
    # Only one period of a service may be open.
    driver.execute("DROP INDEX uq_status_periods_service_id")
    driver.executemany(
        "INSERT INTO status_periods (service_id, status_id, from_time, to_time, mistake,"
        " journal_id) VALUES (?, ?, ?, ?, ?, 1)",
        rows,
    )


def _is_period(status_id: object, begin: object, end: object, mistake: object) -> bool:
    begins = isinstance(begin, int) and 0 <= begin < 2**60
    ends = end is None or (isinstance(end, int) and isinstance(begin, int) and begin <= end < 2**60)
    return status_id in (5, 6, 7, 8) and begins and ends and mistake == 0


def _reaches(begin: int, end: int | None) -> bool:
    return begin < _WINDOW[1] and (end is None or end > _WINDOW[0])
