import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings, strategies as st

from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS
from izzitup_desktop.domain.services import ServiceDraft
from izzitup_desktop.storage import journal, periods, services
from izzitup_desktop.storage.transaction import Transaction
from tests.builders import ALICE, database_at

START = datetime(2026, 3, 1, tzinfo=UTC)

changes = st.lists(
    st.tuples(st.sampled_from([5, 6, 7]), st.integers(-3_600, 3_600)), min_size=1, max_size=12
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
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
