"""Which format answers which route of the page, by the name of the route's row."""

from __future__ import annotations

from collections.abc import Mapping

from izzitup_desktop.server.page.formats import Format

FORMATS: Mapping[str, Format] = {}
