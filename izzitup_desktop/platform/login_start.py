"""Starting with the user's login: the entry of each platform that says so.

Whether it is on is what the platform has, so that somebody who takes the entry away
elsewhere is believed. There is no setting beside it.
"""

from __future__ import annotations

import os
import plistlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.platform.paths import HOME_VARIABLE

HIDDEN = "--hidden"
"""Tells the window's program to begin in the tray, where the settings keep it there."""

_NAME = "izzitup"
_LABEL = "org.izzitup.desktop"
_RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
_RESERVED = frozenset(" \t\n\"'\\><~|&;$*?#()`")
"""What a desktop entry has in quotation marks."""


class LoginStart(Protocol):
    """Both methods raise `Unavailable` where the platform refuses; call them off the GUI thread."""

    def is_on(self) -> bool:
        """Whether the program starts with the login."""

    def turn(self, *, on: bool) -> None:
        """Have it start with the login, or not any more."""


def login_start(
    environ: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> LoginStart:
    """This platform's way."""
    command, home = window_command(), environ.get(HOME_VARIABLE, "")
    if platform == "win32":
        return RunKey(command)
    if platform == "darwin":
        return LaunchAgent(Path.home() / "Library" / "LaunchAgents", command, home)
    config = environ.get("XDG_CONFIG_HOME", "")
    folder = Path(config) if Path(config).is_absolute() else Path.home() / ".config"
    return AutostartEntry(folder / "autostart", command, home)


def window_command() -> tuple[str, ...]:
    """What starts the window hidden, wherever it is started from."""
    ending = ".exe" if sys.platform == "win32" else ""
    beside = Path(sys.executable).with_name(f"izzitup-desktop{ending}")
    if beside.is_file():
        return (str(beside), HIDDEN)
    return (sys.executable, "-m", "izzitup_desktop", "show", HIDDEN)


class AutostartEntry:
    """A desktop entry in `~/.config/autostart` (freedesktop.org Desktop Application Autostart)."""

    def __init__(self, folder: Path, command: Sequence[str], home: str) -> None:
        self.path = folder / f"{_NAME}.desktop"
        self._command = ["env", f"{HOME_VARIABLE}={home}", *command] if home else list(command)

    def is_on(self) -> bool:
        """Whether there is an entry, and nobody turned it off in his desktop's own settings."""
        try:
            lines = self.path.read_text("utf-8", "replace").splitlines()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise _refused(self.path, error) from error
        values = dict(line.split("=", 1) for line in lines if "=" in line)
        hidden = values.get("Hidden", "false").strip().casefold() == "true"
        enabled = values.get("X-GNOME-Autostart-enabled", "true").strip().casefold() != "false"
        return enabled and not hidden

    def turn(self, *, on: bool) -> None:
        """Write the entry, or take it away."""
        lines = (
            "[Desktop Entry]",
            "Type=Application",
            "Name=IzzitUp",
            f"Exec={' '.join(map(_quoted, self._command))}",
            "Icon=izzitup",
            "Terminal=false",
            "X-GNOME-Autostart-enabled=true",
            "",
        )
        try:
            if on:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self.path.write_text("\n".join(lines), "utf-8")
            else:
                self.path.unlink(missing_ok=True)
        except OSError as error:
            raise _refused(self.path, error) from error


class LaunchAgent:
    """A property list in `~/Library/LaunchAgents`, which macOS reads at the login."""

    def __init__(self, folder: Path, command: Sequence[str], home: str) -> None:
        self.path = folder / f"{_LABEL}.plist"
        self._command, self._home = list(command), home

    def is_on(self) -> bool:
        """Whether there is one that runs at the login."""
        try:
            found: dict[str, Any] = plistlib.loads(self.path.read_bytes())
        except FileNotFoundError:
            return False
        except plistlib.InvalidFileException:
            return False
        except OSError as error:
            raise _refused(self.path, error) from error
        return bool(found.get("RunAtLoad")) and not found.get("Disabled")

    def turn(self, *, on: bool) -> None:
        """Write it, or take it away."""
        agent: dict[str, Any] = {
            "Label": _LABEL,
            "ProgramArguments": self._command,
            "RunAtLoad": True,
            "ProcessType": "Interactive",
        }
        if self._home:
            agent["EnvironmentVariables"] = {HOME_VARIABLE: self._home}
        try:
            if on:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self.path.write_bytes(plistlib.dumps(agent))
            else:
                self.path.unlink(missing_ok=True)
        except OSError as error:
            raise _refused(self.path, error) from error


class RunKey:
    """A value of the user's Run key in the registry of Windows."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = " ".join(f'"{part}"' for part in command)

    def is_on(self) -> bool:
        """Whether there is one."""
        if sys.platform == "win32":
            import winreg  # there only

            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                    winreg.QueryValueEx(key, _NAME)
            except FileNotFoundError:
                return False
            except OSError as error:
                raise _refused(_RUN_KEY, error) from error
            return True
        return False

    def turn(self, *, on: bool) -> None:
        """Set it, or take it away."""
        if sys.platform == "win32":
            import winreg  # there only

            try:
                with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                    if on:
                        winreg.SetValueEx(key, _NAME, 0, winreg.REG_SZ, self._command)
                    elif self.is_on():
                        winreg.DeleteValue(key, _NAME)
            except OSError as error:
                raise _refused(_RUN_KEY, error) from error


def _quoted(part: str) -> str:
    """An argument as a desktop entry's Exec has it, whose values are escaped once more."""
    part = part.replace("%", "%%")
    if not part or _RESERVED & set(part):
        for char in '\\"`$':
            part = part.replace(char, f"\\{char}")
        part = f'"{part}"'
    return part.replace("\\", "\\\\")


def _refused(where: object, error: OSError) -> Unavailable:
    return Unavailable(msg("%1 can't be changed: %2.", str(where), error.strerror))
