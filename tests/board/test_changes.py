"""Changes that programs hand over: what they expect holds, and a dry one changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.board.changes import Expected, Made, Services
from izzitup_desktop.board.manner import Manner, Outcome
from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.errors import Conflict, Held, Invalid, NotFound, Outdated
from izzitup_desktop.domain.services import ServiceDraft
from izzitup_desktop.storage.asked import Asked
from tests.builders import ALICE, BOB, DEADLINE_SECONDS, add_service, opened_board

DRY = True


def manner(*, dry: bool = False) -> Manner:
    return Manner(Asked(), dry=dry)


def done(made: Made) -> Outcome[Services]:
    return made.result(DEADLINE_SECONDS).value


@pytest.fixture
def board(database_url: str, tmp_path: Path) -> Iterator[Board]:
    with opened_board(database_url, tmp_path) as opened:
        yield opened


def entries(board: Board) -> int:
    return len(board.journal.latest(ALICE, limit=100))


def test_many_statuses_are_set_as_one_operation(board: Board) -> None:
    mail, web = add_service(board), add_service(board, "Web")
    made = done(board.changes.set_status(BOB, manner(), [Expected(mail.id), Expected(web.id)], 7))
    assert [service.status_id for service in made.thing] == [7, 7]
    assert len({entry.operation_id for entry in made.entries}) == 1
    assert {service.status_id for service in board.services.list(ALICE)} == {7}


def test_with_one_that_is_not_there_none_is_set(board: Board) -> None:
    mail = add_service(board)
    with pytest.raises(NotFound):
        done(board.changes.set_status(BOB, manner(), [Expected(mail.id), Expected(99)], 7))
    assert board.services.list(ALICE) == (mail,)


def test_what_is_only_tried_says_what_would_be_and_changes_nothing(board: Board) -> None:
    mail = add_service(board, key="MAIL")
    before = entries(board)
    tried = [
        done(board.changes.set_status(BOB, manner(dry=DRY), [Expected(mail.id)], 7)),
        done(board.changes.add(BOB, manner(dry=DRY), ServiceDraft("New", key="NEW"))),
        done(board.changes.edit(BOB, manner(dry=DRY), Expected(mail.id), {"name": "Post"})),
        done(board.changes.remove(BOB, manner(dry=DRY), Expected(mail.id))),
    ]
    assert [each.thing[0].name for each in tried] == ["E-Mail", "New", "Post", "E-Mail"]
    assert tried[0].thing[0].status_id == 7
    assert [len(each.entries) for each in tried] == [1, 1, 1, 1]
    assert board.services.list(ALICE) == (mail,)
    assert entries(board) == before
    # Nothing of it is left for the next one.
    assert done(board.changes.add(BOB, manner(), ServiceDraft("New", key="NEW"))).thing


def test_what_is_only_tried_between_others_leaves_theirs(board: Board) -> None:
    mail = add_service(board)
    made = [
        board.changes.set_status(BOB, manner(), [Expected(mail.id)], 6),
        board.changes.edit(BOB, manner(dry=DRY), Expected(mail.id), {"name": "Post"}),
        board.changes.set_status(BOB, manner(dry=DRY), [Expected(mail.id)], 5),
        board.changes.set_status(BOB, manner(), [Expected(mail.id)], 7),
    ]
    assert [done(each).thing[0].status_id for each in made] == [6, 6, 5, 7]
    (stored,) = board.services.list(ALICE)
    assert (stored.name, stored.status_id) == ("E-Mail", 7)
    assert [entry.after.get("status") for entry in board.journal.latest(ALICE, limit=2)] == [7, 6]


def test_a_service_that_is_not_what_was_read_is_left_and_told_with_who_changed_it(
    board: Board,
) -> None:
    mail = add_service(board)
    expected = Expected(mail.id, is_as_read=lambda service: service == mail)
    done(board.changes.set_status(BOB, manner(), [expected], 6))
    with pytest.raises(Outdated) as told:
        done(board.changes.set_status(ALICE, manner(), [expected], 5))
    assert (told.value.changed_by, told.value.code) == ("bob", "conflict.outdated")
    assert told.value.now == board.services.list(ALICE)[0]
    assert board.services.list(ALICE)[0].status_id == 6


def test_a_key_that_is_another_s_by_now_names_no_service(board: Board) -> None:
    mail = add_service(board, key="MAIL")
    done(board.changes.edit(BOB, manner(), Expected(mail.id, "mail"), {"key": "POST"}))
    with pytest.raises(NotFound):
        done(board.changes.remove(BOB, manner(), Expected(mail.id, "MAIL")))


def test_an_edit_leaves_what_it_does_not_name(board: Board) -> None:
    mail = add_service(board, key="MAIL", note="left", url="https://example.org")
    edited = done(board.changes.edit(BOB, manner(), Expected(mail.id), {"note": ""})).thing[0]
    assert (edited.note, edited.key, edited.url) == ("", "MAIL", "https://example.org")
    with pytest.raises(Invalid):
        done(board.changes.edit(BOB, manner(), Expected(mail.id), {"name": " "}))
    add_service(board, "Web", key="WEB")
    with pytest.raises(Conflict):
        done(board.changes.edit(BOB, manner(), Expected(mail.id), {"key": "web"}))


def test_a_held_status_is_proposed_unless_it_is_only_tried(board: Board) -> None:
    mail = add_service(board)
    board.statuses.hold(Principal("erin", Role.EDITOR, Origin.DESKTOP), [mail.id])
    for dry in (True, False):
        with pytest.raises(Held):
            done(board.changes.set_status(BOB, manner(dry=dry), [Expected(mail.id)], 7))
        proposal = board.services.list(ALICE)[0].proposal
        assert (proposal is None) is dry


def test_what_was_removed_is_restored(board: Board) -> None:
    mail = add_service(board)
    done(board.changes.remove(BOB, manner(), Expected(mail.id)))
    assert board.services.list(ALICE) == ()
    done(board.changes.restore(BOB, manner(dry=DRY), mail.id))
    assert board.services.list(ALICE) == ()
    assert done(board.changes.restore(BOB, manner(), mail.id)).thing[0].id == mail.id
