"""What every command stands on: who acts, which board, how errors are said."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

from izzitup_desktop.cli.server import Server
from izzitup_desktop.cli.streams import read_password, shows_all_characters
from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.domain.errors import BoardError, Damaged, NotFound
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.platform import settings as settings_file
from izzitup_desktop.platform.loading import loading
from izzitup_desktop.platform.paths import Paths, find_paths, user_name
from izzitup_desktop.text import times
from izzitup_desktop.text.catalogue import Catalogue

if TYPE_CHECKING:
    # The database loads when a command opens the board.
    from izzitup_desktop.application import Application
    from izzitup_desktop.cli.port import BoardPort

_PLAIN = str.maketrans({"→": "->", "’": "'"})

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class CliContext:
    """One call of `izzitup`: its folders, settings and the `--database` given."""

    paths: Paths
    settings: settings_file.Settings
    database: str
    catalogue: Catalogue
    notices: tuple[str, ...] = ()
    """What was not taken of the settings, and whether others could change them."""
    server: Server | None = None
    """Whose board is meant, None for the one here."""

    @classmethod
    def at(
        cls,
        database: str,
        catalogue: Catalogue,
        *,
        server: Server | None = None,
        tell: bool = True,
    ) -> CliContext:
        """This user's desk. `tell`: its notices go to stderr."""
        paths = find_paths()
        settings, notices = settings_file.load(paths.config)
        desk = cls(paths, settings, database, catalogue, notices, server)
        for notice in notices if tell else ():
            desk.tell(notice, err=True)
        return desk

    @contextmanager
    def board(self) -> Iterator[BoardPort]:
        """The board that is meant, here or at the server; closed at the end.

        Raises as `opened`, and as `Server.opened`.
        """
        if self.server is not None:
            with self.server.opened(self.catalogue.recognised) as board:
                yield board
            return
        with self.opened() as running:
            from izzitup_desktop.cli.local_board import LocalBoard  # loads the database, too

            yield LocalBoard(running.board, operator())

    def read_password(self) -> str:
        """The password for a command; before it comes what signs in. Raises `Invalid`."""
        if self.server is not None:
            _ = self.server.secret
        return read_password()

    @contextmanager
    def opened(self, *, create: bool = False, tell: bool = True) -> Iterator[Application]:
        """The board here, closed at the end. Raises as `application.start` does.

        `tell`: what is wrong with its rows goes to stderr.
        """
        with loading():
            from izzitup_desktop import application  # only a command that runs opens it

        with application.start(
            self.paths, self.settings, database=self.database, create=create
        ) as running:
            for line in running.board.damage if tell else ():
                self.tell(msg("izzitup: %1", line), err=True)
            yield running

    def tell(self, text: str, *, err: bool = False) -> None:
        """Print one line, a sentence of `say` in the user's language."""
        click.echo(one_line(self.text(text)), err=err)

    def text(self, text: str) -> str:
        """A sentence of `say` in the user's language, of ASCII where the terminal holds no more."""
        found = self.catalogue.text(text)
        return found if shows_all_characters() else found.translate(_PLAIN)

    def local(self, time: datetime) -> str:
        """Local time with its zone, for people."""
        return times.exactly(self.catalogue.language, time)

    def print_table(self, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Columns under their titles, for people."""
        cells = [[one_line(self.text(cell)) for cell in row] for row in (titles, *rows)]
        widths = [max(_width(row[column]) for row in cells) for column in range(len(titles))]
        for row in cells:
            padded = [
                cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
            ]
            click.echo("  ".join(padded).rstrip())


def operator() -> Principal:
    """Who acts on the command line: the user of the operating system.

    Who may read and write the database may do everything on it.
    """
    return Principal(user_name(), Role.ADMINISTRATOR, Origin.CLI)


def reason_of(error: BoardError) -> str:
    """What happened and what to do, for a person at a terminal."""
    if isinstance(error, NotFound) and error.subject == "database":
        return msg(
            "There is no database at %1. Make one with `izzitup init`, or start the window.",
            error.reference,
        )
    if isinstance(error, Damaged) and error.newest_backup:
        return msg("%1 Do: izzitup restore %2", str(error), error.newest_backup)
    return str(error)


def one_line(text: str) -> str:
    """`text` for a terminal: no line breaks, no control or direction characters."""
    if text.isprintable() and text.isascii():
        return text
    return "".join(
        " "
        if char in "\r\n\t"
        else "?"
        if unicodedata.category(char) in ("Cc", "Cf", "Cs")
        else char
        for char in text
    )


def print_json(value: Any) -> None:
    """A value as JSON, for programs; of ASCII where the terminal holds no more."""
    click.echo(json.dumps(value, ensure_ascii=not shows_all_characters(), indent=2))


def utc(time: datetime) -> str:
    """ISO 8601 in UTC, for JSON."""
    return time.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def password_option(command: Callable[P, T]) -> Callable[P, T]:
    """`--password-stdin`: passwords never stand on the command line."""
    option = click.option(
        "--password-stdin",
        "password_stdin",
        is_flag=True,
        required=True,
        help="Read the password from standard input (one line).",
    )
    return option(command)


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )
