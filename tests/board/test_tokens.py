"""Use cases of tokens: made once, seen by their owners, obeyed at once, and never too much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.board.tokens import OF_ONE_MOST
from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.errors import (
    BoardError,
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    OwnerlessToken,
    RevokedToken,
    UnknownToken,
)
from izzitup_desktop.domain.exchange import Document, ExchangeService
from izzitup_desktop.domain.handovers import HandoverDraft
from izzitup_desktop.domain.journal import Search
from izzitup_desktop.domain.kinds.tokens import TOKEN_ADDED, TOKEN_REVOKED
from izzitup_desktop.domain.scopes import Limits, Scope
from izzitup_desktop.domain.services import ServiceDraft
from izzitup_desktop.domain.tokens import TokenDraft
from tests.board.made_tokens import (
    ALL,
    MANAGE,
    READ,
    SET,
    account,
    automation,
    found,
    made,
    set_by,
)
from tests.builders import (
    ALICE,
    GOOD_PASSWORD,
    HandClock,
    add_service,
    opened_board,
)

pytestmark = pytest.mark.soak_on_postgresql


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def board(database_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Board]:
    with opened_board(database_url, tmp_path, clock=clock) as opened:
        yield opened


@pytest.fixture
def file_board(tmp_path: Path, clock: HandClock) -> Iterator[Board]:
    """A board in a file, where the database matters to nothing."""
    with opened_board(f"sqlite:///{tmp_path}/file.db", tmp_path, clock=clock) as opened:
        yield opened


def test_who_has_a_token_acts_as_its_account(board: Board) -> None:
    mail, eve = add_service(board), account(board)
    token = made(board, eve)
    assert token.secret.startswith("izu_")
    assert token.secret.endswith(token.token.ending)
    written = board.statuses.submit(found(board, token.secret), mail.id, 7).result(20)
    assert written.value.status_id == 7
    (entry,) = written.entries
    assert (entry.actor, entry.account_id, entry.origin) == ("eve", eve.id, Origin.API)


def test_a_token_is_for_its_scopes_alone(file_board: Board) -> None:
    board = file_board
    hidden, eve = add_service(board, hidden=True), account(board)
    setting, reading, managing = (
        found(board, made(board, eve, scopes).secret) for scopes in (SET, READ, MANAGE)
    )
    assert set_by(board, setting, hidden).status_id == 7
    for other in (reading, managing):
        with pytest.raises(NotAllowed):
            set_by(board, other, hidden)
    assert board.services.list(reading)
    assert board.journal.latest(reading)
    for other in (setting, managing):
        assert not board.services.list(other)
        assert not board.live.picture().seen_by(other).services
        with pytest.raises(NotAllowed):
            board.journal.latest(other)
    assert board.services.add(managing, ServiceDraft("New")).value.name == "New"


def test_a_token_changes_what_is_within_its_limits_only(board: Board) -> None:
    core = board.groups.add(ALICE, "Core").value
    mine, grouped, other = (
        add_service(board, "Mine", hidden=True),
        add_service(board, "Grouped", hidden=True, group_id=core.id),
        add_service(board, "Other", hidden=True),
    )
    limits = Limits(frozenset({mine.id}), frozenset({core.id}))
    token = made(board, account(board, role=Role.ADMINISTRATOR), ALL, limits)
    principal = found(board, token.secret)
    for service in (mine, grouped):
        set_by(board, principal, service)
    with pytest.raises(NotAllowed):
        set_by(board, principal, other)
    with pytest.raises(NotAllowed):
        board.services.add(principal, ServiceDraft("New"))
    board.services.add(principal, ServiceDraft("New", group_id=core.id))
    with pytest.raises(NotAllowed):
        board.services.move(principal, [grouped.id], None)
    with pytest.raises(NotAllowed):
        board.groups.add(principal, "New")
    shown = {service.name for service in board.services.list(principal)}
    assert shown == {"Mine", "Grouped", "New"}
    picture = board.live.picture().seen_by(principal)
    assert {service.name for service in picture.services.values()} == shown


def test_undo_by_a_token_obeys_its_limits(file_board: Board) -> None:
    board = file_board
    mine, other = add_service(board, "Mine"), add_service(board, "Other")
    token = made(board, account(board), SET, Limits(frozenset({mine.id})))
    principal = found(board, token.secret)
    entry = board.statuses.set(ALICE, [other.id], 7).entries[0]
    with pytest.raises(NotAllowed):
        board.journal.undo(principal, [entry.id])
    entry = board.statuses.set(ALICE, [mine.id], 7).entries[0]
    board.journal.undo(principal, [entry.id])
    assert board.services.find(ALICE, str(mine.id)).status_id == 5


def test_an_import_sets_no_status_without_the_scope_for_it(file_board: Board) -> None:
    board = file_board
    boss = account(board, role=Role.ADMINISTRATOR)
    managing, both = (
        found(board, made(board, boss, each).secret) for each in (MANAGE, MANAGE | SET)
    )
    add_service(board, "Mail")

    def imported(principal: Principal, status_id: int) -> int:
        board.exchange.apply(principal, Document((ExchangeService("Mail", status=status_id),)))
        return board.services.list(ALICE)[0].status_id

    with pytest.raises(NotAllowed):
        imported(managing, 7)
    assert imported(managing, 5) == 5
    assert imported(both, 7) == 7


def test_automation_is_an_editor_of_its_group_and_outlives_people(board: Board) -> None:
    core = board.groups.add(ALICE, "Core").value
    grouped, other = add_service(board, "Grouped", group_id=core.id), add_service(board)
    eve = account(board, role=Role.ADMINISTRATOR)
    draft = TokenDraft("robot", group_id=core.id, scopes=ALL)
    token = board.tokens.add(Principal.of(eve, Origin.DESKTOP), draft).value
    assert token.secret.startswith("izs_")
    account(board, "alice", Role.ADMINISTRATOR)
    board.accounts.edit(ALICE, eve.id, active=False)
    principal = found(board, token.secret)
    written = board.statuses.submit(principal, grouped.id, 7).result(20)
    assert (written.entries[0].actor, written.entries[0].account_id) == ("robot", None)
    with pytest.raises(NotAllowed):
        set_by(board, principal, other)
    with pytest.raises(NotAllowed):
        board.groups.add(principal, "New")


def test_automation_ends_with_its_group(board: Board) -> None:
    core = board.groups.add(ALICE, "Core").value
    service = add_service(board, group_id=core.id)
    token = automation(board, core.id, ALL)
    principal = found(board, token.secret)
    set_by(board, principal, service)
    board.services.move(ALICE, [service.id], None)
    removal = board.groups.remove(ALICE, core.id)
    for attempt in (
        lambda: found(board, token.secret),
        lambda: set_by(board, principal, service),
        lambda: board.journal.latest(principal),
    ):
        with pytest.raises(OwnerlessToken):
            attempt()
    board.journal.undo(ALICE, [removal.entries[0].id])
    assert found(board, token.secret) == principal


def test_automation_takes_back_no_handover_of_others(file_board: Board) -> None:
    core = file_board.groups.add(ALICE, "Core").value
    entry = file_board.handovers.write(ALICE, HandoverDraft("done", "")).entries[0]
    principal = found(file_board, automation(file_board, core.id, ALL).secret)
    with pytest.raises(NotAllowed):
        file_board.journal.undo(principal, [entry.id])


# Who may


def test_everybody_has_tokens_of_their_own_and_administrators_all(board: Board) -> None:
    eve, vic = account(board), account(board, "vic", Role.VIEWER)
    as_eve, as_vic = Principal.of(eve, Origin.DESKTOP), Principal.of(vic, Origin.DESKTOP)
    mine = board.tokens.add(as_eve, TokenDraft("mine", eve.id)).value.token
    theirs = board.tokens.add(as_vic, TokenDraft("theirs", vic.id)).value.token
    assert board.tokens.list(as_eve) == (mine,)
    assert board.tokens.list(ALICE) == (mine, theirs)
    core = board.groups.add(ALICE, "Core").value
    for draft in (TokenDraft("x", vic.id), TokenDraft("x", group_id=core.id)):
        with pytest.raises(NotAllowed):
            board.tokens.add(as_eve, draft)
    # Nor do they learn which there are.
    for token_id in (theirs.id, 99, 2**70):
        with pytest.raises(NotAllowed):
            board.tokens.revoke(as_eve, token_id)
    board.tokens.revoke(as_eve, mine.id)
    board.tokens.revoke(ALICE, theirs.id)
    with pytest.raises(NotFound):
        board.tokens.revoke(ALICE, 99)


def test_by_a_token_nobody_gets_tokens_passwords_or_accounts(file_board: Board) -> None:
    board = file_board
    boss = account(board, role=Role.ADMINISTRATOR)
    token = made(board, boss, ALL)
    principal = found(board, token.secret)
    for attempt in (
        lambda: board.tokens.list(principal),
        lambda: board.tokens.add(principal, TokenDraft("x", boss.id)),
        lambda: board.tokens.revoke(principal, token.token.id),
        lambda: board.accounts.set_password(principal, boss.id, GOOD_PASSWORD + "!"),
        lambda: board.accounts.add(principal, "new", Role.ADMINISTRATOR, GOOD_PASSWORD),
        lambda: board.backups.save(principal),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_what_makes_no_sense_is_refused(file_board: Board) -> None:
    board = file_board
    account(board, "alice", Role.ADMINISTRATOR)
    eve, core = account(board), board.groups.add(ALICE, "Core").value
    refused: list[tuple[TokenDraft, type[BoardError]]] = [
        (TokenDraft("x"), Invalid),
        (TokenDraft("x", eve.id, core.id), Invalid),
        (TokenDraft(" ", eve.id), Invalid),
        (TokenDraft("x", eve.id, scopes=frozenset({Scope.EVENTS})), Invalid),
        (TokenDraft("x", eve.id, limits=Limits()), Invalid),
        (TokenDraft("x", eve.id, expires=board.clock.now()), Invalid),
        (TokenDraft("x", 99), NotFound),
        (TokenDraft("x", group_id=99), NotFound),
        (TokenDraft("x", eve.id, limits=Limits(frozenset({99}))), NotFound),
        (TokenDraft("x", eve.id, limits=Limits(group_ids=frozenset({99}))), NotFound),
        # The journal would not tell them apart.
        (TokenDraft("EVE", group_id=core.id), Conflict),
    ]
    for draft, error in refused:
        with pytest.raises(error):
            board.tokens.add(ALICE, draft)
    board.accounts.edit(ALICE, eve.id, active=False)
    with pytest.raises(Conflict, match="disabled"):
        board.tokens.add(ALICE, TokenDraft("x", eve.id))
    assert not board.tokens.list(ALICE)


def test_nobody_makes_tokens_without_end(file_board: Board) -> None:
    eve = account(file_board)
    draft = TokenDraft("deploy", eve.id)
    made_ids = [file_board.tokens.add(ALICE, draft).value.token.id for _ in range(OF_ONE_MOST)]
    with pytest.raises(Conflict):
        file_board.tokens.add(ALICE, draft)
    file_board.tokens.revoke(ALICE, made_ids[0])
    file_board.tokens.add(ALICE, draft)


# What is kept


def test_the_journal_tells_of_tokens_and_never_their_secrets(file_board: Board) -> None:
    board = file_board
    account(board, "alice", Role.ADMINISTRATOR)
    token = made(board, account(board), SET | READ)
    board.tokens.revoke(ALICE, token.token.id)
    assert not board.tokens.revoke(ALICE, token.token.id).entries
    revoked, added = board.journal.search(
        ALICE, Search(kinds=frozenset({TOKEN_ADDED, TOKEN_REVOKED}))
    )
    assert (added.kind, revoked.kind) == (TOKEN_ADDED, TOKEN_REVOKED)
    assert added.after == {
        "owner": "eve", "ending": token.token.ending, "scopes": ["read", "set"],
        "service_ids": None, "group_ids": None, "expires": None,
    }  # fmt: skip
    told = board.vocabulary.what_happened(added)
    assert told == "deploy: token made for eve (read, set)"
    kept = Path(board.location.removeprefix("sqlite:///")).read_bytes()
    assert token.secret.encode() not in kept
    assert token.secret[4:40].encode() not in kept
    assert board.backups.check() == ()


def test_neither_making_nor_revoking_a_token_is_taken_back(file_board: Board) -> None:
    board = file_board
    draft = TokenDraft("deploy", account(board).id)
    added = board.tokens.add(ALICE, draft)
    revoked = board.tokens.revoke(ALICE, added.value.token.id)
    for entry in (*added.entries, *revoked.entries):
        with pytest.raises(Conflict, match="can't be undone"):
            board.journal.undo(ALICE, [entry.id])


def test_an_older_backup_does_not_bring_a_revoked_token_to_life(
    board: Board, tmp_path: Path
) -> None:
    account(board, "alice", Role.ADMINISTRATOR)
    mail, eve = add_service(board), account(board)
    leaked, kept = made(board, eve, SET, Limits(frozenset({mail.id}))), made(board, eve)
    saved = board.backups.save(ALICE, tmp_path / "saved.db")
    time = board.tokens.revoke(ALICE, leaked.token.id).value.revoked
    late = made(board, eve)
    principal = found(board, late.secret)
    board.backups.restore(ALICE, saved)
    with pytest.raises(RevokedToken):
        found(board, leaked.secret)
    assert found(board, kept.secret).account_uid == eve.uid
    assert board.tokens.list(ALICE) == (replace(leaked.token, revoked=time), kept.token)
    # One that the backup has not is nobody's, whichever has its number now.
    with pytest.raises(UnknownToken):
        found(board, late.secret)
    new = board.tokens.add(ALICE, TokenDraft("new", eve.id)).value.token
    # A file gives no number twice.
    assert (new.id == late.token.id) == board.is_shared
    with pytest.raises(UnknownToken):
        set_by(board, principal, mail)


def test_a_backup_carries_tokens_to_another_database(
    file_board: Board, postgres_url: str, tmp_path: Path
) -> None:
    account(file_board, "alice", Role.ADMINISTRATOR)
    mail = add_service(file_board)
    limits = Limits(frozenset({mail.id}))
    token = made(file_board, account(file_board), SET, limits)
    saved = file_board.backups.save(ALICE, tmp_path / "saved.db")
    with opened_board(postgres_url, tmp_path) as shared:
        shared.backups.restore(ALICE, saved)
        assert shared.tokens.list(ALICE) == (token.token,)
        assert set_by(shared, found(shared, token.secret), mail).status_id == 7
