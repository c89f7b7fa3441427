from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given, strategies as st

from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.domain.kinds.services import SERVICE_EDITED
from izzitup_desktop.domain.kinds.statuses import SERVICE_CONFIRMED, SERVICE_STATUS
from izzitup_desktop.domain.news import StatusChange, changes_of_others
from izzitup_desktop.notify.gathering import GATHER_SECONDS, Gathering

ME = Principal("alice", Role.ADMINISTRATOR, Origin.DESKTOP, 1)


def change(service_id: int, before: int, after: int) -> StatusChange:
    return StatusChange(service_id, f"Service {service_id}", before, after, "bob", "")


def entry(kind: Kind, principal: str, origin: Origin, account_id: int | None) -> Entry:
    return Entry(
        1, datetime.now(UTC), principal, account_id, origin, kind, 7, "E-Mail",
        {"status": 5}, {"status": 7}, "disk",
    )  # fmt: skip


def test_others_changes_are_told_and_my_own_are_not() -> None:
    entries = [
        entry(SERVICE_STATUS, "alice", Origin.DESKTOP, 1),
        entry(SERVICE_STATUS, "alice", Origin.API, 1),
        entry(SERVICE_STATUS, "alice", Origin.CLI, None),
        entry(SERVICE_STATUS, "bob", Origin.DESKTOP, 2),
        entry(SERVICE_CONFIRMED, "bob", Origin.API, 2),
        entry(SERVICE_EDITED, "bob", Origin.DESKTOP, 2),
    ]
    found = changes_of_others(entries, ME)
    assert [change.actor for change in found] == ["alice", "alice", "bob"]
    assert found[0] == StatusChange(7, "E-Mail", 5, 7, "alice", "disk")


def test_the_first_change_is_told_at_once_and_the_next_ones_together() -> None:
    gathering = Gathering[StatusChange]()
    gathering.add([change(1, 5, 7)])
    assert gathering.due_in(100.0) == 0
    assert gathering.take(100.0) == (change(1, 5, 7),)
    gathering.add([change(2, 5, 7)])
    gathering.add([change(3, 5, 6)])
    assert gathering.take(101.0) == ()
    assert gathering.due_in(101.0) == GATHER_SECONDS - 1
    assert gathering.take(105.0) == (change(2, 5, 7), change(3, 5, 6))
    assert gathering.due_in(106.0) is None


def test_a_service_that_is_back_where_it_was_is_not_told() -> None:
    gathering = Gathering[StatusChange]()
    gathering.take(0)
    gathering.add([change(1, 5, 7), change(1, 7, 5)])
    assert gathering.due_in(0) is None
    gathering.add([change(1, 5, 7), change(1, 7, 6)])
    assert gathering.take(0) == (change(1, 5, 6),)


steps = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from([5, 6, 7]), st.floats(0, 4)), max_size=40
)


@given(steps)
def test_nothing_is_lost_doubled_or_told_too_often(steps: list[tuple[int, int, float]]) -> None:
    gathering, now = Gathering[StatusChange](), 0.0
    real = dict.fromkeys(range(1, 5), 5)
    known = dict(real)
    told_at: list[float] = []

    def take() -> None:
        taken = gathering.take(now)
        if taken:
            told_at.append(now)
        for told in taken:
            assert known[told.service_id] == told.before
            assert told.before != told.after
            known[told.service_id] = told.after

    for service_id, status, pause in steps:
        if real[service_id] != status:
            gathering.add([change(service_id, real[service_id], status)])
            real[service_id] = status
        take()
        now += pause
    now += GATHER_SECONDS
    take()
    assert known == real
    for earlier, later in pairwise(told_at):
        assert later - earlier >= GATHER_SECONDS
