"""Templates of `resources/page`, filled; and the addresses of what lies beside them."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

from izzitup_desktop.platform.paths import resource

if TYPE_CHECKING:
    from jinja2 import Environment

_PARTS = (".css", ".js")


def filled(template: str, **values: Any) -> str:
    """A template with its values, which are escaped but for those that are markup."""
    return _environment().get_template(template).render(asset=asset, version=version(), **values)


def asset(name: str) -> str:
    """Where a style or script lies; another address with each other version."""
    return f"/page/{name}?v={version()}"


@cache
def version() -> str:
    """Another text whenever one of the styles, scripts and templates is another one."""
    digest = hashlib.sha256()
    for path in sorted(resource("page").iterdir()):
        if path.suffix in (*_PARTS, ".html"):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # 100 ms, with the first page

    return Environment(
        loader=FileSystemLoader(resource("page")), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
