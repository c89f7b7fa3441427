"""The board that the document's examples are about, and the examples of the page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.scopes import GRANTED, Scope
from izzitup_desktop.domain.tokens import TokenDraft
from izzitup_desktop.server.embedded import EmbeddedServer
from tests.builders import ALICE, GOOD_PASSWORD, add_service, opened_board
from tests.server.wire import ask, serving

_ORDER = ("GET", "PUT", "POST", "PATCH", "DELETE")
"""What changes least comes first: each finds what it is about."""


@dataclass(frozen=True)
class Example:
    """What the page shows of an operation in one language of programs."""

    operation: str
    method: str
    language: str
    text: str


@dataclass(frozen=True)
class Shown:
    server: EmbeddedServer
    token: str

    def examples(self, language: str) -> list[Example]:
        """Those of the page as it is served, in an order in which all of them can be done."""
        page = ask(self.server, method="GET", path="/api/docs").body.decode()
        found = [
            Example(operation, method, language, html.unescape(text))
            for operation, article in re.findall(
                r'<article class="operation" id="(\w+)"(.*?)</article>', page, re.DOTALL
            )
            for method in re.findall(r'<span class="method">(\w+)</span>', article)
            for text in re.findall(
                rf'<pre data-example="{language}"><code>(.*?)</code>', article, re.DOTALL
            )
        ]
        return sorted(found, key=lambda one: _ORDER.index(one.method))


@contextmanager
def shown_board(folder: Path) -> Iterator[Shown]:
    with opened_board(f"sqlite:///{folder}/izzitup.db", folder) as board:
        core = board.groups.add(ALICE, "Core").value
        add_service(board, "E-Mail", key="MAIL", group_id=core.id)
        removed = add_service(board, "Old", key="OLD", group_id=core.id)
        add_service(board, "Web", key="WEB", group_id=core.id)
        board.services.remove(ALICE, [removed.id])
        account = board.accounts.first("alice", GOOD_PASSWORD, Origin.CLI)
        draft = TokenDraft("shown", account.value.id, None, frozenset(map(Scope, GRANTED)))
        token = board.tokens.add(ALICE, draft).value.secret
        with serving(board) as server:
            yield Shown(server, token)
