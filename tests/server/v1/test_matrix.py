"""Role × scope × route: everybody is answered as the tables of permissions say.

No cell is written by hand: what is expected is made of the tables of the domain (`PERMISSIONS`,
`SCOPE_OF`, `GROUP_BOUND`), of the list of routes, and of who asks. A new route needs a row in
`test_routes.ASKED` and nothing here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine, event

from izzitup_desktop.domain.accounts import GROUP_BOUND, PERMISSIONS, SCOPE_OF, Action, Role
from izzitup_desktop.domain.scopes import GRANTED, Limits, Scope
from izzitup_desktop.domain.services import ServiceDraft
from izzitup_desktop.domain.tokens import TokenDraft
from izzitup_desktop.server.routes import RouteRow, Visibility
from tests.builders import ALICE, GOOD_PASSWORD
from tests.server.v1.test_routes import API, ROLES, asked
from tests.server.v1.world import (
    ADMINISTRATOR,
    EDITOR,
    LIMITED,
    PUBLIC,
    VIEWER,
    WHO,
    World,
    basic,
    dumped,
    sqlite_world,
)
from tests.server.wire import Answer, Client, request

ALL = frozenset(Scope(name) for name in GRANTED)


@dataclass(frozen=True)
class Actor:
    """Somebody who asks, by an account's password or by a token with `scopes`.

    `in_core`: whether it may work on the group that all things of `ASKED` are in. One that
    is not `valid` may nothing at all.
    """

    name: str
    header: tuple[str, ...]
    who: str
    role: Role
    scopes: frozenset[Scope] | None = None
    limits: Limits | None = None
    in_core: bool = True
    valid: bool = True

    def may(self, action: Action | None) -> bool:
        """What the tables say."""
        if action is None:
            return True
        roles = PERMISSIONS[action]
        if self.role not in roles:
            return False
        if self.scopes is not None and Role.PUBLIC not in roles:
            is_for_services = self.limits is None or action in GROUP_BOUND
            if SCOPE_OF.get(action) not in self.scopes or not is_for_services:
                return False
        return True

    def may_ask(self, row: RouteRow) -> bool:
        """What the tables say of a route, whose things are all in one group."""
        # What is read is a list of what one may: for others it is empty.
        is_elsewhere = not self.in_core and row.method != "GET" and row.action in GROUP_BOUND
        return self.may(row.action) and not is_elsewhere

    @property
    def sees_hidden(self) -> bool:
        """Whether services that are hidden are none to it, wherever they are."""
        return self.may(Action.SERVICE_LIST_HIDDEN)


class Asker:
    """Asks on one connection for as long as it stands."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._client: Client | None = None

    def ask(self, actor: Actor, method: str, path: str, body: Any = None) -> Answer:
        sent = None if body is None else dumped(body)
        data = request(
            self._world.server, sent, method=method, path=f"/api/v1{path}", headers=actor.header
        )
        for _ in range(2):
            if self._client is None:
                self._client = Client(self._world.server)
            try:
                self._client.send(data)
                answer = self._client.answer()
            except ConnectionResetError:
                # Closed after so many requests, or because nothing came for a while.
                self.close()
                continue
            if answer.headers.get("connection") == "close":
                self.close()
            return answer
        raise AssertionError("the server answers on no connection")

    def close(self) -> None:
        if self._client is not None:
            self._client.__exit__()
            self._client = None


@dataclass
class Matrix:
    world: World
    actors: dict[str, Actor]
    asker: Asker


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matrix]:
    with sqlite_world(tmp_path_factory.mktemp("matrix")) as world:
        asker = Asker(world)
        yield Matrix(world, {actor.name: actor for actor in _actors(world)}, asker)
        asker.close()


def _actors(world: World) -> Iterator[Actor]:
    board = world.board
    groups = {group.name: group.id for group in board.groups.list(ALICE)}
    core = Limits(group_ids=frozenset({groups["Core"]}))
    printers = Limits(group_ids=frozenset({groups["Printers"]}))
    made = iter(range(1_000))

    def secret(**fields: Any) -> str:
        return board.tokens.add(ALICE, TokenDraft(f"t{next(made)}", **fields)).value.secret

    for who in WHO:
        sign_in = () if who == PUBLIC else (basic(who),)
        yield Actor(who, sign_in, who, ROLES[who], in_core=who != LIMITED)
        if who == PUBLIC:
            continue
        owner = board.accounts.find(who).id
        for scopes in (*({scope} for scope in ALL), ALL, ALL - {Scope.READ}):
            for name, limits in (("", None), (" of core", core), (" of printers", printers)):
                token = secret(account_id=owner, scopes=frozenset(scopes), limits=limits)
                yield Actor(
                    f"{who}'s token to {'+'.join(sorted(scopes))}{name}",
                    (f"Authorization: Bearer {token}",),
                    who,
                    ROLES[who],
                    frozenset(scopes),
                    limits,
                    in_core=who != LIMITED and limits is not printers,
                )
    for group in ("Core", "Printers"):
        for scope in ALL:
            token = secret(group_id=groups[group], scopes=frozenset({scope}))
            yield Actor(
                f"automation of {group} to {scope}",
                (f"Authorization: Bearer {token}",),
                PUBLIC,
                Role.EDITOR,
                frozenset({scope}),
                in_core=group == "Core",
            )
    draft = TokenDraft("gone", account_id=board.accounts.find(ADMINISTRATOR).id, scopes=ALL)
    revoked = board.tokens.add(ALICE, draft).value
    board.tokens.revoke(ALICE, revoked.token.id)
    owner = board.accounts.add(ALICE, "nobody", Role.ADMINISTRATOR, GOOD_PASSWORD).value.id
    ownerless = secret(account_id=owner, scopes=ALL)
    board.accounts.edit(ALICE, owner, active=False)
    for name, token in (("a revoked token", revoked.secret), ("an ownerless token", ownerless)):
        header = (f"Authorization: Bearer {token}",)
        yield Actor(name, header, ADMINISTRATOR, Role.ADMINISTRATOR, valid=False)


def _wrong(matrix: Matrix, actor: Actor) -> list[str]:
    """The cells of the actor's line of the matrix that are not as the tables say."""
    wrong = []
    for row in API:
        path, body = asked(matrix.world, row, actor.who)
        answer = matrix.asker.ask(actor, row.method, path, body)
        if (told := _told(answer)) != (expected := _expected(row, actor)):
            wrong.append(f"{row.method} {path} as {actor.name}: {told}, expected {expected}")
    return wrong


def _expected(row: RouteRow, actor: Actor) -> tuple[int, str]:
    if not actor.valid:
        return 401, "sign-in-failed"
    if actor.may_ask(row):
        return 200, ""
    return (401, "sign-in-needed") if actor.role is Role.PUBLIC else (403, "not-allowed")


def _told(answer: Answer) -> tuple[int, str]:
    code = "" if answer.status == 200 else answer.json["code"]
    return answer.status, code


_ITS_OWN = ("date", "content-length", "ratelimit")
"""Headers that are another's with each answer."""

_TIMES = 4
"""How often it is asked whether an answer costs the same: what happens by itself adds to it."""

SAMPLE = (
    f"{ADMINISTRATOR}'s token to manage",
    f"{EDITOR}'s token to manage+set of core",
    f"{VIEWER}'s token to manage+read+set",
    "automation of Printers to set",
    "a revoked token",
)
"""Of the whole; roles without tokens are in `test_routes`."""


@pytest.mark.parametrize("name", SAMPLE)
def test_whoever_asks_is_answered_as_the_tables_say(matrix: Matrix, name: str) -> None:
    assert _wrong(matrix, matrix.actors[name]) == []


@pytest.mark.soak
def test_every_role_with_every_scope_is_answered_as_the_tables_say_on_every_route(
    matrix: Matrix,
) -> None:
    assert len(matrix.actors) > 60
    assert [line for actor in matrix.actors.values() for line in _wrong(matrix, actor)] == []


def test_the_tables_are_not_all_yes_or_all_no(matrix: Matrix) -> None:
    for name in (VIEWER, EDITOR, f"{ADMINISTRATOR}'s token to manage"):
        actor = matrix.actors[name]
        assert {actor.may_ask(row) for row in API} == {True, False}, name


@pytest.mark.parametrize(
    "name",
    [
        PUBLIC,
        f"{ADMINISTRATOR}'s token to manage+set",
        f"{ADMINISTRATOR}'s token to manage+set of core",
        f"{ADMINISTRATOR}'s token to read of printers",
    ],
)
def test_hidden_services_are_in_no_answer_to_who_may_not_see_them(
    matrix: Matrix, name: str
) -> None:
    world, actor = matrix.world, matrix.actors[name]
    assert not actor.sees_hidden
    _removed_and_hidden(world)
    asked_for = [(*asked(world, row, actor.who), row) for row in API]
    queries = ("", "?sort=-name", "?q=vault", "?hidden=true", "?limit=1000")
    for path, body, row in asked_for:
        for query in queries if row.method == "GET" else ("",):
            answer = matrix.asker.ask(actor, row.method, path + query, body)
            assert not any(word in answer.body for word in (b"Vault", b"VAULT")), (row.name, query)
    # Who tries to take a key is told that it is taken, and not by what.
    body = {"name": "New", "key": "VAULT", "group": "Core"}
    answer = matrix.asker.ask(actor, "POST", "/services?dry_run=true", body)
    assert answer.status in (401, 403, 409)
    assert b"Vault" not in answer.body
    seer = matrix.actors[VIEWER]
    assert b"Vault" in matrix.asker.ask(seer, "GET", "/services").body


@pytest.mark.parametrize(
    "name",
    [
        PUBLIC,
        f"{EDITOR}'s token to set",
        f"{ADMINISTRATOR}'s token to manage+set",
        f"{ADMINISTRATOR}'s token to manage+set of core",
    ],
)
def test_a_hidden_service_is_answered_as_a_missing_one_by_the_same_bytes_and_work(
    matrix: Matrix, name: str
) -> None:
    world, actor = matrix.world, matrix.actors[name]
    pairs = [("VAULT", "VAULX"), (str(world.hidden.id), "77")]
    cells: list[tuple[str, str, Any, str, str]] = []
    for row in API:
        path, body = asked(world, row, actor.who)
        if "{service}" in row.path:
            paths = path.replace("/services/MAIL", "/services/{}")
            cells += [(row.method, paths, body, *pair) for pair in pairs]
        elif row.name == "restore_service":
            paths = path.replace(f"/trash/{world.removed.id}/", "/trash/{}/")
            cells.append((row.method, paths, body, str(_removed_and_hidden(world)), "77"))
    body = {"services": ["{}"], "status": 7}
    cells += [("POST", "/services/status?dry_run=true", body, *pair) for pair in pairs]
    assert len(cells) > 10
    for method, path, body, hidden, missing in cells:
        of_hidden, of_missing = (
            _answered(matrix, actor, method, path.format(word), _named(body, word))
            for word in (hidden, missing)
        )
        as_missing = of_hidden[0].replace(f"'{hidden}'".encode(), f"'{missing}'".encode())
        assert as_missing == of_missing[0], path
        assert of_hidden[1] == of_missing[1], path


def _named(body: Any, word: str) -> Any:
    if isinstance(body, dict) and "services" in body:
        return {**body, "services": [word]}
    return body


def _removed_and_hidden(world: World) -> int:
    """The id of a hidden service that is in the trash."""
    found = [one.service.id for one in world.board.trash.list(ALICE) if one.service.hidden]
    if not found:
        draft = ServiceDraft(
            "Vault, old", key="VAULTOLD", hidden=True, group_id=world.hidden.group_id
        )
        found = [world.board.services.add(ALICE, draft).value.id]
        world.board.services.remove(ALICE, found)
    return found[0]


def _answered(matrix: Matrix, actor: Actor, method: str, path: str, body: Any) -> tuple[bytes, int]:
    """Head and body of an answer but its date, and how few statements on services it took.

    Who asks is looked up again or not, whatever is asked for: that is left out.
    """
    counts = []
    for _ in range(_TIMES):
        statements: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if re.search(r"\b(FROM|INTO|UPDATE) services\b(?!\) AS)", statement):
                statements.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            answer = matrix.asker.ask(actor, method, path, body)
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        counts.append(len(statements))
    head = [pair for pair in answer.header_list if pair[0] not in _ITS_OWN]
    return json.dumps([answer.status, head]).encode() + answer.body, min(counts)


def test_lists_that_differ_by_who_asks_have_a_row_that_says_so() -> None:
    assert {row.shows for row in API} == {Visibility.NOTHING, Visibility.SEEN, Visibility.SIGNED_IN}
