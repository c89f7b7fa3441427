"""`izzitup discover`: boards on the network."""

from __future__ import annotations

import click

from izzitup_desktop.cli.context import CliContext, print_json
from izzitup_desktop.cli.parameters import Seconds
from izzitup_desktop.domain.messages import msg

_SECONDS_MOST = 600


@click.command("discover")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option(
    "--timeout",
    default=3.0,
    show_default=True,
    type=Seconds(_SECONDS_MOST),
    help="How many seconds to wait for answers.",
)
@click.pass_obj
def discover(desk: CliContext, as_json: bool, timeout: float) -> None:
    """Look for boards on the network that announce themselves."""
    from izzitup_desktop.server.mdns.finder import found_boards  # what searches, not for --help

    found = found_boards(timeout)
    if as_json:
        print_json(
            [
                {
                    "name": board.name,
                    "urls": list(board.urls),
                    "fingerprint": board.fingerprint or None,
                    "version": board.version or None,
                }
                for board in found
            ]
        )
    elif found:
        titles = [msg("NAME"), msg("ADDRESS"), msg("FINGERPRINT")]
        rows = [[board.name, ", ".join(board.urls), board.fingerprint] for board in found]
        desk.print_table(titles, rows)
    else:
        desk.tell(msg("No board was found. They are announced where “mdns” is on."), err=True)
