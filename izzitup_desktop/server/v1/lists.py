"""Lists of services: which are wanted, in which order, and from where on."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Any

from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.text import fold, search_fold
from izzitup_desktop.server.v1.models import ServiceQuery
from izzitup_desktop.server.v1.pictures import View
from izzitup_desktop.server.v1.refused import invalid_parameter
from izzitup_desktop.server.v1.words import Unknown, group_id, status_id

_LAST = 1 << 62
"""Where services without a group stand: behind all that have one."""

Key = Callable[[Service, Group | None], Any]

SORTS: dict[str, Key] = {
    "id": lambda service, _group: service.id,
    "name": lambda service, _group: fold(service.name),
    "key": lambda service, _group: fold(service.key),
    "status": lambda service, _group: service.status_id,
    "since": lambda service, _group: service.since.isoformat(),
    "updated": lambda service, _group: service.updated.isoformat(),
    "position": lambda service, group: [group.position if group else _LAST, service.position],
}
"""What a list can be sorted by; what is equal stands by its id."""


def page(view: View, query: ServiceQuery) -> tuple[list[Service], str | None]:
    """The services of one page, and the cursor of the next. Raises `Refused`."""
    by, downwards = query.sort.removeprefix("-"), query.sort.startswith("-")
    if by not in SORTS:
        known = ", ".join(SORTS)
        raise invalid_parameter("sort", f"Lists are sorted by {known}, with '-' downwards.")
    key = SORTS[by]
    wanted = _wanted(view, query)

    def place(service: Service) -> list[Any]:
        return [key(service, view.group_of(service)), service.id]

    found = sorted(
        ((place(service), service) for service in view.seen.services.values() if wanted(service)),
        key=lambda pair: pair[0],
        reverse=downwards,
    )
    if query.cursor:
        after = _place_of(query.cursor, query.sort)
        try:
            found = [pair for pair in found if (pair[0] < after if downwards else pair[0] > after)]
        except TypeError:
            raise _no_cursor() from None
    rest = len(found) > query.limit
    services = [service for _, service in found[: query.limit]]
    return services, _cursor(found[query.limit - 1][0], query.sort) if rest else None


def _wanted(view: View, query: ServiceQuery) -> Callable[[Service], bool]:
    statuses = {_known("status", status_id, word) for word in query.status}
    groups = {
        None if not word else _known("group", group_id, word, view.picture.groups)
        for word in query.group
    }
    words = search_fold(query.q).split()
    whole = view.whole

    def wanted(service: Service) -> bool:
        return (
            (not statuses or service.status_id in statuses)
            and (not groups or service.group_id in groups)
            and query.hidden in (None, service.hidden)
            and query.stale in (None, service.stale)
            and query.held in (None, service.hold is not None)
            and (not words or _says(service, words, whole=whole))
        )

    return wanted


def _says(service: Service, words: Sequence[str], *, whole: bool) -> bool:
    texts = [service.name, service.key, service.description, service.url]
    if whole:
        texts += [service.comment, service.note]
    text = search_fold("\n".join(texts))
    return all(word in text for word in words)


def _known(parameter: str, find: Callable[..., int], *of: Any) -> int:
    try:
        return find(*of)
    except Unknown as unknown:
        raise invalid_parameter(parameter, str(unknown), unknown.hint) from None


def _cursor(place: list[Any], sort: str) -> str:
    # A name of 200 characters must fit into an address, whatever they are.
    told = json.dumps([sort, *place], ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return base64.urlsafe_b64encode(told).rstrip(b"=").decode("ascii")


def _place_of(cursor: str, sort: str) -> list[Any]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        told = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        raise _no_cursor() from None
    if not isinstance(told, list) or len(told) != 3 or told[0] != sort:
        raise _no_cursor()
    return told[1:]


def _no_cursor() -> Exception:
    return invalid_parameter(
        "cursor", "A cursor is the `next` of the page before, with the same `sort`."
    )
