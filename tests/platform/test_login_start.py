"""The entries that start the program with the login."""

from __future__ import annotations

import plistlib
import subprocess
import sys
from pathlib import Path

import pytest

from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.platform.login_start import (
    HIDDEN,
    AutostartEntry,
    LaunchAgent,
    login_start,
    window_command,
)


def exec_of(path: Path) -> list[str]:
    """The command of a desktop entry; what it has in quotation marks, a shell reads alike."""
    (line,) = [line for line in path.read_text("utf-8").splitlines() if line.startswith("Exec=")]
    value = line.removeprefix("Exec=").replace("\\\\", "\\")
    code = f"for part in {value}; do printf '%s\\n' \"$part\"; done"
    told = subprocess.run(["sh", "-c", code], capture_output=True, text=True, check=True).stdout
    return [part.replace("%%", "%") for part in told.splitlines()]


def test_a_desktop_entry_is_written_and_taken_away(tmp_path: Path) -> None:
    command = ("/srv/it's 100% $HOME/izzitup", HIDDEN)
    entry = AutostartEntry(tmp_path / "autostart", command, '/srv/of "mine"\\')
    assert not entry.is_on()
    entry.turn(on=False)
    entry.turn(on=True)
    assert entry.is_on()
    found = exec_of(entry.path)
    assert found == ["env", 'IZZITUP_HOME=/srv/of "mine"\\', *command]
    entry.turn(on=False)
    assert not entry.is_on() and not entry.path.exists()


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_an_entry_that_the_desktop_turned_off_is_off(line: str, tmp_path: Path) -> None:
    entry = AutostartEntry(tmp_path, ("izzitup",), "")
    entry.turn(on=True)
    text = entry.path.read_text("utf-8").replace("X-GNOME-Autostart-enabled=true\n", "")
    entry.path.write_text(f"{text}{line}\n", "utf-8")
    assert not entry.is_on()
    entry.turn(on=True)
    assert entry.is_on()


def test_a_launch_agent_is_written_and_taken_away(tmp_path: Path) -> None:
    agent = LaunchAgent(tmp_path / "LaunchAgents", ("/Applications/IzzitUp", HIDDEN), "/data")
    assert not agent.is_on()
    agent.turn(on=True)
    assert agent.is_on()
    found = plistlib.loads(agent.path.read_bytes())
    assert found["ProgramArguments"] == ["/Applications/IzzitUp", HIDDEN]
    assert found["EnvironmentVariables"] == {"IZZITUP_HOME": "/data"}
    agent.path.write_bytes(b"no property list")
    assert not agent.is_on()
    agent.turn(on=False)
    assert not agent.path.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="desktop entries")
def test_it_lies_where_the_user_s_configuration_is_and_starts_the_window_hidden(
    tmp_path: Path,
) -> None:
    way = login_start({"XDG_CONFIG_HOME": str(tmp_path)})
    way.turn(on=True)
    assert exec_of(tmp_path / "autostart" / "izzitup.desktop") == list(window_command())
    assert window_command()[-1] == HIDDEN
    assert Path(window_command()[0]).is_file()


def test_a_folder_that_can_t_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "autostart").write_text("a file", "utf-8")
    with pytest.raises(Unavailable, match="autostart"):
        AutostartEntry(tmp_path / "autostart", ("izzitup",), "").turn(on=True)
