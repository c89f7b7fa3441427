"""Which format answers which route of the page, by the name of the route's row."""

from __future__ import annotations

from collections.abc import Mapping

from izzitup_desktop.server.page.feeds import atom, calendar, history
from izzitup_desktop.server.page.formats import Format
from izzitup_desktop.server.page.html import assets, front, pages

FORMATS: Mapping[str, Format] = {
    "page": front.page,
    "page_service": front.page_service,
    "page_events": pages.page_events,
    "page_event": pages.page_event,
    "page_day": pages.page_day,
    "page_subscribe": pages.page_subscribe,
    "page_asset": assets.page_asset,
    "atom": atom.of_board,
    "atom_service": atom.of_service,
    "atom_event": atom.of_event,
    "history_atom": history.as_atom,
    "history_rss": history.as_rss,
    "calendar": calendar.of_board,
    "calendar_group": calendar.of_group,
}
