"""`izzitup export` and `import`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from izzitup_desktop.cli.context import CliContext, one_line, operator
from izzitup_desktop.cli.parameters import SOURCE
from izzitup_desktop.cli.streams import read_bytes, write_bytes
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.exchange import (
    SIZE_MOST,
    Change,
    ChangeKind,
    Document,
    FieldChange,
    LineError,
    Preview,
    decoded,
    parse_api_list,
    parsed,
)
from izzitup_desktop.domain.exchange.files import read_document
from izzitup_desktop.domain.messages import Message, msg
from izzitup_desktop.domain.statuses import status_word

_FORMATS = ("json", "csv")
_STANDARD = "-"
_ADDRESSES = ("http://", "https://")
_ERRORS_SHOWN = 100
_VALUE_SHOWN = 60


@click.command()
@click.argument("file", type=SOURCE)
@click.option("--format", "form", type=click.Choice(_FORMATS), help="Else by FILE's extension.")
@click.pass_obj
def export(desk: CliContext, file: str, form: str | None) -> None:
    """Write the board's services to FILE (- is standard output).

    json has the groups, too; csv is for spreadsheets. Neither has accounts.
    """
    form = form or _form_of(file)
    with desk.opened() as running:
        exchange = running.board.exchange
        make = exchange.export_json if form == "json" else exchange.export_csv
        text = make(operator())
    if file == _STANDARD:
        write_bytes(text.encode())
        return
    _write(Path(file).absolute(), text)
    desk.tell(msg("Exported to %1", file))


@click.command("import")
@click.argument("source", metavar="FILE_OR_URL", type=SOURCE)
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.pass_obj
def import_(desk: CliContext, source: str, dry_run: bool) -> None:
    """Add and change services as FILE_OR_URL has them; removes none.

    An export of ours (JSON or CSV; - is standard input), or the address of another
    board, as http://host:8475. All of it is taken, or nothing.
    """
    document = _document(source)
    with desk.opened() as running:
        exchange = running.board.exchange
        preview = exchange.preview(operator(), document)
        if preview.errors:
            _print_errors(desk, preview.errors, has_more=preview.more_errors)
            sys.exit(1)
        if not dry_run:
            name = source.partition("?")[0] if _is_address(source) else Path(source).name
            preview = exchange.apply(operator(), document, source=one_line(name)).value
    _print_preview(desk, preview)
    if dry_run:
        desk.tell(msg("Nothing was changed: this was a dry run."))


def _form_of(file: str) -> str:
    form = Path(file).suffix.lower().removeprefix(".")
    if form in _FORMATS:
        return form
    raise Invalid("format", msg("Name a file that ends in .json or .csv, or give --format."))


def _write(path: Path, text: str) -> None:
    # The file's helpers load the storage's; a command that runs has loaded it already.
    from izzitup_desktop.platform.chosen import write_chosen_file

    write_chosen_file(path, text.encode())


def _document(source: str) -> Document:
    if _is_address(source):
        # The HTTP client costs some of every other command's start.
        from izzitup_desktop.remote.services_api import fetch_services

        return parse_api_list(fetch_services(source))
    if source == _STANDARD:
        return parsed(decoded(read_bytes(SIZE_MOST + 1)))
    return read_document(Path(source))


def _is_address(source: str) -> bool:
    return source.lower().startswith(_ADDRESSES)


def _print_errors(desk: CliContext, errors: tuple[LineError, ...], *, has_more: bool) -> None:
    for error in errors[:_ERRORS_SHOWN]:
        desk.tell(error.message, err=True)
    more = len(errors) - _ERRORS_SHOWN
    if more > 0:
        told = msg("and %1 more at least", more) if has_more else msg("and %1 more", more)
        desk.tell(told, err=True)
    desk.tell(msg("izzitup: Nothing was imported."), err=True)


def _print_preview(desk: CliContext, preview: Preview) -> None:
    for name in preview.groups_added:
        desk.tell(msg("Added the group %1", name))
    for change in preview.changes:
        if line := _line(desk, change):
            desk.tell(line)
    counts = map(preview.count, (ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.SAME))
    desk.tell(msg("%1 added, %2 changed, %3 unchanged", *counts))


def _line(desk: CliContext, change: Change) -> str:
    parts = [_field(change.kind, field) for field in change.fields if field[0] != "name"]
    if change.kind is ChangeKind.CHANGED:
        parts = [_field(change.kind, field) for field in change.fields]
    if change.held_by:
        parts.append(msg("%1 holds the status, it stays", change.held_by))
    told = "; ".join(map(desk.text, parts))
    match change.kind:
        case ChangeKind.ADDED:
            return msg("Added %1: %2", change.name, told)
        case ChangeKind.CHANGED:
            return msg("Changed %1: %2", change.name, told)
        case _:
            return msg("Unchanged %1: %2", change.name, told) if parts else ""


def _field(kind: ChangeKind, change: FieldChange) -> Message:
    name, before, after = change
    old, new = _value(name, before), _value(name, after)
    if kind is ChangeKind.ADDED:
        return msg("%1 %2", name, new)
    return msg("%1 %2 -> %3", name, old, new)


def _value(name: str, value: object) -> str:
    if name == "status" and isinstance(value, int):
        return status_word(value)
    if isinstance(value, bool):
        return msg("yes") if value else msg("no")
    text = str(value)
    if isinstance(value, str):
        cut = text if len(text) <= _VALUE_SHOWN else text[:_VALUE_SHOWN] + "…"
        return f'"{cut}"'
    return text
