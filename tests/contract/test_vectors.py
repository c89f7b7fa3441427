"""Every vector of the contract, against the real server, with the vector's bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.board.signing_in.passwords import Passwords
from izzitup_desktop.domain.accounts import Role
from izzitup_desktop.domain.kinds.boards import BOARD_CREATED
from izzitup_desktop.domain.services import ServiceDraft
from izzitup_desktop.server.embedded import EmbeddedServer
from izzitup_desktop.storage import accounts
from izzitup_desktop.storage.transaction import Transaction
from tests.builders import ALICE, HASH_COST, HandClock, opened_board
from tests.server.wire import Answer, Client, serving

CONTRACT = json.loads((Path(__file__).parent / "services_api.json").read_text("utf-8"))
SERVICE_KEYS = [
    "id", "name", "key", "description", "url", "curl", "status", "hidden", "created", "updated",
]  # fmt: skip


@pytest.fixture(scope="module")
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, clock: HandClock) -> Iterator[Board]:
    folder = tmp_path_factory.mktemp("contract")
    with opened_board(f"sqlite:///{folder}/izzitup.db", folder, clock=clock) as opened:
        fill(opened)
        yield opened


@pytest.fixture(scope="module")
def server(board: Board) -> Iterator[EmbeddedServer]:
    with serving(board) as running:
        yield running


def fill(board: Board) -> None:
    for service in CONTRACT["board"]["services"]:
        draft = ServiceDraft(
            service["name"], service["key"], service["description"], service["url"],
            service["curl"], service["hidden"] == "1",
        )  # fmt: skip
        added = board.services.add(ALICE, draft, int(service["status"])).value
        assert str(added.id) == service["id"]
    passwords = Passwords(HASH_COST)

    def add_accounts(transaction: Transaction) -> None:
        # The contract's passwords are too weak for the use case that adds accounts.
        for account in CONTRACT["board"]["accounts"]:
            role = Role.EDITOR if account["may_set_status"] else Role.VIEWER
            hashed = passwords.hash(account["pwd"])
            added = accounts.insert(
                transaction.connection, account["user"], role, hashed, (), transaction.now
            )
            if not account["active"]:
                accounts.update(transaction.connection, added.id, transaction.now, active=False)
        transaction.record(ALICE, BOARD_CREATED, 0, "")

    board.core.write(add_accounts)


def reset(board: Board) -> None:
    for service in CONTRACT["board"]["services"]:
        board.statuses.set(ALICE, [int(service["id"])], int(service["status"]))


def sent(vector: dict[str, Any], port: int) -> bytes:
    body = None if vector["body"] is None else vector["body"].encode("utf-8", "surrogatepass")
    lines = [f"{vector['method']} {vector['path']} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    if vector["content_type"]:
        lines.append(f"Content-Type: {vector['content_type']}")
    if body is not None:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


def check(vector: dict[str, Any], answer: Answer, board: Board) -> None:
    expected = vector["expect"]
    assert answer.status == expected["http"]
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-izzitup-result"] == expected["result"].lower()
    assert not [name for name in answer.headers if name.startswith("access-control")]
    body = answer.json
    assert list(body) == ["uri", "request", "result", "message", "data"]
    assert {key: body[key] for key in ("uri", "request", "result", "message")} == {
        key: expected[key] for key in ("uri", "request", "result", "message")
    }
    if expected["request"]:
        assert list(body["request"]) == list(expected["request"])
    assert b"quack" not in answer.body
    check_data(body["data"], expected["data"], board)


def check_data(data: Any, expected: Any, board: Board) -> None:
    statuses = {s["id"]: s["status"] for s in CONTRACT["board"]["services"]}
    if expected == "":
        assert data == ""
    elif "services" in expected:
        assert [int(service["id"]) for service in data] == expected["services"]
        for service in data:
            check_service(service)
    else:
        assert (int(data["id"]), data["status"]) == (expected["service"], expected["status"])
        check_service(data)
        statuses[data["id"]] = expected["status"]
    now = {str(s.id): str(s.status_id) for s in board.services.list(ALICE)}
    assert now == statuses


def check_service(service: dict[str, str]) -> None:
    assert list(service) == SERVICE_KEYS
    (original,) = [s for s in CONTRACT["board"]["services"] if s["id"] == service["id"]]
    assert {key: service[key] for key in original if key != "status"} == {
        key: value for key, value in original.items() if key != "status"
    }


@pytest.mark.parametrize("bytewise", [False, True], ids=["whole", "bytewise"])
@pytest.mark.parametrize("vector", CONTRACT["vectors"], ids=lambda vector: vector["name"])
def test_vector(
    vector: dict[str, Any],
    bytewise: bool,
    board: Board,
    server: EmbeddedServer,
    clock: HandClock,
) -> None:
    if bytewise and vector["body"] and len(vector["body"]) > 1_000:
        bytewise = False
    reset(board)
    # A failed sign-in of another vector must not hold this one up.
    clock.go_on(timedelta(days=1))
    with Client(server) as client:
        client.send(sent(vector, server.state.port), bytewise=bytewise)
        answer = client.answer()
    check(vector, answer, board)
