"""`izzitup backup`, `restore` and `check`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from izzitup_desktop.cli.desk import Desk, one_line, operator
from izzitup_desktop.cli.parameters import FILE
from izzitup_desktop.domain.errors import Damaged, NotFound

_SHOWN_EVERY = 50_000


@click.command()
@click.argument("file", type=FILE)
@click.pass_obj
def backup(desk: Desk, file: Path) -> None:
    """Write a checked backup to FILE, replacing an older one there."""
    with desk.opened() as running:
        saved = running.board.backups.save(operator(), file.absolute())
    click.echo(f"Saved {saved}")


@click.command()
@click.argument("file", type=FILE)
@click.pass_obj
def restore(desk: Desk, file: Path) -> None:
    """Put the backup FILE in the place of everything on the board.

    What was there is saved first. A database that can't be opened is moved to
    the quarantine.
    """
    source = file.absolute()
    try:
        with desk.opened() as running:
            saved = running.board.backups.restore(operator(), source)
        click.echo(f"Restored {source}; what was there before is in {saved}")
    except (Damaged, NotFound) as error:
        if isinstance(error, NotFound) and error.subject != "database":
            raise
        from izzitup_desktop import application  # a command that runs has loaded it already

        moved = application.recover(desk.paths, desk.settings, source, database=desk.database)
        where = f"; the damaged file is kept as {moved}" if moved else ""
        click.echo(f"Restored {source}{where}")


@click.command()
@click.pass_obj
def check(desk: Desk) -> None:
    """Look whether the database is sound: each page, each index, each row."""
    with desk.opened(tell=False) as running:
        at_terminal = sys.stderr is not None and sys.stderr.isatty()
        problems = running.board.backups.check(_show if at_terminal else None)
        if at_terminal:
            click.echo("\r\033[K", err=True, nl=False)
    if not problems:
        click.echo("sound")
        return
    for problem in problems:
        click.echo(one_line(problem), err=True)
    sys.exit(1)


def _show(table: str, count: int) -> None:
    if count % _SHOWN_EVERY == 0:
        click.echo(f"\r{table}: {count:,} rows", err=True, nl=False)
