"""`izzitup tokens`: make, list, revoke what programs sign in with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from izzitup_desktop.cli.context import CliContext, operator, print_json, utc
from izzitup_desktop.cli.parameters import TEXT
from izzitup_desktop.domain.accounts import Account
from izzitup_desktop.domain.errors import Invalid, NotFound
from izzitup_desktop.domain.field_rules import ID_MOST
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.messages import listed, msg
from izzitup_desktop.domain.scopes import GRANTED, Limits, Scope, scope_words
from izzitup_desktop.domain.text import fold
from izzitup_desktop.domain.tokens import Token, TokenDraft

if TYPE_CHECKING:
    from izzitup_desktop.board import Board

_LIFETIME = re.compile(r"([0-9]{1,6})([hdw])", re.ASCII)
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}

VALID, REVOKED, EXPIRED, OWNERLESS = "valid", "revoked", "expired", "ownerless"


@click.group()
def tokens() -> None:
    """Tokens that programs sign in with, instead of a password."""


@tokens.command()
@click.argument("name", type=TEXT)
@click.option(
    "--account", type=TEXT, help="Whose it is; without one it is of automation, see --group."
)
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(GRANTED),
    help="What it is for; as often as needed, without one to read.",
)
@click.option(
    "--service",
    "services",
    multiple=True,
    type=TEXT,
    metavar="ID_OR_KEY",
    help="Only for this service; as often as needed.",
)
@click.option(
    "--group",
    "groups",
    multiple=True,
    type=TEXT,
    help="Only for services of this group; of automation, the one group that it works for.",
)
@click.option("--expires", type=TEXT, metavar="TIME", help="After 12h, 90d, 8w, or on 2026-01-31.")
@click.pass_obj
def add(
    desk: CliContext,
    name: str,
    account: str | None,
    scopes: Sequence[str],
    services: Sequence[str],
    groups: Sequence[str],
    expires: str | None,
) -> None:
    """Make a token; prints it, this once.

    Nothing but the token goes to standard output. A token of an account may do what the
    account may, within its scopes and limits. One of automation is an editor of its group's
    services, and stays when people go.
    """
    if account is None and len(groups) != 1:
        raise Invalid("group", msg("Name an --account, or the one --group of an automation."))
    end = None if expires is None else _end(expires, datetime.now(UTC))
    wanted = frozenset(map(Scope, scopes)) or frozenset({Scope.READ})
    with desk.opened() as running:
        board = running.board
        service_ids = frozenset(board.services.find(operator(), one).id for one in services)
        group_ids = frozenset(_group(board, one).id for one in groups)
        if account is None:
            (group_id,) = group_ids
            limits = Limits(service_ids) if service_ids else None
            draft = TokenDraft(name, None, group_id, wanted, limits, end)
        else:
            owner_id = board.accounts.find(account).id
            limits = Limits(service_ids, group_ids) if service_ids or group_ids else None
            draft = TokenDraft(name, owner_id, None, wanted, limits, end)
        made = board.tokens.add(operator(), draft).value
    click.echo(made.secret)
    desk.tell(
        msg("Made the token %1. It is shown this once, and kept nowhere.", made.token.name),
        err=True,
    )


@tokens.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def list_(desk: CliContext, as_json: bool) -> None:
    """List all tokens, revoked and expired ones too."""
    with desk.opened() as running:
        board, now = running.board, running.board.clock.now()
        found = board.tokens.list(operator())
        known = _Known(
            {account.id: account for account in board.accounts.list(operator())},
            {group.id: group for group in board.groups.list(operator())},
            {service.id: service.name for service in board.services.list(operator())},
            now,
        )
    if as_json:
        print_json([known.as_json(token) for token in found])
        return
    titles = [
        msg("ID"), msg("NAME"), msg("OF"), msg("SCOPES"), msg("ONLY FOR"), msg("STATE"),
        msg("EXPIRES"), msg("LAST USED"), msg("ENDS IN"),
    ]  # fmt: skip
    desk.print_table(titles, [known.row(desk, token) for token in found])


@tokens.command()
@click.argument("token_id", metavar="ID", type=click.IntRange(1, ID_MOST))
@click.pass_obj
def revoke(desk: CliContext, token_id: int) -> None:
    """Let a token do nothing more; that is not taken back."""
    with desk.opened() as running:
        written = running.board.tokens.revoke(operator(), token_id)
    told = (
        msg("Revoked the token %1, which ends in %2", written.value.name, written.value.ending)
        if written.entries
        else msg("The token %1 was revoked before", written.value.name)
    )
    desk.tell(told)


@dataclass(frozen=True)
class _Known:
    """What a list of tokens names them by."""

    accounts: dict[int, Account]
    groups: dict[int, Group]
    services: dict[int, str]
    now: datetime

    def state(self, token: Token) -> str:
        if token.revoked is not None:
            return REVOKED
        if token.expires is not None and token.expires <= self.now:
            return EXPIRED
        account = self.accounts.get(token.account_id or 0)
        lives = token.group_id in self.groups or (account is not None and account.active)
        return VALID if lives else OWNERLESS

    def owner(self, token: Token) -> str:
        account = self.accounts.get(token.account_id or 0)
        return self._group(token.group_id or 0) if account is None else account.name

    def _group(self, group_id: int) -> str:
        group = self.groups.get(group_id)
        return str(group_id) if group is None else group.name

    def row(self, desk: CliContext, token: Token) -> list[str]:
        limits, use = token.limits, token.last_use
        only = [] if limits is None else [
            *(self.services.get(id_, str(id_)) for id_ in sorted(limits.service_ids)),
            *(self._group(id_) for id_ in sorted(limits.group_ids)),
        ]  # fmt: skip
        return [
            str(token.id),
            token.name,
            self.owner(token),
            ", ".join(scope_words(token.scopes)),
            listed(only) if only else "" if limits is None else msg("nothing"),
            _STATES[self.state(token)],
            "" if token.expires is None else desk.local(token.expires),
            "" if use is None else f"{desk.local(use.time)}, {use.address}, {use.route}",
            token.ending,
        ]

    def as_json(self, token: Token) -> dict[str, Any]:
        limits, use = token.limits, token.last_use
        return {
            "id": token.id,
            "name": token.name,
            "kind": "account" if token.account_id is not None else "automation",
            "account": self.owner(token) if token.account_id is not None else None,
            "group": self._group(token.group_id) if token.group_id is not None else None,
            "scopes": scope_words(token.scopes),
            "services": None if limits is None else sorted(limits.service_ids),
            "groups": None if limits is None else sorted(map(self._group, limits.group_ids)),
            "state": self.state(token),
            "ending": token.ending,
            "created": utc(token.created),
            "created_by": token.created_by,
            "expires": None if token.expires is None else utc(token.expires),
            "revoked": None if token.revoked is None else utc(token.revoked),
            "last_use": None if use is None else {
                "time": utc(use.time), "address": use.address, "route": use.route,
            },
        }  # fmt: skip


_STATES = {
    VALID: msg("valid"),
    REVOKED: msg("revoked"),
    EXPIRED: msg("expired"),
    OWNERLESS: msg("without an owner"),
}


def _group(board: Board, name: str) -> Group:
    for group in board.groups.list(operator()):
        if fold(group.name) == fold(name.strip()):
            return group
    raise NotFound("group", name)


def _end(text: str, now: datetime) -> datetime:
    """When a token ends: so long from now, or as a local day begins. Raises `Invalid`."""
    lifetime = _LIFETIME.fullmatch(text)
    try:
        if lifetime is not None:
            return now + int(lifetime[1]) * _UNITS[lifetime[2]]
        # A day is as long as the local zone has it.
        return datetime.strptime(text, "%Y-%m-%d").astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        raise Invalid(
            "expires",
            msg("%1 is no time. Write 12h, 90d or 8w, or a day as 2026-01-31.", repr(text)),
        ) from None
