"""Who may call what: every public method of every part of the board, times who asks."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import izzitup_desktop
from izzitup_desktop.board import Board
from izzitup_desktop.board.account_changes import AccountPatch
from izzitup_desktop.board.changes import Expected, Made, Services
from izzitup_desktop.board.manner import Manner, Outcome
from izzitup_desktop.board.submitting import Meant
from izzitup_desktop.domain.accounts import PUBLIC, Action, Origin, Principal, Role
from izzitup_desktop.domain.errors import BoardError, Conflict, Invalid, NotAllowed, NotFound
from izzitup_desktop.domain.exchange import Document
from izzitup_desktop.domain.handovers import HandoverDraft
from izzitup_desktop.domain.idempotency import KeyedRequest
from izzitup_desktop.domain.journal import Entry, Search
from izzitup_desktop.domain.kinds import VOCABULARY
from izzitup_desktop.domain.kinds.access import ACCESS_REFUSED
from izzitup_desktop.domain.scopes import GRANTED, Limits, Scope
from izzitup_desktop.domain.services import Service, ServiceDraft
from izzitup_desktop.domain.tokens import TokenDraft
from izzitup_desktop.storage.asked import Asked
from izzitup_desktop.storage.writer import Written
from tests.builders import (
    ALICE,
    DEADLINE_SECONDS,
    GOOD_PASSWORD,
    add_service,
    board_made_by,
    do_due,
)

OTHER_PASSWORD = "staple a correct horse"

ADMINISTRATOR, EDITOR, LIMITED, VIEWER = "administrator", "editor", "limited editor", "viewer"
PUBLIC_, DISABLED, LOWERED, FORGED = "public", "disabled", "lowered to viewer", "forged uid"
NUMBERED = "another's number"
ACTORS = (ADMINISTRATOR, EDITOR, LIMITED, VIEWER, PUBLIC_, DISABLED, LOWERED, FORGED, NUMBERED)

FACES = ("desktop", "server", "cli", "notify")

_ADMINISTRATORS = {ADMINISTRATOR}
_EDITORS = {ADMINISTRATOR, EDITOR}
_LIMITED_TOO = {*_EDITORS, LIMITED}
_SIGNED_IN = {*_LIMITED_TOO, VIEWER, LOWERED}
_EVERYBODY = set(ACTORS)


@dataclass
class World:
    """A board with something of everything, and everybody who may ask."""

    board: Board
    folder: Path
    actors: dict[str, Principal]
    shown: Service
    hidden: Service
    removed: Service
    group_id: int
    empty_group_id: int
    removed_group_id: int
    entry: Entry
    nobody_id: int
    token_id: int


Call = Callable[[World, Principal], object]


def changed(future: Made) -> Outcome[Services]:
    return future.result(DEADLINE_SECONDS).value


def made(future: Future[Written[Any]]) -> Any:
    return future.result(DEADLINE_SECONDS).value


NOW = datetime.now(UTC)
WEEK = (NOW - timedelta(days=7), NOW + timedelta(days=1))
EDGES = [WEEK[0], NOW, WEEK[1]]

CALLS: dict[str, tuple[set[str], Call]] = {
    "services.list": (_EVERYBODY, lambda w, a: w.board.services.list(a)),
    "services.many": (_EVERYBODY, lambda w, a: w.board.services.many(a, [w.shown.id])),
    "services.find": (_EVERYBODY, lambda w, a: w.board.services.find(a, str(w.shown.id))),
    "services.add": (_EDITORS, lambda w, a: w.board.services.add(a, ServiceDraft("New"))),
    "services.edit": (
        _EDITORS,
        lambda w, a: w.board.services.edit(
            a, w.shown.id, ServiceDraft("Other"), version=w.shown.version
        ),
    ),
    "services.write_note": (
        _EDITORS,
        lambda w, a: w.board.services.write_note(a, [w.shown.id], "a note"),
    ),
    "services.move": (_EDITORS, lambda w, a: w.board.services.move(a, [w.shown.id], w.group_id)),
    "services.remove": (_EDITORS, lambda w, a: w.board.services.remove(a, [w.shown.id])),
    "statuses.set": (_EDITORS, lambda w, a: w.board.statuses.set(a, [w.shown.id], 7)),
    "statuses.submit": (
        _EDITORS,
        lambda w, a: w.board.statuses.submit(a, w.shown.id, 7).result(20),
    ),
    "statuses.hold": (_EDITORS, lambda w, a: w.board.statuses.hold(a, [w.shown.id])),
    "statuses.confirm": (_EDITORS, lambda w, a: w.board.statuses.confirm(a, [w.shown.id])),
    "trash.list": (_LIMITED_TOO, lambda w, a: w.board.trash.list(a)),
    "trash.restore": (_EDITORS, lambda w, a: w.board.trash.restore(a, [w.removed.id])),
    "trash.purge": (_ADMINISTRATORS, lambda w, a: w.board.trash.purge(a, [w.removed.id])),
    "groups.list": (_EVERYBODY, lambda w, a: w.board.groups.list(a)),
    "groups.add": (_ADMINISTRATORS, lambda w, a: w.board.groups.add(a, "New")),
    "groups.edit": (
        _ADMINISTRATORS,
        lambda w, a: w.board.groups.edit(a, w.empty_group_id, "Renamed", version=1),
    ),
    "groups.move": (_ADMINISTRATORS, lambda w, a: w.board.groups.move(a, w.empty_group_id)),
    "groups.remove": (_ADMINISTRATORS, lambda w, a: w.board.groups.remove(a, w.empty_group_id)),
    "accounts.list": (_ADMINISTRATORS, lambda w, a: w.board.accounts.list(a)),
    "accounts.add": (
        _ADMINISTRATORS,
        lambda w, a: w.board.accounts.add(a, "new", Role.VIEWER, GOOD_PASSWORD),
    ),
    "accounts.edit": (
        _ADMINISTRATORS,
        lambda w, a: w.board.accounts.edit(a, w.nobody_id, role=Role.EDITOR),
    ),
    "accounts.set_password": (
        _ADMINISTRATORS,
        lambda w, a: w.board.accounts.set_password(a, w.nobody_id, OTHER_PASSWORD),
    ),
    "tokens.list": (_SIGNED_IN, lambda w, a: w.board.tokens.list(a)),
    "tokens.add": (
        _ADMINISTRATORS,
        lambda w, a: w.board.tokens.add(a, TokenDraft("new", account_id=w.nobody_id)),
    ),
    "tokens.revoke": (_ADMINISTRATORS, lambda w, a: w.board.tokens.revoke(a, w.token_id)),
    "journal.latest": (_SIGNED_IN, lambda w, a: w.board.journal.latest(a)),
    "journal.find": (_SIGNED_IN, lambda w, a: w.board.journal.find(a, w.entry.id)),
    "journal.search": (_SIGNED_IN, lambda w, a: w.board.journal.search(a, Search())),
    "journal.actors": (_SIGNED_IN, lambda w, a: w.board.journal.actors(a)),
    "journal.since": (_SIGNED_IN, lambda w, a: w.board.journal.since(a, 0)),
    "journal.newest_since": (
        _SIGNED_IN,
        lambda w, a: w.board.journal.newest_since(a, 0, limit=5),
    ),
    "journal.is_mistake": (_SIGNED_IN, lambda w, a: w.board.journal.is_mistake(a, w.entry.id)),
    # Nobody without an account has steps; that is an empty answer, not a refusal.
    "journal.steps": ({*_SIGNED_IN, PUBLIC_}, lambda w, a: w.board.journal.steps(a)),
    "journal.mark_mistake": (
        _EDITORS,
        lambda w, a: w.board.journal.mark_mistake(a, w.entry.id),
    ),
    "journal.undo": (_EDITORS, lambda w, a: w.board.journal.undo(a, [w.entry.id])),
    "journal.mistakes_among": (
        _SIGNED_IN,
        lambda w, a: w.board.journal.mistakes_among(a, [w.entry.id]),
    ),
    "handovers.write": (
        _LIMITED_TOO,
        lambda w, a: w.board.handovers.write(a, HandoverDraft("rebooted", "")),
    ),
    "handovers.latest": (_SIGNED_IN, lambda w, a: w.board.handovers.latest(a)),
    "uptime.totals_of_each": (
        _SIGNED_IN,
        lambda w, a: w.board.uptime.totals_of_each(a, [WEEK]),
    ),
    "uptime.totals": (_SIGNED_IN, lambda w, a: w.board.uptime.totals(a, *WEEK)),
    "uptime.history": (_SIGNED_IN, lambda w, a: w.board.uptime.history(a, w.shown.id, *WEEK)),
    "uptime.past": (
        _SIGNED_IN,
        lambda w, a: w.board.uptime.past(a, [WEEK], w.shown.id, *WEEK),
    ),
    "uptime.records": (
        _SIGNED_IN,
        lambda w, a: w.board.uptime.records(a, *WEEK, lambda _done, _total: None),
    ),
    "uptime.worst_of_days": (_EVERYBODY, lambda w, a: w.board.uptime.worst_of_days(a, EDGES)),
    "changes.set_status": (
        _EDITORS,
        lambda w, a: changed(
            w.board.changes.set_status(a, Manner(Asked()), [Expected(w.shown.id)], 7)
        ),
    ),
    "changes.add": (
        _EDITORS,
        lambda w, a: changed(w.board.changes.add(a, Manner(Asked()), ServiceDraft("New"))),
    ),
    "changes.edit": (
        _EDITORS,
        lambda w, a: changed(
            w.board.changes.edit(a, Manner(Asked()), Expected(w.shown.id), {"name": "Renamed"})
        ),
    ),
    "changes.remove": (
        _EDITORS,
        lambda w, a: changed(w.board.changes.remove(a, Manner(Asked()), Expected(w.shown.id))),
    ),
    "changes.restore": (
        _EDITORS,
        lambda w, a: changed(w.board.changes.restore(a, Manner(Asked()), w.removed.id)),
    ),
    "group_changes.add": (
        _ADMINISTRATORS,
        lambda w, a: made(w.board.group_changes.add(a, Manner(Asked()), "New")),
    ),
    "group_changes.edit": (
        _ADMINISTRATORS,
        lambda w, a: made(
            w.board.group_changes.edit(a, Manner(Asked()), Meant(w.empty_group_id), name="X")
        ),
    ),
    "group_changes.remove": (
        _ADMINISTRATORS,
        lambda w, a: made(
            w.board.group_changes.remove(a, Manner(Asked()), Meant(w.empty_group_id))
        ),
    ),
    "group_changes.restore": (
        _ADMINISTRATORS,
        lambda w, a: made(w.board.group_changes.restore(a, Manner(Asked()), w.removed_group_id)),
    ),
    "account_changes.add": (
        _ADMINISTRATORS,
        lambda w, a: made(
            w.board.account_changes.add(a, Manner(Asked()), "new", Role.VIEWER, GOOD_PASSWORD)
        ),
    ),
    "account_changes.edit": (
        _ADMINISTRATORS,
        lambda w, a: made(
            w.board.account_changes.edit(
                a, Manner(Asked()), Meant(w.nobody_id), AccountPatch(role=Role.EDITOR)
            )
        ),
    ),
    "token_changes.add": (
        _ADMINISTRATORS,
        lambda w, a: made(
            w.board.token_changes.add(a, Manner(Asked()), TokenDraft("new", account_id=w.nobody_id))
        ),
    ),
    "token_changes.revoke": (
        _ADMINISTRATORS,
        lambda w, a: made(w.board.token_changes.revoke(a, Manner(Asked()), Meant(w.token_id))),
    ),
    "changes.confirm": (
        _EDITORS,
        lambda w, a: changed(w.board.changes.confirm(a, Manner(Asked()), Expected(w.shown.id))),
    ),
    "changes.hold": (
        _EDITORS,
        lambda w, a: changed(w.board.changes.hold(a, Manner(Asked()), Expected(w.shown.id))),
    ),
    "changes.undo": (
        _EDITORS,
        lambda w, a: changed(w.board.changes.undo(a, Manner(Asked()), w.entry.id)),
    ),
    "idempotency.find": (
        _ADMINISTRATORS,
        lambda w, a: w.board.idempotency.find(
            a, Action.GROUP_ADD, KeyedRequest("account:x", "key", "0" * 64)
        ),
    ),
    "exchange.export_json": (_SIGNED_IN, lambda w, a: w.board.exchange.export_json(a)),
    "exchange.export_csv": (_SIGNED_IN, lambda w, a: w.board.exchange.export_csv(a)),
    "exchange.preview": (_ADMINISTRATORS, lambda w, a: w.board.exchange.preview(a, Document(()))),
    "exchange.apply": (_ADMINISTRATORS, lambda w, a: w.board.exchange.apply(a, Document(()))),
    "backups.save": (_ADMINISTRATORS, lambda w, a: w.board.backups.save(a)),
    "backups.list": (_ADMINISTRATORS, lambda w, a: w.board.backups.list(a)),
    "backups.contents": (
        _ADMINISTRATORS,
        lambda w, a: w.board.backups.contents(a, w.folder / "saved.db"),
    ),
    "backups.restore": (
        _ADMINISTRATORS,
        lambda w, a: w.board.backups.restore(a, w.folder / "saved.db"),
    ),
}
"""Each method that asks for an principal: who may call it, and how it is called."""

WITHOUT_ACTOR = {
    "live.load": "whoever shows the board; what is shown of it is `seen_by`",
    "live.picture": "as above",
    "live.picture_if_known": "as above",
    "live.picture_as_known": "as above",
    "live.version_if_known": "as above",
    "live.service": "as above",
    "live.follow": "as above",
    "live.heed": "the board's own",
    "live.reload": "as above",
    "live.start_over": "as above; of the database that has the name now",
    "condition.lacks": "whether the board works, and nothing of what is on it",
    "public_boards.known": "what everybody may see, as the page shows it",
    "public_boards.board": "as above",
    "public_boards.past": "as above",
    "public_boards.of_id": "as above",
    "desks.count": "how many programs have the board open",
    "clock.now": "what time it is",
    "clock.elapsed": "how much time has passed",
    "accounts.any": "whether the board is set up",
    "accounts.find": "the faces' own: by the name that the person at this computer chose",
    "accounts.acting_account": "the principal's own account",
    "accounts.standing": "the principal's own account and token",
    "accounts.sign_in": "whoever knows the password",
    "accounts.submit_sign_in": "whoever knows the password",
    "accounts.signed_in_lately": "whoever knows the password",
    "accounts.forget_sign_ins": "asks for every password again",
    "accounts.forget_sign_in": "asks for a password again",
    "accounts.first": "only where there is no account",
    "accounts.close": "the board's own",
    "tokens.found": "whoever has the token",
    "tokens.submit_found": "whoever has the token",
    "tokens.found_if_known": "whoever has the token",
    "tokens.found_lately": "whoever has the token",
    "tokens.close": "the board's own",
    "backups.save_if_due": "the scheduler's own",
    "backups.next_path": "a path: nothing is written there yet",
    "backups.next_at": "when the scheduler makes one: nothing of what is in it",
    "backups.job": "the scheduler's own",
    "backups.newest": "the start's own: a path",
    "backups.check": "whoever reaches the file",
    "idempotency.keep": "of what was done already, by who may do it",
    "jobs.heartbeat": "the scheduler's own",
    "jobs.run": "the scheduler's own",
    "jobs.run_file_job": "the scheduler's own",
    "jobs.give_back": "the scheduler's own",
    "archive.job": "the scheduler's own",
    "archive.move_older": "the scheduler's own",
    "archive.move": "as above",
    "sources.keep": "the scheduler's own",
}
"""Each method that asks for none, or for another reason than a right; and why."""


def filled(board: Board) -> dict[str, Any]:
    """What a world is made of beside the board and its folder."""
    do_due(board)
    group = board.groups.add(ALICE, "Core").value
    empty = board.groups.add(ALICE, "Empty").value
    other = board.groups.add(ALICE, "Other").value
    gone = board.groups.add(ALICE, "Gone").value
    board.groups.remove(ALICE, gone.id)
    shown = add_service(board, "Shown", group_id=group.id)
    hidden = add_service(board, "Hidden", hidden=True, group_id=group.id)
    removed = add_service(board, "Removed", group_id=group.id)
    board.services.remove(ALICE, [removed.id])
    written = board.statuses.set(ALICE, [shown.id], 6)
    actors: dict[str, Principal] = {PUBLIC_: PUBLIC}
    roles = {
        ADMINISTRATOR: Role.ADMINISTRATOR,
        EDITOR: Role.EDITOR,
        LIMITED: Role.EDITOR,
        VIEWER: Role.VIEWER,
        DISABLED: Role.ADMINISTRATOR,
        LOWERED: Role.ADMINISTRATOR,
        FORGED: Role.ADMINISTRATOR,
        NUMBERED: Role.ADMINISTRATOR,
    }
    for who, role in roles.items():
        limits = [other.id] if who == LIMITED else []
        account = board.accounts.add(ALICE, who, role, GOOD_PASSWORD, limits).value
        actors[who] = Principal.of(account, Origin.DESKTOP)
    token = board.tokens.add(ALICE, TokenDraft("robot", group_id=group.id)).value.token
    nobody = board.accounts.add(ALICE, "nobody", Role.VIEWER, GOOD_PASSWORD).value
    board.accounts.edit(ALICE, actors[DISABLED].account_id or 0, active=False)
    board.accounts.edit(ALICE, actors[LOWERED].account_id or 0, role=Role.VIEWER)
    actors[FORGED] = replace(actors[FORGED], account_uid="0" * 32)
    actors[NUMBERED] = replace(actors[NUMBERED], account_id=actors[ADMINISTRATOR].account_id)
    return {
        "actors": actors,
        "shown": board.services.find(ALICE, str(shown.id)),
        "hidden": hidden,
        "removed": removed,
        "group_id": group.id,
        "empty_group_id": empty.id,
        "removed_group_id": gone.id,
        "entry": written.entries[0],
        "nobody_id": nobody.id,
        "token_id": token.id,
    }


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    url = f"sqlite:///{tmp_path}/izzitup.db"
    with board_made_by(filled, url, tmp_path) as (board, things):
        board.backups.save(ALICE, tmp_path / "saved.db")
        yield World(board, tmp_path, **things)


def methods(board: Board) -> set[str]:
    """Every public method of every part of the board that faces may use."""
    # Some parts are made when they are asked for.
    parts = {name: getattr(board, name) for name in dir(board) if not name.startswith("_")}
    del parts["core"]
    return {
        f"{part}.{name}"
        for part, value in parts.items()
        if part in vars(board)
        for name, _ in inspect.getmembers(value, callable)
        if not name.startswith("_")
    }


def test_every_method_of_the_board_says_who_may_call_it(world: World) -> None:
    assert methods(world.board) == CALLS.keys() | WITHOUT_ACTOR.keys()
    for name in CALLS:
        part, method = name.split(".")
        assert (
            "principal" in inspect.signature(getattr(getattr(world.board, part), method)).parameters
        )


@pytest.mark.soak
def test_no_face_reaches_past_the_use_cases() -> None:
    package = Path(izzitup_desktop.__file__).parent
    files = [path for face in FACES for path in (package / face).rglob("*.py")]
    assert len(files) > len(FACES)
    past = [
        path
        for path in files
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("core", "_core")
    ]
    assert past == []


@pytest.mark.parametrize("who", ACTORS)
def test_nobody_calls_what_they_may_not(world: World, who: str) -> None:
    before = state(world)
    for may, call in CALLS.values():
        if who not in may:
            with pytest.raises(NotAllowed):
                call(world, world.actors[who])
    assert state(world) == before


@pytest.mark.parametrize("who", [ADMINISTRATOR, EDITOR, LIMITED, VIEWER, PUBLIC_])
def test_everybody_may_call_what_the_table_says(world: World, who: str) -> None:
    for may, call in CALLS.values():
        if who in may:
            # One call may be in the way of the next; it is none of a right then.
            with suppress(Conflict, NotFound, Invalid):
                call(world, world.actors[who])


PUBLIC_CALLS = {
    name for name, (may, _) in CALLS.items() if PUBLIC_ in may and name != "journal.steps"
}


def by_token(world: World, who: str, limits: Limits | None = None) -> Principal:
    """Who acts by a token of that actor's account, with all scopes that there are."""
    scopes = frozenset(map(Scope, GRANTED))
    draft = TokenDraft("of " + who, world.actors[who].account_id, None, scopes, limits)
    secret = world.board.tokens.add(ALICE, draft).value.secret
    return world.board.tokens.found(secret, address="", route="")


@pytest.mark.parametrize("who", [ADMINISTRATOR, EDITOR, LIMITED, VIEWER, LOWERED])
def test_by_a_token_nobody_calls_what_the_account_may_not(world: World, who: str) -> None:
    principal = by_token(world, who)
    before = state(world)
    for may, call in CALLS.values():
        if who not in may:
            with pytest.raises(NotAllowed):
                call(world, principal)
    assert state(world) == before


def test_by_a_token_an_editor_calls_what_is_in_its_scopes(world: World) -> None:
    principal, refused = by_token(world, EDITOR), set()
    for name, (may, call) in CALLS.items():
        if EDITOR in may:
            try:
                with suppress(Conflict, NotFound, Invalid):
                    call(world, principal)
            except NotAllowed:
                refused.add(name)
    assert refused == {"tokens.list"}


def test_by_a_token_that_is_limited_to_it_a_service_is_changed_as_by_its_account(
    world: World,
) -> None:
    principal = by_token(world, EDITOR, Limits(frozenset({world.shown.id})))
    for name in (
        "statuses.set", "statuses.submit", "statuses.hold", "statuses.confirm",
        "services.write_note", "services.move", "journal.mark_mistake", "services.remove",
    ):  # fmt: skip
        CALLS[name][1](world, principal)
    assert world.board.trash.list(principal)[0].service.id == world.shown.id
    world.board.trash.restore(principal, [world.shown.id])


def test_by_a_limited_token_nobody_touches_what_is_not_in_its_limits(world: World) -> None:
    own = add_service(world.board, "Own")
    principal = by_token(world, ADMINISTRATOR, Limits(frozenset({own.id})))
    before = state(world)
    for name, (_, call) in CALLS.items():
        if name in PUBLIC_CALLS:
            call(world, principal)
        elif name == "trash.list":
            assert call(world, principal) == ()
        else:
            with pytest.raises(NotAllowed):
                call(world, principal)
    assert state(world) == before


def state(world: World) -> tuple[object, ...]:
    board = world.board
    entries = [
        entry.id
        for entry in board.journal.latest(ALICE, limit=1_000)
        if entry.kind != ACCESS_REFUSED
    ]
    return (
        entries,
        board.services.list(ALICE),
        board.groups.list(ALICE),
        board.accounts.list(ALICE),
        board.tokens.list(ALICE),
        board.backups.list(ALICE),
    )


@pytest.mark.parametrize("who", [PUBLIC_, DISABLED, FORGED, NUMBERED])
def test_who_is_nobody_sees_what_the_public_sees(world: World, who: str) -> None:
    principal, board = world.actors[who], world.board
    assert [service.name for service in board.services.list(principal)] == ["Shown"]
    ids = [world.shown.id, world.hidden.id, world.removed.id]
    assert [service.name for service in board.services.many(principal, ids)] == ["Shown"]
    assert set(board.uptime.worst_of_days(principal, EDGES)) == {world.shown.id}
    assert set(board.uptime.worst_of_days(principal, EDGES, ids)) == {world.shown.id}
    with pytest.raises(BoardError):
        board.services.find(principal, str(world.hidden.id))
    assert board.accounts.acting_account(principal) is None


@pytest.mark.parametrize("who", [EDITOR, LIMITED, VIEWER, LOWERED])
def test_only_who_lists_accounts_reads_what_happened_to_them(world: World, who: str) -> None:
    principal, board = world.actors[who], world.board
    board.statuses.submit(world.actors[VIEWER], world.shown.id, 7).exception(20)
    board.groups.add(replace(ALICE, name="zora"), "Zora's")
    board.accounts.edit(replace(ALICE, name="yvonne"), world.nobody_id, active=False)
    found = (
        *board.journal.latest(principal, limit=1_000),
        *board.journal.search(principal, Search(), limit=1_000),
        *board.journal.search(principal, Search(kinds=frozenset(VOCABULARY.specs)), limit=1_000),
        *board.journal.since(principal, 0),
    )
    assert found
    assert {entry.kind.subject for entry in found} <= {"service", "group", "board"}
    assert "yvonne" not in board.journal.actors(principal) and "zora" in board.journal.actors(
        principal
    )
    subjects = {entry.kind.subject for entry in board.journal.latest(ALICE, limit=1_000)}
    assert {"account", "access", "token"} <= subjects


def test_a_page_of_the_journal_is_full_whatever_is_left_out_of_it(world: World) -> None:
    latest = world.board.journal.latest(world.actors[VIEWER], limit=5)
    assert len(latest) == 5
