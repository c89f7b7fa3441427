from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.errors import Cancelled, Invalid, NotAllowed
from izzitup_desktop.domain.exchange import (
    Change,
    ChangeKind,
    Document,
    ExchangeService,
    parse_csv,
    parse_json,
)
from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.domain.kinds.boards import BOARD_IMPORTED
from izzitup_desktop.domain.kinds.groups import GROUP_ADDED
from izzitup_desktop.domain.kinds.services import SERVICE_ADDED, SERVICE_EDITED
from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS
from izzitup_desktop.domain.services import Service, ServiceDraft
from izzitup_desktop.domain.status_options import StatusOptions
from izzitup_desktop.storage import periods
from tests.builders import ALICE, BOB, CHARLIE, GOOD_PASSWORD, add_service, opened_board


@pytest.fixture
def board(database_url: str, tmp_path: Path) -> Iterator[Board]:
    with opened_board(database_url, tmp_path) as opened:
        yield opened


def document(*services: ExchangeService) -> Document:
    return Document(services)


def fill(board: Board) -> None:
    """Two groups and four services; one stands in no group."""
    core = board.groups.add(ALICE, "Core").value
    rest = board.groups.add(ALICE, "Rest").value
    add_service(board, "Printers", key="PRN", group_id=rest.id, status_id=7, note="=2nd\nfloor")
    add_service(board, "E-Mail", key="MAIL", group_id=core.id, url="https://mail.example/")
    add_service(board, "Alone", hidden=True, stale_minutes=30)
    add_service(
        board, "Chat", group_id=core.id, description="Rooms", check_url="mailto:a@b.example"
    )


def state(board: Board) -> list[tuple[ServiceDraft, int]]:
    return [(ServiceDraft.of(s), s.status_id) for s in board.services.list(ALICE)]


def kinds(entries: Sequence[Entry]) -> list[Kind]:
    return [entry.kind for entry in entries]


def named(board: Board, name: str) -> Service:
    (found,) = [service for service in board.services.list(ALICE) if service.name == name]
    return found


def statuses_of(connection: Any, service: Service) -> list[int]:
    """The statuses of the service's stored periods."""
    window = (0, 2**62)
    found = periods.between(connection, window, [service.id])
    return [period.status_id for period in found[service.id]]


def undo(board: Board, entries: Sequence[Entry]) -> None:
    ids = [entry.id for entry in entries if entry.kind != BOARD_IMPORTED]
    board.journal.undo(ALICE, ids)


def test_a_board_is_exported_in_its_own_order_and_is_the_same_again(board: Board) -> None:
    fill(board)
    from_json = parse_json(board.exchange.export_json(CHARLIE))
    from_csv = parse_csv(board.exchange.export_csv(CHARLIE))
    assert [item.name for item in from_json.services] == ["E-Mail", "Chat", "Printers", "Alone"]
    assert from_json.groups == ("Core", "Rest")
    assert from_json.errors == from_csv.errors == ()
    assert from_json.services == from_csv.services
    for items in (from_json, from_csv):
        assert {change.kind for change in board.exchange.preview(ALICE, items).changes} == {
            ChangeKind.SAME
        }
        assert kinds(board.exchange.apply(ALICE, items).entries) == [BOARD_IMPORTED]


def test_an_export_makes_the_same_board_elsewhere(board: Board, tmp_path: Path) -> None:
    fill(board)
    text = board.exchange.export_json(ALICE)
    with opened_board(f"sqlite:///{tmp_path}/other.db", tmp_path / "other") as other:
        items = parse_json(text)
        preview = other.exchange.preview(ALICE, items)
        assert preview.groups_added == ("Core", "Rest")
        written = other.exchange.apply(ALICE, items, source="board.json")
        assert written.value == preview
        again = parse_json(other.exchange.export_json(ALICE))
        assert (again.groups, again.services) == (items.groups, items.services)
        *_, last = written.entries
        assert (last.kind, last.subject_name) == (BOARD_IMPORTED, "board.json")
        assert dict(last.after) == {"added": 4, "changed": 0, "same": 0, "groups": 2, "held": 0}
        assert {entry.operation_id for entry in written.entries} == {written.entries[0].id}


def test_what_differs_is_changed_journalled_and_brought_back_by_undo(board: Board) -> None:
    fill(board)
    before = state(board)
    items = document(
        ExchangeService("Post", key="mail", group="New", status=6, line=2),
        ExchangeService("Chat", group="CORE", note="n", line=3),
        ExchangeService("VPN", key="VPN", group="new", status=7, hidden=True, line=4),
        ExchangeService("Printers", key="PRN", line=5),
    )
    preview = board.exchange.preview(ALICE, items)
    assert preview.changes == (
        Change(
            ChangeKind.CHANGED, 2, "E-Mail",
            (("key", "MAIL", "mail"), ("name", "E-Mail", "Post"), ("group", "Core", "New"), ("status", 5, 6)),
        ),
        Change(ChangeKind.CHANGED, 3, "Chat", (("note", "", "n"),)),
        Change(
            ChangeKind.ADDED, 4, "VPN",
            (("key", None, "VPN"), ("name", None, "VPN"), ("group", None, "new"), ("status", None, 7), ("hidden", None, True)),
        ),
        Change(ChangeKind.SAME, 5, "Printers"),
    )  # fmt: skip
    assert preview.groups_added == ("New",)
    written = board.exchange.apply(ALICE, items)
    assert written.value == preview
    assert kinds(written.entries) == [
        GROUP_ADDED, SERVICE_EDITED, SERVICE_STATUS, SERVICE_EDITED,
        SERVICE_ADDED, BOARD_IMPORTED,
    ]  # fmt: skip
    post = named(board, "Post")
    assert (post.key, post.url, post.status_id) == ("mail", "https://mail.example/", 6)
    assert named(board, "VPN").group_id == post.group_id
    assert board.core.read(lambda c: statuses_of(c, post)) == [5, 6]
    undo(board, written.entries)
    assert state(board) == before
    assert [group.name for group in board.groups.list(ALICE)] == ["Core", "Rest"]


def test_an_undone_import_can_be_done_again(board: Board) -> None:
    fill(board)
    items = document(
        ExchangeService("New", group="Other", status=6),
        ExchangeService("Chat", group="Other", key="CHAT", status=7),
    )
    written = board.exchange.apply(ALICE, items)
    after = state(board)
    undone = board.journal.undo(ALICE, [entry.id for entry in written.entries[:-1]])
    undo(board, undone.entries)
    assert state(board) == after


def test_a_service_is_found_by_its_key_first_and_never_twice(board: Board) -> None:
    with_key = add_service(board, "Chat", key="CHAT")
    without = add_service(board, "Chat")
    items = document(
        ExchangeService("Chat", key="NEW"),
        ExchangeService("Chat", note="n"),
        ExchangeService("Talk", key="chat"),
    )
    board.exchange.apply(ALICE, items)
    assert named(board, "Talk").id == with_key.id
    assert board.services.find(ALICE, str(without.id)).note == "n"
    assert board.services.find(ALICE, "NEW").id not in {with_key.id, without.id}


def test_another_key_is_another_service_but_none_gets_one(board: Board) -> None:
    add_service(board, "Chat", key="OLD")
    mail = add_service(board, "Mail")
    items = document(ExchangeService("Chat", key="NEW"), ExchangeService("Mail", key="MAIL"))
    assert [c.kind for c in board.exchange.apply(ALICE, items).value.changes] == [
        ChangeKind.ADDED, ChangeKind.CHANGED,
    ]  # fmt: skip
    assert board.services.find(ALICE, "MAIL").id == mail.id


def test_services_that_can_not_be_told_apart_are_an_error(board: Board) -> None:
    add_service(board, "Chat")
    add_service(board, "Chat")
    items = document(ExchangeService("Chat", note="n", line=7))
    (error,) = board.exchange.preview(ALICE, items).errors
    assert (error.line, error.field) == (7, "name")
    with pytest.raises(Invalid, match="line 7"):
        board.exchange.apply(ALICE, items)


def test_with_an_error_nothing_is_changed(board: Board) -> None:
    fill(board)
    before, last = state(board), board.last_id()
    with pytest.raises(Invalid, match="line 3, status") as caught:
        board.exchange.apply(ALICE, parse_csv("name,status\nNew,5\nOther,8\nThird,9\n"))
    assert "1 more error" in str(caught.value)
    # What no parser lets through is refused as well, after other changes were made.
    for bad in (
        ExchangeService("Bad", url="javascript:1"),
        ExchangeService("Bad", status=8),
        ExchangeService("Bad", group="\n"),
        ExchangeService("New", group="MADE"),
    ):
        with pytest.raises(Invalid):
            board.exchange.apply(ALICE, document(ExchangeService("New", group="Made"), bad))
    assert (state(board), board.last_id()) == (before, last)
    assert len(board.groups.list(ALICE)) == 2


def test_it_can_be_cancelled_in_the_middle_and_nothing_is_changed(board: Board) -> None:
    fill(board)
    before, last = state(board), board.last_id()
    heard: list[tuple[int, int]] = []
    items = document(*[ExchangeService(f"New {n}", group="Made") for n in range(5)])
    with pytest.raises(Cancelled):
        board.exchange.apply(
            ALICE, items, lambda done, of: heard.append((done, of)), lambda: len(heard) == 3
        )
    assert heard == [(1, 5), (2, 5), (3, 5)]
    assert (state(board), board.last_id()) == (before, last)
    assert len(board.groups.list(ALICE)) == 2
    # The writer goes on.
    board.exchange.apply(ALICE, items)
    assert len(board.services.list(ALICE)) == len(before) + 5


def test_a_status_that_a_person_holds_stays_and_is_told(board: Board) -> None:
    service = add_service(board, "Chat", key="CHAT")
    desktop = Principal("bob", Role.EDITOR, Origin.DESKTOP)
    board.statuses.set(desktop, [service.id], 6, options=StatusOptions(hold=True))
    items = document(ExchangeService("Chat", key="CHAT", status=7, note="n"))
    for origin in (Origin.CLI, Origin.DESKTOP):
        principal = Principal("alice", Role.ADMINISTRATOR, origin)
        (change,) = board.exchange.preview(principal, items).changes
        assert (change.held_by, change.fields) == ("bob", (("note", "", "n"),))
    written = board.exchange.apply(ALICE, items)
    assert written.entries[-1].after["held"] == 1
    now = named(board, "Chat")
    assert (now.status_id, now.hold, now.proposal, now.note) == (6, Hold("bob"), None, "n")
    (change,) = board.exchange.apply(ALICE, items).value.changes
    assert (change.kind, change.held_by) == (ChangeKind.SAME, "bob")


def test_undo_brings_back_until_when_a_status_was_set(board: Board) -> None:
    service = add_service(board, "Chat", key="CHAT")
    until = datetime.now(UTC) + timedelta(hours=1)
    desktop = Principal("alice", Role.ADMINISTRATOR, Origin.DESKTOP)
    board.statuses.set(desktop, [service.id], 6, options=StatusOptions(until=until, then=5))
    written = board.exchange.apply(ALICE, document(ExchangeService("Chat", status=7)))
    assert named(board, "Chat").expiry is None
    undo(board, written.entries)
    now = named(board, "Chat")
    assert (now.status_id, now.expiry) == (6, Expiry(until, 5))


def test_who_may_export_and_import(board: Board) -> None:
    items = document(ExchangeService("Chat"))
    public = Principal("public", Role.PUBLIC, Origin.API)
    for export in (board.exchange.export_json, board.exchange.export_csv):
        assert export(CHARLIE)
        with pytest.raises(NotAllowed):
            export(public)
    for principal in (BOB, CHARLIE, public):
        with pytest.raises(NotAllowed):
            board.exchange.preview(principal, items)
        with pytest.raises(NotAllowed):
            board.exchange.apply(principal, items)
    assert board.services.list(ALICE) == ()


def test_an_account_that_was_disabled_imports_nothing(board: Board) -> None:
    board.accounts.add(ALICE, "first", Role.ADMINISTRATOR, GOOD_PASSWORD)
    account = board.accounts.add(ALICE, "second", Role.ADMINISTRATOR, GOOD_PASSWORD).value
    principal = Principal.of(account, Origin.DESKTOP)
    board.accounts.edit(ALICE, account.id, active=False)
    with pytest.raises(NotAllowed):
        board.exchange.apply(principal, document(ExchangeService("Chat")))
