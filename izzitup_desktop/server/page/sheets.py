"""Pages of templates: how those of `resources/page` become documents, and what they may load."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

from izzitup_desktop.platform.paths import resource
from izzitup_desktop.server.page.formats import Document

if TYPE_CHECKING:
    from jinja2 import Environment

MEDIA_TYPE = "text/html; charset=utf-8"

THEMES = ("system", "light", "dark")
"""The first is the reader's own choice, and what holds for any other text."""

_PARTS = (".css", ".js", ".html")
_POLICY = (
    "default-src 'none'", "style-src 'self'", "script-src 'self'", "connect-src 'self'",
    "base-uri 'none'",
)  # fmt: skip


def policy(*further: str, ancestors: str = "'none'") -> str:
    """What a page may load: our own script and style, and nothing that is inline.

    `further` are directives that it needs besides, `ancestors` whose pages may frame it.
    """
    return "; ".join((*_POLICY, *further, f"frame-ancestors {ancestors}"))


def filled(template: str, policy_: str, *, status: int = 200, **values: Any) -> Document:
    """The document of a template, whose values are escaped but for those that are markup."""
    made = _environment().get_template(template)
    text = made.render(asset=asset, version=version(), **values)
    # What somebody typed may be half of a character, which no UTF-8 has.
    return Document(text.encode("utf-8", "replace"), MEDIA_TYPE, policy_, status)


def asset(name: str) -> str:
    """Where a style or script lies; another address with each other version."""
    return f"/page/{name}?v={version()}"


@cache
def version() -> str:
    """Another text whenever one of the styles, scripts and templates is another one."""
    digest = hashlib.sha256()
    for path in sorted(resource("page").iterdir()):
        if path.suffix in _PARTS:
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # 100 ms, with the first page

    return Environment(
        loader=FileSystemLoader(resource("page")), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
