from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.errors import Conflict, NotAllowed, NotFound
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.services import Service, ServiceDraft
from tests.builders import (
    ALICE,
    BOB,
    CHARLIE,
    GOOD_PASSWORD,
    add_service,
    database_at,
    opened_board,
)
from tests.examples import share_of
from tests.storage.journal_rows import put


@pytest.fixture
def board(database_url: str, tmp_path: Path) -> Iterator[Board]:
    with opened_board(database_url, tmp_path) as opened:
        yield opened


def undo(board: Board, *entries: Entry, principal: Principal = ALICE) -> tuple[Entry, ...]:
    return board.journal.undo(principal, [entry.id for entry in entries]).entries


def now(board: Board, service: Service) -> Service:
    return board.services.find(ALICE, str(service.id))


def test_a_status_is_taken_back_and_back_again(board: Board) -> None:
    service = add_service(board)
    (change,) = board.statuses.set(ALICE, [service.id], 7).entries
    (undone,) = undo(board, change)
    assert now(board, service).status_id == 5
    assert undone.undoes == change.id
    undo(board, undone)
    assert now(board, service).status_id == 7


def test_several_are_taken_back_at_once(board: Board) -> None:
    services = [add_service(board, str(number), status_id=5 + number) for number in range(3)]
    written = board.statuses.set(ALICE, [service.id for service in services], 7)
    undo(board, *[entry for entry in written.entries if entry.after])
    assert [service.status_id for service in board.services.list(ALICE)] == [5, 6, 7]


def test_what_somebody_changed_since_stays_and_the_reason_names_who(board: Board) -> None:
    service = add_service(board)
    (mine,) = board.statuses.set(ALICE, [service.id], 7).entries
    board.statuses.set(BOB, [service.id], 5)
    board.statuses.set(BOB, [service.id], 7)
    with pytest.raises(Conflict, match="bob") as caught:
        undo(board, mine)
    assert caught.value.changed_by == "bob"
    assert now(board, service).status_id == 7


def test_an_edit_of_other_fields_does_not_stand_in_the_way(board: Board) -> None:
    service = add_service(board)
    (renamed,) = board.services.edit(ALICE, service.id, ServiceDraft("Post"), version=1).entries
    board.services.edit(BOB, service.id, ServiceDraft("Post", note="n"), version=2)
    board.statuses.set(BOB, [service.id], 7)
    undo(board, renamed)
    service = now(board, service)
    assert (service.name, service.note, service.status_id) == ("E-Mail", "n", 7)


def test_the_same_thing_is_not_undone_twice(board: Board) -> None:
    service = add_service(board)
    (change,) = board.statuses.set(ALICE, [service.id], 7).entries
    undo(board, change)
    with pytest.raises(Conflict, match="undone already"):
        undo(board, change)


def test_a_removed_service_comes_back_as_it_was(board: Board) -> None:
    service = add_service(board, key="MAIL", note="n", status_id=6)
    (removed,) = board.services.remove(ALICE, [service.id]).entries
    (restored,) = undo(board, removed)
    back = now(board, service)
    assert ServiceDraft.of(back) == ServiceDraft.of(service)
    assert (back.status_id, back.since) == (6, service.since)
    undo(board, restored)
    with pytest.raises(NotFound):
        now(board, service)


def test_a_removed_service_whose_key_was_taken_since_does_not_come_back(board: Board) -> None:
    service = add_service(board, key="MAIL")
    (removed,) = board.services.remove(ALICE, [service.id]).entries
    add_service(board, "new", key="mail")
    with pytest.raises(Conflict, match="taken by new"):
        undo(board, removed)


def test_a_removed_service_whose_group_was_removed_comes_back_without_one(board: Board) -> None:
    group = board.groups.add(ALICE, "Core").value
    service = add_service(board, group_id=group.id)
    (removed,) = board.services.remove(ALICE, [service.id]).entries
    board.groups.remove(ALICE, group.id)
    undo(board, removed)
    assert now(board, service).group_id is None


def test_an_added_service_that_nobody_touched_goes_again(board: Board) -> None:
    added = board.services.add(ALICE, ServiceDraft("x"))
    undo(board, *added.entries)
    assert board.services.list(ALICE) == ()


def test_an_added_service_that_somebody_uses_stays(board: Board) -> None:
    added = board.services.add(ALICE, ServiceDraft("x"))
    board.statuses.set(BOB, [added.value.id], 7)
    with pytest.raises(Conflict):
        undo(board, *added.entries)
    assert len(board.services.list(ALICE)) == 1


def test_groups_come_and_go_again(board: Board) -> None:
    added = board.groups.add(ALICE, "Core")
    renamed = board.groups.edit(ALICE, added.value.id, "Base", version=1)
    undo(board, *renamed.entries)
    assert [group.name for group in board.groups.list(ALICE)] == ["Core"]
    removed = board.groups.remove(ALICE, added.value.id)
    assert board.groups.list(ALICE) == ()
    undo(board, *removed.entries)
    assert [group.name for group in board.groups.list(ALICE)] == ["Core"]


def test_an_account_can_not_be_undone(board: Board) -> None:
    added = board.accounts.add(ALICE, "eve", Role.VIEWER, GOOD_PASSWORD)
    with pytest.raises(Conflict, match="can't be undone"):
        undo(board, *added.entries)


def test_undoing_needs_the_right_to_do_it(board: Board) -> None:
    core = board.groups.add(ALICE, "Core").value
    service = add_service(board, group_id=core.id)
    written = board.statuses.set(ALICE, [service.id], 7)
    limited = Principal("eve", Role.EDITOR, Origin.DESKTOP, None, frozenset({core.id + 1}))
    for principal in (CHARLIE, limited):
        with pytest.raises(NotAllowed):
            undo(board, *written.entries, principal=principal)
    with pytest.raises(NotFound):
        board.journal.undo(ALICE, [999])


steps = st.lists(
    st.one_of(
        st.tuples(st.just("status"), st.integers(0, 2), st.sampled_from([5, 6, 7])),
        st.tuples(st.just("name"), st.integers(0, 2), st.sampled_from(["a", "b", "c"])),
        st.tuples(st.just("note"), st.integers(0, 2), st.sampled_from(["", "x", "y"])),
        st.tuples(st.just("remove"), st.integers(0, 2), st.none()),
    ),
    max_size=12,
)


@settings(
    max_examples=share_of(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=steps)
def test_undoing_all_steps_backwards_restores_every_state_on_the_way(
    board: Board, steps: list[tuple[str, int, object]]
) -> None:
    services = [add_service(board, name) for name in "abc"]
    mine = {service.id for service in services}

    def state() -> list[object]:
        return [
            (service.id, service.status_id, ServiceDraft.of(service))
            for service in board.services.list(ALICE)
            if service.id in mine
        ]

    history = []
    for what, index, value in steps:
        before, service = state(), services[index]
        try:
            entries = _step(board, service, what, value)
        except NotFound:
            continue
        if any(entry.after for entry in entries):
            history.append((before, entries))
    for before, entries in reversed(history):
        undo(board, *entries)
        assert state() == before


def _step(board: Board, service: Service, what: str, value: object) -> tuple[Entry, ...]:
    if what == "status":
        assert isinstance(value, int)
        return board.statuses.set(ALICE, [service.id], value).entries
    if what == "remove":
        return board.services.remove(ALICE, [service.id]).entries
    current = now(board, service)
    draft = ServiceDraft.of(current)
    assert isinstance(value, str)
    edited = (
        ServiceDraft(value, note=draft.note)
        if what == "name"
        else ServiceDraft(draft.name, note=value)
    )
    return board.services.edit(ALICE, service.id, edited, version=current.version).entries


def test_what_a_newer_version_changed_is_not_undone_here(
    board: Board, database_url: str, tmp_path: Path
) -> None:
    service = add_service(board)
    (edit,) = board.services.edit(ALICE, service.id, ServiceDraft("Post"), version=1).entries
    database = database_at(database_url, tmp_path)
    fields = {"subject_id": service.id, "kind": "service.edited"}
    put(database, edit.id + 1, before='{"owner":""}', after='{"owner":"Anna"}', **fields)
    put(database, edit.id + 2, subject_id=service.id, kind="service.blessed", after='{"a":1}')
    database.close()
    with pytest.raises(Conflict, match="newer version"):
        board.journal.undo(ALICE, [edit.id + 1])
    with pytest.raises(Conflict, match=r"service\.blessed"):
        board.journal.undo(ALICE, [edit.id + 2])
    undo(board, edit)
    assert now(board, service).name == "E-Mail"


def test_that_a_service_was_added_is_no_mistake(board: Board) -> None:
    service = add_service(board)
    added = board.journal.latest(ALICE, limit=1)[0]
    with pytest.raises(Conflict, match="change of a status"):
        board.journal.mark_mistake(ALICE, added.id)
    board.services.remove(ALICE, [service.id])
    board.trash.restore(ALICE, [service.id])
    restored = board.journal.latest(ALICE, limit=1)[0]
    with pytest.raises(Conflict, match="change of a status"):
        board.journal.mark_mistake(ALICE, restored.id)
