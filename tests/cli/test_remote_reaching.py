"""How `izzitup --server` gets there: who signs in, which certificate, what is wrong usage."""

from __future__ import annotations

import json
import ssl
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from izzitup_desktop.cli.commands import BOARDLESS, NAMES, REMOTE
from izzitup_desktop.domain.tokens import TokenKind, new_secret
from izzitup_desktop.remote.pins import KeyPin
from izzitup_desktop.server.embedded import EmbeddedServer
from izzitup_desktop.text.fingerprints import Fingerprint
from tests.builders import GOOD_PASSWORD
from tests.cli.inside import Ended, run
from tests.cli.twin import NEW_PASSWORD, Twin, secret
from tests.server.tls.secure import serving_securely
from tests.server.wire import ask

SECRET = new_secret(TokenKind.ACCOUNT)
GERMAN = {"LC_ALL": "de_DE.UTF-8"}


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
