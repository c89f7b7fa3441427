"""What the reference page shows to be copied is copied, and works."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from izzitup_desktop.server.routes import ROUTES, RouteClass
from izzitup_desktop.server.v1.reference.operations import operations
from izzitup_desktop.server.v1.reference.snippets import curl, powershell, python
from tests.server.v1.reference.shown import shown_board

STREAMS = {row.name for row in ROUTES if row.kind is RouteClass.STREAM}
OPERATIONS = {row.name for row in ROUTES if row.kind is RouteClass.API} | STREAMS
HOSTILE = 'it\'s 5 > 3 & "so" $HOME `x`'


def outcome(
    command: list[str], folder: Path, environment: Mapping[str, str], *, goes_on: bool
) -> tuple[int, str]:
    """How it ended, and what it said; what goes on has done its work with the first line."""
    with subprocess.Popen(
        command, cwd=folder, env={**environment, "no_proxy": "*", "PATH": "/usr/bin:/bin"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    ) as running:  # fmt: skip
        assert running.stdout is not None
        if goes_on:
            line = running.stdout.readline()
            os.killpg(running.pid, signal.SIGKILL)
            return int(not line.startswith(("retry:", "id:", ":", "event:"))), line
        told = running.stdout.read()
        return running.wait(60), told


@pytest.mark.soak
@pytest.mark.parametrize(
    ("language", "command"), [("curl", ["sh", "-ec"]), ("Python", [sys.executable, "-c"])]
)
def test_every_example_of_the_page_does_what_it_says(
    tmp_path: Path, language: str, command: list[str]
) -> None:
    with shown_board(tmp_path) as shown:
        done = set()
        for example in shown.examples(language):
            text = example.text.replace("curl ", "curl -sS --fail-with-body --noproxy '*' ", 1)
            code, told = outcome(
                [*command, text], tmp_path, shown.environment, goes_on=example.operation in STREAMS
            )
            assert code == 0, (example, told)
            done.add(example.operation)
    assert done == OPERATIONS


def test_what_shells_take_for_something_else_is_quoted() -> None:
    (operation,) = operations(
        {
            "paths": {
                "/x/{name}": {
                    "post": {
                        "operationId": "x",
                        "parameters": [{"name": "name", "in": "path", "example": "a/b c"}],
                        "requestBody": {
                            "content": {"application/json": {"example": {"a": HOSTILE}}}
                        },
                        "responses": {},
                        "security": [{"token": []}],
                    }
                }
            }
        }
    )
    assert operation.target == "/x/a%2Fb%20c"
    told = subprocess.run(
        ["sh", "-c", "curl() { for one; do printf '%s\\n' \"$one\"; done; }\n" + curl(operation, "http://h")],
        capture_output=True, text=True, check=True, env={"IZZITUP_TOKEN": "t"}, timeout=20,
    ).stdout.splitlines()  # fmt: skip
    assert "Authorization: Bearer t" in told
    assert '{"a": "it\'s 5 > 3 & \\"so\\" $HOME `x`"}' in told
    assert "http://h/x/a%2Fb%20c" in told
    compile(python(operation, "http://h"), "example", "exec")
    shown = powershell(operation, "http://h")
    # Between these two marks PowerShell takes everything as it stands.
    begin, end = shown.index("@'\n"), shown.index("\n'@")
    assert "$HOME `x`" in shown[begin:end]
    assert "$HOME" not in shown[:begin] + shown[end:]
