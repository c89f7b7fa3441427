"""The product's main job, from outside: a script sets a status, everybody sees it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.builders import GOOD_PASSWORD
from tests.cli.izzitup import done, init, serving

pytestmark = pytest.mark.soak


def curl(port: int, *arguments: str) -> dict[str, Any]:
    """The real curl, as a script would call it."""
    ended = subprocess.run(
        ["curl", "-sS", "--max-time", "20", *arguments, f"http://127.0.0.1:{port}/api/services"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    answer: dict[str, Any] = json.loads(ended.stdout)
    return answer


def test_a_script_sets_a_status_and_list_journal_and_command_line_show_it(home: Path) -> None:
    init()
    number = done("services", "add", "--name", "E-Mail", "--key", "MAIL").strip()
    with serving() as running:
        body = {
            "action": "setstatus", "service": int(number), "status": 7,
            "user": "alice", "pwd": GOOD_PASSWORD,
        }  # fmt: skip
        answer = curl(running.port, "-d", json.dumps(body))
        assert answer["message"] == "Status of Service E-Mail was set to Outage"
        assert GOOD_PASSWORD not in json.dumps(answer)
        (listed,) = curl(running.port)["data"]
        assert listed["status"] == "7"
        (entry,) = json.loads(done("journal", "--json", "--limit", "1"))
        assert (entry["kind"], entry["actor"], entry["origin"]) == (
            "service.status", "alice", "api",
        )  # fmt: skip
        done("services", "set", "MAIL", "operational", "--comment", "restarted")
        (listed,) = curl(running.port)["data"]
        assert listed["status"] == "5"


def test_curl_s_ways_of_sending_all_work(home: Path, tmp_path: Path) -> None:
    init()
    number = done("services", "add", "--name", "Büro-Drucker № 3").strip()
    body = {
        "action": "setstatus", "service": number, "status": "6",
        "user": "alice", "pwd": GOOD_PASSWORD,
    }  # fmt: skip
    text = json.dumps(body)
    (tmp_path / "body.json").write_bytes(b"\xef\xbb\xbf" + text.encode())
    with serving() as running:
        for arguments in (
            ("-d", text),
            ("-X", "GET", "-d", text),
            ("-X", "PUT", "-H", "Content-Type: application/json", "-d", text),
            ("--data-binary", f"@{tmp_path}/body.json"),
            ("-H", "Transfer-Encoding: chunked", "-d", text),
            ("-H", "Expect: 100-continue", "-d", text),
            ("--http1.0", "-d", text),
        ):
            answer = curl(running.port, *arguments)
            assert answer["message"] == "Status of Service Büro-Drucker № 3 was set to Impaired"
