"""The services API beyond the contract's vectors: what it logs, journals, refuses."""

from __future__ import annotations

import base64
import json
import logging
import re
import socket
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import Engine, event

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Action, Origin, Role
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.kinds.access import ACCESS_REFUSED
from izzitup_desktop.domain.kinds.statuses import SERVICE_CONFIRMED, SERVICE_STATUS
from izzitup_desktop.server.embedded import EmbeddedServer
from tests.builders import (
    ALICE,
    DEADLINE_SECONDS,
    GOOD_PASSWORD,
    add_service,
    board_made_by,
    opened_board,
)
from tests.server.wire import Answer, Client, ask, request, serving

CANARY = "canary-Zür1ch-№7-battery"
ENTRIES = 200


class Running:
    """A board with two services and accounts, and its server."""

    def __init__(self, board: Board, server: EmbeddedServer, folder: Path) -> None:
        self.board = board
        self.server = server
        self.folder = folder

    def set_status(self, **fields: Any) -> Answer:
        sent = {"action": "setstatus", "service": 1, "status": 7, "user": "bob", "pwd": CANARY}
        return ask(self.server, json.dumps({**sent, **fields}, ensure_ascii=False).encode())

    def journal(self) -> list[Kind]:
        entries = self.board.journal.latest(ALICE, limit=ENTRIES)
        return [entry.kind for entry in reversed(entries)]


@contextmanager
def running_in(folder: Path) -> Iterator[Running]:
    url = f"sqlite:///{folder}/izzitup.db"
    with board_made_by(_fill, url, folder) as (board, _), serving(board) as server:
        yield Running(board, server, folder)


def _fill(board: Board) -> None:
    group = board.groups.add(ALICE, "Printers").value
    add_service(board, "E-Mail", key="MAIL")
    add_service(board, "Büro-Drucker № 3", group_id=group.id)
    board.accounts.first("alice", GOOD_PASSWORD, Origin.CLI)
    board.accounts.add(ALICE, "bob", Role.EDITOR, CANARY)
    board.accounts.add(ALICE, "charlie", Role.VIEWER, CANARY)
    board.accounts.add(ALICE, "dora", Role.EDITOR, CANARY, [group.id])


def elsewhere(running: Running) -> AbstractContextManager[Board]:
    """The same board, opened by another process."""
    return opened_board(f"sqlite:///{running.folder}/izzitup.db", running.folder)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with running_in(tmp_path) as made:
        yield made


def curl(server: EmbeddedServer, *arguments: str, path: str = "/api/services") -> bytes:
    """What the real curl writes."""
    url = f"http://localhost:{server.state.port}{path}"
    command = ["curl", "--silent", "--show-error", "--noproxy", "*", "--max-time", "20"]
    done = subprocess.run([*command, *arguments, url], capture_output=True, check=True)
    return done.stdout


ACTION = json.dumps(
    {"action": "setstatus", "service": "1", "status": 6, "user": "bob", "pwd": CANARY},
    ensure_ascii=False,
)


@pytest.mark.parametrize(
    "arguments",
    [
        ["-d", ACTION],
        ["-X", "GET", "-d", ACTION],
        ["-X", "PUT", "-d", ACTION],
        ["--json", ACTION],
        ["-H", "Content-Type:", "-d", ACTION],
        ["-H", "Content-Type: text/plain; charset=utf-16", "-d", ACTION],
        ["-H", "Transfer-Encoding: chunked", "-d", ACTION],
        ["-H", "Expect: 100-continue", "-d", ACTION],
        ["--http1.0", "-d", ACTION],
        ["--http2", "-d", ACTION],
        ["--compressed", "-d", ACTION],
    ],
    ids=lambda arguments: " ".join(arguments[:-2]) or "plain",
)
def test_curl_sets_a_status_however_it_sends_the_body(
    running: Running, arguments: list[str]
) -> None:
    answer = json.loads(curl(running.server, *arguments))
    assert answer["message"] == "Status of Service E-Mail was set to Impaired"
    assert answer["request"]["pwd"] == "********"
    assert running.board.services.list(ALICE)[0].status_id == 6


def test_curl_sends_files_as_windows_tools_write_them(running: Running) -> None:
    body = running.folder / "body.json"
    body.write_bytes(b"\xef\xbb\xbf" + ACTION.replace("{", "{\r\n").encode() + b"\r\n")
    for arguments in (["--data", f"@{body}"], ["--data-binary", f"@{body}"], ["-T", str(body)]):
        assert json.loads(curl(running.server, *arguments))["result"] == "Success"


def test_curl_lists_looks_and_asks_what_may_be_done(running: Running) -> None:
    assert json.loads(curl(running.server))["message"] == "2 services"
    head = curl(running.server, "--head").decode().splitlines()
    assert head[0] == "HTTP/1.1 200 OK"
    assert "x-izzitup-result: success" in head
    options = curl(running.server, "-i", "-X", "OPTIONS").decode()
    assert options.startswith("HTTP/1.1 204") and "allow: GET, HEAD, POST" in options
    prefixed = json.loads(curl(running.server, path="/lewe/izzitup/app/public/api/services/"))
    assert prefixed["uri"] == "/lewe/izzitup/app/public/api/services/"


def test_one_request_is_one_transaction_with_one_entry(running: Running) -> None:
    before = running.journal()
    answer = running.set_status()
    assert answer.json["message"] == "Status of Service E-Mail was set to Outage"
    assert running.journal() == [*before, SERVICE_STATUS]
    (entry,) = running.board.journal.latest(ALICE, limit=1)
    assert (entry.actor, entry.origin, entry.comment) == ("bob", Origin.API, "")
    assert (entry.before, entry.after) == ({"status": 5}, {"status": 7})


def test_the_status_it_has_already_is_confirmed_and_moves_updated_alone(running: Running) -> None:
    running.set_status()
    first = running.board.services.list(ALICE)[0]
    assert running.set_status().json["result"] == "Success"
    second = running.board.services.list(ALICE)[0]
    assert running.journal().count(SERVICE_STATUS) == 1
    assert running.journal()[-1] == SERVICE_CONFIRMED
    assert second.updated > first.updated
    assert second.since == first.since


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"service": 2**63}, "Service not found"),
        ({"service": 2**64}, "Service not found"),
        ({"service": -(2**63) - 1}, "Service not found"),
        ({"service": 2**53 + 1}, "Service not found"),
        ({"service": "9" * 4_000}, "Service not found"),
        ({"service": 1.0}, "Service not found"),
        ({"service": True}, "Service not found"),
        ({"service": [1]}, "Service not found"),
        ({"service": {"$gt": 0}}, "Service not found"),
        ({"service": " 1"}, "Service not found"),
        ({"service": "１"}, "Service not found"),
        ({"service": "²"}, "Service not found"),
        ({"service": "1;DROP TABLE services"}, "Service not found"),
        ({"service": "' OR 1=1--"}, "Service not found"),
        ({"service": "%"}, "Service not found"),
        ({"service": "MAIL"}, "Service not found"),
        ({"status": 2**70}, "Status not found"),
        ({"status": "-6"}, "Status not found"),
        ({"status": 6.5}, "Status not found"),
        ({"status": False}, "Status not found"),
        ({"service": 99, "status": 99}, "Service not found"),
        ({"user": "nobody", "service": 99, "status": 99}, "Sign in failed"),
        ({"user": ["bob"]}, "Sign in failed"),
        ({"pwd": 5}, "Sign in failed"),
        ({"pwd": CANARY + "x"}, "Sign in failed"),
        ({"pwd": CANARY * 60}, "Sign in failed"),
        ({"user": "bob\x00"}, "Sign in failed"),
        ({"user": "\uffff\u202e"}, "Sign in failed"),
        ({"user": "x" * 5_000}, "Sign in failed"),
        ({"user": "charlie"}, "Not allowed"),
        ({"user": "dora"}, "Not allowed"),
        ({"action": "SETSTATUS"}, "Unknown action"),
        ({"action": ["setstatus"]}, "Unknown action"),
        ({"action": "x" * 60_000}, "Unknown action"),
    ],
)
def test_a_refusal_changes_no_service(
    running: Running, fields: dict[str, Any], message: str
) -> None:
    before = running.board.services.list(ALICE)
    answer = running.set_status(**fields)
    assert (answer.status, answer.json["message"], answer.json["data"]) == (200, message, "")
    assert running.board.services.list(ALICE) == before


def test_an_editor_of_one_group_sets_the_services_of_that_group(running: Running) -> None:
    assert running.set_status(user="dora", service=2).json["result"] == "Success"
    assert running.set_status(user="DORA", service="2").json["result"] == "Success"


def test_a_client_that_closes_its_side_while_it_waits_gets_its_answer(
    running: Running,
) -> None:
    for status in (6, 7, 5):
        with Client(running.server) as client:
            body = json.dumps({**json.loads(ACTION), "status": status}).encode()
            client.send(request(running.server, body))
            client.socket.shutdown(socket.SHUT_WR)
            assert client.answer().json["result"] == "Success"
            assert client.is_closed()


def test_what_was_not_allowed_is_in_the_journal(running: Running) -> None:
    running.set_status(user="charlie")
    wait_for_entry(running, ACCESS_REFUSED)
    (entry,) = running.board.journal.latest(ALICE, limit=1)
    assert (entry.actor, entry.subject_name) == ("charlie", Action.SERVICE_SET_STATUS.value)


def wait_for_entry(running: Running, kind: Kind) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while kind not in running.journal():
        assert time.monotonic() < deadline
        threading.Event().wait(0.01)


def test_a_disabled_account_is_out_from_the_next_request_on(running: Running) -> None:
    assert running.set_status().json["result"] == "Success"
    bob = running.board.accounts.find("bob")
    running.board.accounts.edit(ALICE, bob.id, active=False)
    assert running.set_status(status=5).json["message"] == "Sign in failed"


def test_after_many_failures_an_address_is_not_told_which_password_is_right(
    running: Running,
) -> None:
    assert running.set_status().json["result"] == "Success"
    answers = [running.set_status(pwd=f"wrong {number}") for number in range(6)]
    assert [answer.status for answer in answers] == [200] * 5 + [429]
    last = answers[-1]
    assert last.json["message"] == "Too many failed sign-ins"
    assert last.headers["x-izzitup-result"] == "error"
    assert 1 <= int(last.headers["retry-after"]) <= 60
    right = running.set_status(status=5)
    assert (right.status, right.json["message"]) == (last.status, last.json["message"])
    assert right.json["request"] == {**last.json["request"], "status": 5}
    assert 1 <= int(right.headers["retry-after"]) <= 60
    assert running.board.services.list(ALICE)[0].status_id == 7
    assert running.set_status(user="dora", service=2).json["result"] == "Success"


def test_a_page_of_another_origin_moves_no_counter(running: Running) -> None:
    body = json.dumps({**json.loads(ACTION), "pwd": "wrong"}).encode()
    for _ in range(20):
        answer = ask(running.server, body, headers=("Origin: http://evil.example",))
        assert answer.status == 403
    for _ in range(20):
        assert ask(running.server, body, host="evil.example").status == 421
    assert running.set_status().json["result"] == "Success"


def test_an_incomplete_request_is_no_failed_sign_in(running: Running) -> None:
    for _ in range(30):
        assert running.set_status(service="").json["message"] == "Incomplete request"
    assert running.set_status().json["result"] == "Success"


def test_a_database_that_is_away_is_503_and_back_it_serves_again(running: Running) -> None:
    database = running.folder / "izzitup.db"
    aside = running.folder / "aside.db"
    assert running.set_status().json["result"] == "Success"
    database.rename(aside)
    answer = running.set_status(status=5)
    assert answer.status == 503
    assert answer.json["message"] == "Service temporarily unavailable"
    assert answer.json["request"]["pwd"] == "********"
    assert int(answer.headers["retry-after"]) >= 1
    aside.rename(database)
    assert running.board.services.list(ALICE)[0].status_id == 7
    assert running.set_status(status=5).json["result"] == "Success"


def test_a_fault_of_ours_is_an_id_in_the_answer_and_in_the_log(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        answer = running.set_status()
    finally:
        event.remove(Engine, "before_cursor_execute", fail)
    assert (answer.status, answer.headers["x-izzitup-result"]) == (500, "error")
    found = re.fullmatch(r"Internal error ([0-9a-f]{8})", answer.json["message"])
    assert found and f"internal error {found[1]}" in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert b"fault" not in answer.body and b"Traceback" not in answer.body
    assert running.set_status().json["result"] == "Success"


def test_two_that_set_different_statuses_at_once_are_both_in_the_journal(
    running: Running,
) -> None:
    assert running.set_status(status=6).json["result"] == "Success"
    numbers = range(40)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: running.set_status(status=5 + number % 3), numbers))
    assert [answer.json["result"] for answer in answers] == ["Success"] * len(numbers)
    kinds = running.journal()
    assert kinds.count(SERVICE_STATUS) + kinds.count(SERVICE_CONFIRMED) == 41


def test_a_service_that_was_removed_is_not_found_and_not_listed(running: Running) -> None:
    running.board.services.remove(ALICE, [1])
    assert running.set_status().json["message"] == "Service not found"
    assert ask(running.server).json["message"] == "1 service"


def test_the_list_is_of_the_last_commit_by_whatever_path_it_is_asked(running: Running) -> None:
    for status, path in ((6, "/api/services"), (7, "/x/api/services"), (5, "/api/services/")):
        running.board.statuses.set(ALICE, [2], status)
        for asked in (path, path, "/y" + path):
            answer = ask(running.server, path=asked).json
            assert (answer["uri"], answer["data"][1]["status"]) == (asked, str(status))
    running.board.services.remove(ALICE, [1, 2])
    assert ask(running.server).json["data"] == []


def test_another_process_s_commit_is_in_the_next_list(running: Running) -> None:
    url = f"sqlite:///{running.folder}/izzitup.db"
    assert ask(running.server).json["data"][0]["status"] == "5"
    with opened_board(url, running.folder, create=False) as other:
        for status in (6, 7, 5):
            other.statuses.set(ALICE, [1], status)
            assert ask(running.server).json["data"][0]["status"] == str(status)


def test_a_hidden_service_is_nowhere_and_set_by_its_id(running: Running) -> None:
    hidden = add_service(running.board, "Secret farm", hidden=True)
    listed = ask(running.server)
    assert b"Secret" not in listed.body and listed.json["message"] == "2 services"
    assert running.set_status(service=hidden.id).json["data"]["hidden"] == "1"


def test_before_any_account_is_made_nobody_signs_in(tmp_path: Path) -> None:
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        add_service(board)
        with serving(board) as server:
            running = Running(board, server, tmp_path)
            assert running.set_status(user="admin").json["message"] == "Sign in failed"
            assert ask(server).json["message"] == "1 service"


def spellings(secret: str) -> list[bytes]:
    plain = secret.encode()
    return [
        plain, json.dumps(secret).strip('"').encode(), quote(secret).encode(),
        base64.b64encode(plain).rstrip(b"="), plain.hex().encode(), repr(plain)[2:-1].encode(),
    ]  # fmt: skip


def test_a_password_is_in_no_answer_no_log_and_no_file(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answers = [
        running.set_status(),
        running.set_status(pwd=CANARY, service=99),
        running.set_status(pwd=CANARY, status=99),
        running.set_status(user="charlie"),
        running.set_status(pwd=CANARY + "!"),
        running.set_status(action="other"),
        running.set_status(user=""),
        running.set_status(further=CANARY),
    ]
    body = json.dumps({"pwd": CANARY, CANARY: CANARY}).encode()
    query = f"/api/services?user=bob&pwd={quote(CANARY)}"
    answers += [
        ask(running.server, body),
        ask(running.server, body, method="DELETE"),
        ask(running.server, body, headers=("Origin: null",)),
        ask(running.server, body + b"}"),
        ask(running.server, body * 2_000),
        ask(running.server, path=query),
        ask(running.server, method="GET", headers=(f"User-Agent: {quote(CANARY)}",)),
        ask(running.server, method="GET", headers=(f"Authorization: Basic {quote(CANARY)}",)),
    ]
    with Client(running.server) as client:
        client.send(request(running.server, method="GET", headers=(f"X: {CANARY}",)))
        answers.append(client.answer())
    # What came in another place than `pwd` is echoed where the contract says so, not logged.
    ask(running.server, path=f"/{quote(CANARY)}/api/services")
    running.set_status(user=CANARY, pwd="x")
    running.server.stop()
    files = b"".join(p.read_bytes() for p in running.folder.rglob("*") if p.is_file())
    logged = caplog.text.encode()
    assert b"/api/services" in logged
    for spelling in spellings(CANARY):
        assert not [a for a in answers if spelling in a.body or spelling.decode() in str(a.headers)]
        assert spelling not in logged
        assert spelling not in files


def test_the_access_log_has_fixed_fields_only(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "izzitup_desktop.access"):
        ask(running.server, path="/own/prefix/api/services?pwd=x")
        ask(running.server, path="/own/prefix")
        running.set_status(pwd="wrong")
        # A line is written behind its answer: once the server has ended, all are.
        running.server.stop()
    lines = [r.getMessage() for r in caplog.records if r.name == "izzitup_desktop.access"]
    assert [line.split(" ")[:3] for line in lines] == [
        ["POST", "/api/services", "200"],
        ["POST", "-", "404"],
        ["POST", "/api/services", "200"],
    ]
    warned = [r for r in caplog.records if "sign-in" in r.getMessage()]
    assert [r.levelno for r in warned] == [logging.WARNING]
    assert "127.0.0.1" in warned[0].getMessage() and "bob" not in warned[0].getMessage()


def test_a_status_that_a_person_holds_is_not_allowed_to_scripts(running: Running) -> None:
    service = add_service(running.board, "Held")
    running.board.statuses.hold(ALICE, [service.id])
    answer = running.set_status(service=service.id, status=7).json
    assert (answer["result"], answer["message"], answer["data"]) == ("Error", "Not allowed", "")
    (found,) = running.board.services.many(ALICE, [service.id])
    assert found.proposal is not None
    assert (found.status_id, found.proposal.status_id) == (5, 7)
    assert ACCESS_REFUSED not in running.journal()
    assert running.set_status(service=service.id, status=5).json["result"] == "Success"


def test_a_changed_password_is_obeyed_at_once_even_if_nobody_heard_of_it(
    running: Running,
) -> None:
    assert running.set_status().json["result"] == "Success"
    running.board.accounts.close()  # from here on nothing is heard of the journal
    with elsewhere(running) as other:
        other.accounts.set_password(ALICE, other.accounts.find("bob").id, GOOD_PASSWORD)
    assert running.set_status(status=5).json["message"] == "Sign in failed"
    assert running.board.services.list(ALICE)[0].status_id == 7
    assert running.set_status(status=5, pwd=GOOD_PASSWORD).json["result"] == "Success"


def test_a_change_that_leaves_the_password_right_costs_a_script_nothing(running: Running) -> None:
    assert running.set_status().json["result"] == "Success"
    running.board.accounts.close()  # as above
    with elsewhere(running) as other:
        bob = other.accounts.find("bob")
        other.accounts.edit(ALICE, bob.id, role=Role.ADMINISTRATOR)
    assert running.set_status(status=5).json["result"] == "Success"


def test_failed_sign_ins_of_one_address_are_one_line_a_minute(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(30):
        running.set_status(user="x" * number + "\0", pwd="wrong")
    lines = [r for r in caplog.records if "sign-in" in r.getMessage()]
    assert len(lines) == 1


def test_the_list_says_nothing_of_hidden_services(running: Running) -> None:
    add_service(running.board, "Secret", hidden=True)
    first = ask(running.server, method="GET")
    secret = next(s for s in running.board.services.list(ALICE) if s.hidden)
    running.board.statuses.set(ALICE, [secret.id], 7)
    running.board.accounts.add(ALICE, "erik", Role.VIEWER, CANARY)
    again = ask(running.server, method="GET")
    assert (again.headers["etag"], again.body) == (first.headers["etag"], first.body)
    assert running.set_status().json["result"] == "Success"
    assert ask(running.server, method="GET").headers["etag"] != first.headers["etag"]


@pytest.mark.faults
def test_a_list_that_a_foreign_lock_keeps_from_being_read_is_refused_never_old(
    running: Running,
) -> None:
    assert ask(running.server, method="GET").status == 200
    assert running.set_status().json["result"] == "Success"
    with closing(sqlite3.connect(running.folder / "izzitup.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        answer = ask(running.server, method="GET")
        other.execute("ROLLBACK")
    assert answer.status == 503
    assert ask(running.server, method="GET").json["data"][0]["status"] == "7"
