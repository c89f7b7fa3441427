"""`izzitup` and its commands, put together."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from izzitup_desktop import __version__
from izzitup_desktop.cli.context import CliContext
from izzitup_desktop.cli.parameters import TEXT
from izzitup_desktop.platform.loading import loading
from izzitup_desktop.text.catalogue import Catalogue

NAMES = (
    "backup",
    "certificate",
    "check",
    "demo",
    "discover",
    "export",
    "import",
    "init",
    "journal",
    "report",
    "restore",
    "serve",
    "services",
    "show",
    "tokens",
    "upgrade",
    "users",
)


class _Commands(click.Group):
    """The commands; each loads when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Their names."""
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name."""
        if cmd_name not in NAMES:
            return None
        with loading():
            return _command(cmd_name)


@click.group(cls=_Commands, invoke_without_command=True)
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
        tell = context.invoked_subcommand != "serve"
        context.obj = CliContext.at(database or "", catalogue, tell=tell)
        return
    sys.exit(_open_window(database or ""))


def _open_window(database: str = "", arguments: Sequence[str] = ()) -> int:
    # The one way from here to Qt, taken only to open the window.
    from izzitup_desktop.desktop.start.main import main

    return main(arguments, database=database)


def _command(name: str) -> click.Command | None:
    # Only what is called loads: a script waits for each start.
    found: click.Command | None = None
    match name:
        case "backup":
            from izzitup_desktop.cli.backup import backup as found
        case "certificate":
            from izzitup_desktop.cli.certificate import certificate as found
        case "check":
            from izzitup_desktop.cli.backup import check as found
        case "demo":
            from izzitup_desktop.cli.demo import command

            found = command(_open_window)
        case "discover":
            from izzitup_desktop.cli.discover import discover as found
        case "export":
            from izzitup_desktop.cli.exchange import export as found
        case "import":
            from izzitup_desktop.cli.exchange import import_ as found
        case "init":
            from izzitup_desktop.cli.setup import init as found
        case "journal":
            from izzitup_desktop.cli.journal import journal as found
        case "report":
            from izzitup_desktop.cli.report import report as found
        case "restore":
            from izzitup_desktop.cli.backup import restore as found
        case "serve":
            from izzitup_desktop.cli.serve import serve as found
        case "services":
            from izzitup_desktop.cli.services import services as found
        case "show":
            from izzitup_desktop.cli.show import command as show

            found = show(_open_window)
        case "tokens":
            from izzitup_desktop.cli.tokens import tokens as found
        case "upgrade":
            from izzitup_desktop.cli.upgrade import upgrade as found
        case "users":
            from izzitup_desktop.cli.users import users as found
    return found
