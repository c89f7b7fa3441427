"""Settings: one table of them, read from and written to a TOML file.

Preferences, command line and docs are fed from `SETTINGS`. A value that can't be
taken falls back to its default with a notice, and the file is kept as `.bad`
before it is next written. `IZZITUP_<KEY>` in the environment overrides the file.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import tomlkit
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails
from tomlkit.exceptions import TOMLKitError

from izzitup_desktop import glance
from izzitup_desktop.domain.errors import Invalid, Unavailable
from izzitup_desktop.domain.hosts import checked_host
from izzitup_desktop.domain.messages import Message, say
from izzitup_desktop.paths import notice_of_others
from izzitup_desktop.storage.files import make_private_folder, write_private_text

FILE_NAME = glance.FILE_NAME
UNREADABLE = glance.UNREADABLE
read_text = glance.read_text
_PREFIX = "IZZITUP_"
KEEP_DAYS_LEAST = 31

_SECRET = ("database",)
"""Settings whose value may hold a password, and is not said again."""
_SHOWN_MOST = 200


class Settings(BaseModel):
    """All settings, with their defaults; frozen, changed by `save`."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    database: str = Field(
        "",
        title=say("Database"),
        description="URL of the database; empty is the local file.",
    )
    account: str = Field(
        "",
        title=say("Account"),
        description="Who acts in the window when no password is asked.",
    )
    ask_at_start: bool = Field(
        False,
        title=say("Ask at start"),
        description="Ask for a password when the window opens.",
    )
    serve: bool = Field(
        True,
        title=say("Serve the API"),
        description="Answer scripts over HTTP while the window is open.",
    )
    host: str = Field(
        "127.0.0.1",
        title=say("Address"),
        description="127.0.0.1 is this computer only, 0.0.0.0 every network it is on.",
    )
    port: int = Field(
        8475,
        ge=1,
        le=65535,
        title=say("Port"),
        description="The TCP port scripts connect to.",
    )
    host_names: tuple[str, ...] = Field(
        (),
        title=say("Further names"),
        description="Names of this computer that scripts may use.",
    )
    language: Literal["system", "en", "de"] = Field(
        "system",
        title=say("Language"),
        description="Of the window: the system's, English or German.",
    )
    theme: Literal["system", "light", "dark"] = Field(
        "system",
        title=say("Theme"),
        description="Colours: as the system has them, light, or dark.",
    )
    keep_in_tray: bool = Field(
        False,
        title=say("Keep in the tray"),
        description="Closing the window leaves the tray running.",
    )
    tray_told: bool = Field(
        False,
        title=say("Tray explained"),
        description="Whether closing to the tray was explained.",
    )
    notifications: bool = Field(
        True,
        title=say("Notifications"),
        description="Tell when somebody else changes a status.",
    )
    muted_until: datetime | None = Field(
        None,
        title=say("Muted until"),
        description="No notifications before this time (UTC).",
    )
    notify_statuses: tuple[Literal[5, 6, 7], ...] = Field(
        (5, 6, 7),
        title=say("Tell of"),
        description="Notify when a service gets one of these statuses (5, 6, 7).",
    )
    quiet_from: str = Field(
        "",
        title=say("Quiet from"),
        description="No notifications from this time of day on (HH:MM), empty for never.",
    )
    quiet_until: str = Field(
        "",
        title=say("Quiet until"),
        description="Notifications again from this time of day on (HH:MM).",
    )
    lock_after_minutes: int = Field(
        0,
        ge=0,
        le=1440,
        title=say("Lock after"),
        description="Ask for a password after so many minutes without a key; 0 is never.",
    )
    locked: bool = Field(
        False,
        title=say("Locked"),
        description="Whether the window was left locked; it then asks for a password.",
    )
    backup_every_hours: int = Field(
        24,
        ge=0,
        le=24 * 366,
        title=say("Backup every"),
        description="Hours between two backups made by themselves; 0 is never.",
    )
    backups_kept: int = Field(
        14,
        ge=1,
        le=1000,
        title=say("Backups kept"),
        description="How many of these backups are kept.",
    )
    journal_keep_days: int = Field(
        730,
        ge=0,
        le=36_500,
        title=say("Journal kept"),
        description="Days after which journal entries move into the archive; 0 is never.",
    )
    shortcuts: dict[str, str] = Field(
        {},
        title=say("Shortcuts"),
        description="Own keys of actions, by the action's name.",
    )
    log_json: bool = Field(
        False,
        title=say("JSON log"),
        description="Write the log as one JSON object a line.",
    )

    @field_validator("database", "account", "host")
    @classmethod
    def _one_line(cls, value: str) -> str:
        if any(ord(char) < 32 for char in value):
            raise ValueError(say("must not hold a line break or a control character"))
        return value.strip()

    @field_validator("host")
    @classmethod
    def _host(cls, value: str) -> str:
        try:
            return checked_host(value)
        except Invalid as error:
            raise ValueError(error.reason) from error

    @field_validator("quiet_from", "quiet_until")
    @classmethod
    def _time_of_day(cls, value: str) -> str:
        if value and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
            raise ValueError(say("must be a time of day such as 22:00"))
        return value

    @field_validator("journal_keep_days")
    @classmethod
    def _days(cls, value: int) -> int:
        if 0 < value < KEEP_DAYS_LEAST:
            # The trash and undo look back a month.
            raise ValueError(say("must be 0 (for ever) or %1 at least", KEEP_DAYS_LEAST))
        return value

    @field_validator("host_names")
    @classmethod
    def _names(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            if not name or len(name) > 253 or not all(c.isalnum() or c in "-._" for c in name):
                raise ValueError(say("%1 is no host name", repr(name)))
        return value


SETTINGS = Settings.model_fields
"""The table: key -> default, title and description."""


def load(folder: Path, environ: Mapping[str, str] = os.environ) -> tuple[Settings, tuple[str, ...]]:
    """The settings in `folder`, and a notice for each value that was not taken.

    There is one, too, where others could change them.
    """
    path = folder / FILE_NAME
    notices = [notice] if (notice := notice_of_others(folder)) else []
    values: dict[str, Any] = {}
    try:
        values = tomllib.loads(read_text(path))
    except FileNotFoundError:
        pass
    except UNREADABLE as error:
        notices.append(say("%1 can't be read (%2); the defaults are used.", path, _short(error)))
    for key in [key for key in values if key not in SETTINGS]:
        del values[key]
        notices.append(say("%1: the setting %2 is unknown and left out.", path, _short(key)))
    for key, name in _overrides(environ).items():
        if environ[name].strip():
            values[key] = _from_text(environ[name])
        else:
            # A shell variable that is not set must not mean another board.
            notices.append(say("%1 is empty and left out.", name))
    return _validated(values, notices), tuple(notices)


def save(folder: Path, **changes: Any) -> Settings:
    """Change settings in the file, keeping its comments; what holds from now on.

    Raises `Invalid` (field and reason) and `Unavailable`; nothing is then written.
    """
    path = folder / FILE_NAME
    current, _ = load(folder)
    try:
        changed = Settings.model_validate({**current.model_dump(), **changes})
    except ValidationError as error:
        raise _invalid(error) from error
    make_private_folder(folder)
    try:
        document = _document(path)
        for key, value in changes.items():
            if value is None:
                document.pop(key, None)
            else:
                document[key] = _as_toml(value)
        write_private_text(path, tomlkit.dumps(document))
    except OSError as error:
        raise Unavailable(
            say("The settings can't be written to %1: %2.", path, error.strerror)
        ) from error
    return changed


def _as_toml(value: Any) -> Any:
    if isinstance(value, dict):
        # A table of its own would swallow the keys that are added after it.
        table = tomlkit.inline_table()
        table.update(value)
        return table
    return list(value) if isinstance(value, tuple) else value


def _document(path: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(read_text(path))
    except FileNotFoundError:
        return tomlkit.document()
    except (*UNREADABLE, TOMLKitError) as error:
        if isinstance(error, OSError):
            raise
        path.replace(path.with_suffix(".bad"))
        return tomlkit.document()


def _overrides(environ: Mapping[str, str]) -> dict[str, str]:
    return {key: _PREFIX + key.upper() for key in SETTINGS if _PREFIX + key.upper() in environ}


def _from_text(text: str) -> Any:
    """An environment variable's value: TOML where it is some, else the text."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except UNREADABLE:
        return text


def _validated(values: dict[str, Any], notices: list[str]) -> Settings:
    while True:
        try:
            return Settings.model_validate(values)
        except ValidationError as error:
            for problem in error.errors():
                key = str(problem["loc"][0])
                shown = _short(repr(values.pop(key, None)))
                if key in _SECRET:
                    shown = "…"
                notices.append(
                    say(
                        "The setting %1 = %2 can't be taken (%3); its default is used.",
                        key,
                        shown,
                        _reason(problem),
                    )
                )


def _short(value: object) -> str:
    """What a notice says of a value that somebody typed: its beginning."""
    text = str(value)
    return text if len(text) <= _SHOWN_MOST else text[:_SHOWN_MOST] + "…"


def _invalid(error: ValidationError) -> Invalid:
    problem = error.errors()[0]
    key = str(problem["loc"][0])
    title = SETTINGS[key].title if key in SETTINGS else key
    return Invalid(key, say("%1: %2.", title, _reason(problem)))


def _reason(problem: ErrorDetails) -> str:
    """Why pydantic refuses a value, in words that can be translated."""
    kind, context = problem["type"], problem.get("ctx", {})
    # Our own validators' sentences stand in the error that pydantic keeps.
    own = context.get("error")
    if isinstance(own, ValueError) and own.args:
        return str(own.args[0]) if not isinstance(own.args[0], Message) else own.args[0]
    if kind == "greater_than_equal":
        return say("must be at least %1", context["ge"])
    if kind == "less_than_equal":
        return say("must be at most %1", context["le"])
    if kind == "literal_error":
        return say("must be one of %1", str(context["expected"]).replace(" or ", ", "))
    return _WANTED.get(kind.split("_")[0], say("can't be taken"))


_WANTED = {
    "bool": say("must be true or false"),
    "int": say("must be a whole number"),
    "string": say("must be a text"),
    "datetime": say("must be a time such as 2026-01-31T08:00:00Z"),
    "date": say("must be a time such as 2026-01-31T08:00:00Z"),
    "timezone": say("must be a time such as 2026-01-31T08:00:00Z"),
    "tuple": say("must be a list"),
    "dict": say("must be a table"),
}
"""By the beginning of pydantic's type of an error."""
