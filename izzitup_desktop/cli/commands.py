"""`izzitup` and its commands, put together."""

from __future__ import annotations

import copy
import sys
from collections.abc import Sequence
from functools import partial

import click
from click.core import ParameterSource

from izzitup_desktop import __version__
from izzitup_desktop.cli.context import CliContext
from izzitup_desktop.cli.parameters import SOURCE, TEXT
from izzitup_desktop.cli.server import PIN_VARIABLE, SERVER_VARIABLE, USER_VARIABLE, Server
from izzitup_desktop.cli.speech import as_click_says
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.platform.loading import loading
from izzitup_desktop.text.catalogue import Catalogue

NAMES = (
    "backup",
    "certificate",
    "check",
    "demo",
    "discover",
    "export",
    "groups",
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

REMOTE = ("backup", "groups", "journal", "services", "tokens", "users")
"""Commands that another board can be asked for, over its API."""

BOARDLESS = ("demo", "discover")
"""Commands that are about no board that could be named; the environment is none of theirs."""


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
            found = _command(cmd_name)
        if found is None or cmd_name in REMOTE:
            return found
        made = copy.copy(found)
        # Not before it runs: what it is for may be asked for anyway.
        vars(made)["invoke"] = partial(_invoke_here, found)
        return made


@click.group(cls=_Commands, invoke_without_command=True)
@click.option(
    "--database",
    type=TEXT,
    metavar="URL",
    help="sqlite:////folder/izzitup.db or postgresql+psycopg://user@host/name; "
    "without it the settings' or the local file.",
)
@click.option(
    "--server",
    type=TEXT,
    metavar="URL",
    envvar=SERVER_VARIABLE,
    help="Work on the board that is served at http://host:8475, instead of the one here.",
)
@click.option(
    "--token-file",
    type=SOURCE,
    metavar="FILE",
    help="The token that signs in at --server, else IZZITUP_TOKEN; - is standard input.",
)
@click.option(
    "--user",
    type=TEXT,
    metavar="NAME",
    envvar=USER_VARIABLE,
    help="The account that signs in at --server, instead of a token.",
)
@click.option(
    "--password-file",
    type=SOURCE,
    metavar="FILE",
    help="The password of --user, else IZZITUP_PASSWORD; - is standard input.",
)
@click.option(
    "--pin",
    type=TEXT,
    metavar="FINGERPRINT",
    envvar=PIN_VARIABLE,
    help="The certificate that --server must have: sha256:… or its eight words.",
)
@click.version_option(__version__, prog_name="izzitup")
@click.pass_context
def izzitup(
    context: click.Context,
    database: str | None,
    server: str | None,
    token_file: str | None,
    user: str | None,
    password_file: str | None,
    pin: str | None,
) -> None:
    """A service status board for one desk and its whole LAN.

    Without a command it opens the window. IZZITUP_HOME names the folder of data,
    settings and logs.
    """
    found = _server(
        context, database, server, token_file=token_file, user=user, password_file=password_file,
        pin=pin,
    )  # fmt: skip
    if context.invoked_subcommand is not None:
        # Who serves has a log for that, which goes to stderr, too.
        catalogue = context.obj or Catalogue()
        tell = context.invoked_subcommand != "serve"
        context.obj = CliContext.at(database or "", catalogue, server=found, tell=tell)
        return
    if found is not None and _is_typed(context, "server"):
        raise click.UsageError(as_click_says(msg("The window can't open the board of --server.")))
    sys.exit(_open_window(database or ""))


def _server(
    context: click.Context, database: str | None, url: str | None, **options: str | None
) -> Server | None:
    """The server that is meant. Raises `UsageError` where options contradict each other."""
    if database is not None and url is not None:
        if _is_typed(context, "server"):
            raise click.UsageError(as_click_says(msg("Give --database or --server, not both.")))
        # What is typed counts more than the environment.
        url = None
    typed = [name for name in options if _is_typed(context, name)]
    if url is None:
        if typed:
            raise click.UsageError(
                as_click_says(
                    msg("--token-file, --user, --password-file and --pin belong to --server.")
                )
            )
        return None
    if "token_file" in typed:
        if "user" in typed or "password_file" in typed:
            raise click.UsageError(
                as_click_says(msg("Give --token-file, or --user with --password-file; not both."))
            )
        options["user"] = None
    if "password_file" in typed and not options["user"]:
        raise click.UsageError(as_click_says(msg("--password-file needs --user.")))
    return Server(url, **{name: value or "" for name, value in options.items()})


def _is_typed(context: click.Context, name: str) -> bool:
    return context.get_parameter_source(name) is ParameterSource.COMMANDLINE


def _invoke_here(command: click.Command, context: click.Context) -> object:
    """Run what works on the board here alone. Raises `UsageError` where another is meant."""
    desk, name = context.obj, context.info_name or ""
    if isinstance(desk, CliContext) and desk.server is not None:
        above = context.parent
        typed = above is not None and _is_typed(above, "server")
        if typed or name not in BOARDLESS:
            where = "--server" if typed else SERVER_VARIABLE
            refusal = msg(
                "`izzitup %1` works on the board of this computer: leave %2 out.", name, where
            )
            raise click.UsageError(desk.text(refusal), context)
    return command.invoke(context)


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
        case "groups":
            from izzitup_desktop.cli.groups import groups as found
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
