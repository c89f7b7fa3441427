"""The page's application: finds the format, keeps what it makes, and answers.

What is made is kept until the public board is another one; asking again costs a look
whether it is. Whoever asks for the same at the same time waits for one making.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import parse_qsl, unquote

from izzitup_desktop.board import Board
from izzitup_desktop.domain.errors import BoardError
from izzitup_desktop.domain.public_board import PageChoices, PublicBoard
from izzitup_desktop.domain.sources import network_of
from izzitup_desktop.server.accepted import language_of, wants_text
from izzitup_desktop.server.envelope import Headers
from izzitup_desktop.server.exchange import Receive, Scope, Send
from izzitup_desktop.server.page.formats import Document, Wanted
from izzitup_desktop.server.page.logos import Logos
from izzitup_desktop.server.page.missing import missing, unavailable
from izzitup_desktop.server.page.registry import FORMATS, PAGES
from izzitup_desktop.server.page_makings import Makings
from izzitup_desktop.server.page_routes import page_row
from izzitup_desktop.server.route_rows import RouteRow
from izzitup_desktop.server.v1.answers import header, is_among, tag_of
from izzitup_desktop.server.whole import send_whole
from izzitup_desktop.storage.asked import Asked, not_in_time
from izzitup_desktop.text.catalogue import Catalogue
from izzitup_desktop.text.languages import LANGUAGES

_VALUE_MOST = 1_000
_APART_SECONDS = 0.15
"""While services change all the time, the board is looked at so often at most."""

_KEPT_MOST, _BYTES_MOST = 512, 16 * 1024 * 1024

_ALLOW: Headers = [(b"allow", b"GET, HEAD, OPTIONS"), (b"content-length", b"0")]


@dataclass(frozen=True, slots=True)
class _Key:
    """What one document is made for."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    query: tuple[tuple[str, str], ...]
    language: str
    base: str
    is_plain: bool


@dataclass(frozen=True, slots=True)
class _Made:
    """A document as it is sent."""

    status: int
    headers: Headers
    content: bytes
    tag: bytes


class Pages:
    """Answers what is at the routes of the page; used on `loop`."""

    def __init__(
        self, board: Board, choices: Callable[[], PageChoices], loop: asyncio.AbstractEventLoop
    ) -> None:
        self._boards = board.public_boards
        self._clock = board.clock
        self._choices = choices
        self._catalogues = {language: Catalogue(language) for language in LANGUAGES}
        self._logos = Logos()
        self._kept_of: PublicBoard | None = None
        self._kept: dict[_Key, _Made] = {}
        self._kept_bytes = 0
        self._loop = loop
        self._next_board = 0.0
        self._makings = Makings[_Key, tuple[PublicBoard, _Made]](loop, self._keep)

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["method"] not in ("GET", "HEAD"):
            await send_whole(send, 204 if scope["method"] == "OPTIONS" else 405, _ALLOW, b"")
            return
        found = page_row(scope["raw_path"].decode("ascii"))
        if found is None:  # the guard found one
            raise RuntimeError("no page")
        row, parameters = found
        choices = self._choices()
        key = self._key(scope, row, parameters, choices)
        try:
            made = self._kept_for(key, choices) or await self._made(key, row, choices, scope)
        except BoardError:
            made = _whole(unavailable(self._catalogues[key.language]), key)
        await _send(made, scope, send)

    def close(self, seconds: float) -> None:
        """Make no more; wait `seconds` for what is being made."""
        self._makings.close(seconds)

    def _key(
        self, scope: Scope, row: RouteRow, parameters: Mapping[str, str], choices: PageChoices
    ) -> _Key:
        query = _query(scope["query_string"], row.query)
        language = query.get("lang", "")
        if language not in LANGUAGES:
            language = language_of(header(scope, b"accept-language"))
        host = header(scope, b"host").decode("latin-1").lower()
        return _Key(
            row.name,
            tuple((name, unquote(part)) for name, part in parameters.items()),
            tuple(sorted(query.items())),
            language,
            choices.address or f"{scope['scheme']}://{host}",
            wants_text(header(scope, b"accept"), header(scope, b"user-agent")),
        )

    def _kept_for(self, key: _Key, choices: PageChoices) -> _Made | None:
        made = self._kept.get(key)
        if made is None:
            return None
        known = self._boards.known(choices, self._clock.now())
        return made if known is not None and known is self._kept_of else None

    async def _made(self, key: _Key, row: RouteRow, choices: PageChoices, scope: Scope) -> _Made:
        """The document, made now. Raises `Unavailable`."""
        asked: Asked = scope["state"].get("asked", Asked)()
        making = self._makings.get(key)
        if making is not None:
            # That one began before who asks now, who may have changed something meanwhile.
            await making.within(asked)
            if (made := self._kept_for(key, choices)) is not None:
                return made
            making = self._makings.get(key)
        if making is None:
            make = partial(self._make, key, row, choices)
            network = _network(scope) if row.reads_past else None
            making = self._makings.begin(key, make, partial(self._spaced, choices), network)
        await making.within(asked)
        if not making.done.done():
            raise not_in_time()
        return making.done.result()[1]

    async def _spaced(self, choices: PageChoices) -> None:
        """Wait, where somebody would have the board looked at again and again."""
        if self._boards.known(choices, self._clock.now()) is None:
            wait = self._next_board - self._loop.time()
            if wait > 0:
                await asyncio.sleep(wait)
            self._next_board = self._loop.time() + _APART_SECONDS

    def _make(self, key: _Key, row: RouteRow, choices: PageChoices) -> tuple[PublicBoard, _Made]:
        """On a thread that may wait. Raises `Unavailable`."""
        board = self._boards.board(choices)
        catalogue = self._catalogues[key.language]
        wanted = Wanted(
            dict(key.parameters),
            dict(key.query),
            key.base,
            catalogue,
            partial(self._boards.past, choices),
            partial(self._boards.of_id, choices),
            key.is_plain,
            self._logos.of(choices.logo),
        )
        document = FORMATS[row.name](board, wanted)
        if document is None:
            page = PAGES.get(row.name)
            document = missing(catalogue) if page is None else page(board, wanted)
        return board, _whole(document, key)

    def _keep(self, key: _Key, result: tuple[PublicBoard, _Made]) -> None:
        board, made = result
        of = self._kept_of
        if of is not None and board is not of and board.made < of.made:
            return
        is_full = len(self._kept) >= _KEPT_MOST or self._kept_bytes > _BYTES_MOST
        if board is not of or is_full:
            self._kept_of, self._kept, self._kept_bytes = board, {}, 0
        self._kept[key] = made
        self._kept_bytes += len(made.content)


def _query(sent: bytes, known: tuple[str, ...]) -> dict[str, str]:
    """What a format knows of a query; several values of one name on lines of their own."""
    if not sent or not known:
        return {}
    found: dict[str, str] = {}
    try:
        pairs = parse_qsl(sent.decode("ascii"), keep_blank_values=True, max_num_fields=50)
    except ValueError:
        return {}
    for name, value in pairs:
        if name in known:
            several = f"{found[name]}\n" if name in found else ""
            found[name] = several + value[:_VALUE_MOST]
    return found


def _network(scope: Scope) -> str:
    client = scope["client"]
    return network_of(str(client[0])) if client else ""


def _whole(document: Document, key: _Key) -> _Made:
    content = document.content
    tag = tag_of(content)
    headers: Headers = [
        (b"content-type", document.media_type.encode("ascii")),
        (b"content-length", b"%d" % len(content)),
        (b"etag", tag),
        (b"cache-control", b"no-cache"),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
        (
            b"cross-origin-resource-policy",
            b"cross-origin" if document.for_others else b"same-origin",
        ),
        *document.headers,
    ]
    if document.is_translated:
        headers += [
            (b"content-language", key.language.encode("ascii")),
            (b"vary", b"Accept, Accept-Language, User-Agent"),
        ]
    if document.policy:
        headers.append((b"content-security-policy", document.policy.encode("ascii")))
    return _Made(document.status, headers, content, tag)


async def _send(made: _Made, scope: Scope, send: Send) -> None:
    headers = made.headers
    origin = scope["state"].get("listed_origin")
    if origin is not None:
        # A site that the settings list: it may read this, without anybody's sign-in.
        headers = [*headers, (b"access-control-allow-origin", origin), (b"vary", b"Origin")]
    known = header(scope, b"if-none-match")
    if made.status == 200 and known and is_among(made.tag, known, weakly=True):
        kept = [pair for pair in headers if pair[0] not in (b"content-type", b"content-length")]
        await send_whole(send, 304, kept, b"")
        return
    await send_whole(send, made.status, headers, made.content)
