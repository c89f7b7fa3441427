"""`/health` and `/ready`: for `check_http` and whoever starts us."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.builders import opened_board
from tests.server.v1.world import assert_problem
from tests.server.wire import Answer, ask, serving

ROOT = Path(__file__).parents[3]
CODE = """
import json, sys
from pathlib import Path
from tests.builders import opened_board
from tests.server.wire import ask, serving

folder = Path(sys.argv[1])
with opened_board(f"sqlite:///{folder}/izzitup.db", folder) as board:
    with serving(board) as server:
        told = []
        for path in ("/health", "/ready", "/metrics"):
            before = set(sys.modules)
            status = ask(server, method="GET", path=path).status
            told.append([status, sorted(set(sys.modules) - before)])
print(json.dumps(told))
"""


def missing(answer: Answer) -> list[str]:
    assert answer.status == 503
    assert_problem(answer)
    assert answer.json["code"] == "not-ready"
    assert answer.headers["retry-after"] == "5"
    return [one["what"] for one in answer.json["missing"]]


def test_a_board_whose_file_is_gone_is_alive_but_not_ready(tmp_path: Path) -> None:
    file = tmp_path / "izzitup.db"
    with opened_board(f"sqlite:///{file}", tmp_path) as board, serving(board) as server:
        ready = ask(server, method="GET", path="/ready")
        assert (ready.status, ready.json) == (200, {"status": "ready"})
        assert ready.headers["cache-control"] == "no-store"
        file.rename(tmp_path / "elsewhere.db")
        lost = ask(server, method="GET", path="/ready")
        assert missing(lost) == ["database"]
        assert lost.json["missing"][0]["code"] == "unavailable.lost-database"
        # Where our files lie is nobody's business.
        assert str(tmp_path).encode() not in lost.body
        health = ask(server, method="GET", path="/health")
        assert (health.status, health.json) == (200, {"status": "ok"})
        (tmp_path / "elsewhere.db").rename(file)
        assert ask(server, method="GET", path="/ready").status == 200


def test_health_loads_nothing_ready_little_and_a_scrape_no_fastapi(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", CODE, str(tmp_path)],
        capture_output=True, text=True, check=True, cwd=ROOT, timeout=60,
    )  # fmt: skip
    (alive, none), (ready, few), (scraped, more) = json.loads(ended.stdout)
    assert (alive, ready, scraped) == (200, 200, 200)
    assert none == []
    assert "izzitup_desktop.server.monitoring.readiness" in few
    stack = {"prometheus_client", "starlette", "fastapi", "pydantic"}
    assert not stack & set(few)
    assert stack & set(more) == {"prometheus_client", "starlette"}
