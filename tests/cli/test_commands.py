from __future__ import annotations

import ctypes
import json
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from izzitup_desktop.cli.commands import NAMES
from tests.builders import GOOD_PASSWORD
from tests.cli import izzitup
from tests.cli.inside import done, init, refused, run
from tests.cli.izzitup import DEADLINE_SECONDS, ROOT, serving


@pytest.mark.soak
def test_init_makes_a_private_board_and_refuses_to_make_it_again(home: Path) -> None:
    izzitup.init()
    assert (home / "izzitup.db").stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o777 == 0o700
    again = refused("init", "--admin", "bob", "--password-stdin", stdin=f"{GOOD_PASSWORD}\n")
    assert "already" in again
    assert [user["name"] for user in json.loads(done("users", "list", "--json"))] == ["alice"]


@pytest.mark.parametrize("password", ["", "\n", "short\n", "password123\n"])
def test_init_with_a_weak_password_leaves_nothing_behind(home: Path, password: str) -> None:
    refused("init", "--admin", "alice", "--password-stdin", stdin=password)
    assert not (home / "izzitup.db").exists()


@pytest.mark.soak
def test_init_with_the_sample_has_services(home: Path) -> None:
    izzitup.init("--sample")
    assert len(json.loads(done("services", "list", "--json"))) == 12


def test_a_password_is_never_an_argument() -> None:
    assert run("init", "--admin", "alice").returncode == 2
    assert run("users", "add", "bob", "--role", "editor").returncode == 2


def test_without_a_database_every_command_says_how_to_make_one(home: Path) -> None:
    for command in (["services", "list"], ["journal"], ["check"], ["users", "list"]):
        assert "izzitup init" in refused(*command)
    assert not home.exists()


def test_services_come_change_and_go(home: Path) -> None:
    init()
    number = done(
        "services", "add", "--name", "E-Mail", "--key", "MAIL", "--group", "Core",
        "--url", "https://mail.example/", "--status", "6", "--hidden",
    ).strip()  # fmt: skip
    (service,) = json.loads(done("services", "list", "--json"))
    assert service["id"] == int(number)
    assert (service["key"], service["group"], service["status"], service["hidden"]) == (
        "MAIL", "Core", 6, True,
    )  # fmt: skip
    assert service["created"].endswith("Z")
    assert (
        done("services", "set", "mail", "7", "--comment", "disk") == "E-Mail: Impaired -> Outage\n"
    )
    assert "Outage" in done("services", "set", number, "operational")
    assert "E-Mail" in done("services", "list")
    done("services", "add", "--name", "Chat", "--group", "CORE")
    assert {s["group"] for s in json.loads(done("services", "list", "--json"))} == {"Core"}
    assert "E-Mail" in done("services", "remove", "MAIL")
    assert "no service 'MAIL'" in refused("services", "set", "MAIL", "5")


def test_a_comment_is_for_the_page_where_it_is_said_so_alone(home: Path) -> None:
    init()
    done("services", "add", "--name", "E-Mail", "--key", "MAIL")

    def told() -> tuple[str, bool]:
        (service,) = json.loads(done("services", "list", "--json"))
        return service["comment"], service["comment_public"]

    done("services", "set", "MAIL", "7", "--comment", "We know", "--on-page")
    assert told() == ("We know", True)
    done("services", "set", "MAIL", "6", "--comment", "the disk of ops-3")
    assert told() == ("the disk of ops-3", False)
    done("services", "set", "MAIL", "5", "--comment", "", "--on-page")
    assert told() == ("", False)
    assert run("services", "set", "MAIL", "7", "--on-page").returncode == 2


def test_what_can_not_be_taken_is_refused_in_one_line(home: Path) -> None:
    init()
    done("services", "add", "--name", "E-Mail", "--key", "MAIL")
    assert "5 (operational)" in refused("services", "set", "MAIL", "8")
    assert "taken by E-Mail" in refused("services", "add", "--name", "Other", "--key", "mail")
    assert "must not be empty" in refused("services", "add", "--name", " ")
    assert "http" in refused("services", "add", "--name", "x", "--url", "javascript:1")
    assert run("services", "add").returncode == 2
    assert run("services", "add", "--name", "x", "--status", "4").returncode == 2
    assert run("nonsense").returncode == 2
    assert "no database URL" in refused("--database", "nonsense", "services", "list")


def test_users_are_added_disabled_enabled_and_given_passwords(home: Path) -> None:
    init()
    add = ("users", "add", "bob", "--role", "editor", "--password-stdin")
    assert "bob" in done(*add, stdin=f"{GOOD_PASSWORD}\n")
    assert "already" in refused(*add, stdin=f"{GOOD_PASSWORD}\n")
    done("users", "disable", "bob")
    bob = json.loads(done("users", "list", "--json"))[1]
    assert (bob["name"], bob["role"], bob["active"]) == ("bob", "editor", False)
    assert "disabled" in done("users", "list")
    done("users", "enable", "BOB")
    done("users", "passwd", "bob", "--password-stdin", stdin="another good password\n")
    assert "last active administrator" in refused("users", "disable", "alice")
    assert "no account" in refused("users", "disable", "eve")


def test_the_journal_tells_who_did_what(home: Path) -> None:
    init()
    done("services", "add", "--name", "E-Mail", "--key", "MAIL")
    done("services", "set", "MAIL", "7", "--comment", "disk")
    entries = json.loads(done("journal", "--json", "--limit", "1"))
    assert len(entries) == 1
    assert (entries[0]["kind"], entries[0]["origin"], entries[0]["comment"]) == (
        "service.status", "cli", "disk",
    )  # fmt: skip
    assert (entries[0]["before"], entries[0]["after"]) == ({"status": 5}, {"status": 7})
    assert "E-Mail: Operational → Outage" in done("journal")
    assert "E-Mail: Operational → Outage" in done("journal", PYTHONIOENCODING="ascii")


def test_control_characters_do_not_reach_the_terminal(home: Path) -> None:
    init()
    done("services", "add", "--name", "a\u202eb")
    assert "a?b" in done("services", "list")


def test_backup_check_and_restore(home: Path, tmp_path: Path) -> None:
    init(sample=True)
    kept = tmp_path / "kept.db"
    done("backup", str(kept))
    done("services", "remove", "MAIL")
    assert done("check") == "sound\n"
    told = done("restore", "--dry-run", str(kept)).splitlines()
    assert told[0].startswith("12 services, ") and told[1].startswith("Last change ")
    assert told[2:] == ["Comes back: E-Mail"]
    assert len(json.loads(done("services", "list", "--json"))) == 11
    done("restore", str(kept))
    assert len(json.loads(done("services", "list", "--json"))) == 12
    assert "no backup file" in refused("restore", str(tmp_path / "nowhere.db"))


def test_a_damaged_database_is_named_with_the_way_back(home: Path, tmp_path: Path) -> None:
    init(sample=True)
    kept = home / "backups" / "izzitup-kept.db"
    kept.parent.mkdir()
    done("backup", str(kept))
    (home / "izzitup.db").write_bytes(b"")
    said = refused("services", "list")
    assert "0 bytes" in said
    assert f"izzitup restore {kept}" in said
    assert "quarantine" in done("restore", str(kept))
    assert len(json.loads(done("services", "list", "--json"))) == 12


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="signals to one thread")
def test_serve_ends_on_a_signal_whichever_thread_the_system_gives_it(home: Path) -> None:
    izzitup.init()
    with serving() as running:
        pid = running.process.pid
        other = max(int(task.name) for task in Path(f"/proc/{pid}/task").iterdir())
        assert other != pid
        assert ctypes.CDLL(None).tgkill(pid, other, signal.SIGTERM) == 0
        assert running.process.wait(DEADLINE_SECONDS) == 0


def test_serve_makes_a_board_tells_the_password_once_and_its_page_and_ends_well(home: Path) -> None:
    with serving(IZZITUP_PAGE_TITLE="Up and about") as first:
        password = next(line.split()[1] for line in first.lines if "password  " in line)
        body = {
            "action": "setstatus", "service": 1, "status": 5, "user": "admin", "pwd": password,
        }  # fmt: skip
        assert post(first.port, body)["message"] == "Service not found"
        assert first.process.stdout is not None
        where = f"http://127.0.0.1:{first.port}/"
        assert first.process.stdout.readline() == f"The status page is at {where}\n"
        with urllib.request.urlopen(where, timeout=20) as page:
            assert b"Up and about" in page.read()
        assert first.stop(signal.SIGTERM) == 0
    with serving(IZZITUP_PAGE="false") as second:
        assert len(second.lines) == 1
        assert second.process.stdout is not None
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"http://127.0.0.1:{second.port}/", timeout=20)
        assert second.stop(signal.SIGINT) == 0
        assert second.process.stdout.read() == ""
    for log in (home / "logs").iterdir():
        assert password not in log.read_text("utf-8")


def test_serve_on_a_taken_port_says_so(home: Path) -> None:
    init()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = izzitup.run("serve", "--port", str(port))
    assert ended.returncode == 1
    assert f"Port {port} is taken" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_database_option_holds_for_all(home: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/else/where.db"
    done(
        "--database", url, "init", "--admin", "alice", "--password-stdin",
        stdin=f"{GOOD_PASSWORD}\n",
    )  # fmt: skip
    done("--database", url, "services", "add", "--name", "E-Mail")
    assert len(json.loads(done("--database", url, "services", "list", "--json"))) == 1
    assert not (home / "izzitup.db").exists()


def test_the_command_line_runs_on_postgresql(home: Path, empty_postgres_url: str) -> None:
    base = ("--database", empty_postgres_url)
    assert "no database" in refused(*base, "services", "list")
    done(*base, "init", "--admin", "alice", "--password-stdin", stdin=f"{GOOD_PASSWORD}\n")
    done(*base, "services", "add", "--name", "E-Mail", "--key", "MAIL")
    assert "Outage" in done(*base, "services", "set", "MAIL", "outage")


def test_without_a_display_it_says_what_is_missing_and_what_else_there_is(home: Path) -> None:
    ended = izzitup.run(DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert ended.returncode == 1
    assert "no display" in ended.stderr
    assert "izzitup serve" in ended.stderr


@pytest.mark.soak
def test_the_command_line_never_loads_qt(home: Path) -> None:
    init()
    code = (
        "import sys; from click.testing import CliRunner;"
        "from izzitup_desktop.cli.commands import izzitup;"
        "result = CliRunner().invoke(izzitup, sys.argv[1:]); assert result.exit_code == 0, result;"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))])"
    )
    for arguments in (["--help"], ["services", "list"], ["users", "list"], ["journal"]):
        ended = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            capture_output=True, text=True, check=True, cwd=ROOT, timeout=40,
        )  # fmt: skip
        assert ended.stdout.strip() == "[]"


@pytest.mark.parametrize("arguments", [["list"], ["list", "--json"], ["set", "MAIL", "7"]])
def test_a_command_loads_nothing_but_what_it_uses(home: Path, arguments: list[str]) -> None:
    init(sample=True)
    code = (
        "import sys; from izzitup_desktop.cli.edge import run; code = run(sys.argv[1:]);"
        "print(*sys.modules, file=sys.stderr); sys.exit(code)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, "services", *arguments],
        capture_output=True, text=True, check=True, cwd=ROOT, timeout=40,
    )  # fmt: skip
    loaded = set(ended.stderr.split())
    assert {"sqlalchemy", "izzitup_desktop.cli.services"} <= loaded
    assert not loaded & {
        "alembic", "h11", "jeepney", "psycopg", "sqlalchemy.dialects.postgresql", "sqlalchemy.orm",
        "tomlkit", "urllib.request", "uvicorn", "logging.handlers",
        "izzitup_desktop.board.archive", "izzitup_desktop.board.backups",
        "izzitup_desktop.board.jobs", "izzitup_desktop.platform.chosen",
        "izzitup_desktop.cli.exchange", "izzitup_desktop.cli.serve", "izzitup_desktop.cli.users",
        "izzitup_desktop.cli.tokens",
        "izzitup_desktop.desktop", "izzitup_desktop.server",
    }  # fmt: skip


def test_help_names_every_command_and_each_has_its_own(home: Path) -> None:
    told = done("--help")
    for name in NAMES:
        assert f"\n  {name} " in told, name
        assert f"izzitup {name} [OPTIONS]" in done(name, "--help")


def post(port: int, body: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/services", json.dumps(body).encode()
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        found: dict[str, Any] = json.loads(answer.read())
    return found
