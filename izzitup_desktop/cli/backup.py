"""`izzitup backup`, `restore` and `check`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from izzitup_desktop.cli.context import CliContext, operator
from izzitup_desktop.cli.parameters import FILE
from izzitup_desktop.domain.errors import Damaged, NotFound
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.text.board_contents import contents_lines, difference_lines
from izzitup_desktop.text.numbers import number

_SHOWN_EVERY = 50_000


@click.command()
@click.argument("file", type=FILE, required=False)
@click.pass_obj
def backup(desk: CliContext, file: Path | None) -> None:
    """Write a checked backup to FILE, replacing an older one there.

    Without FILE it goes into the board's folder of backups, under a new name.
    """
    with desk.board() as board:
        saved = board.backups.save(None if file is None else file.absolute())
    desk.tell(msg("Saved %1", saved))


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--dry-run", is_flag=True, help="Say what is in it and what would change; change nothing."
)
@click.pass_obj
def restore(desk: CliContext, file: Path, dry_run: bool) -> None:
    """Put the backup FILE in the place of everything on the board.

    What was there is saved first. A database that can't be opened is moved to
    the quarantine.
    """
    source = file.absolute()
    if dry_run:
        with desk.opened() as running:
            then, now = running.board.backups.contents(operator(), source)
        for line in (*contents_lines(then), *difference_lines(then, now)):
            desk.tell(line)
        return
    try:
        with desk.opened() as running:
            saved = running.board.backups.restore(operator(), source)
        desk.tell(msg("Restored %1; what was there before is in %2", source, saved))
    except (Damaged, NotFound) as error:
        if isinstance(error, NotFound) and error.subject != "database":
            raise
        from izzitup_desktop import application  # a command that runs has loaded it already

        moved = application.recover(desk.paths, desk.settings, source, database=desk.database)
        done = msg("Restored %1", source)
        kept = msg("%1; the damaged file is kept as %2", done, moved)
        desk.tell(kept if moved else done)


@click.command()
@click.pass_obj
def check(desk: CliContext) -> None:
    """Look whether the database is sound: each page, each index, each row."""
    with desk.opened(tell=False) as running:
        at_terminal = sys.stderr is not None and sys.stderr.isatty()
        problems = running.board.backups.check(partial(_show, desk) if at_terminal else None)
        if at_terminal:
            click.echo("\r\033[K", err=True, nl=False)
    if not problems:
        desk.tell(msg("sound"))
        return
    for problem in problems:
        desk.tell(problem, err=True)
    sys.exit(1)


def _show(desk: CliContext, table: str, count: int) -> None:
    if count % _SHOWN_EVERY == 0:
        rows = msg("%1: %2 rows", table, number(desk.catalogue.language, count))
        click.echo(f"\r{desk.text(rows)}", err=True, nl=False)
