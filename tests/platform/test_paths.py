"""The user's folders: who else may write to them is said, with what to do."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from izzitup_desktop.platform import logs, settings
from izzitup_desktop.platform.paths import notice_of_others
from tests.builders import GOOD_PASSWORD
from tests.cli.inside import run
from tests.cli.izzitup import serving

if sys.platform != "win32":
    import grp
    import pwd

OTHER = 65534
pytestmark = pytest.mark.skipif(os.name == "nt", reason="rights are of another kind there")
needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files to others"
)


def made(path: Path, mode: int, *, group: int = -1, owner: int = -1) -> Path:
    path.mkdir()
    os.chown(path, owner, group)
    path.chmod(mode)
    return path


@pytest.mark.parametrize("mode", [0o700, 0o750, 0o755, 0o555])
def test_a_folder_that_others_may_only_read_is_no_news(tmp_path: Path, mode: int) -> None:
    assert notice_of_others(made(tmp_path / "home", mode)) == ""


def test_a_folder_that_is_not_there_yet_is_no_news(tmp_path: Path) -> None:
    assert notice_of_others(tmp_path / "none" / "home") == ""


@pytest.mark.parametrize("mode", [0o777, 0o757, 0o722, 0o702])
def test_a_folder_that_everybody_may_write_to_is_said_with_what_to_do(
    tmp_path: Path, mode: int
) -> None:
    home = made(tmp_path / "my home", mode)
    notice = notice_of_others(home)
    assert str(home) in notice
    assert notice.endswith(f"Close it: chmod go-w '{home}'")
    home.chmod(mode & ~0o022)
    assert notice_of_others(home) == ""


@needs_root
def test_a_folder_that_a_group_of_others_may_write_to_is_said(tmp_path: Path) -> None:
    assert "chmod" in notice_of_others(made(tmp_path / "home", 0o770, group=OTHER))
    assert notice_of_others(made(tmp_path / "root's", 0o770, group=0)) == ""


@needs_root
@pytest.mark.parametrize(
    ("name", "members", "primary", "is_said"),
    [
        ("ann", [], OTHER, False),
        ("ann", ["ann"], OTHER, False),
        ("ann", ["ann", "ben"], OTHER, True),
        ("staff", [], OTHER, True),
        ("ann", [], 4711, True),
    ],
)
def test_a_group_of_the_user_alone_is_nobody_else(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    members: list[str],
    primary: int,
    is_said: bool,
) -> None:
    home = made(tmp_path / "home", 0o775, group=OTHER)
    user = SimpleNamespace(pw_name="ann", pw_gid=primary)
    group = SimpleNamespace(gr_name=name, gr_mem=members)
    monkeypatch.setattr(pwd, "getpwuid", lambda _: user)
    monkeypatch.setattr(grp, "getgrgid", lambda _: group)
    assert bool(notice_of_others(home)) is is_said


def test_of_a_folder_like_tmp_no_rights_are_taken_away(tmp_path: Path) -> None:
    notice = notice_of_others(made(tmp_path / "home", 0o1777))
    assert notice.endswith("Name a folder of your own by IZZITUP_HOME.")


def test_a_folder_above_that_everybody_may_move_it_from_is_said(tmp_path: Path) -> None:
    above = made(tmp_path / "above", 0o777)
    home = made(above / "home", 0o700)
    assert f"chmod go-w {above}" in notice_of_others(home)
    above.chmod(0o1777)
    assert notice_of_others(home) == ""
    (tmp_path / "link").symlink_to(home)
    above.chmod(0o777)
    assert f"chmod go-w {above}" in notice_of_others(tmp_path / "link")


@needs_root
def test_a_folder_of_somebody_else_is_not_to_be_closed_by_us(tmp_path: Path) -> None:
    above = made(tmp_path / "above", 0o777, owner=OTHER)
    assert notice_of_others(made(above / "home", 0o700)).endswith("by IZZITUP_HOME.")


def test_every_face_hears_of_it_with_the_settings(tmp_path: Path) -> None:
    home = made(tmp_path / "home", 0o777)
    _, notices = settings.load(home, {})
    assert notices == (notice_of_others(home),)


def test_a_command_says_so_in_one_line_and_works(home: Path) -> None:
    made(home, 0o777)
    ended = run("init", "--admin", "alice", "--password-stdin", stdin=f"{GOOD_PASSWORD}\n")
    assert ended.returncode == 0
    assert ended.stderr.splitlines() == [notice_of_others(home)]
    assert run("services", "list").stderr.splitlines() == [notice_of_others(home)]
    home.chmod(0o755)
    assert run("services", "list").stderr == ""


@pytest.mark.soak
@pytest.mark.parametrize("as_json", ["", "1"])
def test_serve_says_so_in_its_log(home: Path, as_json: str) -> None:
    made(home, 0o777)
    with serving(IZZITUP_LOG_JSON=as_json or "0") as running:
        assert running.stop() == 0
    log = (home / "logs" / logs.FILE_NAME).read_text()
    assert log.count(f"chmod go-w {home}") == 1
