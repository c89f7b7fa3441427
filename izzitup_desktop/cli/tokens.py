"""`izzitup tokens`: make, list, revoke what programs sign in with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import click

from izzitup_desktop.cli.context import CliContext, print_json, utc
from izzitup_desktop.cli.groups import group_of
from izzitup_desktop.cli.parameters import TEXT
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.field_rules import ID_MOST
from izzitup_desktop.domain.messages import listed, msg
from izzitup_desktop.domain.scopes import GRANTED, Limits, Scope, scope_words
from izzitup_desktop.domain.tokens import ListedToken, TokenDraft, TokenState

_LIFETIME = re.compile(r"([0-9]{1,6})([hdw])", re.ASCII)
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


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
    with desk.board() as board:
        service_ids = frozenset(board.services.find(one).id for one in services)
        group_ids = frozenset(group_of(board, one).id for one in groups)
        if account is None:
            (group_id,) = group_ids
            limits = Limits(service_ids) if service_ids else None
            draft = TokenDraft(name, None, group_id, wanted, limits, end)
        else:
            owner_id = board.accounts.find(account).id
            limits = Limits(service_ids, group_ids) if service_ids or group_ids else None
            draft = TokenDraft(name, owner_id, None, wanted, limits, end)
        made = board.tokens.add(draft)
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
    with desk.board() as board:
        found = board.tokens.list()
    if as_json:
        print_json([_as_json(listed_token) for listed_token in found])
        return
    titles = [
        msg("ID"), msg("NAME"), msg("OF"), msg("SCOPES"), msg("ONLY FOR"), msg("STATE"),
        msg("EXPIRES"), msg("LAST USED"), msg("ENDS IN"),
    ]  # fmt: skip
    desk.print_table(titles, [_row(desk, listed_token) for listed_token in found])


@tokens.command()
@click.argument("token_id", metavar="ID", type=click.IntRange(1, ID_MOST))
@click.pass_obj
def revoke(desk: CliContext, token_id: int) -> None:
    """Let a token do nothing more; that is not taken back."""
    with desk.board() as board:
        revoked = board.tokens.revoke(token_id)
    token = revoked.token
    told = (
        msg("Revoked the token %1, which ends in %2", token.name, token.ending)
        if revoked.is_new
        else msg("The token %1 was revoked before", token.name)
    )
    desk.tell(told)


def _row(desk: CliContext, one: ListedToken) -> list[str]:
    token, use = one.token, one.token.last_use
    only = [names[id_] for names in (one.services, one.groups) for id_ in sorted(names)]
    return [
        str(token.id),
        token.name,
        one.owner,
        ", ".join(scope_words(token.scopes)),
        listed(only) if only else "" if token.limits is None else msg("nothing"),
        _STATES[one.state],
        "" if token.expires is None else desk.local(token.expires),
        "" if use is None else f"{desk.local(use.time)}, {use.address}, {use.route}",
        token.ending,
    ]


def _as_json(one: ListedToken) -> dict[str, Any]:
    token, use = one.token, one.token.last_use
    is_of_account = token.account_id is not None
    return {
        "id": token.id,
        "name": token.name,
        "kind": "account" if is_of_account else "automation",
        "account": one.owner if is_of_account else None,
        "group": None if is_of_account else one.owner,
        "scopes": scope_words(token.scopes),
        "services": None if token.limits is None else sorted(one.services),
        "groups": None if token.limits is None else sorted(one.groups.values()),
        "state": one.state.value,
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
    TokenState.VALID: msg("valid"),
    TokenState.REVOKED: msg("revoked"),
    TokenState.EXPIRED: msg("expired"),
    TokenState.OWNERLESS: msg("without an owner"),
}


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
