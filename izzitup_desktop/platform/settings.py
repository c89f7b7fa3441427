"""Settings: one table of them, read from and written to a TOML file.

Preferences, command line and docs are fed from `SETTINGS`. A value that can't be
taken falls back to its default with a notice, and the file is kept as `.bad`
before it is next written. `IZZITUP_<KEY>` in the environment overrides the file.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from izzitup_desktop.domain.errors import Invalid, Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.platform import setting_values as values, startup_settings
from izzitup_desktop.platform.files import make_private_folder, write_private_text
from izzitup_desktop.platform.page_settings import PageSettings
from izzitup_desktop.platform.paths import notice_of_others
from izzitup_desktop.platform.setting_table import Setting, setting

FILE_NAME = startup_settings.FILE_NAME
UNREADABLE = startup_settings.UNREADABLE
read_text = startup_settings.read_text
_PREFIX = "IZZITUP_"

_SECRET = ("database",)
"""Settings whose value may hold a password, and is not said again."""
_SHOWN_MOST = 200


@dataclass(frozen=True, slots=True)
class Settings(PageSettings):
    """All settings, with their defaults; changed by `save`."""

    database: str = setting(
        "",
        msg("Database"),
        description="URL of the database; empty is the local file.",
        check=values.line,
    )
    account: str = setting(
        "",
        msg("Account"),
        description="Who acts in the window when no password is asked.",
        check=values.line,
    )
    ask_at_start: bool = setting(
        False,
        msg("Ask at start"),
        description="Ask for a password when the window opens.",
        check=values.flag,
    )
    serve: bool = setting(
        True,
        msg("Serve the API"),
        description="Answer scripts over HTTP while the window is open.",
        check=values.flag,
    )
    host: str = setting(
        "127.0.0.1",
        msg("Address"),
        description="127.0.0.1 is this computer only, 0.0.0.0 every network it is on.",
        check=values.host,
    )
    port: int = setting(
        8475,
        msg("Port"),
        description="The TCP port scripts connect to.",
        check=values.whole(1, 65_535),
    )
    host_names: tuple[str, ...] = setting(
        (),
        msg("Further names"),
        description="Names of this computer that scripts may use.",
        check=values.several(values.host_name),
    )
    https: bool = setting(
        False,
        msg("Serve HTTPS"),
        description="Answer over HTTPS, too: encrypted.",
        check=values.flag,
    )
    https_port: int = setting(
        8476, msg("HTTPS port"), description="The TCP port of HTTPS.", check=values.whole(1, 65_535)
    )
    https_only: bool = setting(
        False,
        msg("HTTPS only"),
        description="Answer over HTTPS alone, where it is on.",
        check=values.flag,
    )
    tls_certificate: str = setting(
        "",
        msg("Certificate"),
        description="A file (PEM) with the certificate; empty is one made here.",
        check=values.line,
    )
    tls_key: str = setting(
        "",
        msg("Certificate's key"),
        description="A file (PEM) with the certificate's key; empty is the certificate's file.",
        check=values.line,
    )
    mdns: bool = setting(
        False,
        msg("Announce"),
        description="Tell the network by mDNS where this board is, while it is served there.",
        check=values.flag,
    )
    language: str = setting(
        "system",
        msg("Language"),
        description="Of the window and the command line: the system's, English or German.",
        check=values.one_of("system", "en", "de"),
    )
    theme: str = setting(
        "system",
        msg("Theme"),
        description="Colours: as the system has them, light, or dark.",
        check=values.one_of("system", "light", "dark"),
    )
    board_name: str = setting(
        "",
        msg("Name of the board"),
        description="What reports say whose they are.",
        check=values.line,
    )
    board_logo: str = setting(
        "",
        msg("Logo"),
        description="A file (PNG or JPEG) with the picture over reports.",
        check=values.line,
    )
    keep_in_tray: bool = setting(
        False,
        msg("Keep in the tray"),
        description="Closing the window leaves the tray running.",
        check=values.flag,
    )
    tray_told: bool = setting(
        False,
        msg("Tray explained"),
        description="Whether closing to the tray was explained.",
        check=values.flag,
    )
    notifications: bool = setting(
        True,
        msg("Notifications"),
        description="Tell when somebody else changes a status.",
        check=values.flag,
    )
    muted_until: datetime | None = setting(
        None,
        msg("Muted until"),
        description="No notifications before this time (UTC).",
        check=values.moment,
    )
    notify_statuses: tuple[int, ...] = setting(
        (5, 6, 7),
        msg("Tell of"),
        description="Notify when a service gets one of these statuses (5, 6, 7).",
        check=values.several(values.one_of(5, 6, 7)),
    )
    quiet_from: str = setting(
        "",
        msg("Quiet from"),
        description="No notifications from this time of day on (HH:MM), empty for never.",
        check=values.time_of_day,
    )
    quiet_until: str = setting(
        "",
        msg("Quiet until"),
        description="Notifications again from this time of day on (HH:MM).",
        check=values.time_of_day,
    )
    sound: bool = setting(
        False,
        msg("Sound"),
        description="A sound with a notification of an outage.",
        check=values.flag,
    )
    muted_services: tuple[int, ...] = setting(
        (),
        msg("Muted services"),
        description="Services, by their numbers, of which nothing is told.",
        check=values.several(values.whole(1, 2**53)),
    )
    muted_groups: tuple[int, ...] = setting(
        (),
        msg("Muted groups"),
        description="Groups, by their numbers (0: none), of whose services nothing is told.",
        check=values.several(values.whole(0, 2**53)),
    )
    followed_services: tuple[int, ...] = setting(
        (),
        msg("Followed services"),
        description="Services of which every status is told, whatever else is not.",
        check=values.several(values.whole(1, 2**53)),
    )
    wall_screen: str = setting(
        "",
        msg("Wall on"),
        description="Name of the screen that the wall display fills; empty is the window's.",
        check=values.line,
    )
    wall_dim_from: str = setting(
        "",
        msg("Wall dim from"),
        description="The wall is dimmed from this time of day on (HH:MM), empty for never.",
        check=values.time_of_day,
    )
    wall_dim_until: str = setting(
        "",
        msg("Wall dim until"),
        description="The wall is bright again from this time of day on (HH:MM).",
        check=values.time_of_day,
    )
    shift_end: str = setting(
        "17:00",
        msg("End of shift"),
        description="When a shift ends (HH:MM): what “end of shift” means as a time.",
        check=values.time_of_day,
    )
    comment_templates: tuple[str, ...] = setting(
        (),
        msg("Comment templates"),
        description="Comments that are offered where a status is set.",
        check=values.several(values.line),
    )
    lock_after_minutes: int = setting(
        0,
        msg("Lock after"),
        description="Ask for a password after so many minutes without a key; 0 is never.",
        check=values.whole(0, 1_440),
    )
    locked: bool = setting(
        False,
        msg("Locked"),
        description="Whether the window was left locked; it then asks for a password.",
        check=values.flag,
    )
    backup_every_hours: int = setting(
        24,
        msg("Backup every"),
        description="Hours between two backups made by themselves; 0 is never.",
        check=values.whole(0, 24 * 366),
    )
    backups_kept: int = setting(
        14,
        msg("Backups kept"),
        description="How many of these backups are kept.",
        check=values.whole(1, 1_000),
    )
    journal_keep_days: int = setting(
        730,
        msg("Journal kept"),
        description="Days after which journal entries move into the archive; 0 is never.",
        check=values.days_kept,
    )
    shortcuts: dict[str, str] = setting(
        {},
        msg("Shortcuts"),
        description="Own keys of actions, by the action's name.",
        check=values.texts_by_name,
    )
    log_json: bool = setting(
        False,
        msg("JSON log"),
        description="Write the log as one JSON object a line.",
        check=values.flag,
    )


SETTINGS: Mapping[str, Setting] = {
    known.name: known.metadata["setting"] for known in fields(Settings)
}
"""The table: key -> default, title and description."""


def load(folder: Path, environ: Mapping[str, str] = os.environ) -> tuple[Settings, tuple[str, ...]]:
    """The settings in `folder`, and a notice for each value that was not taken.

    There is one, too, where others could change them.
    """
    path = folder / FILE_NAME
    notices = [notice] if (notice := notice_of_others(folder)) else []
    found: dict[str, Any] = {}
    try:
        found = tomllib.loads(read_text(path))
    except FileNotFoundError:
        pass
    except UNREADABLE as error:
        notices.append(msg("%1 can't be read (%2); the defaults are used.", path, _short(error)))
    for key in [key for key in found if key not in SETTINGS]:
        del found[key]
        notices.append(msg("%1: the setting %2 is unknown and left out.", path, _short(key)))
    for key, name in _overrides(environ).items():
        if environ[name].strip():
            found[key] = _from_text(environ[name])
        else:
            # A shell variable that is not set must not mean another board.
            notices.append(msg("%1 is empty and left out.", name))
    return _validated(found, notices), tuple(notices)


def save(folder: Path, **changes: Any) -> Settings:
    """Change settings in the file, keeping its comments; what holds from now on.

    Raises `Invalid` (field and reason) and `Unavailable`; nothing is then written.
    """
    path = folder / FILE_NAME
    current, _ = load(folder)
    changed = replace(current, **{key: _checked(key, value) for key, value in changes.items()})
    make_private_folder(folder)
    # Only who changes a setting waits for it to load.
    from izzitup_desktop.platform.settings_text import changed_text

    try:
        write_private_text(path, changed_text(path, changes))
    except OSError as error:
        raise Unavailable(
            msg("The settings can't be written to %1: %2.", path, error.strerror)
        ) from error
    return changed


def _overrides(environ: Mapping[str, str]) -> dict[str, str]:
    return {key: _PREFIX + key.upper() for key in SETTINGS if _PREFIX + key.upper() in environ}


def _from_text(text: str) -> Any:
    """An environment variable's value: TOML where it is some, else the text."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except UNREADABLE:
        return text


def _validated(found: Mapping[str, Any], notices: list[str]) -> Settings:
    taken: dict[str, Any] = {}
    for key, value in found.items():
        try:
            taken[key] = _taken(key, value)
        except values.Refused as error:
            shown = "…" if key in _SECRET else _short(repr(value))
            notices.append(
                msg(
                    "The setting %1 = %2 can't be taken (%3); its default is used.",
                    key,
                    shown,
                    error.reason,
                )
            )
    return Settings(**taken)


def _checked(key: str, value: Any) -> Any:
    try:
        return _taken(key, value)
    except values.Refused as error:
        title = SETTINGS[key].title if key in SETTINGS else key
        raise Invalid(key, msg("%1: %2.", title, error.reason)) from error


def _taken(key: str, value: Any) -> Any:
    """The value as the setting holds it. Raises `Refused`."""
    if key not in SETTINGS:
        raise values.Refused(msg("can't be taken"))
    return SETTINGS[key].check(value)


def _short(value: object) -> str:
    """What a notice says of a value that somebody typed: its beginning."""
    text = str(value)
    return text if len(text) <= _SHOWN_MOST else text[:_SHOWN_MOST] + "…"
