"""What a format of the page is: a function of the public board and of what was asked for.

A format knows no connection, no database and no account: it makes a `Document` of a
`PublicBoard`. It runs on a thread that may wait, and what it makes is kept until the board
is another one, or a minute is over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from izzitup_desktop.domain.logo import Logo
from izzitup_desktop.domain.public_board import Disruption, PublicBoard
from izzitup_desktop.server.envelope import Headers
from izzitup_desktop.text.catalogue import Catalogue

Past = Callable[[datetime, datetime, Sequence[int]], Sequence[Disruption]]
"""Disruptions that reach into a time, newest first, of these services (empty: of all that the
public board has). Waits for the database; raises `Unavailable`."""

OfId = Callable[[int], Disruption | None]
"""The disruption that a change of this id began, or None where nobody may see one. As `Past`."""


def nothing_of_id(_id: int) -> Disruption | None:
    """Where there is no past to look into."""
    return None


@dataclass(frozen=True, slots=True)
class PageLogo:
    """A logo, and the digest that it is asked for by: another picture has another address."""

    logo: Logo
    digest: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for.

    `parameters` are parts of the path by the names in the route's row,
    `query` what the row's `query` allows, each of one value, cut to 200 characters. `base` is
    the address without a slash at its end ("http://192.0.2.7:8475"), the settings' where they
    have one. `is_plain`: whoever asks takes text rather than HTML (curl and its like).
    """

    parameters: Mapping[str, str]
    query: Mapping[str, str]
    base: str
    catalogue: Catalogue
    past: Past
    of_id: OfId = nothing_of_id
    is_plain: bool = False
    logo: PageLogo | None = None

    @property
    def language(self) -> str:
        """In which language it is wanted."""
        return self.catalogue.language

    def words(self, text: object) -> str:
        """A sentence in that language."""
        return self.catalogue.text(text)


@dataclass(frozen=True, slots=True)
class Document:
    """What is answered: its bytes and their type, as `text/html; charset=utf-8`.

    `policy` is its Content-Security-Policy, "" for what is no page. `for_others` may be
    shown by pages of any site (badges). `is_translated`: it would be another one in
    another language.
    """

    content: bytes
    media_type: str
    policy: str = ""
    status: int = 200
    for_others: bool = False
    is_translated: bool = True
    headers: Headers = field(default_factory=list)


Format = Callable[[PublicBoard, Wanted], Document | None]
"""None where there is no such thing, whether it is hidden or was never there."""
