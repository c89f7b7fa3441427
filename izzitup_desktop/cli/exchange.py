"""`izzitup export` and `import`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from izzitup_desktop.cli.desk import Desk, one_line, operator
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
from izzitup_desktop.domain.statuses import STATUS_NAMES

_FORMATS = ("json", "csv")
_STANDARD = "-"
_ADDRESSES = ("http://", "https://")
_ERRORS_SHOWN = 100
_VALUE_SHOWN = 60


@click.command()
@click.argument("file", type=SOURCE)
@click.option("--format", "form", type=click.Choice(_FORMATS), help="Else by FILE's extension.")
@click.pass_obj
def export(desk: Desk, file: str, form: str | None) -> None:
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
    click.echo(f"Exported to {one_line(file)}")


@click.command("import")
@click.argument("source", metavar="FILE_OR_URL", type=SOURCE)
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.pass_obj
def import_(desk: Desk, source: str, dry_run: bool) -> None:
    """Add and change services as FILE_OR_URL has them; removes none.

    An export of ours (JSON or CSV; - is standard input), or the address of another
    board, as http://host:8475. All of it is taken, or nothing.
    """
    document = _document(source)
    with desk.opened() as running:
        exchange = running.board.exchange
        preview = exchange.preview(operator(), document)
        if preview.errors:
            _print_errors(preview.errors, has_more=preview.more_errors)
            sys.exit(1)
        if not dry_run:
            name = source.partition("?")[0] if _is_address(source) else Path(source).name
            preview = exchange.apply(operator(), document, source=one_line(name)).value
    _print_preview(preview)
    if dry_run:
        click.echo("Nothing was changed: this was a dry run.")


def _form_of(file: str) -> str:
    form = Path(file).suffix.lower().removeprefix(".")
    if form in _FORMATS:
        return form
    raise Invalid("format", "Name a file that ends in .json or .csv, or give --format.")


def _write(path: Path, text: str) -> None:
    # The file's helpers load the storage's; a command that runs has loaded it already.
    from izzitup_desktop.storage.files import write_chosen_file

    write_chosen_file(path, text.encode())


def _document(source: str) -> Document:
    if _is_address(source):
        # The HTTP client costs some of every other command's start.
        from izzitup_desktop.remote import fetch_services

        return parse_api_list(fetch_services(source))
    if source == _STANDARD:
        return parsed(decoded(read_bytes(SIZE_MOST + 1)))
    return read_document(Path(source))


def _is_address(source: str) -> bool:
    return source.lower().startswith(_ADDRESSES)


def _print_errors(errors: tuple[LineError, ...], *, has_more: bool) -> None:
    for error in errors[:_ERRORS_SHOWN]:
        click.echo(one_line(str(error)), err=True)
    more = len(errors) - _ERRORS_SHOWN
    if more > 0:
        click.echo(f"and {more} more" + (" at least" if has_more else ""), err=True)
    click.echo("izzitup: Nothing was imported.", err=True)


def _print_preview(preview: Preview) -> None:
    for name in preview.groups_added:
        click.echo(f"Added the group {one_line(name)}")
    for change in preview.changes:
        if line := _line(change):
            click.echo(one_line(line))
    counts = [f"{preview.count(kind)} {word}" for kind, word in _WORDS.items()]
    click.echo(", ".join(counts))


def _line(change: Change) -> str:
    parts = [_field(change.kind, field) for field in change.fields if field[0] != "name"]
    if change.kind is ChangeKind.CHANGED:
        parts = [_field(change.kind, field) for field in change.fields]
    if change.held_by:
        parts.append(f"{change.held_by} holds the status, it stays")
    if change.kind is ChangeKind.SAME and not parts:
        return ""
    word = _WORDS[change.kind].capitalize()
    return f"{word} {change.name}: {'; '.join(parts)}"


def _field(kind: ChangeKind, change: FieldChange) -> str:
    name, before, after = change
    old, new = _value(name, before), _value(name, after)
    return f"{name} {new}" if kind is ChangeKind.ADDED else f"{name} {old} -> {new}"


def _value(name: str, value: object) -> str:
    if name == "status" and isinstance(value, int):
        return STATUS_NAMES[value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    if isinstance(value, str):
        cut = text if len(text) <= _VALUE_SHOWN else text[:_VALUE_SHOWN] + "…"
        return f'"{cut}"'
    return text


_WORDS = {
    ChangeKind.ADDED: "added",
    ChangeKind.CHANGED: "changed",
    ChangeKind.SAME: "unchanged",
}
