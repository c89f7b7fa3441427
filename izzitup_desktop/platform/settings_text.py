"""The text of the settings' file with some of them changed, its comments kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from izzitup_desktop.platform.startup_settings import UNREADABLE, read_text


def changed_text(path: Path, changes: Mapping[str, Any]) -> str:
    """The text of the file at `path` with `changes` in it; None takes a key out.

    One that is no TOML is moved to `.bad`. Raises OSError.
    """
    document = _document(path)
    for key, value in changes.items():
        if value is None:
            document.pop(key, None)
        else:
            document[key] = _as_toml(value)
    return tomlkit.dumps(document)


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
