"""`izzitup groups`: add, list, rename, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from izzitup_desktop.cli.context import CliContext, print_json
from izzitup_desktop.cli.parameters import TEXT
from izzitup_desktop.domain.errors import NotFound
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.text import fold

if TYPE_CHECKING:
    # Names for types: it loads what no command needs at once.
    from izzitup_desktop.cli.port import BoardPort


@click.group()
def groups() -> None:
    """Groups of services: the sections of the board."""


@groups.command()
@click.argument("name", type=TEXT)
@click.pass_obj
def add(desk: CliContext, name: str) -> None:
    """Add a group; prints its id."""
    with desk.board() as board:
        click.echo(board.groups.add(name).id)


@groups.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def list_(desk: CliContext, as_json: bool) -> None:
    """List all groups, in the order of the board."""
    with desk.board() as board:
        found = board.groups.list()
    if as_json:
        print_json([{"id": group.id, "name": group.name} for group in found])
        return
    desk.print_table([msg("ID"), msg("NAME")], [[str(group.id), group.name] for group in found])


@groups.command()
@click.argument("name", type=TEXT)
@click.argument("new_name", type=TEXT)
@click.pass_obj
def rename(desk: CliContext, name: str, new_name: str) -> None:
    """Give the group NAME another name."""
    with desk.board() as board:
        group = group_of(board, name)
        renamed = board.groups.rename(group, new_name)
    desk.tell(msg("%1 is called %2 now", group.name, renamed.name))


@groups.command()
@click.argument("name", type=TEXT)
@click.pass_obj
def remove(desk: CliContext, name: str) -> None:
    """Remove a group that has no services."""
    with desk.board() as board:
        group = group_of(board, name)
        board.groups.remove(group)
    desk.tell(msg("Removed %1", group.name))


def group_of(board: BoardPort, name: str) -> Group:
    """The group of this name. Raises `NotFound`."""
    for group in board.groups.list():
        if fold(group.name) == fold(name.strip()):
            return group
    raise NotFound("group", name)
