from collections.abc import Iterator
from pathlib import Path

import bcrypt
import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.errors import (
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    SignInFailed,
    SignInStale,
)
from izzitup_desktop.domain.kinds.accounts import ACCOUNT_EDITED, ACCOUNT_PASSWORD
from tests.builders import ALICE, BOB, GOOD_PASSWORD, add_service, opened_board

OTHER_PASSWORD = "staple a correct horse"


@pytest.fixture
def board(database_url: str, tmp_path: Path) -> Iterator[Board]:
    with opened_board(database_url, tmp_path) as opened:
        yield opened


def sign_in(board: Board, name: str, password: str = GOOD_PASSWORD) -> str:
    return board.accounts.sign_in(name, password, source="console").name


def test_the_first_account_is_an_administrator_and_the_only_first_one(board: Board) -> None:
    assert not board.accounts.any()
    account = board.accounts.first("Minnie", GOOD_PASSWORD, Origin.DESKTOP).value
    assert (account.role, account.active) == (Role.ADMINISTRATOR, True)
    assert board.accounts.any()
    with pytest.raises(Conflict):
        board.accounts.first("Daisy", GOOD_PASSWORD, Origin.DESKTOP)


def test_an_account_signs_in_by_its_name_in_any_case(board: Board) -> None:
    board.accounts.add(ALICE, "Müller", Role.EDITOR, GOOD_PASSWORD)
    assert sign_in(board, "mu\u0308LLER") == "Müller"
    for name, password in (("Müller ", GOOD_PASSWORD), ("Müller", "wrong"), ("X", GOOD_PASSWORD)):
        with pytest.raises(SignInFailed):
            sign_in(board, name, password)


def test_a_disabled_account_does_not_sign_in_until_it_is_enabled(board: Board) -> None:
    account = board.accounts.add(ALICE, "eve", Role.EDITOR, GOOD_PASSWORD).value
    sign_in(board, "eve")
    board.accounts.edit(ALICE, account.id, active=False)
    with pytest.raises(SignInFailed):
        sign_in(board, "eve")
    board.accounts.edit(ALICE, account.id, active=True)
    sign_in(board, "eve")


def test_after_a_new_password_the_old_one_is_worth_nothing(board: Board) -> None:
    account = board.accounts.add(ALICE, "eve", Role.EDITOR, GOOD_PASSWORD).value
    sign_in(board, "eve")
    written = board.accounts.set_password(ALICE, account.id, OTHER_PASSWORD)
    assert [entry.kind for entry in written.entries] == [ACCOUNT_PASSWORD]
    with pytest.raises(SignInFailed):
        sign_in(board, "eve")
    sign_in(board, "eve", OTHER_PASSWORD)


def test_everybody_may_set_their_own_password_and_administrators_any(board: Board) -> None:
    account = board.accounts.add(ALICE, "eve", Role.VIEWER, GOOD_PASSWORD).value
    eve = Principal.of(account, Origin.DESKTOP)
    board.accounts.set_password(eve, account.id, OTHER_PASSWORD)
    other = board.accounts.add(ALICE, "mallory", Role.VIEWER, GOOD_PASSWORD).value
    with pytest.raises(NotAllowed):
        board.accounts.set_password(eve, other.id, OTHER_PASSWORD)


def test_a_disabled_account_sets_no_password_not_even_its_own(board: Board) -> None:
    account = board.accounts.add(ALICE, "eve", Role.VIEWER, GOOD_PASSWORD).value
    eve = Principal.of(account, Origin.DESKTOP)
    board.accounts.edit(ALICE, account.id, active=False)
    with pytest.raises(NotAllowed):
        board.accounts.set_password(eve, account.id, OTHER_PASSWORD)


def test_names_are_taken_once_whatever_their_case(board: Board) -> None:
    board.accounts.add(ALICE, "Eve", Role.VIEWER, GOOD_PASSWORD)
    with pytest.raises(Conflict, match="Eve"):
        board.accounts.add(ALICE, "EVE", Role.VIEWER, GOOD_PASSWORD)


@pytest.mark.parametrize(
    ("name", "password"),
    [("", GOOD_PASSWORD), ("a\nb", GOOD_PASSWORD), ("eve", "short"), ("eve", "")],
)
def test_bad_names_and_passwords_are_refused(board: Board, name: str, password: str) -> None:
    with pytest.raises(Invalid):
        board.accounts.add(ALICE, name, Role.VIEWER, password)
    assert board.accounts.list(ALICE) == ()


def test_nobody_is_made_public(board: Board) -> None:
    with pytest.raises(Invalid):
        board.accounts.add(ALICE, "eve", Role.PUBLIC, GOOD_PASSWORD)


def test_the_last_active_administrator_stays_one(board: Board) -> None:
    first = board.accounts.first("Minnie", GOOD_PASSWORD, Origin.CLI).value
    second = board.accounts.add(ALICE, "Daisy", Role.ADMINISTRATOR, GOOD_PASSWORD).value
    board.accounts.edit(ALICE, second.id, active=False)
    with pytest.raises(Conflict, match="Minnie is the last"):
        board.accounts.edit(ALICE, first.id, active=False)
    with pytest.raises(Conflict, match="Minnie is the last"):
        board.accounts.edit(ALICE, first.id, role=Role.EDITOR)
    board.accounts.edit(ALICE, second.id, active=True)
    board.accounts.edit(ALICE, first.id, role=Role.EDITOR)


def test_an_edit_journals_what_changed_and_never_a_password(board: Board) -> None:
    group = board.groups.add(ALICE, "Core").value
    account = board.accounts.add(ALICE, "eve", Role.VIEWER, GOOD_PASSWORD).value
    edited = board.accounts.edit(ALICE, account.id, role=Role.EDITOR, group_ids={group.id})
    assert edited.value.group_ids == {group.id}
    assert edited.entries[0].before == {"role": "viewer", "group_ids": []}
    assert edited.entries[0].after == {"role": "editor", "group_ids": [group.id]}
    for entry in board.journal.latest(ALICE):
        assert "$" not in repr(entry)
        assert GOOD_PASSWORD not in repr(entry)


def test_accounts_are_administered_by_administrators_alone(board: Board) -> None:
    account = board.accounts.add(ALICE, "eve", Role.VIEWER, GOOD_PASSWORD).value
    with pytest.raises(NotAllowed):
        board.accounts.list(BOB)
    with pytest.raises(NotAllowed):
        board.accounts.add(BOB, "mallory", Role.VIEWER, GOOD_PASSWORD)
    with pytest.raises(NotAllowed):
        board.accounts.edit(BOB, account.id, role=Role.ADMINISTRATOR)
    with pytest.raises(NotFound):
        board.accounts.find("mallory")


def test_what_another_process_changes_counts_here_too(database_url: str, tmp_path: Path) -> None:
    with (
        opened_board(database_url, tmp_path) as here,
        opened_board(database_url, tmp_path) as there,
    ):
        account = here.accounts.add(ALICE, "eve", Role.EDITOR, GOOD_PASSWORD).value
        sign_in(there, "eve")
        forgotten: list[int] = []
        there.subscribe(lambda entries: forgotten.extend(entry.id for entry in entries))
        written = here.accounts.edit(ALICE, account.id, active=False)
        heard_of(there, written.entries[-1].id)
        with pytest.raises(SignInFailed):
            sign_in(there, "eve")


def heard_of(board: Board, entry_id: int) -> None:
    """Wait until the board's own subscribers heard of the entry."""
    from tests.builders import Heard

    heard = Heard()
    subscription = board.subscribe(heard.on_entries)
    board.groups.add(ALICE, "a nudge that comes after it")
    heard.wait_until(lambda: any(entry.id > entry_id for entry in heard.entries))
    subscription.cancel()


def test_account_and_password_are_changed_together_or_not_at_all(board: Board) -> None:
    board.accounts.first("Minnie", GOOD_PASSWORD, Origin.CLI)
    account = board.accounts.add(ALICE, "eve", Role.VIEWER, GOOD_PASSWORD).value
    with pytest.raises(Invalid):
        board.accounts.edit(ALICE, account.id, role=Role.EDITOR, password="short")
    assert board.accounts.find("eve").role is Role.VIEWER
    written = board.accounts.edit(
        ALICE, account.id, role=Role.EDITOR, password=OTHER_PASSWORD, version=account.version
    )
    assert [entry.kind for entry in written.entries] == [ACCOUNT_EDITED, ACCOUNT_PASSWORD]
    sign_in(board, "eve", OTHER_PASSWORD)
    with pytest.raises(Conflict, match="changed since"):
        board.accounts.edit(ALICE, account.id, active=False, version=account.version)


def test_nothing_is_hashed_for_who_may_not_set_a_password(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = board.accounts.add(ALICE, "eve", Role.VIEWER, GOOD_PASSWORD).value
    hashed: list[bytes] = []
    monkeypatch.setattr(bcrypt, "hashpw", lambda password, _salt: hashed.append(password))
    with pytest.raises(NotAllowed):
        board.accounts.add(BOB, "mallory", Role.VIEWER, OTHER_PASSWORD)
    with pytest.raises(NotAllowed):
        board.accounts.set_password(BOB, account.id, OTHER_PASSWORD)
    with pytest.raises(NotAllowed):
        board.accounts.edit(BOB, account.id, password=OTHER_PASSWORD)
    assert hashed == []


@pytest.mark.parametrize("name", ["eve\0", "\0", "\ud800", "e" * 60_000])
def test_what_no_database_can_hold_is_nobodys_name(board: Board, name: str) -> None:
    with pytest.raises(SignInFailed):
        sign_in(board, name)
    with pytest.raises(NotFound):
        board.accounts.find(name)


def test_a_password_that_is_no_text_is_refused_with_a_reason(board: Board) -> None:
    with pytest.raises(Invalid, match="UTF-8"):
        board.accounts.add(ALICE, "eve", Role.VIEWER, "correct horse \udcff")


def test_an_old_sign_in_changes_nothing_even_if_nobody_heard_of_the_change(board: Board) -> None:
    service = add_service(board)
    account = board.accounts.add(ALICE, "eve", Role.EDITOR, GOOD_PASSWORD).value
    board.accounts.close()  # from here on nothing is heard of the journal
    script = Principal.of(account, Origin.API, version=account.version)
    board.statuses.set(script, [service.id], 6)
    board.accounts.set_password(ALICE, account.id, OTHER_PASSWORD)
    with pytest.raises(SignInStale):
        board.statuses.set(script, [service.id], 7)
    assert board.services.list(ALICE)[0].status_id == 6
