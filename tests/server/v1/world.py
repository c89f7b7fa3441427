"""A board with something of everything, its server, and everybody who may ask it."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Origin, Role
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.tokens import TokenDraft
from izzitup_desktop.server.embedded import EmbeddedServer
from izzitup_desktop.server.limits import Limits
from izzitup_desktop.server.problems import CONTENT_TYPE, KINDS, known
from tests.builders import ALICE, GOOD_PASSWORD, add_service, board_made_by
from tests.server.wire import Answer, ask, serving

PUBLIC, VIEWER, LIMITED, EDITOR, ADMINISTRATOR = (
    "public", "charlie", "dora", "bob", "alice",
)  # fmt: skip
WHO = (PUBLIC, VIEWER, LIMITED, EDITOR, ADMINISTRATOR)
"""By the names of their accounts; Dora is an editor of the printers alone."""


def basic(name: str, password: str = GOOD_PASSWORD) -> str:
    credentials = base64.b64encode(f"{name}:{password}".encode()).decode("ascii")
    return f"Authorization: Basic {credentials}"


@dataclass
class World:
    board: Board
    server: EmbeddedServer
    mail: Service
    printer: Service
    hidden: Service
    removed: Service
    operation_id: int
    """Of one that can be taken back."""

    @cached_property
    def things(self) -> dict[str, object]:
        """Of what only few routes are about, one each: by the words in the paths of `ASKED`.

        Made when somebody asks for it; tokens are of each account, as `token_of_NAME`.
        """
        board = self.board
        board.groups.add(ALICE, "Empty")
        removed_group = board.groups.add(ALICE, "Gone").value
        board.groups.remove(ALICE, removed_group.id)
        tokens = {
            f"token_of_{who}": board.tokens.add(
                ALICE, TokenDraft("watch", account_id=board.accounts.find(who).id)
            ).value.token.id
            for who in WHO
            if who != PUBLIC
        }
        relay = add_service(board, "Relay", key="RELAY", group_id=self.mail.group_id)
        (operation,) = board.statuses.set(ALICE, [relay.id], 6).entries
        return {
            **self.named,
            "operation": operation.id,
            "removed_group": removed_group.id,
            "backup": board.backups.save(ALICE).name,
            "token_of_public": 0,
            **tokens,
        }

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        who: str = PUBLIC,
        headers: tuple[str, ...] = (),
    ) -> Answer:
        """Ask below /api/v1; an answer that is none must be a problem."""
        sent = None if body is None else body if isinstance(body, bytes) else dumped(body)
        signed = () if who == PUBLIC else (basic(who),)
        answer = ask(
            self.server, sent, method=method, path=f"/api/v1{path}", headers=(*signed, *headers)
        )
        if answer.status not in (200, 201, 204, 304):
            assert_problem(answer, has_body=method != "HEAD")
        return answer

    def get(self, path: str, *, who: str = PUBLIC, headers: tuple[str, ...] = ()) -> Any:
        """What a GET answers that must go well."""
        answer = self.ask("GET", path, who=who, headers=headers)
        assert answer.status == 200, answer
        return answer.json

    @property
    def named(self) -> dict[str, int]:
        """What stands in addresses for things of the world."""
        return {"removed": self.removed.id, "operation": self.operation_id}

    def service(self, id_: int) -> Service:
        return self.board.services.find(ALICE, str(id_))


def state(world: World) -> object:
    """All that a change could have changed."""
    return world.board.services.list(ALICE), world.board.trash.list(ALICE), world.board.last_id()


def dumped(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode("utf-8")


def assert_problem(answer: Answer, *, has_body: bool = True) -> None:
    """RFC 9457, with a code of ours and a page that explains it."""
    assert answer.headers["content-type"] == CONTENT_TYPE.decode(), answer
    if not has_body:
        return
    told = answer.json
    assert list(told)[:5] == ["type", "title", "status", "detail", "code"]
    assert told["status"] == answer.status
    kind = KINDS[known(told["code"])]
    assert (kind.status, kind.title) == (answer.status, told["title"])
    assert told["type"] == f"/problems/{known(told['code'])}"
    assert told["detail"]
    if answer.status == 401:
        challenges = [value for name, value in answer.header_list if name == "www-authenticate"]
        assert [challenge.split(" ")[0] for challenge in challenges] == ["Basic", "Bearer"]
    if answer.status == 405:
        assert answer.headers["allow"]


@contextmanager
def world_in(
    url: str, folder: Path, *, limits: Limits | None = None, **options: Any
) -> Iterator[World]:
    with (
        board_made_by(_fill, url, folder, **options) as (board, things),
        serving(board, limits) as server,
    ):
        # What the first request and the first write start, they start here.
        board.jobs.heartbeat()
        ask(server, method="GET", path="/api/v1/statuses")
        yield World(board, server, *things)


def _fill(board: Board) -> tuple[Service, Service, Service, Service, int]:
    printers = board.groups.add(ALICE, "Printers").value
    core = board.groups.add(ALICE, "Core").value
    mail = add_service(board, "E-Mail", key="MAIL", group_id=core.id, note="left alone")
    printer = add_service(board, "Büro-Drucker № 3", key="Drucker-3", group_id=printers.id)
    hidden = add_service(board, "Vault", key="VAULT", hidden=True, group_id=core.id)
    removed = add_service(board, "Old", key="OLD", group_id=core.id)
    board.services.remove(ALICE, [removed.id])
    board.statuses.set(ALICE, [hidden.id], 7)
    (operation,) = board.statuses.set(ALICE, [hidden.id], 5).entries
    board.accounts.first(ADMINISTRATOR, GOOD_PASSWORD, Origin.CLI)
    board.accounts.add(ALICE, EDITOR, Role.EDITOR, GOOD_PASSWORD)
    board.accounts.add(ALICE, LIMITED, Role.EDITOR, GOOD_PASSWORD, [printers.id])
    board.accounts.add(ALICE, VIEWER, Role.VIEWER, GOOD_PASSWORD)
    return mail, printer, hidden, removed, operation.id


@contextmanager
def sqlite_world(folder: Path, **options: Any) -> Iterator[World]:
    with world_in(f"sqlite:///{folder}/izzitup.db", folder, **options) as world:
        yield world
