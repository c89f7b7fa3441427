"""Which format answers which route of the page, by the name of the route's row."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from izzitup_desktop.domain.public_board import PublicBoard
from izzitup_desktop.server.page import (
    alertmanager,
    assets,
    badges,
    embeds,
    gatus,
    kuma,
    logos,
    statuspage,
    wall,
)
from izzitup_desktop.server.page.feeds import atom, calendar, history
from izzitup_desktop.server.page.formats import Document, Format, Wanted
from izzitup_desktop.server.page.html import events, front, subscribe
from izzitup_desktop.server.page.missing import missing_page

FORMATS: Mapping[str, Format] = {
    "page": front.page,
    "page_service": front.page_service,
    "page_events": events.page_events,
    "page_event": events.page_event,
    "page_day": events.page_day,
    "page_subscribe": subscribe.page_subscribe,
    "page_asset": assets.page_asset,
    "page_logo": logos.page_logo,
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
    "statuspage_summary": statuspage.summary,
    "statuspage_status": statuspage.status,
    "statuspage_components": statuspage.components,
    "statuspage_incidents": statuspage.incidents,
    "statuspage_unresolved": statuspage.unresolved,
    "statuspage_maintenances": statuspage.maintenances,
    "statuspage_upcoming": statuspage.upcoming,
    "statuspage_active": statuspage.active,
    "alertmanager_alerts": alertmanager.alerts,
    "alertmanager_status": alertmanager.status,
    "alertmanager_silences": alertmanager.silences,
    "alertmanager_receivers": alertmanager.receivers,
    "kuma_page": kuma.page,
    "kuma_heartbeat": kuma.heartbeat,
    "gatus_statuses": gatus.statuses,
}

PAGES: Mapping[str, Callable[[PublicBoard, Wanted], Document]] = dict.fromkeys(
    ("page_service", "page_events", "page_event", "page_day"), missing_page
)
"""What answers where there is nothing to see, of routes that people look at."""
