"""The few settings that the first paint needs, read without validating the others.

The table of all settings, and what checks them, load while the window is shown.
What is strange here is told of when the settings are loaded.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from izzitup_desktop.domain.regular_files import read_regular

FILE_NAME = "settings.toml"
_ASKING = ("ask_at_start", "lock_after_minutes", "locked")

BYTES_MOST = 1024 * 1024
"""Most bytes of the file that are read."""

UNREADABLE = (OSError, ValueError, RecursionError)
"""What reading TOML raises: no file, no UTF-8, no TOML, too long or nested too deep."""


def read_text(path: Path) -> str:
    """The text of the settings' file.

    Raises OSError and ValueError; also for what is no file of a usual size, which
    would never end or fill the memory.
    """
    content = read_regular(path, BYTES_MOST + 1)
    if len(content) > BYTES_MOST:
        raise ValueError(f"it has more than {BYTES_MOST // 1024} KiB")
    return content.decode("utf-8")


@dataclass(frozen=True, slots=True)
class StartupSettings:
    """How the window looks and speaks, and its own keys."""

    theme: str = "system"
    language: str = "system"
    shortcuts: Mapping[str, str] = field(default_factory=dict)
    asks_password: bool = False
    """Whether nothing may be shown before somebody signed in."""


def read_startup_settings(folder: Path, environ: Mapping[str, str] = os.environ) -> StartupSettings:
    """What the folder's settings say of these; defaults for what can't be read."""
    try:
        values = tomllib.loads(read_text(folder / FILE_NAME))
    except UNREADABLE:
        values = {}
    own = values.get("shortcuts", {})
    return StartupSettings(
        _text(values, environ, "theme"),
        _text(values, environ, "language"),
        {k: v for k, v in own.items() if isinstance(v, str)} if isinstance(own, dict) else {},
        any(_is_on(values, environ, key) for key in _ASKING),
    )


def _is_on(values: Mapping[str, object], environ: Mapping[str, str], key: str) -> bool:
    value = str(environ.get(f"IZZITUP_{key.upper()}", "").strip() or values.get(key, ""))
    return value.strip().casefold() not in ("", "0", "false", "no", "off", "f", "n")


def _text(values: Mapping[str, object], environ: Mapping[str, str], key: str) -> str:
    value = environ.get(f"IZZITUP_{key.upper()}", "").strip() or values.get(key)
    return value if isinstance(value, str) else "system"
