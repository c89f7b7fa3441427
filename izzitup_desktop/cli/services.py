"""`izzitup services`: add, list, set, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from izzitup_desktop.cli.context import CliContext, print_json, utc
from izzitup_desktop.cli.parameters import TEXT, TEXT_OR_NONE
from izzitup_desktop.cli.speech import as_click_says
from izzitup_desktop.domain.comments import Comment
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.services import Service, ServiceDraft
from izzitup_desktop.domain.statuses import SETTABLE, STATUS_NAMES, status_word
from izzitup_desktop.domain.text import fold
from izzitup_desktop.text.origins import actor_word

if TYPE_CHECKING:
    # Names for types: it loads what no command needs at once.
    from izzitup_desktop.cli.port import BoardPort

_DIGITS_MOST = 9
_WORDS = {STATUS_NAMES[status].lower(): int(status) for status in SETTABLE}


@click.group()
def services() -> None:
    """Services of the board, and their statuses."""


@services.command()
@click.option("--name", required=True, type=TEXT)
@click.option("--key", default="", type=TEXT_OR_NONE, help="A word to call it by in scripts.")
@click.option("--description", default="", type=TEXT_OR_NONE)
@click.option("--url", default="", type=TEXT_OR_NONE, help="The service's own address.")
@click.option(
    "--check-url",
    "--curl",
    default="",
    type=TEXT_OR_NONE,
    help="The address that a check asks.",
)
@click.option(
    "--group",
    default="",
    type=TEXT_OR_NONE,
    help="Its group's name; made where there is none.",
)
@click.option("--hidden", is_flag=True, help="Not in the public list.")
@click.option("--status", type=click.Choice(["5", "6", "7"]), default="5", show_default=True)
@click.pass_obj
def add(desk: CliContext, /, status: str, group: str, **fields: Any) -> None:
    """Add a service; prints its id."""
    with desk.board() as board:
        draft = ServiceDraft(**fields).checked()
        group_id = _group_id(desk, board, group) if group else None
        draft = ServiceDraft(**fields, group_id=group_id)
        click.echo(board.services.add(draft, int(status)).id)


@services.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def list_(desk: CliContext, as_json: bool) -> None:
    """List all services, hidden ones too."""
    with desk.board() as board:
        found = board.services.list()
        groups = {group.id: group.name for group in board.groups.list()}
    if as_json:
        print_json([_as_json(service, groups) for service in found])
        return
    rows = [
        [
            str(service.id),
            service.key,
            msg("%1 (hidden)", service.name) if service.hidden else service.name,
            groups.get(service.group_id or 0, ""),
            status_word(service.status_id),
            desk.local(service.since),
            actor_word(service.changed_by),
        ]
        for service in found
    ]
    titles = [
        msg("ID"), msg("KEY"), msg("NAME"), msg("GROUP"), msg("STATUS"), msg("SINCE"),
        msg("CHANGED BY"),
    ]  # fmt: skip
    desk.print_table(titles, rows)


@services.command("set")
@click.argument("reference", metavar="ID_OR_KEY", type=TEXT)
@click.argument("status", metavar="STATUS", type=TEXT)
@click.option("--comment", type=TEXT_OR_NONE, help="Why.")
@click.option(
    "--on-page", is_flag=True, help="The comment is for the status page: all may read it."
)
@click.pass_obj
def set_(desk: CliContext, reference: str, status: str, comment: str | None, on_page: bool) -> None:
    """Set a status: 5 or operational, 6 or impaired, 7 or outage."""
    if on_page and comment is None:
        raise click.UsageError(as_click_says(msg("--on-page needs --comment.")))
    status_id = _status_id(status)
    said = Comment(comment or "", is_public=on_page)
    with desk.board() as board:
        before = board.services.find(reference)
        board.services.set_status(before, status_id, said)
    old, new = status_word(before.status_id), status_word(status_id)
    desk.tell(msg("%1: %2 -> %3", before.name, old, new))


@services.command()
@click.argument("reference", metavar="ID_OR_KEY", type=TEXT)
@click.pass_obj
def remove(desk: CliContext, reference: str) -> None:
    """Remove a service; the window can undo it."""
    with desk.board() as board:
        service = board.services.find(reference)
        board.services.remove(service)
    desk.tell(msg("Removed %1", service.name))


def _status_id(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= _DIGITS_MOST and int(text) in SETTABLE:
        return int(text)
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    raise Invalid(
        "status",
        msg(
            "%1 is no status of a service; it must be 5 (operational), 6 (impaired) or 7 (outage).",
            repr(text),
        ),
    )


def _group_id(desk: CliContext, board: BoardPort, name: str) -> int:
    for group in board.groups.list():
        if fold(group.name) == fold(name.strip()):
            return group.id
    group = board.groups.add(name)
    desk.tell(msg("Made the group %1", group.name), err=True)
    return group.id


def _as_json(service: Service, groups: dict[int, str]) -> dict[str, Any]:
    return {
        "id": service.id,
        "name": service.name,
        "key": service.key,
        "description": service.description,
        "url": service.url,
        "curl": service.check_url,
        "status": service.status_id,
        "hidden": service.hidden,
        "group": groups.get(service.group_id or 0),
        "note": service.note,
        "created": utc(service.created),
        "updated": utc(service.updated),
        "since": utc(service.since),
        "changed_by": service.changed_by,
        "comment": service.comment,
        "comment_public": service.comment_public,
    }
