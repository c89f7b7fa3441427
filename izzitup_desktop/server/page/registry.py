"""Which format answers which route of the page, by the route's name."""

from __future__ import annotations

from izzitup_desktop.server.page.badges import badge
from izzitup_desktop.server.page.embeds import embed
from izzitup_desktop.server.page.formats import Format
from izzitup_desktop.server.page.wall import wall

FORMATS: dict[str, Format] = {
    "badge": badge,
    "embed": embed,
    "wall": wall,
}
