"""`izzitup` and its commands, put together."""

from __future__ import annotations

import sys

import click

from izzitup_desktop import __version__
from izzitup_desktop.cli import (
    backup,
    demo,
    exchange,
    journal,
    serve,
    services,
    setup,
    upgrade,
    users,
)
from izzitup_desktop.cli.desk import Desk
from izzitup_desktop.cli.parameters import TEXT
from izzitup_desktop.text.catalogue import Catalogue


@click.group(invoke_without_command=True)
@click.option(
    "--database",
    type=TEXT,
    metavar="URL",
    help="sqlite:////folder/izzitup.db or postgresql+psycopg://user@host/name; "
    "without it the settings' or the local file.",
)
@click.version_option(__version__, prog_name="izzitup")
@click.pass_context
def izzitup(context: click.Context, database: str | None) -> None:
    """A service status board for one desk and its whole LAN.

    Without a command it opens the window. IZZITUP_HOME names the folder of data,
    settings and logs.
    """
    if context.invoked_subcommand is not None:
        # Who serves has a log for that, which goes to stderr, too.
        catalogue = context.obj or Catalogue()
        tell = context.invoked_subcommand != serve.serve.name
        context.obj = Desk.at(database or "", catalogue, tell=tell)
        return
    sys.exit(_open_window(database or ""))


def _open_window(database: str = "") -> int:
    # The one way from here to Qt, taken only to open the window.
    from izzitup_desktop.desktop.start import main

    return main([], database=database)


izzitup.add_command(setup.init)
izzitup.add_command(serve.serve)
izzitup.add_command(demo.command(_open_window))
izzitup.add_command(services.services)
izzitup.add_command(users.users)
izzitup.add_command(journal.journal)
izzitup.add_command(backup.backup)
izzitup.add_command(backup.restore)
izzitup.add_command(backup.check)
izzitup.add_command(upgrade.upgrade)
izzitup.add_command(exchange.export)
izzitup.add_command(exchange.import_)
