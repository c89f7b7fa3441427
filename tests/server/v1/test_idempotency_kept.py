"""What is no change of the database, and is kept under its key once it is done."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.server import routes
from izzitup_desktop.server.endings import Endings
from izzitup_desktop.server.exchange import Message, Receive, Scope, Send
from izzitup_desktop.server.v1.asking import Askers, Asking
from izzitup_desktop.server.v1.idempotency import Keys
from izzitup_desktop.server.v1.readers import Readers
from tests.builders import ALICE, DEADLINE_SECONDS, add_service, opened_board

ROW = routes.of_name("set_statuses")


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    folder = tmp_path_factory.mktemp("kept")
    with opened_board(f"sqlite:///{folder}/izzitup.db", folder) as opened:
        add_service(opened)  # which begins the thread that writes
        yield opened


class Work:
    """An application that does something beside the database, and answers."""

    def __init__(self, status: int, *headers: tuple[bytes, bytes], body: bytes = b"{}") -> None:
        self.status, self.headers, self.body = status, headers, body
        self.times = 0
        self.received = b""

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        self.times += 1
        self.received = (await receive())["body"]
        headers = [(b"content-length", b"%d" % len(self.body)), *self.headers]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        half = len(self.body) // 2
        await send({"type": "http.response.body", "body": self.body[:half], "more_body": True})
        await send({"type": "http.response.body", "body": self.body[half:]})


def ask_twice(board: Board, work: Work, key: str, query: bytes = b"") -> list[list[Message]]:
    """What both are answered."""

    async def asked() -> list[list[Message]]:
        loop = asyncio.get_running_loop()
        readers, endings = Readers(loop), Endings(loop)
        try:
            keys, askers = Keys(board, readers, endings), Askers(board, endings)
            return [await one(keys, askers) for _ in range(2)]
        finally:
            readers.close(DEADLINE_SECONDS)

    async def one(keys: Keys, askers: Askers) -> list[Message]:
        scope: dict[str, Any] = {
            "method": "POST", "raw_path": b"/api/v1/backups", "query_string": query, "state": {},
            "headers": [(b"idempotency-key", f'"{key}"'.encode())],
        }  # fmt: skip
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b'{"a":1}', "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await keys.answer(Asking(ALICE, ROW, scope, askers), work, receive, send)
        return sent

    return asyncio.run(asked())


def test_it_is_done_once_and_answered_alike(board: Board) -> None:
    work = Work(201, (b"location", b"/x"), (b"x-odd", b"\xe4"), body=b'{"name":"saved"}')
    first, again = ask_twice(board, work, "saved")
    assert (work.times, work.received) == (1, b'{"a":1}')
    assert first[1]["body"] == again[1]["body"] == work.body
    assert (b"idempotency-replayed", b"true") in again[0]["headers"]
    assert (b"idempotency-replayed", b"true") not in first[0]["headers"]
    assert {*first[0]["headers"]} == {*again[0]["headers"]} - {(b"idempotency-replayed", b"true")}


def test_an_answer_without_a_body_has_none_again(board: Board) -> None:
    work = Work(204, body=b"")
    first, again = ask_twice(board, work, "emptied")
    assert (work.times, first[0]["status"], again[0]["status"]) == (1, 204, 204)
    assert again[1]["body"] == b""


def test_a_secret_is_not_kept_and_its_maker_is_not_run_again(board: Board) -> None:
    work = Work(201, (b"cache-control", b"no-store"), body=b'{"secret":"izu_x"}')
    first, again = ask_twice(board, work, "token")
    assert (work.times, first[1]["body"], again[0]["status"]) == (1, work.body, 409)
    assert b'"conflict.done"' in again[1]["body"]
    assert b"izu_x" not in again[1]["body"]
    assert b"izu_x" not in Path(board.location).read_bytes()


@pytest.mark.parametrize(("status", "query"), [(503, b""), (422, b""), (200, b"dry_run=true")])
def test_what_did_nothing_is_done_again(board: Board, status: int, query: bytes) -> None:
    work = Work(status)
    first, again = ask_twice(board, work, "again", query)
    assert work.times == 2
    assert first == again
