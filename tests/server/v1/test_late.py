"""What the API v1 stands on is loaded with the first request for it, and not before."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
STACK = {"fastapi", "pydantic", "pydantic_core", "starlette", "anyio"}

CODE = """
import json, sys
from pathlib import Path
from tests.builders import add_service, opened_board
from tests.server.wire import ask, serving

folder = Path(sys.argv[1])
with opened_board(f"sqlite:///{folder}/izzitup.db", folder) as board:
    add_service(board, key="MAIL")
    with serving(board) as server:
        served = [ask(server, method="GET").status, ask(server, method="GET", path="/x").status]
        before = sorted(sys.modules)
        served.append(ask(server, method="GET", path=sys.argv[2]).status)
        after = sorted(sys.modules)
print(json.dumps([served, before, after]))
"""


def loaded(folder: Path, path: str) -> tuple[list[int], set[str], set[str]]:
    ended = subprocess.run(
        [sys.executable, "-c", CODE, str(folder), path],
        capture_output=True, text=True, check=True, cwd=ROOT, timeout=60,
    )  # fmt: skip
    served, before, after = json.loads(ended.stdout)
    return served, set(before), set(after)


@pytest.mark.soak
def test_nothing_of_it_is_loaded_before_the_first_request_for_it(tmp_path: Path) -> None:
    served, before, after = loaded(tmp_path, "/api/v1/services/MAIL")
    assert served == [200, 404, 200]
    assert "izzitup_desktop.server.services_api" in before
    assert not before & STACK
    assert not [name for name in before if name.startswith("izzitup_desktop.server.v1")]
    assert "izzitup_desktop.server.problems" not in before
    assert after >= STACK
