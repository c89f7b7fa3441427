from __future__ import annotations

import io
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import HealthCheck, example, given, settings

from izzitup_desktop.domain.accounts import Origin
from tests.builders import GOOD_PASSWORD, add_service, opened_board
from tests.cli.hostile import CANARY, ENDLESS, Line, commands, fill, lines
from tests.cli.inside import Ended, call
from tests.examples import share_of

pytestmark = pytest.mark.faults

PASSWD = ["users", "passwd", "alice", "--password-stdin"]


@pytest.fixture
def board(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A board with an administrator and a service, and a folder to work in."""
    home.mkdir()
    with opened_board(f"sqlite:///{home}/izzitup.db", home) as opened:
        opened.accounts.first("alice", GOOD_PASSWORD, Origin.CLI)
        add_service(opened, key="MAIL")
    folder = tmp_path / "work" / "deeper"
    folder.mkdir(parents=True)
    fill(folder)
    monkeypatch.chdir(folder)
    return home / "izzitup.db"


class Broken(io.BytesIO):
    """Standard input that ends in an exception when it is read."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.error = error

    def readline(self, _size: int | None = -1, /) -> bytes:
        raise self.error


def stored(board: Path) -> Any:
    with closing(sqlite3.connect(board)) as connection:
        return connection.execute("SELECT count(*), max(id) FROM journal").fetchone()


def assert_told_well(ended: Ended) -> None:
    said = ended.stdout + ended.stderr
    assert "Traceback" not in said
    assert "fault of IzzitUp" not in said, said
    assert CANARY not in said
    assert ended.returncode in {0, 1, 2}
    if ended.returncode:
        assert ended.stderr.strip()
        assert all(len(line) < 3_000 for line in ended.stderr.splitlines())


def test_every_parameter_of_every_command_says_what_it_takes() -> None:
    plain = [
        (*path, parameter.name)
        for path, command in commands()
        for parameter in command.params
        if parameter.type is click.STRING
    ]
    assert not plain, "give it a type of cli.parameters"


@pytest.mark.soak
@settings(
    max_examples=share_of(120),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
@given(line=lines())
@example(Line(("services", "set", "9" * 5_000, "9" * 5_000), (), b"", ()))
@example(Line(("services", "set", "\udcff", "7"), (), b"", ()))
@example(Line(("services", "remove", ""), (), b"", ()))
@example(Line(("--database", "postgresql://h:x/y", "check"), (), b"", ()))
@example(Line(("--database", "postgresql://[::bad/y", "check"), (), b"", ()))
@example(Line(("--server", "http://\udcff", "services", "list"), (), b"", ()))
@example(Line(("--server", "http://127.0.0.1:1", "--user", "\udcff", "journal"), (), b"", ()))
@example(Line(("backup", "a" * 300), (), b"", ()))
@example(Line(("restore", "a" * 300), (), b"", ()))
@example(Line(("backup", "\ud83d"), (), b"", ()))
@example(Line(("export", "\ud83d.json"), (), b"", ()))
@example(Line(("restore", "\ud83d.db"), (), b"", ()))
@example(Line(("import", "\ud83d.json"), (), b"", ()))
@example(
    Line(("users", "add", "bob", "--role", "viewer", "--password-stdin"), (), b"\xff" * 20, ())
)
def test_no_command_line_ends_in_a_traceback_tells_a_secret_or_changes_what_it_refuses(
    board: Path, line: Line
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in line.environ:
            patch.setenv(name, value)
        before = stored(board)
        ended = call(line.arguments, line.stdin)
        assert_told_well(ended)
        if ended.returncode:
            assert stored(board) == before


@pytest.mark.parametrize("path", [p for p, _ in commands() if p not in ENDLESS], ids=" ".join)
def test_a_full_disk_behind_standard_output_is_one_line(board: Path, path: tuple[str, ...]) -> None:
    for arguments in ((*path, "--help"), ("--database", "x", *path), path):
        ended = call(arguments, full=True)
        assert_told_well(ended)
        if arguments[-1] == "--help":
            assert ended.returncode == 1
            assert len(ended.stderr.splitlines()) == 1
            assert "No space left on device" in ended.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_output_is_told_in_whatever_encoding_the_terminal_has(board: Path, encoding: str) -> None:
    assert call(["services", "add", "--name", "Bücher 😀", "--key", "b"]).returncode == 0
    for arguments in (["services", "list"], ["services", "list", "--json"], ["journal"]):
        ended = call(arguments, encoding=encoding)
        assert_told_well(ended)
        assert ended.returncode == 0
    ended = call(["services", "set", "nö", "7"], encoding=encoding)
    assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1)


@pytest.mark.parametrize("given", ["", " ", "\t", "0", "00", "0.0", "0x0", "127.1", "2130706433",
                                   "\uff10", "a b", "127.0.0.1,0.0.0.0", "-", "*"])  # fmt: skip
def test_an_address_that_would_listen_elsewhere_than_it_says_is_refused(
    board: Path, given: str
) -> None:
    # Should one be taken, there is no such database to serve.
    ended = call(["--database", "postgresql://127.0.0.1:1/x", "serve", "--host", given])
    assert (ended.returncode, "--host" in ended.stderr, len(ended.stderr.splitlines())) == (
        1,
        True,
        1,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["--server", "", "services", "list"], ["--server", "http://127.0.0.1:1", "--token-file",
         "", "services", "list"], ["--server", "https://127.0.0.1:1", "--pin", "", "journal"],
        ["--server", "http://127.0.0.1:1", "--user", "", "services", "list"],
        ["--database", "", "services", "list"], ["--database", " ", "services", "list"],
        ["serve", "--port", ""], ["serve", "--port", " "], ["services", "add", "--name", ""],
        ["services", "add", "--name", "x", "--status", ""], ["services", "set", "", "7"],
        ["services", "set", "MAIL", ""], ["services", "remove", " "], ["backup", ""],
        ["restore", ""], ["import", ""], ["export", "", "--format", "csv"],
        ["export", "x.csv", "--format", ""], ["journal", "--limit", ""], ["users", "disable", ""],
        ["users", "add", "", "--role", "viewer", "--password-stdin"],
        ["users", "add", "x", "--role", "", "--password-stdin"],
        ["init", "--admin", "", "--password-stdin"], ["demo", "--seconds", ""],
        ["demo", "--seconds", "nan"], ["demo", "--every", "inf"], ["demo", "--seed", ""],
    ],
)  # fmt: skip
def test_an_unset_shell_variable_means_nothing_else(board: Path, arguments: list[str]) -> None:
    before = stored(board)
    ended = call(arguments, f"{GOOD_PASSWORD}\n".encode())
    assert ended.returncode in {1, 2}
    assert ended.stderr.strip()
    assert stored(board) == before


def test_fields_that_may_be_empty_are_taken_empty(board: Path) -> None:
    given = [word for name in ("key", "description", "url", "check-url", "group")
             for word in (f"--{name}", "")]  # fmt: skip
    assert call(["services", "add", "--name", "x", *given]).returncode == 0
    assert call(["services", "set", "MAIL", "7", "--comment", ""]).returncode == 0


def test_a_password_in_the_wrong_place_is_not_said_again(board: Path) -> None:
    for arguments in (
        ["users", "passwd", "alice", "--password-stdin", CANARY],
        ["users", "passwd", "alice", f"--password={CANARY}"],
        [f"postgresql://u:{CANARY}@127.0.0.1/db", "services", "list"],
        ["services", "list", f"postgresql://u:{CANARY}@127.0.0.1/db"],
        ["--database", f"postgresql://u:{CANARY}@127.0.0.1:1/db?password={CANARY}", "check"],
        ["import", f"http://a:{CANARY}@127.0.0.1:1/"],
        ["--server", f"http://a:{CANARY}@127.0.0.1:1/", "services", "list"],
        ["--server", "http://127.0.0.1:1", "services", "list", f"--token={CANARY}"],
    ):
        ended = call(arguments)
        assert_told_well(ended)
        assert ended.returncode


def test_a_fault_of_ours_is_one_line_with_a_number_that_the_log_has(
    board: Path, home: Path
) -> None:
    ended = call(PASSWD, Broken(ZeroDivisionError(CANARY)))
    assert (ended.returncode, len(ended.stderr.splitlines())) == (1, 1)
    assert CANARY not in ended.stderr
    number = ended.stderr.split("error ")[1].split(",")[0]
    log = home / "logs" / "izzitup.log"
    assert f"Error {number}" in log.read_text("utf-8")
    assert "ZeroDivisionError" in log.read_text("utf-8")
    assert log.stat().st_mode & 0o777 == 0o600


def test_ctrl_c_exits_130_without_a_word_of_python(board: Path) -> None:
    ended = call(PASSWD, Broken(KeyboardInterrupt()))
    assert (ended.returncode, ended.stderr.strip()) == (130, "")


def test_the_journal_names_the_user_of_the_system_not_of_the_environment(
    board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "mallory")
    assert call(["services", "set", "MAIL", "7"]).returncode == 0
    with closing(sqlite3.connect(board)) as connection:
        (principal,) = connection.execute("SELECT actor FROM journal ORDER BY id DESC").fetchone()
    assert principal
    assert principal != "mallory"


@pytest.mark.parametrize("name", ["", "a\nb\x1b[31m\u202e", "x" * 5_000, " "])
def test_whatever_the_system_calls_its_user_is_one_short_line(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from izzitup_desktop.platform import paths

    class Row:
        pw_name = name

    monkeypatch.setattr("pwd.getpwuid", lambda _uid: Row())
    found = paths.user_name()
    assert found.strip()
    assert found.isprintable()
    assert len(found) <= paths.USER_MOST


def test_a_user_that_the_system_does_not_know_is_told_by_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from izzitup_desktop.platform import paths

    def unknown(_uid: int) -> None:
        raise KeyError

    monkeypatch.setattr("pwd.getpwuid", unknown)
    assert paths.user_name().startswith("uid ")
