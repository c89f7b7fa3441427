from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from izzitup_desktop.domain.exchange import SIZE_MOST
from tests.builders import GOOD_PASSWORD
from tests.cli.inside import done, init, refused, run
from tests.cli.izzitup import COMMAND, ROOT, serving


def services() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(done("services", "list", "--json"))
    return found


def other_home(tmp_path: Path) -> dict[str, str]:
    """A second desk, with an empty board."""
    environ = {"IZZITUP_HOME": str(tmp_path / "other")}
    done(
        "init", "--admin", "bob", "--password-stdin",
        stdin=f"{GOOD_PASSWORD}\n", **environ,
    )  # fmt: skip
    return environ


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_board_goes_from_desk_to_desk(home: Path, tmp_path: Path, form: str) -> None:
    init(sample=True)
    file = tmp_path / f"board.{form.upper()}"
    assert str(file) in done("export", str(file))
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if form in path.name.lower()] == [file.name]
    assert "12 unchanged" in done("import", str(file))
    other = other_home(tmp_path)
    said = done("import", str(file), "--dry-run", **other)
    assert "Added the group Communication" in said
    assert 'Added E-Mail: key "MAIL"' in said
    assert "12 added, 0 changed, 0 unchanged" in said
    assert "dry run" in said
    assert json.loads(done("services", "list", "--json", **other)) == []
    assert done("import", str(file), **other) == said.rsplit("Nothing", 1)[0]
    theirs = json.loads(done("services", "list", "--json", **other))
    keys = ("name", "key", "group", "status", "hidden", "url", "curl", "description", "note")
    assert sorted([s[key] or "" for key in keys] for s in theirs) == sorted(
        [s[key] or "" for key in keys] for s in services()
    )
    assert file.name in done("journal", "--limit", "1", **other)


def test_export_to_standard_output_and_import_from_standard_input(home: Path) -> None:
    init()
    done("services", "add", "--name", "Büro", "--key", "B", "--status", "6")
    ended = subprocess.run(
        [*COMMAND, "export", "-", "--format", "csv"],
        capture_output=True, check=True, cwd=ROOT, timeout=40,
    )  # fmt: skip
    assert ended.stdout.endswith("B,Büro,,,,,impaired,no,,0\r\n".encode())
    done("services", "set", "B", "7")
    said = done("import", "-", stdin=ended.stdout.decode())
    assert "Changed Büro: status Outage -> Impaired\n0 added, 1 changed" in said
    assert json.loads(done("export", "-", "--format", "json"))["services"][0]["status"] == 6


def test_every_error_is_a_line_and_nothing_is_changed(home: Path, tmp_path: Path) -> None:
    init()
    file = tmp_path / "board.csv"
    file.write_text("name;status;url\nGood;5;\nBad;8;javascript:1\n;;\n\u202e;5\n", "utf-8")
    for arguments in (["import", str(file)], ["import", "--dry-run", str(file)]):
        ended = run(*arguments)
        assert (ended.returncode, ended.stdout) == (1, "")
        lines = ended.stderr.splitlines()
        assert [line.split(":")[0] for line in lines] == [
            "line 3, status", "line 3, url", "line 5", "izzitup",
        ]  # fmt: skip
    assert services() == []


def test_what_can_not_be_read_or_written_is_refused(home: Path, tmp_path: Path) -> None:
    assert "izzitup init" in refused("export", str(tmp_path / "a.csv"))
    init()
    latin = tmp_path / "latin.csv"
    latin.write_bytes("name\nBüro\n".encode("latin-1"))
    assert "Line 2 is no UTF-8" in refused("import", str(latin))
    assert "can't be read" in refused("import", str(tmp_path / "nowhere.json"))
    assert "can't be read" in refused("import", str(tmp_path))
    assert "--format" in refused("export", str(tmp_path / "board.txt"))
    assert "is a folder" in refused("export", str(tmp_path), "--format", "csv")
    assert "can't be written" in refused("export", str(tmp_path / "no" / "a.csv"))
    assert "can't replace" in refused("export", str(home / "izzitup.db"), "--format", "csv")
    assert done("check") == "sound\n"
    assert run("export", "a.csv", "--format", "xml").returncode == 2


def test_an_export_replaces_an_older_one_as_a_whole(home: Path, tmp_path: Path) -> None:
    init()
    file = tmp_path / "board.json"
    file.write_text("x" * 100_000, "utf-8")
    file.chmod(0o644)
    done("export", str(file))
    assert json.loads(file.read_text("utf-8"))["services"] == []
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.soak
def test_services_come_from_another_board_by_its_address(tmp_path: Path) -> None:
    init(sample=True)
    other = other_home(tmp_path)
    done("services", "add", "--name", "E-Mail", "--key", "mail", "--group", "Mine", **other)
    public = [service for service in services() if not service["hidden"]]
    with serving() as served:
        said = done("import", f"http://127.0.0.1:{served.port}", **other)
        assert f"{len(public) - 1} added, 1 changed, 0 unchanged" in said
        for path in ("/", "/api/services"):
            said = done("import", f"http://127.0.0.1:{served.port}{path}", **other)
            assert f"0 added, 0 changed, {len(public)} unchanged" in said
    theirs = json.loads(done("services", "list", "--json", **other))
    assert {s["name"]: s["status"] for s in theirs} == {s["name"]: s["status"] for s in public}
    # What the API does not tell stays.
    assert theirs[0]["group"] == "Mine"


class _Answers(BaseHTTPRequestHandler):
    """Answers that a board does not give."""

    def do_GET(self) -> None:
        name = self.path.split("/")[1]
        self.send_response({"file": 302, "ftp": 302, "gone": 404}.get(name, 200))
        if name in {"file", "ftp"}:
            self.send_header("Location", f"{name}://localhost/etc/hostname")
        if name == "short":
            self.send_header("Content-Length", "1000")
        self.end_headers()
        if name == "large":
            self.wfile.write(b" " * (SIZE_MOST + 1))
        else:
            self.wfile.write(b'{"name": "Mail"}')

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@contextmanager
def answering() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_an_address_that_gives_no_board_is_refused() -> None:
    init()
    with answering() as base:
        assert "HTTP status 302" in refused("import", f"{base}/file")
        assert "(ftp:)" in refused("import", f"{base}/ftp")
        assert "HTTP status 404" in refused("import", f"{base}/gone")
        assert "before the end" in refused("import", f"{base}/short")
        assert "16 MiB" in refused("import", f"{base}/large")
        ended = run("import", f"{base}/other")
    assert (ended.returncode, ended.stderr.splitlines()[0]) == (
        1, "line 1: This is no list of services: it has no result or no data.",
    )  # fmt: skip
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert "can't be reached" in refused("import", f"http://127.0.0.1:{port}")
    assert "no name or password" in refused("import", "http://a:b@127.0.0.1/")
    for url in ("http://", "http://[::1", "http://x:99999", "https:///api", "http://x:0"):
        assert "no address of a board" in refused("import", url)


def test_other_commands_do_not_load_what_fetches() -> None:
    code = (
        "import sys, izzitup_desktop.cli.commands;"
        "print([name for name in ('urllib.request', 'sqlalchemy') if name in sys.modules])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=True, cwd=ROOT, timeout=40,
    )  # fmt: skip
    assert ended.stdout.strip() == "[]"
