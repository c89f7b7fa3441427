"""The board as plain text, for terminals: 80 columns, and nothing that moves a cursor."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.public_board import PublicBoard, PublicService
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.server.page.formats import Document, Wanted
from izzitup_desktop.server.page.html.happenings import Happening, Work, coming, work_of
from izzitup_desktop.server.page.html.services import strip_of
from izzitup_desktop.server.page.html.wording import Wording
from izzitup_desktop.text import times
from izzitup_desktop.text.headlines import headline

COLUMNS = 80
MARKS = {StatusId.OPERATIONAL: "[ ok ]", StatusId.IMPAIRED: "[ !! ]", StatusId.OUTAGE: "[ XX ]",
         StatusId.CLOSED: "[ -- ]"}  # fmt: skip
"""What stands in front of a service: all of one width, and none by colour."""

_NO_MARK, _INDENT = "[ ?? ]", " " * 7

PLAIN = "text/plain; charset=utf-8"
_NAME_COLUMNS = 34


def plain_board(board: PublicBoard, wanted: Wanted) -> Document:
    """How everything is, and all services."""
    return plain_text(_board_lines(board, wanted))


def plain_service(service: PublicService, board: PublicBoard, wanted: Wanted) -> Document:
    """One service: how it is, since when, and its bad days."""
    wording = Wording(wanted.catalogue, board.made)
    strip = strip_of(service, board, wording, told_most=len(service.days))
    lines = [
        service.name,
        *wrapped(service.description),
        "",
        *_service_lines(service, wording),
        "",
        strip.uptime,
        *(f"  {one.text}" for one in strip.told),
        "",
        f"{wanted.base}/",
    ]
    return plain_text(lines)


def plain_events(
    title: str,
    happenings: Iterable[Happening],
    works: Iterable[Work],
    wanted: Wanted,
    wording: Wording,
) -> Document:
    """What happened and what is planned, under a title."""
    lines = [title]
    for work in works:
        lines += ["", *wrapped(f"{work.title}: {work.state}")]
        lines += wrapped(_bare(work.span), _INDENT)
        lines += wrapped(work.names, _INDENT)
        lines += wrapped(work.text, _INDENT)
    for one in happenings:
        mark = MARKS.get(StatusId(one.status_id), _NO_MARK)
        lines += ["", *_marked(mark, one.service_name, one.word)]
        lines += wrapped(_bare(one.span), _INDENT)
        lines += wrapped(_bare(one.until), _INDENT)
        for said in one.said:
            by = f" ({said.by})" if said.by else ""
            told = f"{_bare(said.when)}, {said.word}{by}: {said.comment}".rstrip(": ")
            lines += wrapped(told, _INDENT)
    if len(lines) == 1:
        lines += ["", wording["nothing"]]
    return plain_text([*lines, "", f"{wanted.base}/"])


def plain_text(lines: Iterable[str], status: int = 200) -> Document:
    """A document of lines, none of which is wider than a terminal."""
    text = "".join(f"{cut(line, COLUMNS).rstrip()}\n" for line in lines)
    return Document(text.encode("utf-8", "replace"), PLAIN, status=status)


def _board_lines(board: PublicBoard, wanted: Wanted) -> Iterator[str]:
    wording = Wording(wanted.catalogue, board.made)
    yield board.choices.title or wording["status_page"]
    yield ""
    yield from wrapped(wording.text(headline(board)))
    if board.since is not None:
        yield from wrapped(_bare(wording.since(board.since)))
    yield wording.text(msg("as of %1", times.to_minute(wording.language, board.made)))
    if board.choices.text:
        yield ""
        for line in board.choices.text.splitlines():
            yield from wrapped(line)
    for group in board.groups:
        yield ""
        alone = len(board.groups) == 1
        yield group.name or wording["services" if alone else "other_services"]
        for service in group.services:
            yield from _service_lines(service, wording)
    works = coming(board)
    if works:
        yield ""
        yield wording["maintenance"]
    for one in works:
        work = work_of(one, board, wording)
        yield from wrapped(f"{work.title}: {_bare(work.span)}", "  ")
    yield ""
    yield f"{wanted.base}/"


def _service_lines(service: PublicService, wording: Wording) -> Iterator[str]:
    mark = MARKS.get(StatusId(service.status_id), _NO_MARK)
    word = wording.status(service.status_id)
    if service.stale:
        word = f"{word}, {wording['stale']}"
    yield from _marked(mark, service.name, word)
    if not service.is_fine:
        yield from wrapped(_bare(wording.since(service.since)), _INDENT)
    until = wording.expected(service.expiry)
    if until:
        yield from wrapped(_bare(until), _INDENT)
    yield from wrapped(service.comment, _INDENT)


def _marked(mark: str, name: str, word: str) -> list[str]:
    """A name with its status in a column; a long name has the lines above for itself."""
    if width(clean(name)) <= _NAME_COLUMNS:
        return [f"{mark} {padded(name, _NAME_COLUMNS)} {word}"]
    whole = textwrap.wrap(
        clean(name), COLUMNS, initial_indent=f"{mark} ", subsequent_indent=_INDENT
    )  # fmt: skip
    return [*whole, f"{_INDENT}{padded('', _NAME_COLUMNS)} {word}"]


def _bare(html: Markup | str) -> str:
    return html.striptags() if isinstance(html, Markup) else html


def wrapped(text: str, indent: str = "") -> list[str]:
    """Text in lines that fit; nothing for nothing."""
    shown = " ".join(clean(text).split())
    return textwrap.wrap(shown, COLUMNS, initial_indent=indent, subsequent_indent=indent)


def clean(text: str) -> str:
    """Text without what would do something to a terminal, or turn its direction."""
    return "".join(
        char if unicodedata.category(char)[0] != "C" else " " for char in text
    )  # fmt: skip


def width(text: str) -> int:
    """How many columns a text takes."""
    return sum(map(_columns, text))


def cut(text: str, columns: int) -> str:
    """As much of a text as fits; "…" at its end says that there is more."""
    text = clean(text)
    if width(text) <= columns:
        return text
    taken, left = [], columns - 1
    for char in text:
        left -= _columns(char)
        if left < 0:
            break
        taken.append(char)
    return "".join(taken) + "…"


def padded(text: str, columns: int) -> str:
    """A text of just so many columns."""
    fitting = cut(text, columns)
    return fitting + " " * (columns - width(fitting))


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
