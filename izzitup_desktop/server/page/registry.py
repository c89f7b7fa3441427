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
from izzitup_desktop.server.page import alertmanager, gatus, kuma, statuspage

FORMATS: Mapping[str, Format] = {
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
