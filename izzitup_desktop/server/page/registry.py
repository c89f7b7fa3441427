"""Which format answers which route of the page, by the name of the route's row."""

from __future__ import annotations

from collections.abc import Mapping

from izzitup_desktop.server.page import badges, embeds, wall
from izzitup_desktop.server.page.feeds import atom, calendar, history
from izzitup_desktop.server.page.formats import Format

FORMATS: Mapping[str, Format] = {
    "wall": wall.wall,
    "embed": embeds.embed,
    "badge": badges.badge,
    "atom": atom.of_board,
    "atom_service": atom.of_service,
    "atom_event": atom.of_event,
    "history_atom": history.as_atom,
    "history_rss": history.as_rss,
    "calendar": calendar.of_board,
    "calendar_group": calendar.of_group,
}
