"""Services as text for elsewhere: a line for chat, a table for a ticket or a mail."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QMimeData

from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.desktop.theme.shapes import status_word
from izzitup_desktop.desktop.words.texts import filled, one_line, quoted
from izzitup_desktop.desktop.words.times import exactly
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.statuses import StatusId

_MARKS = {StatusId.OPERATIONAL: "✔", StatusId.IMPAIRED: "▲", StatusId.OUTAGE: "✖"}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#~&])")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def as_chat(rows: Sequence[Row]) -> str:
    """A line a service: what it is, since when, and why."""
    return "\n".join(_chat_line(row.service) for row in rows)


def as_markdown(rows: Sequence[Row]) -> str:
    """A table as GitHub, GitLab and most wikis write it; what people typed is escaped."""
    lines = [_markdown(_titles()), "|" + " --- |" * len(_titles())]
    lines += [_markdown(_cells(row), escape=True) for row in rows]
    return "\n".join(lines) + "\n"


def as_html(rows: Sequence[Row]) -> str:
    """A table of HTML; what people typed is escaped."""
    head = "".join(f"<th>{_html(title)}</th>" for title in _titles())
    body = "".join(
        "<tr>" + "".join(f"<td>{_html(cell)}</td>" for cell in _cells(row)) + "</tr>\n"
        for row in rows
    )
    return f"<table>\n<tr>{head}</tr>\n{body}</table>\n"


def for_clipboard(form: Callable[[Sequence[Row]], str], rows: Sequence[Row]) -> QMimeData:
    """What goes to the clipboard: a table of HTML is one wherever it is pasted."""
    text = form(rows)
    data = QMimeData()
    data.setText(text)
    if form is as_html:
        data.setHtml(text)
    return data


def _chat_line(service: Service) -> str:
    mark = _MARKS.get(StatusId(service.status_id), "•")
    what = filled(
        _tr("%1: %2 since %3"),
        one_line(service.name),
        status_word(service.status_id),
        exactly(service.since),
    )
    why = f" – {quoted(one_line(service.comment))}" if service.comment else ""
    return f"{mark} {what}{why}"


def _titles() -> tuple[str, ...]:
    return _tr("Service"), _tr("Status"), _tr("Since"), _tr("Changed by"), _tr("Comment")


def _cells(row: Row) -> tuple[str, ...]:
    service = row.service
    return (
        service.name,
        status_word(service.status_id),
        exactly(service.since),
        service.changed_by,
        service.comment,
    )


def _markdown(cells: Sequence[str], *, escape: bool = False) -> str:
    shown = (_MARKDOWN.sub(r"\\\1", one_line(cell)) if escape else cell for cell in cells)
    return "| " + " | ".join(shown) + " |"


def _html(text: str) -> str:
    return text.translate(_HTML).replace("\n", "<br>")


def _tr(text: str) -> str:
    return QCoreApplication.translate("copies", text)
