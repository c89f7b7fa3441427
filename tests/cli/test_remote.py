"""`izzitup --server`: every command does there what it does here, and says the same."""

from __future__ import annotations

import json
import re
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.cli.commands import BOARDLESS, NAMES, REMOTE
from izzitup_desktop.domain.accounts import Origin, Role
from izzitup_desktop.domain.scopes import Limits, Scope
from izzitup_desktop.domain.tokens import TokenDraft, TokenKind, new_secret
from izzitup_desktop.remote.pins import KeyPin
from izzitup_desktop.server.embedded import EmbeddedServer
from izzitup_desktop.text.fingerprints import Fingerprint
from tests.builders import ALICE, GOOD_PASSWORD, add_service, opened_board
from tests.cli import izzitup
from tests.cli.inside import Ended, run
from tests.remote.test_connection import whole_request
from tests.remote.test_services_api import answering
from tests.server.tls.secure import serving_securely
from tests.server.wire import ask, serving

NEW_PASSWORD = "another good password"
ENDING = re.compile(r"(?<=ends in )\w{4}|(?<=endet auf )\w{4}")
SECRET = new_secret(TokenKind.ACCOUNT)
GERMAN = {"LC_ALL": "de_DE.UTF-8"}


@dataclass(frozen=True)
class Twin:
    """The same board twice: one is here, and one is served."""

    here: str
    there: str
    board: Board
    server: EmbeddedServer
    folder: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.state.port}"

    def locally(self, *words: str, url: str = "", stdin: str = "", **environ: str) -> Ended:
        return run("--database", url or self.here, *words, stdin=stdin, **environ)

    def remotely(self, *words: str, stdin: str = "", **environ: str) -> Ended:
        """As Alice, by her password: there are things that no token may."""
        signed = ("--user", "alice", "--password-file", str(self.folder / "password"))
        return run("--server", self.url, *signed, *words, stdin=stdin, **environ)


def secret(path: Path, text: str) -> Path:
    path.write_text(f"{text}\n", "utf-8")
    path.chmod(0o600)
    return path


def fill(board: Board) -> str:
    """What both boards have; the token that an account may do everything by."""
    core = board.groups.add(ALICE, "Core").value
    board.groups.add(ALICE, "Büro 日本")
    add_service(board, "E-Mail", key="MAIL", group_id=core.id, note="left alone")
    add_service(board, "Drucker № 3", key="PRN", hidden=True, url="https://prn.example/")
    account = board.accounts.first("alice", GOOD_PASSWORD, Origin.CLI).value
    board.accounts.add(ALICE, "bob", Role.EDITOR, GOOD_PASSWORD, [core.id])
    board.tokens.add(
        ALICE, TokenDraft("robot", group_id=core.id, limits=Limits(frozenset({1}), frozenset({1})))
    )
    scopes = frozenset({Scope.READ, Scope.SET, Scope.MANAGE})
    return board.tokens.add(ALICE, TokenDraft("all", account.id, scopes=scopes)).value.secret


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twin]:
    folder = tmp_path_factory.mktemp("twin")
    here, there = (f"sqlite:///{folder}/{name}.db" for name in ("here", "there"))
    with opened_board(here, folder) as board:
        fill(board)
    with ExitStack() as stack:
        board = stack.enter_context(opened_board(there, folder))
        secret(folder / "token", fill(board))
        secret(folder / "password", GOOD_PASSWORD)
        server = stack.enter_context(serving(board, host="0.0.0.0"))
        # What the first request for it loads, it loads here.
        ask(server, method="GET", path="/api/v1/statuses")
        yield Twin(here, there, board, server, folder)


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


def test_the_first_line_of_standard_input_signs_in_and_the_next_is_the_password(
    twin: Twin,
) -> None:
    words = ("--server", twin.url, "--user", "alice", "--password-file", "-", "users", "passwd",
             "bob", "--password-stdin")  # fmt: skip
    ended = run(*words, stdin=f"{GOOD_PASSWORD}\n{NEW_PASSWORD}\n")
    assert (ended.stdout, ended.stderr) == ("Set the password of bob\n", "")
    assert twin.board.accounts.sign_in("bob", NEW_PASSWORD, source="console").name == "bob"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2"])
def test_a_token_signs_in_by_file_by_standard_input_and_by_the_environment(
    twin: Twin, host: str
) -> None:
    url = twin.url.replace("127.0.0.1", host)
    token = (twin.folder / "token").read_text("utf-8").strip()
    listed = twin.locally("services", "list", "--json", url=twin.there)
    words = ("services", "list", "--json")
    assert run("--server", url, "--token-file", str(twin.folder / "token"), *words) == listed
    assert run("--server", url, "--token-file", "-", *words, stdin=f"{token}\n") == listed
    assert run(*words, IZZITUP_SERVER=url, IZZITUP_TOKEN=token) == listed
    signed = {"IZZITUP_USER": "alice", "IZZITUP_PASSWORD": GOOD_PASSWORD}
    assert run(*words, IZZITUP_SERVER=url, **signed) == listed


def test_nobody_in_particular_reads_what_the_public_may(twin: Twin) -> None:
    ended = run("--server", twin.url, "services", "list", "--json")
    assert [service["key"] for service in json.loads(ended.stdout)][:1] == ["MAIL"]
    assert "PRN" not in ended.stdout
    refused = run("--server", twin.url, "services", "set", "MAIL", "7")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "wants to know who asks" in refused.stderr


def test_what_is_typed_counts_more_than_the_environment(twin: Twin) -> None:
    elsewhere = {"IZZITUP_SERVER": "http://127.0.0.1:1"}
    assert twin.locally("services", "list", url=twin.there, **elsewhere).returncode == 0
    assert twin.remotely("services", "list", **elsewhere).returncode == 0
    assert twin.remotely("services", "list", IZZITUP_TOKEN="nonsense").returncode == 0
    by_token = ("--server", twin.url, "--token-file", str(twin.folder / "token"))
    assert run(*by_token, "services", "list", IZZITUP_USER="nobody").returncode == 0


@pytest.mark.parametrize("language", ["C.UTF-8", "de_DE.UTF-8"])
def test_who_is_not_let_in_is_told_in_one_line(twin: Twin, language: str) -> None:
    wrong = secret(twin.folder / "wrong", "izu_" + "A" * 49)
    mistyped = run(
        "--server", twin.url, "--token-file", str(wrong), "services", "list", LC_ALL=language
    )
    unknown = run(
        "--server", twin.url, "services", "list", LC_ALL=language,
        IZZITUP_TOKEN=new_secret(TokenKind.ACCOUNT),
    )  # fmt: skip
    nobody = run(
        "--server", twin.url, "--user", "eve", "services", "list", IZZITUP_PASSWORD="x" * 20,
        LC_ALL=language,
    )  # fmt: skip
    for ended in (mistyped, unknown, nobody):
        assert (ended.returncode, ended.stdout) == (1, "")
        assert len(ended.stderr.splitlines()) == 1
        assert "A" * 49 not in ended.stderr
        assert "x" * 20 not in ended.stderr
    assert ("checksum" in mistyped.stderr) == (language == "C.UTF-8")
    assert ("does not take this token" in unknown.stderr) == (language == "C.UTF-8")
    assert ("does not let eve in" in nobody.stderr) == (language == "C.UTF-8")


def test_what_no_token_may_is_told_with_the_way(twin: Twin) -> None:
    token = ("--server", twin.url, "--token-file", str(twin.folder / "token"))
    for words in (["tokens", "revoke", "1"], ["backup"]):
        ended = run(*token, *words)
        assert ended.returncode == 1
        assert "No token may; sign in by --user" in ended.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files")
def test_a_secret_that_others_may_read_is_not_used(twin: Twin, tmp_path: Path) -> None:
    file = secret(tmp_path / "a token", "izu_x")
    file.chmod(0o644)
    ended = run("--server", twin.url, "--token-file", str(file), "services", "list")
    assert ended.returncode == 1
    assert f"chmod go-rwx '{file}'" in ended.stderr


def test_a_file_without_a_secret_is_refused(twin: Twin, tmp_path: Path) -> None:
    for content in (b"", b"\n", b" \nizu_x\n", b"x" * 5_000):
        file = tmp_path / "empty"
        file.write_bytes(content)
        file.chmod(0o600)
        ended = run("--server", twin.url, "--token-file", str(file), "services", "list")
        assert (ended.returncode, "holds nothing to sign in with" in ended.stderr) == (1, True)
    file.write_bytes(b"\xff\n")
    ended = run("--server", twin.url, "--token-file", str(file), "services", "list")
    assert (ended.returncode, "is no UTF-8 text" in ended.stderr) == (1, True)
    strange = {"IZZITUP_USER": "alice", "IZZITUP_PASSWORD": "\udcff"}
    ended = run("--server", twin.url, "services", "list", **strange)
    assert (ended.returncode, "is no UTF-8 text" in ended.stderr) == (1, True)
    for name in (tmp_path, tmp_path / "nowhere"):
        ended = run("--server", twin.url, "--token-file", str(name), "services", "list")
        assert (ended.returncode, "can't be read" in ended.stderr) == (1, True)
    ended = run("--server", twin.url, "--token-file", "-", "services", "list", stdin="\n")
    assert (ended.returncode, "No token came" in ended.stderr) == (1, True)


@pytest.mark.parametrize(
    "words",
    [
        ["--database", "sqlite:////x.db", "--server", "http://desk", "services", "list"],
        ["--token-file", "x", "services", "list"], ["--pin", "x", "services", "list"],
        ["--user", "alice", "services", "list"],
        ["--server", "http://desk", "--password-file", "x", "services", "list"],
        ["--server", "http://desk", "--user", "a", "--token-file", "x", "services", "list"],
        ["--server", "http://desk"], ["--server", "http://desk", "--token", "izu_x", "journal"],
    ],
)  # fmt: skip
def test_options_that_contradict_each_other_are_wrong_usage(words: list[str]) -> None:
    ended = run(*words)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "Error: " in ended.stderr


@pytest.mark.parametrize("name", sorted(set(NAMES) - set(REMOTE)))
def test_what_is_done_here_alone_says_so_and_has_its_help_all_the_same(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {"restore": ["x"], "export": ["x.csv"], "import": ["x.csv"], "report": ["x.html"],
             "init": ["--admin", "a", "--password-stdin"], "certificate": ["show"]}  # fmt: skip
    ended = run("--server", "http://127.0.0.1:1", name, *words.get(name, []))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert (
        f"`izzitup {name}` works on the board of this computer: leave --server out." in ended.stderr
    )
    german = run("--server", "http://127.0.0.1:1", name, *words.get(name, []), **GERMAN)
    assert f"`izzitup {name}` arbeitet" in german.stderr
    monkeypatch.setenv("IZZITUP_SERVER", "http://127.0.0.1:1")
    assert run(name, "--help").returncode == 0
    if name not in BOARDLESS:
        assert "leave IZZITUP_SERVER out" in run(name, *words.get(name, [])).stderr


def test_an_empty_variable_means_the_board_here(home: Path) -> None:
    assert "izzitup init" in run("services", "list", IZZITUP_SERVER="").stderr
    ended = run("--server", "", "services", "list")
    assert (ended.returncode, "must not be empty" in ended.stderr) == (1, True)


@pytest.fixture(scope="module")
def secure(twin: Twin, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    with serving_securely(twin.board, tmp_path_factory.mktemp("tls")) as server:
        ask(server, method="GET", path="/api/v1/statuses")
        yield server


def pins(server: EmbeddedServer) -> dict[str, str]:
    der = ssl.PEM_cert_to_DER_cert(
        ssl.get_server_certificate(("127.0.0.1", server.state.secure_port))
    )
    fingerprint = Fingerprint.of(der)
    digits = str(fingerprint).removeprefix("sha256:").upper()
    return {
        "text": str(fingerprint),
        "openssl": ":".join(digits[at : at + 2] for at in range(0, 64, 2)),
        "words": " ".join(fingerprint.words()).upper(),
        "key": KeyPin("").of(der),
    }


@pytest.mark.parametrize("kind", ["text", "openssl", "words", "key"])
def test_a_pinned_certificate_is_taken_whoever_signed_it(
    twin: Twin, secure: EmbeddedServer, kind: str
) -> None:
    url = f"https://127.0.0.1:{secure.state.secure_port}"
    token = str(twin.folder / "token")
    words = ("--server", url, "--token-file", token, "services", "list", "--json")
    listed = run("--pin", pins(secure)[kind], *words)
    assert listed == twin.locally("services", "list", "--json", url=twin.there)
    assert run(*words, IZZITUP_PIN=pins(secure)[kind]) == listed


def test_a_backup_comes_over_https(twin: Twin, secure: EmbeddedServer, tmp_path: Path) -> None:
    url, file = f"https://127.0.0.1:{secure.state.secure_port}", tmp_path / "new.db"
    ended = run(
        "--server", url, "--pin", pins(secure)["text"], "--user", "alice", "backup", str(file),
        IZZITUP_PASSWORD=GOOD_PASSWORD,
    )  # fmt: skip
    assert ended == Ended(0, f"Saved {file}\n", "")
    assert file.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize("kind", ["text", "words", "key"])
def test_another_certificate_is_told_with_both_and_hears_no_secret(
    twin: Twin, secure: EmbeddedServer, kind: str
) -> None:
    url = f"https://127.0.0.1:{secure.state.secure_port}"
    other = {
        "text": "sha256:" + "0" * 64, "words": "abandon " * 8, "key": "sha256//" + "A" * 43 + "="
    }[kind]  # fmt: skip
    ended = run("--server", url, "--pin", other, "services", "list", IZZITUP_TOKEN=SECRET)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert f"Pinned: {other.strip()}." in ended.stderr
    assert f"It has: {pins(secure)[kind].lower() if kind == 'words' else pins(secure)[kind]}." in (
        ended.stderr
    )


def test_a_certificate_that_nobody_signed_is_not_trusted_without_a_pin(
    secure: EmbeddedServer,
) -> None:
    ended = run("--server", f"https://127.0.0.1:{secure.state.secure_port}", "services", "list")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "is not trusted" in ended.stderr
    assert "--pin" in ended.stderr


def test_the_wrong_scheme_is_told(twin: Twin, secure: EmbeddedServer) -> None:
    https = run("--server", twin.url.replace("http:", "https:"), "services", "list")
    assert "does not speak HTTPS" in https.stderr
    http = run("--server", f"http://127.0.0.1:{secure.state.secure_port}", "services", "list")
    assert (http.returncode, "speaks HTTPS. Use https://" in http.stderr) == (1, True)
    pinned = run("--server", twin.url, "--pin", pins(secure)["text"], "services", "list")
    assert (pinned.returncode, "A pin is for https://" in pinned.stderr) == (1, True)


@pytest.mark.parametrize("pin", ["x", "sha256:12", "sha256//x", "abandon " * 7, "nonsense " * 8])
def test_what_is_no_pin_is_refused_before_anybody_is_asked(pin: str) -> None:
    ended = run("--server", "https://127.0.0.1:1", "--pin", pin, "services", "list")
    assert (ended.returncode, "This is no pin" in ended.stderr) == (1, True)


def test_a_name_that_the_server_does_not_go_by_is_told(twin: Twin) -> None:
    port = twin.server.state.port
    ended = run("--server", f"http://127.1:{port}", "services", "list")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "host_names" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


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
