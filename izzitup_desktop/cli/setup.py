"""`izzitup init`: a new board with its first administrator."""

from __future__ import annotations

import click

from izzitup_desktop.cli.context import CliContext, password_option
from izzitup_desktop.cli.parameters import TEXT
from izzitup_desktop.cli.streams import read_password
from izzitup_desktop.domain.accounts import Origin, Principal
from izzitup_desktop.domain.errors import Conflict
from izzitup_desktop.domain.messages import counted, msg
from izzitup_desktop.platform import settings as settings_file


@click.command("init")
@click.option(
    "--admin",
    required=True,
    type=TEXT,
    metavar="NAME",
    help="The first administrator's name.",
)
@password_option
@click.option("--sample", is_flag=True, help="Begin with sample services.")
@click.pass_obj
def init(desk: CliContext, admin: str, password_stdin: bool, sample: bool) -> None:  # noqa: ARG001
    """Make a board; refused where there is one already."""
    # Both load the database, which --help does not need.
    from izzitup_desktop.board.signing_in.passwords import check_new
    from izzitup_desktop.demo.sample import add_sample

    password = read_password()
    # Before anything is made: a weak password leaves no empty board behind.
    check_new(password, admin)
    with desk.opened(create=True) as running:
        board = running.board
        if board.accounts.any():
            raise Conflict(
                msg("There is a board at %1 already. Nothing was changed.", board.location)
            )
        account = board.accounts.first(admin, password, Origin.CLI).value
        count = add_sample(board, Principal.of(account, Origin.CLI)) if sample else 0
        settings_file.save(desk.paths.config, account=account.name)
        made = msg("Made %1; %2 is its administrator.", board.location, account.name)
        if count:
            made = counted(
                "Made %2 with %1 sample service; %3 is its administrator.",
                "Made %2 with %1 sample services; %3 is its administrator.",
                count,
                board.location,
                account.name,
            )
        desk.tell(made)
