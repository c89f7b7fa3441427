"""docs/recipes.md: each command of it is run, those for Windows elsewhere (tests/strangers)."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Origin, Role
from izzitup_desktop.domain.services import Service
from izzitup_desktop.server.embedded import EmbeddedServer
from tests.builders import ALICE, GOOD_PASSWORD, add_service, opened_board
from tests.cli.inside import call
from tests.server.wire import serving

TEXT = (Path(__file__).parents[1] / "docs" / "recipes.md").read_text("utf-8")
"""Of which every block of commands is one of these."""


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


SHELL, UNITS = blocks("sh"), blocks("ini")
(HEADER_FILE, BOARD_SET, BOARD_RESULT, STALE, WAITING) = SHELL
(CRONTAB,) = blocks("crontab")


@dataclass
class Machine:
    """A machine with the programs of the page in a folder of its own, beside a board."""

    folder: Path
    board: Board
    server: EmbeddedServer

    def placed(self, text: str) -> str:
        """What stands in the page, with this machine's places in it."""
        text = text.replace("8475", str(self.server.state.port))
        for place in ("/etc/izzitup", "/usr/local/bin"):
            text = text.replace(place, f"{self.folder}{place}")
        return text

    def put(self, name: str, script: str) -> None:
        file = self.folder / "usr" / "local" / "bin" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self.placed(script), "utf-8")
        file.chmod(0o755)

    def run(self, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run as cron does: with next to no environment."""
        path = f"{self.folder}/usr/local/bin:/usr/bin:/bin"
        return subprocess.run(
            ["/bin/sh", "-c", self.placed(script)], cwd=self.folder, text=True,
            env={"PATH": path, "no_proxy": "*", **environment},
            capture_output=True, check=False, timeout=60,
        )  # fmt: skip

    @property
    def backup(self) -> Service:
        return self.board.services.find(ALICE, "BACKUP")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    home = tmp_path / "home"
    monkeypatch.setenv("IZZITUP_HOME", str(home))
    (tmp_path / "data").mkdir()
    with opened_board(f"sqlite:///{tmp_path}/data/izzitup.db", tmp_path) as board:
        core = board.groups.add(ALICE, "Core").value
        add_service(board, "Backup", key="BACKUP", status_id=6, group_id=core.id)
        board.accounts.first("alice", GOOD_PASSWORD, Origin.CLI)
        board.accounts.add(ALICE, "mmouse", Role.EDITOR, GOOD_PASSWORD)
        with serving(board) as server:
            made = Machine(tmp_path, board, server)
            (console,) = blocks("console")
            command = console.split("#")[0].split()
            assert command[:3] == ["izzitup", "tokens", "add"]
            assert command[-2:] == [">", "token"]
            url = f"sqlite:///{tmp_path}/data/izzitup.db"
            ended = call(["--database", url, *command[1:-2]])
            assert ended.returncode == 0, ended.stderr
            (tmp_path / "token").write_text(ended.stdout, "utf-8")
            assert made.run(HEADER_FILE).returncode == 0
            made.put("board-set", BOARD_SET)
            made.put("board-result", BOARD_RESULT)
            yield made


def test_the_token_lies_where_nobody_else_reads_it(machine: Machine) -> None:
    file = machine.folder / "etc" / "izzitup" / "header"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert re.fullmatch(r"Authorization: Bearer izs_\w{49}\n", file.read_text("utf-8"))


def test_board_set_sets_a_status_whatever_the_comment_holds(machine: Machine) -> None:
    comment = 'it\'s "full" \\ 100 %\nthe\tdisk'
    set_ = machine.run('board-set BACKUP Outage "$COMMENT"', COMMENT=comment)
    assert (set_.returncode, set_.stdout, set_.stderr) == (0, "", "")
    assert machine.backup.status_id == 7
    assert machine.backup.comment == 'it\'s "full" \\ 100 % the disk'
    refused = machine.run("board-set NOWHERE Outage")
    assert refused.returncode == 22


@pytest.mark.parametrize(
    ("exit_code", "status", "comment"), [(0, 5, ""), (3, 7, "The backup failed")]
)
def test_the_crontab_says_how_the_backup_went(
    machine: Machine, exit_code: int, status: int, comment: str
) -> None:
    machine.put("backup", f"#!/bin/sh\nexit {exit_code}\n")
    line, _ = CRONTAB.splitlines()
    fields = re.fullmatch(r"((?:[\d*/,-]+ +){5})(.+)", line)
    assert fields is not None
    assert "%" not in fields[2]
    assert machine.run(fields[2]).returncode == 0
    assert (machine.backup.status_id, machine.backup.comment) == (status, comment)


@pytest.mark.parametrize(("used", "status"), [("89%", 5), ("90%", 6), ("100%", 6)])
def test_the_crontab_looks_at_the_disk(machine: Machine, used: str, status: int) -> None:
    machine.run("board-set BACKUP Operational")
    machine.put("df", f"#!/bin/sh\necho Filesystem\necho /dev/x 100 90 10 {used} /\n")
    _, line = CRONTAB.splitlines()
    fields = re.fullmatch(r"((?:[\d*/,-]+ +){5})(.+)", line)
    assert fields is not None
    assert machine.run(fields[2]).returncode == 0
    assert machine.backup.status_id == status


def test_a_unit_of_systemd_says_what_became_of_it(machine: Machine) -> None:
    service = UNITS[0]
    (after,) = re.findall(r"^ExecStopPost=(.+)$", service, re.MULTILINE)
    good = machine.run(after, SERVICE_RESULT="success", EXIT_CODE="exited", EXIT_STATUS="0")
    assert (good.returncode, machine.backup.status_id) == (0, 5)
    bad = machine.run(after, SERVICE_RESULT="timeout", EXIT_CODE="killed", EXIT_STATUS="TERM")
    assert (bad.returncode, machine.backup.status_id) == (0, 7)
    assert machine.backup.comment == "timeout: killed TERM"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_takes_the_units(machine: Machine) -> None:
    machine.put("backup", "#!/bin/sh\n")
    names = re.findall(r"^`/etc/systemd/system/(backup\.\w+)`", TEXT, re.MULTILINE)
    assert names == ["backup.service", "backup.timer"]
    for name, unit in zip(names, UNITS, strict=True):
        (machine.folder / name).write_text(machine.placed(unit), "utf-8")
    ended = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *names],
        cwd=machine.folder, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    ours = [line for line in ended.stderr.splitlines() if "backup." in line]
    assert (ended.returncode, ours) == (0, []), ended.stderr


def test_what_is_not_confirmed_gets_stale(machine: Machine) -> None:
    with_password = STALE.replace("--user mmouse", f"--user 'mmouse:{GOOD_PASSWORD}'")
    assert machine.run(with_password).returncode == 0
    assert machine.backup.stale_minutes == 1500


def test_who_waits_for_the_board_goes_on_once_it_is_there(machine: Machine) -> None:
    assert machine.run(WAITING).returncode == 0


def test_no_block_of_commands_is_left_out() -> None:
    kinds = re.findall(r"^```(\w*)\n", TEXT, re.MULTILINE)
    opened = [kind for kind in kinds if kind]
    assert sorted(set(opened)) == ["bat", "console", "crontab", "ini", "powershell", "sh"]
    assert len(opened) == sum(len(blocks(kind)) for kind in set(opened))
