"""The board's first page, and that of one service."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from izzitup_desktop.domain.days import uptime
from izzitup_desktop.domain.messages import counted, msg
from izzitup_desktop.domain.public_board import PublicBoard, PublicService
from izzitup_desktop.domain.statuses import StatusId, severity
from izzitup_desktop.server.page import disruptions
from izzitup_desktop.server.page.formats import Document, Wanted
from izzitup_desktop.server.page.html.happenings import (
    by_day,
    coming,
    happening,
    work_of,
)
from izzitup_desktop.server.page.html.plain import plain_board, plain_service
from izzitup_desktop.server.page.html.rendering import rendered
from izzitup_desktop.server.page.html.services import counts_of, group_views, row_of, strip_of
from izzitup_desktop.server.page.html.strips import NARROW_DAYS, bad_days, known_days
from izzitup_desktop.server.page.html.wording import Wording
from izzitup_desktop.text.headlines import headline

_OPEN_MOST, _PAST_MOST = 20, 40
"""So many disruptions are told on the first page, that go on and that are over."""

_UPTIMES = (7, 30)
"""Of the last so many days a service's page tells the uptime, and of all that it shows."""


def page(board: PublicBoard, wanted: Wanted) -> Document | None:
    """How everything is, what goes on, all services, what is planned, and what was."""
    if wanted.is_plain:
        return plain_board(board, wanted)
    wording = Wording(wanted.catalogue, board.made)
    goes_on = sorted(board.open(), key=lambda one: severity(one.status_id), reverse=True)
    over = [one for one in board.disruptions if one.end is not None]
    stale = sum(one.stale for one in board.services.values())
    rest = len(goes_on) - _OPEN_MOST
    return rendered(
        "front.html", board, wanted, wording,
        headline=wording.named(headline(board)),
        since=wording.since(board.since) if board.since is not None else "",
        as_of=wording.say(msg("as of %1"), wording.clock(board.made)),
        counts=counts_of(board, wording),
        stale=wording.text(
            counted("%1 service is not confirmed", "%1 services are not confirmed", stale)
        ) if stale else "",
        going_on=[happening(one, board, wording) for one in islice(goes_on, _OPEN_MOST)],
        more_going_on=wording.text(msg("%1 more, see below", rest)) if rest > 0 else "",
        works=[work_of(one, board, wording) for one in coming(board)],
        groups=group_views(board, wording),
        past=by_day(islice(over, _PAST_MOST), board, wording),
        past_title=wording.text(
            counted("Past %1 day", "Past %1 days", board.choices.past_days)
        ),
        begin=_begin(board, wording),
        narrow_begin=_begin(board, wording, NARROW_DAYS),
    )  # fmt: skip


def page_service(board: PublicBoard, wanted: Wanted) -> Document | None:
    """One service: how it is, each of its days, and what was said of it."""
    service = board.service(wanted.parameters.get("service", ""))
    if service is None:
        return None
    if wanted.is_plain:
        return plain_service(service, board, wanted)
    wording = Wording(wanted.catalogue, board.made)
    group = next((one.name for one in board.groups if one.id == service.group_id), "")
    return rendered(
        "service.html", board, wanted, wording,
        title=wording.text(msg("%1: %2", service.name, wording.status(service.status_id))),
        service=service,
        row=row_of(service, board, wording),
        strip=strip_of(service, board, wording),
        group=group,
        url=_web_address(service.url),
        since=wording.since(service.since),
        confirmed=wording.say(msg("last confirmed %1"), wording.near(service.confirmed)),
        uptimes=list(_uptimes(service, wording)),
        bad_days=list(_bad_days(service, board, wording)),
        words=(wording.status(StatusId.OUTAGE), wording.status(StatusId.IMPAIRED)),
        past=by_day(
            disruptions.as_far_as_strips(board, wanted, (service.id,)), board, wording
        ),
        begin=_begin(board, wording),
        narrow_begin=_begin(board, wording, NARROW_DAYS),
    )  # fmt: skip


def _uptimes(service: PublicService, wording: Wording) -> Iterator[tuple[str, str]]:
    """The last days and all that are shown, and the uptime in them."""
    known = known_days(service.days) or len(service.days)
    for count in (*(one for one in _UPTIMES if one < known), known):
        days = wording.text(counted("%1 day", "%1 days", count))
        yield days, wording.percent(uptime(service.days[-count:]))


def _bad_days(
    service: PublicService, board: PublicBoard, wording: Wording
) -> Iterator[tuple[object, ...]]:
    """Each day on which it was not fine, with its words, the newest first."""
    for one in bad_days(service.days, board.dates):
        yield (
            one, wording.day(one.date), wording.status(one.worst), wording.lasting(one.length),
            wording.lasting(one.outage) if one.outage else "–",
            wording.lasting(one.impaired) if one.impaired else "–",
        )  # fmt: skip


def _begin(board: PublicBoard, wording: Wording, most: int | None = None) -> str:
    """How long ago strips begin, which have so many days at most."""
    days = len(board.dates[-most:] if most else board.dates)
    return wording.text(counted("%1 day ago", "%1 days ago", days))


def _web_address(url: str) -> str:
    """The service's address where a browser may follow it, else ""."""
    try:
        return url if urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""
