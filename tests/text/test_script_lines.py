"""Lines for scripts: what people are called never ends a quotation."""

from __future__ import annotations

import ast
import base64
import io
import json
import shlex
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from hypothesis import given, strategies as st

from izzitup_desktop.text import script_lines
from izzitup_desktop.text.script_lines import Call, SignInBy

NAMES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=40)


@given(NAMES)
def test_a_shell_hands_curl_the_body_as_it_is_meant(user: str) -> None:
    line = script_lines.curl("http://192.168.1.20:8475", 3, 7, user)
    command, option, body, url = shlex.split(line)
    assert (command, option, url) == ("curl", "-d", "http://192.168.1.20:8475/api/services")
    assert json.loads(body) == {
        "action": "setstatus", "service": 3, "status": 7, "user": user, "pwd": "PASSWORD",
    }  # fmt: skip


@given(NAMES)
def test_python_reads_the_names_as_they_are(user: str) -> None:
    tree = ast.parse(script_lines.python("http://127.0.0.1:8475/", 3, 5, user))
    (fields,) = [node for node in ast.walk(tree) if isinstance(node, ast.Dict)]
    assert ast.literal_eval(fields)["user"] == user


@given(NAMES)
def test_powershell_s_quotation_has_only_doubled_marks_inside(user: str) -> None:
    line = script_lines.powershell("http://127.0.0.1:8475", 3, 5, user)
    inner = line[line.index("GetBytes('") + len("GetBytes('") : line.rindex("')")]
    for mark in "'‘’‚‛":
        assert mark not in inner.replace(mark * 2, "")
        inner = inner.replace(mark * 2, mark)
    assert json.loads(inner)["user"] == user


CALLS = [
    Call("GET", "/api/v1/services?status=outage&sort=-since"),
    Call("GET", "/api/v1/journal", None, SignInBy.TOKEN),
    Call("PUT", "/api/v1/services/MAIL/status", {"status": "outage"}, SignInBy.TOKEN),
    Call("PUT", "/api/v1/services/7/status", {"status": "outage", "comment": "it's “off”"},
         SignInBy.PASSWORD, "d'Arc"),
    Call("POST", "/api/v1/services/7/hold", {}, SignInBy.PASSWORD, "alice"),
    Call("POST", "/api/v1/services", {"name": "Wiki", "hidden": True, "key": None}),
    script_lines.set_status(3, 7, "Ö'Brien"),
]  # fmt: skip


@dataclass(frozen=True)
class Heard:
    """A request as it came in."""

    method: str
    path: str
    body: object
    authorization: str


@contextmanager
def hearing() -> Iterator[tuple[str, list[Heard]]]:
    """A server that keeps what it is asked; its address."""
    found: list[Heard] = []

    class Handler(BaseHTTPRequestHandler):
        def _keep(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = json.loads(sent) if sent else None
            found.append(
                Heard(self.command, self.path, body, self.headers.get("Authorization", ""))
            )
            self.send_response(204)
            self.end_headers()

        do_GET = do_PUT = do_POST = _keep  # noqa: N815 (the library's names)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, name="hearing")
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", found
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.method} {call.sign_in.value}")
def test_curl_and_python_send_the_same_request(call: Call) -> None:
    with hearing() as (address, heard):
        # What curl asks for, and a person types.
        line = script_lines.curl_of(address, call).replace(
            f"--user {shlex.quote(call.user)}", f"--user {shlex.quote(f'{call.user}:PASSWORD')}"
        )
        subprocess.run(["sh", "-c", f"{line} --noproxy '*'"], check=True, capture_output=True)
        with redirect_stdout(io.StringIO()):
            exec(compile(script_lines.python_of(address, call), "line", "exec"), {})
    by_curl, by_python = heard
    assert by_curl == by_python
    assert (by_curl.method, by_curl.path, by_curl.body) == (call.method, call.path, call.body)
    if call.sign_in is SignInBy.TOKEN:
        assert by_curl.authorization == "Bearer TOKEN"
    if call.sign_in is SignInBy.PASSWORD:
        pair = base64.b64decode(by_curl.authorization.removeprefix("Basic ")).decode()
        assert pair == f"{call.user}:PASSWORD"


@given(NAMES, NAMES)
def test_powershell_quotes_whatever_stands_in_a_call(user: str, comment: str) -> None:
    call = Call("PUT", "/api/v1/x", {"comment": comment}, SignInBy.PASSWORD, user)
    line = script_lines.powershell_of("http://127.0.0.1:8475", call)
    assert line.startswith("Invoke-RestMethod -Method Put -Headers @{Authorization = 'Basic ' +")
    for mark in "'‘’‚‛":
        line = line.replace(mark * 2, "")
    # What is left are the marks around each text, and those of the body's characters.
    assert line.count("'") % 2 == 0
    assert not any(mark in line for mark in "‘’‚‛")
