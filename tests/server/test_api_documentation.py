"""docs/api.md says what the server does: its messages, and its examples run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from izzitup_desktop.domain.accounts import Origin, Role
from izzitup_desktop.server import guard, refusal, services_api
from tests.builders import ALICE, GOOD_PASSWORD, add_service, opened_board
from tests.server.wire import serving

TEXT = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
PYTHON, SHELL = (re.findall(rf"```{kind}\n(.*?)```", TEXT, re.DOTALL) for kind in ("python", "sh"))


@pytest.mark.parametrize("status", refusal.MESSAGES)
def test_every_refusal_of_a_connection_is_documented(status: int) -> None:
    assert f"| {status} | `{refusal.MESSAGES[status]}` |" in TEXT


@pytest.mark.parametrize("module", [guard, services_api], ids=["guard", "services_api"])
def test_every_message_in_the_code_is_documented(module: object) -> None:
    source = Path(str(getattr(module, "__file__", ""))).read_text("utf-8")
    messages = re.findall(r'(?:RESULT_\w+|\d{3}), "([A-Z][^"]+)"', source)
    assert len(messages) >= 5
    assert [message for message in messages if f"`{message}`" not in TEXT] == []


@pytest.mark.parametrize("number", range(len(PYTHON) + len(SHELL)))
def test_the_examples_run(tmp_path: Path, number: int) -> None:
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        add_service(board)
        add_service(board, "Service Desk")
        board.accounts.first("alice", GOOD_PASSWORD, Origin.CLI)
        board.accounts.add(ALICE, "mmouse", Role.EDITOR, GOOD_PASSWORD)
        with serving(board) as server:
            example = [*PYTHON, *SHELL][number].replace("8475", str(server.state.port))
            example = example.replace('"…"', f'"{GOOD_PASSWORD}"')
            is_python = number < len(PYTHON)
            command = [sys.executable, "-c"] if is_python else ["sh", "-c"]
            done = subprocess.run(
                [*command, example],
                capture_output=True,
                check=True,
                timeout=60,
                env={"IZZITUP_PWD": GOOD_PASSWORD, "no_proxy": "*", "PATH": "/usr/bin:/bin"},
            )
    assert b"Service Desk" in done.stdout
