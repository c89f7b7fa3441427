"""`izzitup --server`: every command does there what it does here, and says the same."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.server.embedded import EmbeddedServer
from tests.builders import ALICE, GOOD_PASSWORD, opened_board
from tests.cli import izzitup
from tests.cli.inside import Ended, run
from tests.cli.twin import NEW_PASSWORD, Twin, fill, secret
from tests.remote.test_connection import whole_request
from tests.remote.test_services_api import answering
from tests.server.wire import serving

ENDING = re.compile(r"(?<=ends in )\w{4}|(?<=auf )\w{4}(?= endet)")


READS = [
    ["services", "list"], ["services", "list", "--json"], ["groups", "list"],
    ["groups", "list", "--json"], ["users", "list"], ["users", "list", "--json"],
    ["tokens", "list"], ["tokens", "list", "--json"], ["journal"], ["journal", "--json"],
    ["journal", "--limit", "2", "--json"],
]  # fmt: skip

WRITES: dict[str, list[tuple[list[str], str]]] = {
    "services": [
        (["services", "add", "--name", "Wiki", "--key", "WIKI", "--group", "New one", "--hidden",
          "--status", "6", "--description", "a\nb", "--url", "https://w.example", "--curl", ""], ""),
        (["services", "set", "wiki", "Outage", "--comment", "the disk"], ""),
        (["services", "set", "WIKI", "6", "--comment", "We know", "--on-page"], ""),
        (["services", "set", "WIKI", "5"], ""),
        (["services", "add", "--name", "Twice", "--key", "wiki"], ""),
        (["services", "add", "--name", " x ", "--url", "javascript:1"], ""),
        (["services", "remove", "WIKI"], ""),
        (["services", "remove", "WIKI"], ""),
        (["services", "set", "MIAL", "7"], ""),
        (["services", "set", "99", "7"], ""),
        (["services", "set", "a/b?c#d%", "7"], ""),
        (["services", "set", "MAIL", "8"], ""),
        (["services", "set", "MAIL", "7", "--comment", "x" * 3_000], ""),
    ],
    "groups": [
        (["groups", "add", "Lab"], ""),
        (["groups", "add", "LAB"], ""),
        (["groups", "rename", "lab", "Lab 2"], ""),
        (["groups", "rename", "Lab 2", "core"], ""),
        (["groups", "rename", "Nowhere", "x"], ""),
        (["groups", "remove", "Lab 2"], ""),
        (["groups", "remove", "Core"], ""),
        (["groups", "add", "x" * 200], ""),
    ],
    "users": [
        (["users", "add", "erin", "--role", "viewer", "--password-stdin"], GOOD_PASSWORD),
        (["users", "add", "ERIN", "--role", "viewer", "--password-stdin"], GOOD_PASSWORD),
        (["users", "add", "weak", "--role", "viewer", "--password-stdin"], "short"),
        (["users", "add", "none", "--role", "viewer", "--password-stdin"], ""),
        (["users", "disable", "Erin"], ""),
        (["users", "enable", "erin"], ""),
        (["users", "passwd", "erin", "--password-stdin"], NEW_PASSWORD),
        (["users", "passwd", "erin", "--password-stdin"], "erin"),
        (["users", "disable", "alice"], ""),
        (["users", "disable", "nobody"], ""),
    ],
    "tokens": [
        (["tokens", "revoke", "1"], ""),
        (["tokens", "revoke", "1"], ""),
        (["tokens", "revoke", "999"], ""),
        (["tokens", "add", "x"], ""),
        (["tokens", "add", "x", "--account", "nobody"], ""),
        (["tokens", "add", "x", "--group", "Nowhere"], ""),
        (["tokens", "add", "x", "--account", "alice", "--service", "MIAL"], ""),
        (["tokens", "add", "x", "--account", "alice", "--expires", "2001-01-01"], ""),
        (["tokens", "add", "x", "--account", "alice", "--expires", "soon"], ""),
    ],
}  # fmt: skip
"""Commands with what they read, done one after the other on both boards."""


@pytest.mark.parametrize("language", ["C.UTF-8", "de_DE.UTF-8"])
@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_what_is_read_there_is_the_same_to_the_byte(
    twin: Twin, words: list[str], language: str
) -> None:
    there = twin.remotely(*words, LC_ALL=language)
    assert there == twin.locally(*words, url=twin.there, LC_ALL=language)
    assert (there.returncode, there.stderr) == (0, "")
    assert len(there.stdout) > 20


def test_fields_of_the_journal_there_are_told_as_here_whatever_they_hold(twin: Twin) -> None:
    entries = json.loads(twin.remotely("journal", "--json").stdout)
    told = {(entry["kind"], name) for entry in entries for name in entry["after"]}
    assert any(kind == "service.mistake" and name[-1].isdigit() for kind, name in told)
    assert {
        ("service.status", "until"), ("service.status", "until_status"),
        ("service.status", "held_by"), ("service.wished", "wish_status"),
        ("service.terms", "held_by"), ("service.added", "group_id"),
        ("account.added", "group_ids"), ("token.added", "service_ids"), ("token.added", "expires"),
    } <= told  # fmt: skip


@pytest.mark.parametrize("language", ["C.UTF-8", "de_DE.UTF-8"])
@pytest.mark.parametrize("of", WRITES)
def test_what_is_changed_there_says_the_same_as_here(twin: Twin, of: str, language: str) -> None:
    codes = set()
    for words, stdin in WRITES[of]:
        here = twin.locally(*words, stdin=f"{stdin}\n", LC_ALL=language)
        there = twin.remotely(*words, stdin=f"{stdin}\n", LC_ALL=language)
        # Which characters a token ends in is chance.
        said = [ENDING.sub("...", ended.stdout) for ended in (there, here)]
        assert said[0] == said[1], words
        assert there.returncode == here.returncode, words
        # There may be a hint behind it.
        assert there.stderr.startswith(here.stderr.rstrip("\n")), words
        codes.add(there.returncode)
    assert codes == {0, 1}


def test_new_tokens_are_what_was_asked_for(twin: Twin) -> None:
    words = ("tokens", "add", "full", "--account", "bob", "--scope", "set", "--service", "MAIL",
             "--group", "core", "--expires", "90d")  # fmt: skip
    here, there = twin.locally(*words), twin.remotely(*words)
    assert (there.stderr, there.returncode) == (here.stderr, here.returncode)
    assert len(there.stdout) == len(here.stdout)
    assert twin.board.tokens.found(there.stdout.strip(), address="", route="").name == "bob"
    told = [
        json.loads(twin.locally("tokens", "list", "--json", url=url).stdout)[-1]
        for url in (twin.here, twin.there)
    ]
    for one in told:
        for name in ("id", "ending", "created", "created_by", "expires", "last_use"):
            del one[name]
    assert told[0] == told[1]


def test_a_backup_is_made_in_the_folder_there_and_named(twin: Twin) -> None:
    before = {path.name for path in (twin.folder / "backups").glob("*")}
    made = twin.remotely("backup")
    (new,) = {path.name for path in (twin.folder / "backups").glob("*")} - before
    assert made == Ended(0, f"Saved {new}\n", "")


def test_a_backup_is_fetched_and_replaces_an_older_one_alone(twin: Twin, tmp_path: Path) -> None:
    here, there = tmp_path / "here.db", tmp_path / "there.db"
    for _ in range(2):
        assert twin.locally("backup", str(here)) == Ended(0, f"Saved {here}\n", "")
        assert twin.remotely("backup", str(there)) == Ended(0, f"Saved {there}\n", "")
    assert there.stat().st_mode & 0o777 == 0o600
    told = run("--database", twin.there, "restore", "--dry-run", str(there))
    assert (told.returncode, "Last change" in told.stdout) == (0, True)
    there.write_text("my thesis")
    for ended in (twin.locally("backup", str(there)), twin.remotely("backup", str(there))):
        assert (ended.returncode, "is no backup" in ended.stderr) == (1, True)
    assert there.read_text() == "my thesis"
    folder = [twin.locally("backup", str(tmp_path)), twin.remotely("backup", str(tmp_path))]
    assert folder[0] == folder[1]
    assert folder[0].returncode == 1


def test_a_backup_is_fetched_by_no_way_that_others_can_read(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    ended = run("--server", "http://192.0.2.1:8475", "backup", str(file))
    assert (ended.returncode, "fetch it over https" in ended.stderr) == (1, True)
    assert not file.exists()


def test_what_is_done_there_is_journalled_with_the_account(twin: Twin) -> None:
    assert twin.remotely("services", "set", "MAIL", "6", "--comment", "why").returncode == 0
    entry = twin.board.journal.latest(ALICE, limit=1)[0]
    assert (entry.actor, entry.origin, entry.comment) == ("alice", Origin.API, "why")
    (told,) = json.loads(twin.remotely("journal", "--limit", "1", "--json").stdout)
    assert (told["account_id"], told["origin"]) == (entry.account_id, "api")
    assert entry.account_id is not None


@contextmanager
def losing(server: EmbeddedServer, method: str) -> Iterator[str]:
    """The address of a way to the server on which the first answer to `method` is lost."""
    lost: list[int] = []

    def handle(client: socket.socket, _number: int) -> None:
        with socket.create_connection(("127.0.0.1", server.state.port), 20) as onwards:
            here, there = client.getsockname()[1], server.state.port
            while request := whole_request(client):
                onwards.sendall(request.replace(b":%d\r\n" % here, b":%d\r\n" % there))
                answer = onwards.recv(65_536)
                if request.startswith(method.encode()) and not lost:
                    lost.append(1)
                    return
                client.sendall(answer)

    with answering(handle) as url:
        yield url
    assert lost


@pytest.mark.parametrize(
    ("method", "words", "said"),
    [
        ("POST", ["services", "add", "--name", "Lost", "--key", "LOST-1"], "{next}"),
        ("POST", ["services", "set", "MAIL", "6"], "E-Mail: "),
        ("POST", ["users", "add", "lost", "--role", "viewer", "--password-stdin"], "Added lost"),
        ("PATCH", ["groups", "rename", "Büro 日本", "Lost"], "Büro 日本 is called Lost now"),
        ("DELETE", ["groups", "remove", "Lost"], "Removed Lost"),
    ],
)
def test_a_change_whose_answer_is_lost_is_done_once(
    method: str, words: list[str], said: str, tmp_path: Path
) -> None:
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        fill(board)
        if words[:2] == ["groups", "remove"]:
            board.groups.add(ALICE, "Lost")
        before = board.last_id()
        file = str(secret(tmp_path / "password", GOOD_PASSWORD))
        with serving(board) as server, losing(server, method) as url:
            ended = run(
                "--server", url, "--user", "alice", "--password-file", file, *words,
                stdin=f"{NEW_PASSWORD}\n",
            )  # fmt: skip
        assert (ended.returncode, ended.stderr) == (0, "")
        assert ended.stdout.startswith(said.format(next=3))
        assert board.last_id() == before + 1


@pytest.mark.faults
@pytest.mark.skipif(sys.platform == "win32", reason="kills")
def test_a_killed_server_is_told_and_exits_1(home: Path) -> None:
    izzitup.init()
    with izzitup.serving() as running:
        url = f"http://127.0.0.1:{running.port}"
        assert run("--server", url, "services", "list").returncode == 0
        running.stop(signal.SIGKILL)
        ended = run("--server", url, "services", "list")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert f"127.0.0.1:{running.port} refuses the connection" in ended.stderr


def loaded_by(*lines: Sequence[str]) -> set[str]:
    """The modules that a process of its own has when it has done these."""
    code = (
        "import json, sys; from izzitup_desktop.cli.edge import run;"
        "codes = [run(words) for words in json.loads(sys.argv[1])];"
        "print(*sys.modules, file=sys.stderr); sys.exit(any(codes))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, json.dumps(lines)],
        capture_output=True, text=True, check=True, cwd=izzitup.ROOT, timeout=40,
    )  # fmt: skip
    assert ended.stdout
    return set(ended.stderr.split())


def test_the_way_there_loads_neither_database_nor_window_nor_server(twin: Twin) -> None:
    signed = ("--server", twin.url, "--token-file", str(twin.folder / "token"))
    loaded = loaded_by(
        [*signed, "services", "list"], [*signed, "services", "set", "MAIL", "7"],
        [*signed, "services", "list", "--json"], [*signed, "journal"], [*signed, "groups", "list"],
    )  # fmt: skip
    packages = {name.partition(".")[0] for name in loaded}
    assert not packages & {
        "PySide6", "alembic", "bcrypt", "cryptography", "fastapi", "psycopg", "pydantic",
        "shiboken6", "sqlalchemy", "sqlite3", "starlette", "tomlkit", "uvicorn", "zeroconf",
    }  # fmt: skip
    ours = {name.split(".")[1] for name in loaded if name.startswith("izzitup_desktop.")}
    assert ours == {"cli", "domain", "platform", "remote", "text"}
    assert not loaded & {"izzitup_desktop.remote.access", "izzitup_desktop.remote.services_api"}


def test_the_way_here_loads_nothing_of_the_way_there(twin: Twin) -> None:
    loaded = loaded_by(["--database", twin.there, "services", "list"])
    assert not {name for name in loaded if name.startswith(("izzitup_desktop.remote", "http."))}
