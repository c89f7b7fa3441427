"""The board that the document's examples are about, and the examples of the page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from izzitup_desktop.domain.accounts import Origin, Role
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
    """`named`: what the examples call what has another name here: numbers, times, files."""

    server: EmbeddedServer
    environment: Mapping[str, str]
    named: Mapping[str, str]

    def examples(self, language: str) -> list[Example]:
        """Those of the page as it is served, in an order in which all of them can be done."""
        page = ask(self.server, method="GET", path="/api/docs").body.decode()
        found = [
            Example(operation, method, language, self._here(html.unescape(text)))
            for operation, article in re.findall(
                r'<article class="operation" id="(\w+)"(.*?)</article>', page, re.DOTALL
            )
            for method in re.findall(r'<span class="method">(\w+)</span>', article)
            for text in re.findall(
                rf'<pre data-example="{language}"><code>(.*?)</code>', article, re.DOTALL
            )
        ]
        return sorted(found, key=lambda one: _ORDER.index(one.method))

    def _here(self, text: str) -> str:
        for example, real in self.named.items():
            text = text.replace(example, real)
        return text


@contextmanager
def shown_board(folder: Path) -> Iterator[Shown]:
    with opened_board(f"sqlite:///{folder}/izzitup.db", folder) as board:
        core = board.groups.add(ALICE, "Core").value
        board.groups.add(ALICE, "Empty")
        gone = board.groups.add(ALICE, "Gone").value
        add_service(board, "E-Mail", key="MAIL", group_id=core.id)
        removed = add_service(board, "Old", key="OLD", group_id=core.id)
        add_service(board, "Web", key="WEB", group_id=core.id)
        other = add_service(board, "Other", key="OTHER")
        board.services.remove(ALICE, [removed.id])
        board.groups.remove(ALICE, gone.id)
        account = board.accounts.first("alice", GOOD_PASSWORD, Origin.CLI).value
        board.accounts.add(ALICE, "mmouse", Role.EDITOR, GOOD_PASSWORD)
        scopes = frozenset(map(Scope, GRANTED))
        token, another = (
            board.tokens.add(ALICE, TokenDraft(name, account.id, None, scopes)).value
            for name in ("shown", "another")
        )
        (entry,) = board.statuses.set(ALICE, [other.id], 7).entries
        named = {
            "/tokens/4": f"/tokens/{another.token.id}",
            "/journal/1187": f"/journal/{entry.operation_id}",
            "izzitup-20261127T083000.000000Z.db": board.backups.save(ALICE).name,
            "2027-02-25T08:30:00Z": f"{datetime.now(UTC) + timedelta(days=90):%Y-%m-%dT%H:%M:%SZ}",
        }
        environment = {
            "IZZITUP_TOKEN": token.secret, "IZZITUP_USER": "alice", "IZZITUP_PASSWORD": GOOD_PASSWORD
        }  # fmt: skip
        with serving(board) as server:
            yield Shown(server, environment, named)
