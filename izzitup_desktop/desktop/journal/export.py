"""The journal as CSV or JSON, written while it is read: its length costs no memory."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.csv_cells import safe_cell
from izzitup_desktop.domain.errors import Cancelled
from izzitup_desktop.domain.journal import Entry, Search
from izzitup_desktop.platform.chosen import write_chosen_parts

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board

_AT_ONCE = 1_000
_COLUMNS = (
    "id", "time", "actor", "origin", "kind", "subject", "before", "after", "comment", "undoes",
    "what",
)  # fmt: skip


def export(
    board: Board,
    principal: Principal,
    wanted: Search,
    path: Path,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
    what: Callable[[Entry], str],
    at_once: int = _AT_ONCE,
) -> int:
    """Write what matches to `path`, newest first, as CSV or JSON by its ending; how many.

    `what` says an entry in words, which stand beside its fields.
    Raises `Cancelled`, `Invalid`, `Unavailable`, `NotAllowed`; the file then stays as it is.
    """
    count = 0

    def pages() -> Iterator[tuple[Entry, ...]]:
        nonlocal count
        before_id: int | None = None
        while True:
            if cancelled():
                raise Cancelled
            page = board.journal.search(principal, wanted, limit=at_once, before_id=before_id)
            count += len(page)
            if page:
                newest = max(page[0].id, count)
                # How many match is not known; how far down the ids it is, is.
                progress(newest - page[-1].id, newest)
                yield page
            if len(page) < at_once:
                return
            before_id = page[-1].id

    as_parts = _json_parts if path.suffix.lower() == ".json" else _csv_parts
    write_chosen_parts(path, as_parts(pages(), what))
    return count


def _csv_parts(pages: Iterable[Iterable[Entry]], what: Callable[[Entry], str]) -> Iterator[bytes]:
    yield _csv([_COLUMNS])
    for page in pages:
        yield _csv([*_cells(entry), safe_cell(what(entry))] for entry in page)


def _csv(rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _cells(entry: Entry) -> list[object]:
    return [
        entry.id,
        entry.time.isoformat(),
        safe_cell(entry.actor),
        safe_cell(entry.origin.value),
        safe_cell(entry.kind.value),
        safe_cell(entry.subject_name),
        json.dumps(dict(entry.before), ensure_ascii=False),
        json.dumps(dict(entry.after), ensure_ascii=False),
        safe_cell(entry.comment),
        entry.undoes or "",
    ]


def _json_parts(pages: Iterable[Iterable[Entry]], what: Callable[[Entry], str]) -> Iterator[bytes]:
    before = "[\n"
    for page in pages:
        yield (before + ",\n".join(_object(entry, what(entry)) for entry in page)).encode()
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"


def _object(entry: Entry, what: str) -> str:
    fields = {
        "id": entry.id,
        "time": entry.time.isoformat(),
        "actor": entry.actor,
        "origin": entry.origin.value,
        "kind": entry.kind.value,
        "subject_id": entry.subject_id,
        "subject_name": entry.subject_name,
        "before": dict(entry.before),
        "after": dict(entry.after),
        "comment": entry.comment,
        "undoes": entry.undoes,
        "what": what,
    }
    return json.dumps(fields, ensure_ascii=False)
