"""`izzitup users`: add, list, enable, disable, set a password."""

from __future__ import annotations

import click

from izzitup_desktop.cli.context import CliContext, password_option, print_json, utc
from izzitup_desktop.cli.parameters import TEXT
from izzitup_desktop.domain.accounts import ACCOUNT_ROLES, Role
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.text.roles import role_noun


@click.group()
def users() -> None:
    """Accounts that sign in, and what they may do."""


@users.command()
@click.argument("name", type=TEXT)
@click.option("--role", required=True, type=click.Choice([role.value for role in ACCOUNT_ROLES]))
@password_option
@click.pass_obj
def add(desk: CliContext, name: str, role: str, password_stdin: bool) -> None:  # noqa: ARG001
    """Add an account."""
    password = desk.read_password()
    with desk.board() as board:
        account = board.accounts.add(name, Role(role), password)
    desk.tell(msg("Added %1, %2", account.name, role_noun(account.role)))


@users.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def list_(desk: CliContext, as_json: bool) -> None:
    """List all accounts."""
    with desk.board() as board:
        found = board.accounts.list()
        groups = {group.id: group.name for group in board.groups.list()}
    if as_json:
        print_json(
            [
                {
                    "id": account.id,
                    "name": account.name,
                    "role": account.role.value,
                    "active": account.active,
                    "groups": sorted(groups.get(id_, str(id_)) for id_ in account.group_ids),
                    "created": utc(account.created),
                    "updated": utc(account.updated),
                }
                for account in found
            ]
        )
        return
    rows = [
        [
            account.name,
            role_noun(account.role),
            "" if account.active else msg("disabled"),
            ", ".join(sorted(groups.get(id_, str(id_)) for id_ in account.group_ids)),
        ]
        for account in found
    ]
    titles = [msg("NAME"), msg("ROLE"), msg("STATE"), msg("ONLY GROUPS")]
    desk.print_table(titles, rows)


@users.command()
@click.argument("name", type=TEXT)
@click.pass_obj
def disable(desk: CliContext, name: str) -> None:
    """Let an account sign in no more."""
    _set_active(desk, name, active=False)


@users.command()
@click.argument("name", type=TEXT)
@click.pass_obj
def enable(desk: CliContext, name: str) -> None:
    """Let a disabled account sign in again."""
    _set_active(desk, name, active=True)


@users.command()
@click.argument("name", type=TEXT)
@password_option
@click.pass_obj
def passwd(desk: CliContext, name: str, password_stdin: bool) -> None:  # noqa: ARG001
    """Set an account's password."""
    password = desk.read_password()
    with desk.board() as board:
        account = board.accounts.find(name)
        board.accounts.set_password(account, password)
    desk.tell(msg("Set the password of %1", account.name))


def _set_active(desk: CliContext, name: str, *, active: bool) -> None:
    with desk.board() as board:
        account = board.accounts.find(name)
        board.accounts.set_active(account, active=active)
    desk.tell(msg("Enabled %1", account.name) if active else msg("Disabled %1", account.name))
