"""`izzitup journal`: what happened, newest first."""

from __future__ import annotations

import click

from izzitup_desktop.cli.context import CliContext, print_json, utc
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.text.origins import whence


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 100_000))
@click.pass_obj
def journal(desk: CliContext, as_json: bool, limit: int) -> None:
    """Show the journal, newest first."""
    with desk.board() as board:
        entries = board.journal.latest(limit)
        vocabulary = board.vocabulary
    if as_json:
        print_json([_as_json(entry) for entry in entries])
        return
    rows = [
        [
            str(entry.id),
            desk.local(entry.time),
            whence(entry.actor, entry.origin),
            vocabulary.what_happened(entry),
            entry.comment,
        ]
        for entry in entries
    ]
    titles = [msg("ID"), msg("TIME"), msg("WHO"), msg("WHAT"), msg("COMMENT")]
    desk.print_table(titles, rows)


def _as_json(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "time": utc(entry.time),
        "actor": entry.actor,
        "account_id": entry.account_id,
        "origin": entry.origin.value,
        "kind": entry.kind.value,
        "subject_id": entry.subject_id,
        "subject_name": entry.subject_name,
        "before": dict(entry.before),
        "after": dict(entry.after),
        "comment": entry.comment,
        "undoes": entry.undoes,
    }
