"""The routes of the page: everybody's, answered from the public board alone.

Each row's `query` are the names that its format knows; others are passed over, and are
no other page.
"""

from __future__ import annotations

from collections.abc import Mapping

from izzitup_desktop.server.route_rows import RouteClass, RouteRow, Visibility

_LOOK = ("lang", "theme")
_BADGE = (*_LOOK, "style", "label")

STATUSPAGE = "/api/v2"
KUMA, GATUS = "/compat/uptime-kuma", "/compat/gatus"


def _page(
    name: str,
    path: str,
    *query: str,
    framed: bool = False,
    picture: bool = False,
    past: bool = False,
) -> RouteRow:
    return RouteRow(
        name, "GET", path, RouteClass.PAGE, None, Visibility.PUBLIC,
        query=query, is_framed=framed, is_picture=picture, reads_past=past,
    )  # fmt: skip


PAGE_ROUTES: tuple[RouteRow, ...] = (
    _page("page", "/", *_LOOK),
    _page("page_service", "/services/{service}", *_LOOK, past=True),
    _page("page_events", "/events", *_LOOK, "month", past=True),
    _page("page_event", "/events/{id}", *_LOOK, past=True),
    _page("page_day", "/days/{day}", *_LOOK, past=True),
    _page("page_subscribe", "/subscribe", *_LOOK),
    _page(
        "wall", "/wall", *_LOOK, "groups", "clock", "sound", "columns",
    ),
    _page("embed", "/embed/{what}", *_LOOK, framed=True),
    _page("page_asset", "/page/{asset}"),
    _page("page_logo", "/page/logo/{digest}"),
    _page("badge", "/badge/{what}", *_BADGE, picture=True),
    _page("atom", "/atom", "lang"),
    _page("atom_service", "/services/{service}/atom", "lang"),
    _page("atom_event", "/events/{id}/atom", "lang", past=True),
    _page("calendar", "/calendar.ics", "lang"),
    _page("calendar_group", "/groups/{group}/calendar.ics", "lang"),
    _page("history_atom", "/history.atom", past=True),
    _page("history_rss", "/history.rss", past=True),
    _page("statuspage_summary", f"{STATUSPAGE}/summary.json"),
    _page("statuspage_status", f"{STATUSPAGE}/status.json"),
    _page("statuspage_components", f"{STATUSPAGE}/components.json"),
    _page("statuspage_incidents", f"{STATUSPAGE}/incidents.json", past=True),
    _page("statuspage_unresolved", f"{STATUSPAGE}/incidents/unresolved.json"),
    _page("statuspage_maintenances", f"{STATUSPAGE}/scheduled-maintenances.json"),
    _page("statuspage_upcoming", f"{STATUSPAGE}/scheduled-maintenances/upcoming.json"),
    _page("statuspage_active", f"{STATUSPAGE}/scheduled-maintenances/active.json"),
    _page(
        "alertmanager_alerts", f"{STATUSPAGE}/alerts",
        "active", "silenced", "inhibited", "unprocessed", "filter", "receiver",
    ),
    _page("alertmanager_status", f"{STATUSPAGE}/status"),
    _page("alertmanager_silences", f"{STATUSPAGE}/silences", "filter"),
    _page("alertmanager_receivers", f"{STATUSPAGE}/receivers"),
    _page("kuma_page", f"{KUMA}/api/status-page/{{slug}}"),
    _page("kuma_heartbeat", f"{KUMA}/api/status-page/heartbeat/{{slug}}"),
    _page("gatus_statuses", f"{GATUS}/api/v1/endpoints/statuses", "page", "pageSize"),
)  # fmt: skip
"""Where two have a path in common, the first that fits answers; one without a name in it first."""


def page_row(path: str) -> tuple[RouteRow, Mapping[str, str]] | None:
    """The row that answers at a path, and the parts of the path that have names; or None."""
    if (row := _BY_PATH.get(path)) is not None:
        return row, {}
    for row in _BY_DEPTH.get(path.count("/"), ()):
        if (found := row.pattern.fullmatch(path)) is not None:
            return row, found.groupdict()
    return None


_BY_PATH = {row.path: row for row in PAGE_ROUTES if "{" not in row.path}
_BY_DEPTH: dict[int, list[RouteRow]] = {}
for _row in PAGE_ROUTES:
    if "{" in _row.path:
        _BY_DEPTH.setdefault(_row.path.count("/"), []).append(_row)
