from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.board.public_boards import PublicBoards
from izzitup_desktop.domain.comments import Comment
from izzitup_desktop.domain.errors import BoardError
from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.public_board import NO_GROUP, PageChoices, PublicBoard
from izzitup_desktop.domain.services import Service, ServiceDraft
from izzitup_desktop.domain.status_options import StatusOptions
from tests.builders import ALICE, HandClock, add_service, do_due, opened_board

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ALL = PageChoices()


@pytest.fixture
def clock() -> HandClock:
    return HandClock(NOON)


@pytest.fixture
def board(database_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Board]:
    with opened_board(database_url, tmp_path, clock=clock) as opened:
        do_due(opened)
        yield opened


def said(text: str) -> Comment:
    return Comment(text, is_public=True)


def shown(board: Board, choices: PageChoices = ALL) -> PublicBoard:
    return board.public_boards.board(choices)


def draft_of(service: Service, **changes: object) -> ServiceDraft:
    return replace(ServiceDraft.of(service), **changes)  # type: ignore[arg-type]


def test_what_is_hidden_left_out_or_in_a_group_that_is_left_out_is_not_there(
    board: Board,
) -> None:
    office = board.groups.add(ALICE, "Office").value
    attic = board.groups.add(ALICE, "Attic").value
    mail = add_service(board, "Mail", key="MAIL", group_id=office.id)
    vault = add_service(board, "Vault", key="VAULT", group_id=office.id, hidden=True)
    add_service(board, "Radio", key="RADIO", group_id=attic.id)
    door = add_service(board, "Door", key="DOOR")
    found = shown(board)
    assert [(one.name, [each.name for each in one.services]) for one in found.groups] == [
        ("Office", ["Mail"]), ("Attic", ["Radio"]), ("", ["Door"]),
    ]  # fmt: skip
    assert found.service("vault") is None
    assert found.service(str(vault.id)) is None
    assert found.service("mail") is found.service(str(mail.id)) is not None
    fewer = PageChoices(
        without_groups=frozenset({attic.id, NO_GROUP}), without_services=frozenset({mail.id})
    )
    assert shown(board, fewer).groups == ()
    assert shown(board, fewer).status_id is None
    board.services.edit(ALICE, vault.id, draft_of(vault, hidden=False), version=vault.version)
    assert shown(board).service("VAULT") is not None
    board.services.remove(ALICE, [door.id])
    assert [one.name for one in shown(board).groups] == ["Office", "Attic"]


def test_a_comment_is_shown_where_its_author_meant_it_for_the_page_and_nowhere_else(
    board: Board,
) -> None:
    mail, wiki = add_service(board, "Mail", key="MAIL"), add_service(board, "Wiki", key="WIKI")
    board.statuses.set(ALICE, [mail.id], 7, said("The disk is full"))
    board.statuses.set(ALICE, [wiki.id], 6, "root's password is on the note")
    found = shown(board)
    assert found.services[mail.id].comment == "The disk is full"
    assert found.services[wiki.id].comment == ""
    assert [(one.service_name, one.said) for one in found.disruptions] == [
        ("Wiki", False), ("Mail", True),
    ]  # fmt: skip
    board.statuses.confirm(ALICE, [mail.id], "still looking for the key")
    board.statuses.confirm(ALICE, [mail.id], said("A new one is on its way"))
    (_, of_mail) = shown(board).disruptions
    assert [change.comment for change in of_mail.changes] == [
        "The disk is full", "A new one is on its way",
    ]  # fmt: skip
    silent = PageChoices(comments=False)
    assert not any(one.said for one in shown(board, silent).disruptions)
    assert shown(board, silent).services[mail.id].comment == ""


def test_nobody_is_named_unless_the_page_is_set_to(board: Board) -> None:
    mail = add_service(board, "Mail", key="MAIL")
    board.statuses.set(ALICE, [mail.id], 7)
    assert ALICE.name not in repr(shown(board))
    named = shown(board, PageChoices(people=True))
    assert named.services[mail.id].by == ALICE.name
    assert named.disruptions[0].changes[0].by == ALICE.name


def test_undo_brings_back_what_was_said_for_the_page_and_what_was_not(board: Board) -> None:
    mail = add_service(board, "Mail", key="MAIL")
    board.statuses.set(ALICE, [mail.id], 7, said("The disk is full"))
    later = board.statuses.set(ALICE, [mail.id], 6, "secret")
    board.journal.undo(ALICE, [later.entries[0].id])
    assert shown(board).services[mail.id].comment == "The disk is full"
    secret = board.statuses.set(ALICE, [mail.id], 6, "secret")
    public = board.statuses.set(ALICE, [mail.id], 7, said("Out again"))
    board.journal.undo(ALICE, [public.entries[0].id])
    assert secret.value[0].comment == "secret"
    assert shown(board).services[mail.id].comment == ""
    assert board.services.find(ALICE, "MAIL").comment == "secret"


def test_what_was_said_with_a_change_that_was_taken_back_is_not_told_any_more(
    board: Board, clock: HandClock
) -> None:
    mail = add_service(board, "Mail", key="MAIL")
    phone = add_service(board, "Phone", key="PHONE")
    wrong = board.statuses.set(ALICE, [phone.id], 7, said("The password is hunter2"))
    board.statuses.set(ALICE, [mail.id], 7, said("The disk is full"))
    clock.time += HOUR
    better = board.statuses.set(ALICE, [mail.id], 6, said("Half of it works"))
    assert "hunter2" in repr(shown(board))
    undone = board.journal.undo(ALICE, [better.entries[0].id])
    assert "Half of it works" not in repr(shown(board))
    board.journal.undo(ALICE, [undone.entries[0].id])
    assert "Half of it works" in repr(shown(board))
    board.statuses.set(ALICE, [mail.id], 7)
    board.journal.undo(ALICE, [wrong.entries[0].id])
    (over,) = (one for one in shown(board).disruptions if one.end is not None)
    assert [(one.status_id, one.comment) for one in over.changes] == [(7, ""), (5, "")]
    assert "hunter2" not in repr(shown(board))


def test_a_word_among_colleagues_ends_nothing_that_was_said_for_the_page(
    board: Board, clock: HandClock
) -> None:
    mail = add_service(board, "Mail", key="MAIL")
    board.statuses.set(ALICE, [mail.id], 7, said("The disk is full"))
    for comment, shown_then in (
        ("secret", "The disk is full"), (said("A new one is here"), "A new one is here"),
        ("secret again", "A new one is here"),
    ):  # fmt: skip
        clock.time += timedelta(minutes=1)
        board.statuses.confirm(ALICE, [mail.id], comment)
        assert shown(board).services[mail.id].comment == shown_then
    assert shown(board, PageChoices(comments=False)).services[mail.id].comment == ""
    board.statuses.set(ALICE, [mail.id], 6, "secret")
    assert shown(board).services[mail.id].comment == ""
    assert "secret" not in repr(shown(board))


def test_words_that_are_said_again_and_not_for_the_page_are_taken_off_it(
    board: Board, clock: HandClock
) -> None:
    mail = add_service(board, "Mail", key="MAIL")
    board.statuses.set(ALICE, [mail.id], 7, said("The key is 1234"))
    board.statuses.confirm(ALICE, [mail.id], said("The disk is full"))
    board.statuses.confirm(ALICE, [mail.id], said("The password is hunter2"))
    board.statuses.set(ALICE, [mail.id], 7, "The password is hunter2")
    assert shown(board).services[mail.id].comment == "The disk is full"
    (going,) = shown(board).disruptions
    assert [one.comment for one in going.changes] == ["The key is 1234", "The disk is full"]
    board.statuses.confirm(ALICE, [mail.id], "The key is 1234")
    (going,) = shown(board).disruptions
    assert [(one.status_id, one.comment) for one in going.changes] == [
        (7, ""), (7, "The disk is full"),
    ]  # fmt: skip
    board.statuses.confirm(ALICE, [mail.id], said("The key is 1234"))
    (going,) = shown(board).disruptions
    assert going.changes[-1].comment == "The key is 1234"


def test_a_promise_that_was_taken_back_is_not_told_with_its_comment(
    board: Board, clock: HandClock
) -> None:
    mail = add_service(board, "Mail", key="MAIL")
    board.statuses.set(ALICE, [mail.id], 7, said("The disk is full"))
    clock.time += HOUR
    until = StatusOptions(until=NOON + 6 * HOUR)
    promise = board.statuses.set(ALICE, [mail.id], 7, said("A vault key: 1234"), until)
    assert "1234" in repr(shown(board))
    board.journal.undo(ALICE, [promise.entries[0].id])
    (going,) = shown(board).disruptions
    assert (going.expiry, [one.comment for one in going.changes]) == (None, ["The disk is full"])
    assert "1234" not in repr(shown(board))


@pytest.mark.parametrize("by_itself", [True, False])
def test_a_disruption_that_is_over_keeps_the_end_that_was_promised(
    board: Board, clock: HandClock, by_itself: bool
) -> None:
    mail = add_service(board, "Mail", key="MAIL")
    for hours in (1, 2):
        until = NOON + hours * HOUR
        board.statuses.set(ALICE, [mail.id], 7, options=StatusOptions(until, then=5))
        assert shown(board).disruptions[0].expiry == Expiry(until, 5)
    if by_itself:
        clock.time += 2 * HOUR
        do_due(board)
    else:
        clock.time += HOUR
        board.statuses.set(ALICE, [mail.id], 5)
    (over,) = shown(board).disruptions
    assert over.end == clock.time
    assert over.expiry == Expiry(NOON + 2 * HOUR, 5)
    clock.time += HOUR
    board.statuses.set(ALICE, [mail.id], 7)
    board.statuses.set(ALICE, [mail.id], 5)
    assert shown(board).disruptions[0].expiry is None


def test_a_disruption_is_told_by_its_changes_from_its_begin_to_its_end(
    board: Board, clock: HandClock
) -> None:
    mail = add_service(board, "Mail", key="MAIL")
    until = StatusOptions(until=NOON + 6 * HOUR, then=5)
    first = board.statuses.set(ALICE, [mail.id], 6, said("Slow"), until)
    (going,) = shown(board).disruptions
    assert going.expiry is not None
    assert (going.id, going.end, going.worst) == (first.entries[0].id, None, 6)
    assert (going.expiry.until, going.expiry.then) == (NOON + 6 * HOUR, 5)
    clock.time += HOUR
    board.statuses.set(ALICE, [mail.id], 7)
    clock.time += HOUR
    board.statuses.set(ALICE, [mail.id], 5, said("Repaired"))
    (over,) = shown(board).disruptions
    assert (over.id, over.worst, over.begin, over.end) == (
        going.id, 7, NOON, NOON + 2 * HOUR,
    )  # fmt: skip
    assert [(one.before, one.status_id, one.comment) for one in over.changes] == [
        (5, 6, "Slow"), (6, 7, ""), (7, 5, "Repaired"),
    ]  # fmt: skip
    assert board.public_boards.of_id(ALL, over.id) == over
    assert board.public_boards.of_id(ALL, over.changes[1].id) is None
    assert list(board.public_boards.past(ALL, NOON, NOON + HOUR, [])) == [over]
    assert list(board.public_boards.past(ALL, NOON + 3 * HOUR, NOON + 4 * HOUR, [])) == []
    clock.time += timedelta(days=20)
    assert shown(board).disruptions == ()
    assert board.public_boards.of_id(ALL, over.id) == over


def test_one_that_began_long_before_has_its_own_begin_however_far_one_looks_back(
    board: Board, clock: HandClock
) -> None:
    mail = add_service(board, "Mail", key="MAIL")
    first = board.statuses.set(ALICE, [mail.id], 6)
    for status_id in (7, 6) * 30:
        clock.time += timedelta(days=2)
        board.statuses.set(ALICE, [mail.id], status_id)
    (going,) = PublicBoards(board.core).board(ALL).disruptions
    assert (going.id, going.begin, len(going.changes)) == (first.entries[0].id, NOON, 61)


def test_a_mistake_was_no_disruption(board: Board, clock: HandClock) -> None:
    mail = add_service(board, "Mail", key="MAIL")
    slip = board.statuses.set(ALICE, [mail.id], 7)
    clock.time += HOUR
    do_due(board)
    board.statuses.set(ALICE, [mail.id], 5)
    assert len(shown(board).disruptions) == 1
    board.journal.mark_mistake(ALICE, slip.entries[0].id)
    found = shown(board)
    assert found.disruptions == ()
    assert found.services[mail.id].days[-1].outage == 0


def test_a_hidden_service_s_past_is_nobody_s_business(board: Board) -> None:
    vault = add_service(board, "Vault", key="VAULT", hidden=True)
    set_ = board.statuses.set(ALICE, [vault.id], 7, said("open"))
    shown(board)
    assert board.public_boards.of_id(ALL, set_.entries[0].id) is None
    assert list(board.public_boards.past(ALL, NOON - HOUR, NOON + HOUR, [vault.id])) == []


def test_a_long_look_into_the_past_leaves_room_for_changes(
    board: Board, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = [add_service(board, f"S{number}") for number in range(101)]
    for status_id in (7, 5, 6, 5, 7):
        clock.time += HOUR
        board.statuses.set(ALICE, [one.id for one in services], status_id, said("so it is"))
    expected = shown(board).disruptions
    read, reads = board.core.read, []

    def counted(*args: Any, **options: Any) -> Any:
        found = read(*args, **options)
        reads.append(found)
        board.groups.add(ALICE, f"Group {len(reads)}")
        return found

    monkeypatch.setattr(board.core, "read", counted)
    assert tuple(board.public_boards.past(ALL, NOON, clock.time + HOUR, [])) == expected
    assert len(reads) >= 4
    assert PublicBoards(board.core).board(ALL).disruptions == expected
    assert len(reads) >= 8


def test_the_same_board_is_given_until_something_changes_or_a_minute_is_over(
    board: Board, clock: HandClock
) -> None:
    mail = add_service(board, "Mail", key="MAIL")
    first = shown(board)
    assert shown(board) is first is board.public_boards.known(ALL, clock.time)
    board.statuses.set(ALICE, [mail.id], 7)
    assert board.public_boards.known(ALL, clock.time) is None
    second = shown(board)
    assert second.services[mail.id].status_id == 7
    clock.time += timedelta(minutes=1)
    assert board.public_boards.known(ALL, clock.time) is None
    assert shown(board).made == clock.time


@pytest.mark.parametrize(
    "seed", [1, 2, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(3, 30))]
)
def test_what_is_kept_is_what_would_be_read_anew(board: Board, clock: HandClock, seed: int) -> None:
    random = Random(seed)
    services = [add_service(board, f"S{number}", key=f"S{number}") for number in range(3)]
    for _ in range(25):
        match random.randrange(9):
            case 0 | 1 | 2:
                one = random.choice(services)
                text = random.choice(["", "private", said("public")])
                board.statuses.set(ALICE, [one.id], random.choice([5, 6, 7]), text)
            case 3:
                clock.time += timedelta(minutes=random.randrange(1, 90))
                do_due(board)
            case 4:
                clock.time += timedelta(hours=random.randrange(1, 50))
            case 5:
                latest = board.journal.latest(ALICE, limit=10)
                changed = [one for one in latest if one.kind == "service.status"]
                if changed:
                    board.journal.mark_mistake(ALICE, random.choice(changed).id)
            case 6:
                one = board.services.find(ALICE, f"S{random.randrange(3)}")
                edited = draft_of(one, hidden=not one.hidden)
                board.services.edit(ALICE, one.id, edited, version=one.version)
            case 7:
                one = board.services.find(ALICE, f"S{random.randrange(3)}")
                edited = draft_of(one, name=f"Name {random.randrange(99)}")
                board.services.edit(ALICE, one.id, edited, version=one.version)
            case 8:
                (latest_one,) = board.journal.latest(ALICE, limit=1)
                if latest_one.kind != "service.added":
                    with suppress(BoardError):  # many can't be undone any more
                        board.journal.undo(ALICE, [latest_one.id])
        if random.random() < 0.6:
            kept = shown(board)
            fresh = PublicBoards(board.core).board(ALL)
            assert replace(kept, made=fresh.made, journal_id=fresh.journal_id) == fresh


def test_what_an_undo_took_back_is_said_no_more_until_it_is_done_again(
    board: Board, clock: HandClock
) -> None:
    mail = add_service(board, "Mail", key="MAIL")

    def comments() -> list[str]:
        found = shown(board).disruptions
        assert tuple(board.public_boards.past(ALL, NOON, clock.time + HOUR, [])) == found
        return [change.comment for one in found for change in one.changes if change.comment]

    board.statuses.set(ALICE, [mail.id], 7, said("The disk is full"))
    slip = board.statuses.set(ALICE, [mail.id], 6, said("The password is hunter2"))
    assert "The password is hunter2" in comments()
    clock.time += timedelta(days=2)
    board.journal.undo(ALICE, [slip.entries[0].id])
    assert comments() == ["The disk is full"]
    over = board.statuses.set(ALICE, [mail.id], 5, said("Repaired, see hunter3"))
    clock.time += timedelta(days=2)
    shown(board)
    board.journal.undo(ALICE, [over.entries[0].id])
    assert comments() == ["The disk is full"]
    (again,) = board.journal.latest(ALICE, limit=1)
    board.journal.undo(ALICE, [again.id])
    assert comments() == ["The disk is full", "Repaired, see hunter3"]


def test_what_was_said_with_a_promise_goes_when_the_promise_is_undone(board: Board) -> None:
    mail = add_service(board, "Mail", key="MAIL")
    board.statuses.set(ALICE, [mail.id], 7)
    promise = StatusOptions(until=NOON + HOUR, then=5)
    told = board.statuses.set(ALICE, [mail.id], 7, said("Ask hunter2"), promise)
    assert shown(board).disruptions[0].said
    board.journal.undo(ALICE, [told.entries[0].id])
    assert not shown(board).disruptions[0].said


def test_a_service_that_was_renamed_has_its_old_name_nowhere(
    board: Board, clock: HandClock
) -> None:
    mail = add_service(board, "Merger with Initech", key="MAIL")
    board.statuses.set(ALICE, [mail.id], 7)
    clock.time += timedelta(days=2)
    board.statuses.set(ALICE, [mail.id], 5)
    clock.time += timedelta(days=2)
    assert "Initech" in repr(shown(board))
    mail = board.services.find(ALICE, "MAIL")
    board.services.edit(ALICE, mail.id, draft_of(mail, name="Mail"), version=mail.version)
    assert "Initech" not in repr(shown(board))
    assert shown(board).disruptions[0].service_name == "Mail"


def test_a_change_that_is_not_for_everybody_leaves_the_board_the_very_same(
    board: Board, clock: HandClock
) -> None:
    mail = add_service(board, "Mail", key="MAIL")
    vault = add_service(board, "Vault", key="VAULT", hidden=True)
    board.statuses.set(ALICE, [mail.id], 7)
    first = shown(board)
    clock.time += timedelta(seconds=20)
    board.statuses.set(ALICE, [vault.id], 7, said("open"))
    board.groups.add(ALICE, "Nobody's")
    assert board.public_boards.known(ALL, clock.time) is None
    assert shown(board) is first is board.public_boards.known(ALL, clock.time)
    board.statuses.set(ALICE, [mail.id], 6)
    assert shown(board).made == clock.time
    second = shown(board)
    clock.time += timedelta(minutes=1)
    board.statuses.set(ALICE, [vault.id], 5)
    third = shown(board)
    assert (third.made, third.journal_id) == (clock.time, second.journal_id)


def test_what_was_said_of_a_hidden_service_for_the_page_is_there_once_it_is_shown(
    board: Board,
) -> None:
    vault = add_service(board, "Vault", key="VAULT", hidden=True)
    board.statuses.set(ALICE, [vault.id], 7, said("We move the vault"))
    board.statuses.set(ALICE, [vault.id], 6, "It stands open")
    assert "vault" not in repr(shown(board)).lower()
    board.services.edit(ALICE, vault.id, draft_of(vault, hidden=False), version=vault.version)
    (known,) = shown(board).disruptions
    assert [change.comment for change in known.changes] == ["We move the vault", ""]
