"""Which languages there are, and which one somebody reads."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

ENGLISH = "en"
LANGUAGES = (ENGLISH, "de")
SYSTEM = "system"
"""The setting that means: whatever the environment speaks."""

_GERMAN_OF_WINDOWS = 0x07
"""The primary language of Windows' numbers of languages, their lower ten bits."""


def chosen(setting: str, environ: Mapping[str, str] = os.environ) -> str:
    """The language of the setting `language`; a strange one means the environment's."""
    return setting if setting in LANGUAGES else of_environment(environ)


def of_environment(environ: Mapping[str, str] = os.environ) -> str:
    """What the environment speaks, as gettext has it; English where nothing is said.

    Windows says it by the language of its own windows, unless a variable does.
    """
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environ[name] for name in names if environ.get(name)), "")
    if not locale:
        return _of_windows()
    if _language(locale) in ("C", "POSIX"):
        return ENGLISH
    wanted = [*environ.get("LANGUAGE", "").split(":"), locale]
    return next((_language(name) for name in wanted if _language(name) in LANGUAGES), ENGLISH)


def _language(locale: str) -> str:
    """The language of a name such as `de_AT.UTF-8@euro`."""
    for mark in ".@_-":
        locale = locale.partition(mark)[0]
    return locale


def _of_windows() -> str:
    if sys.platform == "win32":
        import ctypes  # a library that only Windows is asked by

        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return "de" if number & 0x3FF == _GERMAN_OF_WINDOWS else ENGLISH
    return ENGLISH
