"""Where things lie: data, settings, logs, and the resources we ship."""

from __future__ import annotations

import os
import shlex
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.messages import msg

if sys.platform != "win32":
    import grp
    import pwd

HOME_VARIABLE = "IZZITUP_HOME"
DEMO_VARIABLE = "IZZITUP_DEMO"
"""Set by `izzitup demo`: the board lies in a folder that is deleted at the end."""
"""Puts data, settings and logs into one folder."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of one user: `data` (database, backups), `config`, `logs`."""

    data: Path
    config: Path
    logs: Path

    @property
    def database(self) -> Path:
        """The local database's file."""
        return self.data / "izzitup.db"

    @property
    def backups(self) -> Path:
        """Where backups go that are not given a name."""
        return self.data / "backups"

    @property
    def archive(self) -> Path:
        """Where older journal entries go."""
        return self.data / "archive"

    @property
    def tls(self) -> Path:
        """Where the certificate made here is, with its key."""
        return self.data / "tls"

    @property
    def quarantine(self) -> Path:
        """Where copies of damaged databases go."""
        return self.data / "quarantine"


def find_paths(environ: Mapping[str, str] = os.environ) -> Paths:
    """This user's folders; none is made yet. Raises `Invalid` for no usable home."""
    home = environ.get(HOME_VARIABLE, "")
    if home:
        folder = _home(home)
        return Paths(folder, folder, folder / "logs")
    folders = platformdirs.PlatformDirs("izzitup", appauthor=False)
    return Paths(folders.user_data_path, folders.user_config_path, folders.user_log_path)


def notice_of_others(folder: Path) -> str:
    """What to do where other users may write to `folder`, or move it away; else "".

    Who can do that can exchange the board and the settings. A folder that is not there
    yet is made for its user alone.
    """
    if sys.platform == "win32":
        return ""
    for part in _with_those_above(folder):
        try:
            found = part.stat()
        except OSError:
            continue
        # What lies in a folder like /tmp can be moved by its owner only.
        shared = bool(found.st_mode & stat.S_ISVTX)
        if not _others_may_write(found) or (shared and part != folder):
            continue
        if shared or found.st_uid != os.getuid():
            return msg(
                "Other users may write to the folder %1, and so exchange the board. Name a "
                "folder of your own by %2.",
                part,
                HOME_VARIABLE,
            )
        return msg(
            "Other users may write to the folder %1, and so exchange the board. Close it: %2",
            part,
            shlex.join(["chmod", "go-w", str(part)]),
        )
    return ""


def _with_those_above(folder: Path) -> tuple[Path, ...]:
    try:
        real = folder.resolve()
    except (OSError, RuntimeError):
        return ()
    return (folder, *real.parents)


def others_may_read(found: os.stat_result) -> bool:
    """Whether other users may read a file: everybody, or a group as in `_others_may`."""
    return sys.platform != "win32" and _others_may(found, stat.S_IRGRP, stat.S_IROTH)


def _others_may_write(found: os.stat_result) -> bool:
    return _others_may(found, stat.S_IWGRP, stat.S_IWOTH)


def _others_may(found: os.stat_result, group_bit: int, others_bit: int) -> bool:
    """Whether everybody may, or a group that is not the user's own and not root's."""
    if found.st_mode & others_bit:
        return True
    return bool(found.st_mode & group_bit) and found.st_gid != 0 and not _is_ours(found.st_gid)


def _is_ours(group_id: int) -> bool:
    """Whether it is the group of this user alone, as many systems make one for each."""
    if sys.platform == "win32":
        return True
    try:
        user, group = pwd.getpwuid(os.getuid()), grp.getgrgid(group_id)
    except KeyError:
        return False
    alone = set(group.gr_mem) <= {user.pw_name}
    return user.pw_gid == group_id and group.gr_name == user.pw_name and alone


def _home(text: str) -> Path:
    try:
        # SQLAlchemy and the log know text only.
        text.encode()
        return Path(text).expanduser().absolute()
    except RuntimeError as error:
        reason = msg("%1 names a folder of a user that this computer does not know.", HOME_VARIABLE)
        raise Invalid("home", reason) from error
    except (UnicodeError, OSError) as error:
        reason = msg("%1 names no folder that can be used.", HOME_VARIABLE)
        raise Invalid("home", reason) from error


def resource(*parts: str) -> Path:
    """A file we ship: beside the package in a checkout, inside it when installed."""
    frozen = getattr(sys, "_MEIPASS", None)
    package = Path(frozen) / "izzitup_desktop" if frozen else Path(__file__).parents[1]
    inside = package / "resources"
    folder = inside if inside.is_dir() else package.parent / "resources"
    return folder.joinpath(*parts)


USER_MOST = 64
"""Longest name of a user that is told, in characters."""


def user_name() -> str:
    """Who runs this program, as the operating system knows it; one line.

    LOGNAME and USER are what anybody sets, and are not asked.
    """
    try:
        if sys.platform == "win32":
            name = os.getlogin()
        else:
            name = pwd.getpwuid(os.getuid()).pw_name
    except (OSError, KeyError):
        name = ""
    # A directory of users may hold anything.
    known = "".join(char if char.isprintable() else "?" for char in name).strip()
    if known:
        return known[:USER_MOST]
    return f"uid {os.getuid()}" if hasattr(os, "getuid") else "unknown user"
