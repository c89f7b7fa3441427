"""What all pages for people have: their frame, and how somebody wants them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from izzitup_desktop.domain.public_board import PublicBoard
from izzitup_desktop.server.page import sheets
from izzitup_desktop.server.page.assets import favicon
from izzitup_desktop.server.page.formats import Document, Wanted
from izzitup_desktop.server.page.html.wording import Wording
from izzitup_desktop.server.page.sheets import THEMES
from izzitup_desktop.server.routes import REFERENCE
from izzitup_desktop.text.headlines import headline
from izzitup_desktop.text.languages import LANGUAGES

_POLICY = sheets.policy("img-src 'self'", "form-action 'self'")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")

LANGUAGE_NAMES: Mapping[str, str] = {"en": "English", "de": "Deutsch"}
"""Each as those call it who read it."""


@dataclass(frozen=True, slots=True)
class Look:
    """How somebody wants pages: `chosen` is what links carry on, as "?lang=de", "" for nothing."""

    theme: str
    chosen: str
    languages: tuple[tuple[str, str, str, bool], ...]
    kept: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, wanted: Wanted) -> Look:
        """What the address says; what it can't say is passed over."""
        query = wanted.query
        asked = {}
        if query.get("lang") in LANGUAGES:
            asked["lang"] = query["lang"]
        if query.get("theme") in THEMES:
            asked["theme"] = query["theme"]
        month = query.get("month", "")
        further = {"month": month} if _MONTH.fullmatch(month) else {}
        languages = tuple(
            (
                code,
                LANGUAGE_NAMES.get(code, code),
                "?" + urlencode({**asked, **further, "lang": code}),
                code == wanted.language,
            )
            for code in LANGUAGES
        )
        kept = {name: value for name, value in {**asked, **further}.items() if name != "theme"}
        return cls(
            asked.get("theme", THEMES[0]),
            "?" + urlencode(asked) if asked else "",
            languages,
            tuple(kept.items()),
        )


def rendered(
    template: str,
    board: PublicBoard,
    wanted: Wanted,
    wording: Wording,
    *,
    status: int = 200,
    **values: Any,
) -> Document:
    """The document of a template, which has the board's frame around it."""
    choices = board.choices
    board_name = choices.title or wording["status_page"]
    state = wording.text(headline(board))
    title = values.pop("title", "")
    return sheets.filled(
        template,
        _POLICY,
        status=status,
        board=board,
        board_name=board_name,
        choices=choices,
        document_title=" · ".join(part for part in (title or state, board_name) if part),
        logo=wanted.logo,
        favicon=favicon(board.status_id),
        look=Look.of(wanted),
        say=wording,
        state=state,
        themes=tuple((theme, wording[theme]) for theme in THEMES),
        title=title,
        reference=REFERENCE,
        **values,
    )
