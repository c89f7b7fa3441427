"""What an argument or option may be: a type for each, so that none is taken unlooked.

A shell variable that is not set arrives as an empty text. Where that would mean
another board, another network or another thing, it is refused; where empty is what
the board stores for "none", it is taken.
"""

from __future__ import annotations

import math
import os
from pathlib import Path

import click

from izzitup_desktop.cli.speech import as_click_says
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.hosts import checked_host
from izzitup_desktop.domain.messages import msg


class Text(click.ParamType[str]):
    """Text that can be stored and shown; `empty` says whether it may be blank."""

    name = "text"

    def __init__(self, *, empty: bool = False) -> None:
        self._empty = empty

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The text as it is; fails for a blank one, and for bytes that are no UTF-8."""
        text = str(value)
        if not self._empty and not text.strip():
            raise _refused(param, ctx, msg("must not be empty"))
        try:
            text.encode()
        except UnicodeEncodeError:
            raise _refused(param, ctx, msg("is no UTF-8 text")) from None
        return text


class Source(click.ParamType[str]):
    """A file's name of whatever bytes the system allows, - or an address."""

    name = "file"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The name as it was typed; fails for an empty one, and for one that no file has."""
        if not str(value).strip():
            raise _refused(param, ctx, msg("must not be empty"))
        try:
            is_name = b"\0" not in os.fsencode(str(value))
        except UnicodeEncodeError:
            is_name = False
        if not is_name:
            raise _refused(param, ctx, msg("is no file's name"))
        return str(value)


class FilePath(click.ParamType[Path]):
    """A file, not read or made yet."""

    name = "path"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        """Its path; fails for an empty one."""
        return Path(SOURCE.convert(value, param, ctx))


class Host(Text):
    """An address to listen on."""

    name = "host"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The address; fails for what would listen elsewhere than it says."""
        text = super().convert(value, param, ctx)
        try:
            return checked_host(text)
        except Invalid as error:
            raise _refused(param, ctx, error.reason) from None


class Seconds(click.FloatRange):
    """A time to wait, above 0."""

    name = "seconds"

    def __init__(self, most: float = 10 * 365 * 86_400) -> None:
        super().__init__(0, most, min_open=True)

    def convert(
        self, value: float, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The seconds; fails for what is no number, too."""
        seconds: float = super().convert(value, param, ctx)
        if math.isnan(seconds):
            self.fail(as_click_says(msg("it is no number.")), param, ctx)
        return seconds


def _refused(param: click.Parameter | None, ctx: click.Context | None, why: str) -> Invalid:
    # As the board refuses a value, and not as wrong usage: scripts know it by exit code 1.
    name = param.name if param is not None and param.name else "value"
    label = param.get_error_hint(ctx) if param is not None else name
    return Invalid(name, msg("%1 %2.", label, why))


SOURCE = Source()
TEXT = Text()
TEXT_OR_NONE = Text(empty=True)
FILE = FilePath()
HOST = Host()
SECONDS = Seconds()
