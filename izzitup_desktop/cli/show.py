"""`izzitup show`: the window, which comes to the front where it is open already."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import click

from izzitup_desktop.cli.context import CliContext
from izzitup_desktop.text.catalogue import Catalogue


def command(open_window: Callable[[str, Sequence[str]], int]) -> click.Command:
    """`izzitup show`, which opens the window by `open_window(database, arguments)`."""

    @click.command("show")
    @click.option("--palette", is_flag=True, help="With the command palette open.")
    @click.option(
        "--hidden",
        is_flag=True,
        help="In the tray, where the settings keep it there; for the start at login.",
    )
    @click.pass_context
    def show(context: click.Context, *, palette: bool, hidden: bool) -> None:
        """Open the window, or bring the open one to the front.

        A desktop's own shortcuts can run it, with --palette to find a service at once.
        """
        desk = context.find_object(CliContext) or CliContext.at("", Catalogue())
        wanted = [name for name, on in (("--palette", palette), ("--hidden", hidden)) if on]
        sys.exit(open_window(desk.database, wanted))

    return show
