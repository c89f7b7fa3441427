import itertools
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import PUBLIC, Origin, Principal, Role
from izzitup_desktop.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from izzitup_desktop.domain.kinds.access import ACCESS_REFUSED
from izzitup_desktop.domain.kinds.services import SERVICE_ADDED
from izzitup_desktop.domain.kinds.statuses import SERVICE_CONFIRMED, SERVICE_STATUS
from izzitup_desktop.domain.services import ServiceDraft
from tests.builders import ALICE, BOB, CHARLIE, GOOD_PASSWORD, Heard, add_service, opened_board


@pytest.fixture
def board(database_url: str, tmp_path: Path) -> Iterator[Board]:
    with opened_board(database_url, tmp_path) as opened:
        yield opened


def kinds(board: Board) -> list[str]:
    return [entry.kind.value for entry in reversed(board.journal.latest(ALICE))]


def test_an_added_service_is_on_the_board_with_all_its_fields(board: Board) -> None:
    group = board.groups.add(ALICE, "Core").value
    draft = ServiceDraft(
        "E-Mail", "MAIL", "Mail server", "https://mail.example/", "mailto:it@example.org",
        True, group.id, "restarts on Sundays",
    )  # fmt: skip
    service = board.services.add(BOB, draft, 6).value
    assert ServiceDraft.of(service) == draft
    assert (service.status_id, service.changed_by, service.version) == (6, "bob", 1)
    assert service.created == service.updated == service.since
    assert board.services.list(ALICE) == (service,)
    assert board.services.find(ALICE, "mail") == service
    assert board.services.find(ALICE, str(service.id)) == service


def test_two_services_can_have_no_key_but_not_the_same_one(board: Board) -> None:
    add_service(board, "a")
    add_service(board, "b")
    add_service(board, "c", key="Mail")
    with pytest.raises(Conflict, match="taken by c"):
        add_service(board, "d", key="MAIL")


@pytest.mark.parametrize("reference", ["0", "99", "-1", "NOPE", "", " ", "9" * 30, "²"])
def test_what_is_not_there_is_not_found(board: Board, reference: str) -> None:
    add_service(board, key="MAIL")
    with pytest.raises(NotFound):
        board.services.find(ALICE, reference)


def test_hidden_services_are_seen_by_accounts_alone(board: Board) -> None:
    shown, hidden = add_service(board, "shown"), add_service(board, "hidden", hidden=True, key="H")
    assert board.services.list(CHARLIE) == (shown, hidden)
    assert (
        board.services.list(PUBLIC)
        == tuple(board.live.picture().seen_by(PUBLIC).services.values())
        == (shown,)
    )
    assert board.services.many(PUBLIC, [shown.id, hidden.id]) == (shown,)
    with pytest.raises(NotFound):
        board.services.find(PUBLIC, "H")


def test_a_status_is_set_with_journal_period_and_who(board: Board) -> None:
    service = add_service(board)
    written = board.statuses.set(BOB, [service.id], 7, "disk broke")
    (changed,) = written.value
    assert (changed.status_id, changed.changed_by) == (7, "bob")
    assert changed.since == changed.updated > service.since
    assert board.services.many(ALICE, [service.id]) == (changed,)
    (entry,) = written.entries
    assert (entry.kind, entry.subject_id, entry.subject_name) == (
        SERVICE_STATUS, service.id, "E-Mail",
    )  # fmt: skip
    assert (entry.before, entry.after, entry.comment) == (
        {"status": 5}, {"status": 7}, "disk broke",
    )  # fmt: skip
    assert board.journal.latest(ALICE)[0] == entry


def test_setting_the_same_status_moves_updated_and_nothing_else(board: Board) -> None:
    service = add_service(board, status_id=6)
    written = board.statuses.set(BOB, [service.id], 6)
    (same,) = written.value
    assert (same.since, same.changed_by, same.status_id) == (service.since, "alice", 6)
    assert same.updated > service.updated
    assert [entry.kind for entry in written.entries] == [SERVICE_CONFIRMED]


def test_many_are_set_at_once_or_none(board: Board) -> None:
    first, second = add_service(board, "first"), add_service(board, "second")
    with pytest.raises(NotFound):
        board.statuses.set(ALICE, [first.id, 99, second.id], 7)
    assert [service.status_id for service in board.services.list(ALICE)] == [5, 5]
    board.statuses.set(ALICE, [first.id, second.id], 7)
    assert [service.status_id for service in board.services.list(ALICE)] == [7, 7]


def test_checks_come_in_the_order_of_the_contract(board: Board) -> None:
    service = add_service(board)
    with pytest.raises(NotAllowed):
        board.statuses.set(CHARLIE, [99], 99)
    with pytest.raises(NotFound) as caught:
        board.statuses.set(BOB, [99], 99)
    assert caught.value.subject == "service"
    with pytest.raises(NotFound) as caught:
        board.statuses.set(BOB, [service.id], 99)
    assert caught.value.subject == "status"
    for status_id in (1, 2, 3, 4, 8):
        with pytest.raises(Invalid):
            board.statuses.set(BOB, [service.id], status_id)


@pytest.mark.parametrize("service_id", [0, -1, 2**63, -(2**63) - 1, 2**70])
def test_an_id_no_database_could_hold_is_not_found(board: Board, service_id: int) -> None:
    with pytest.raises(NotFound):
        board.statuses.submit(ALICE, service_id, 6).result(20)


def test_an_editor_with_a_limit_reaches_services_of_those_groups_only(board: Board) -> None:
    core, web = board.groups.add(ALICE, "Core").value, board.groups.add(ALICE, "Web").value
    account = board.accounts.add(ALICE, "eve", Role.EDITOR, GOOD_PASSWORD, {core.id}).value
    eve = Principal.of(account, Origin.API)
    mine = add_service(board, "mine", group_id=core.id)
    other = add_service(board, "other", group_id=web.id)
    alone = add_service(board, "alone")
    board.statuses.set(eve, [mine.id], 6)
    for service in (other, alone):
        with pytest.raises(NotAllowed):
            board.statuses.set(eve, [service.id], 6)
        with pytest.raises(NotAllowed):
            board.services.remove(eve, [service.id])
    with pytest.raises(NotAllowed):
        board.services.add(eve, ServiceDraft("new", group_id=web.id))
    with pytest.raises(NotAllowed):
        moved = ServiceDraft("mine", group_id=web.id)
        board.services.edit(eve, mine.id, moved, version=mine.version)
    with pytest.raises(NotFound):
        board.statuses.set(eve, [99], 6)


def test_rights_count_as_they_are_when_the_change_is_made(board: Board) -> None:
    service = add_service(board)
    account = board.accounts.add(ALICE, "eve", Role.EDITOR, GOOD_PASSWORD).value
    eve = Principal.of(account, Origin.API)
    board.statuses.set(eve, [service.id], 6)
    board.accounts.edit(ALICE, account.id, role=Role.VIEWER)
    with pytest.raises(NotAllowed):
        board.statuses.set(eve, [service.id], 7)
    board.accounts.edit(ALICE, account.id, role=Role.EDITOR)
    board.statuses.set(eve, [service.id], 7)
    board.accounts.add(ALICE, "root", Role.ADMINISTRATOR, GOOD_PASSWORD)
    board.accounts.edit(ALICE, account.id, active=False)
    with pytest.raises(NotAllowed):
        board.statuses.set(eve, [service.id], 5)


def test_a_refusal_over_the_api_is_journalled_once_a_minute(board: Board) -> None:
    heard = Heard()
    board.subscribe(heard.on_entries)
    service = add_service(board)
    for _ in range(3):
        assert isinstance(board.statuses.submit(CHARLIE, service.id, 7).exception(20), NotAllowed)
    board.statuses.set(ALICE, [service.id], 6)
    heard.wait_until(lambda: any(e.kind == SERVICE_STATUS for e in heard.entries))
    refused = [entry for entry in heard.entries if entry.kind == ACCESS_REFUSED]
    assert [(entry.actor, entry.subject_id) for entry in refused] == [("charlie", service.id)]


def test_an_edit_changes_the_fields_and_journals_the_differences(board: Board) -> None:
    service = add_service(board, key="MAIL", note="old")
    draft = ServiceDraft("Post", key="MAIL", note="new")
    written = board.services.edit(BOB, service.id, draft, version=service.version)
    assert ServiceDraft.of(written.value) == draft
    assert written.value.version == service.version + 1
    assert written.entries[0].before == {"name": "E-Mail", "note": "old"}
    assert written.entries[0].after == {"name": "Post", "note": "new"}


def test_one_note_for_many_is_one_step_that_gives_each_its_own_back(board: Board) -> None:
    first, second = add_service(board, "A", note="one"), add_service(board, "B", note="two")
    written = board.services.write_note(BOB, [first.id, second.id], " moved to rack 4\n")
    assert [service.note for service in written.value] == ["moved to rack 4"] * 2
    assert [entry.before for entry in written.entries] == [{"note": "one"}, {"note": "two"}]
    board.journal.undo(BOB, [entry.id for entry in written.entries])
    assert [service.note for service in board.services.list(ALICE)] == ["one", "two"]


def test_a_note_that_can_t_be_taken_or_is_for_a_service_that_is_gone_changes_none(
    board: Board,
) -> None:
    service = add_service(board, note="one")
    with pytest.raises(Invalid):
        board.services.write_note(BOB, [service.id], "x" * 2_001)
    with pytest.raises(NotFound):
        board.services.write_note(BOB, [service.id, 99], "two")
    assert board.services.find(ALICE, str(service.id)).note == "one"


def test_an_edit_of_what_was_edited_since_is_a_conflict_that_says_by_whom(board: Board) -> None:
    service = add_service(board)
    board.services.edit(BOB, service.id, ServiceDraft("Post"), version=service.version)
    board.statuses.set(CHARLIE_AS_EDITOR, [service.id], 7)
    with pytest.raises(Conflict, match="bob") as caught:
        board.services.edit(ALICE, service.id, ServiceDraft("Mail"), version=service.version)
    assert caught.value.changed_by == "bob"
    assert board.services.find(ALICE, str(service.id)).name == "Post"


CHARLIE_AS_EDITOR = Principal("charlie", Role.EDITOR, Origin.DESKTOP)


def test_a_status_change_does_not_stand_in_the_way_of_an_edit(board: Board) -> None:
    service = add_service(board)
    board.statuses.set(BOB, [service.id], 7)
    edited = board.services.edit(
        ALICE, service.id, ServiceDraft("Post"), version=service.version
    ).value
    assert (edited.name, edited.status_id) == ("Post", 7)


def test_an_edit_that_changes_nothing_leaves_no_trace(board: Board) -> None:
    service = add_service(board)
    written = board.services.edit(
        ALICE, service.id, ServiceDraft.of(service), version=service.version
    )
    assert written.value == service
    assert written.entries == ()


def test_a_group_that_is_gone_is_refused(board: Board) -> None:
    with pytest.raises(Invalid, match="does not exist"):
        add_service(board, group_id=7)


def test_a_removed_service_is_gone_and_its_key_free(board: Board) -> None:
    service = add_service(board, key="MAIL")
    board.services.remove(BOB, [service.id])
    assert board.services.list(ALICE) == ()
    with pytest.raises(NotFound):
        board.statuses.set(ALICE, [service.id], 5)
    successor = add_service(board, key="MAIL")
    assert successor.id != service.id


def test_the_picture_is_kept_until_something_is_committed(board: Board) -> None:
    service = add_service(board)
    first = board.live.picture()
    assert board.live.picture() is first
    assert board.live.picture_if_known() is first
    board.statuses.set(ALICE, [service.id], 7)
    second = board.live.picture()
    assert second.journal_id > first.journal_id
    assert [service.status_id for service in second.services.values()] == [7]


def test_another_processes_commit_shows_at_once_on_sqlite(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/izzitup.db"
    with opened_board(url, tmp_path) as here, opened_board(url, tmp_path) as there:
        service = add_service(here)
        assert here.live.picture().services[service.id].status_id == 5
        for status_id in (6, 7, 5):
            there.statuses.set(ALICE, [service.id], status_id)
            known = here.live.picture_if_known()
            assert known is None or known.services[service.id].status_id == status_id
            assert here.live.picture().services[service.id].status_id == status_id


def test_two_who_set_at_once_both_stand_in_the_journal_and_the_last_one_holds(
    database_url: str, tmp_path: Path
) -> None:
    with (
        opened_board(database_url, tmp_path) as here,
        opened_board(database_url, tmp_path) as there,
    ):
        service = add_service(here)
        threads = [
            threading.Thread(
                target=lambda board=board, first=first: [
                    board.statuses.set(ALICE, [service.id], 5 + (first + step) % 3)
                    for step in range(20)
                ]
            )
            for board, first in ((here, 0), (there, 1))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        entries = [e for e in here.journal.latest(ALICE) if e.kind != SERVICE_ADDED]
        assert len(entries) == 40
        changes = [entry for entry in entries if entry.kind == SERVICE_STATUS]
        for later, earlier in itertools.pairwise(changes):
            assert later.before == earlier.after
        now = there.services.find(ALICE, str(service.id))
        assert changes[0].after == {"status": now.status_id}


def test_a_thread_that_must_not_wait_can_not_call_the_board(board: Board) -> None:
    service = add_service(board)
    ident = threading.get_ident()
    board.refuse_calls_from(ident)
    try:
        for call in (
            lambda: board.services.list(ALICE),
            lambda: board.statuses.set(ALICE, [service.id], 6),
            lambda: board.journal.latest(ALICE),
            lambda: board.accounts.sign_in("alice", "x", source="console"),
            lambda: board.backups.save(ALICE),
        ):
            with pytest.raises(RuntimeError, match="must not wait"):
                call()
        board.statuses.submit(ALICE, service.id, 6).result(20)
    finally:
        board.allow_calls_from(ident)


def in_order(board: Board) -> list[str]:
    return [s.name for s in sorted(board.services.list(ALICE), key=lambda s: s.position)]


def test_services_stand_in_the_order_they_were_put_into(board: Board) -> None:
    a, b, c, d = (add_service(board, name) for name in "abcd")
    written = board.services.move(ALICE, [d.id, b.id], None, a.id)
    assert in_order(board) == ["d", "b", "a", "c"]
    board.journal.undo(ALICE, [entry.id for entry in written.entries])
    assert in_order(board) == ["a", "b", "c", "d"]
    for _ in range(15):  # until there is no room between two of them
        board.services.move(ALICE, [c.id], None, b.id)
        board.services.move(ALICE, [b.id], None, c.id)
    assert in_order(board) == ["a", "b", "c", "d"]


def test_a_service_moved_to_another_group_belongs_to_it(board: Board) -> None:
    group = board.groups.add(ALICE, "Core").value
    service = add_service(board)
    written = board.services.move(ALICE, [service.id], group.id)
    assert board.services.many(ALICE, [service.id])[0].group_id == group.id
    board.journal.undo(ALICE, [entry.id for entry in written.entries])
    assert board.services.many(ALICE, [service.id])[0].group_id is None
    with pytest.raises(Invalid):
        board.services.move(ALICE, [service.id], 99)
    with pytest.raises(NotAllowed):
        board.services.move(CHARLIE, [service.id], group.id)


def test_after_a_commit_no_known_list_is_older_while_others_hold_the_file(tmp_path: Path) -> None:
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        service = add_service(board)
        known = board.live.picture()
        with closing(sqlite3.connect(tmp_path / "izzitup.db", isolation_level=None)) as other:
            assert board.live.picture_if_known() is known
            board.statuses.set(ALICE, [service.id], 7)
            other.execute("BEGIN EXCLUSIVE")
            assert board.live.picture_if_known() is None
            other.execute("ROLLBACK")
        assert board.live.picture().services[service.id].status_id == 7


def test_after_another_program_s_commit_no_known_list_is_older_while_others_hold_the_file(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/izzitup.db"
    with opened_board(url, tmp_path) as board, opened_board(url, tmp_path) as another:
        service = add_service(board)
        board.live.picture()
        another.statuses.set(ALICE, [service.id], 7)
        with closing(sqlite3.connect(tmp_path / "izzitup.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            assert board.live.picture_if_known() is None
            other.execute("ROLLBACK")
        assert board.live.picture().services[service.id].status_id == 7


def test_every_list_after_an_own_acknowledgement_shows_it(board: Board) -> None:
    services = [add_service(board, str(number)) for number in range(5)]
    stale: list[tuple[int, int]] = []

    def work(service_id: int) -> None:
        for number in range(40):
            status_id = (6, 7, 5)[number % 3]
            board.statuses.set(ALICE, [service_id], status_id)
            listed = board.live.picture_if_known() or board.live.picture()
            if listed.services[service_id].status_id != status_id:
                stale.append((service_id, number))

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(work, [service.id for service in services]))
    assert stale == []
