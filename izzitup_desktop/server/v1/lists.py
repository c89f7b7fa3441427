"""Lists of services: which are wanted, in which order, and from where on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.services import Removed, Service
from izzitup_desktop.domain.text import fold, search_fold
from izzitup_desktop.server.v1 import paging
from izzitup_desktop.server.v1.models import ServiceQuery
from izzitup_desktop.server.v1.pictures import View
from izzitup_desktop.server.v1.refused import invalid_parameter
from izzitup_desktop.server.v1.trash_models import TrashQuery
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

TRASH_SORTS: dict[str, Callable[[Removed], Any]] = {
    "removed": lambda one: one.time.isoformat(),
    "name": lambda one: fold(one.service.name),
    "key": lambda one: fold(one.service.key),
    "id": lambda one: one.service.id,
}
"""What the trash can be sorted by."""


def page(view: View, query: ServiceQuery) -> tuple[list[Service], str | None]:
    """The services of one page, and the cursor of the next. Raises `Refused`."""

    def bound(key: Key) -> Callable[[Service], Any]:
        return lambda service: key(service, view.group_of(service))

    return paging.page(
        filter(_wanted(view, query), view.seen.services.values()),
        {name: bound(key) for name, key in SORTS.items()},
        lambda service: service.id,
        sort=query.sort,
        limit=query.limit,
        cursor=query.cursor,
    )


def trash_page(
    view: View, query: TrashQuery, removed: Iterable[Removed]
) -> tuple[list[Removed], str | None]:
    """The removed services of one page, and the cursor of the next. Raises `Refused`."""
    groups = groups_meant(view, query.group)
    words = search_fold(query.q).split()

    def wanted(one: Removed) -> bool:
        is_there = not groups or one.service.group_id in groups
        return is_there and (not words or _says(one.service, words, whole=view.whole))

    return paging.page(
        filter(wanted, removed),
        TRASH_SORTS,
        lambda one: one.service.id,
        sort=query.sort,
        limit=query.limit,
        cursor=query.cursor,
    )


def groups_meant(view: View, words: Sequence[str]) -> set[int | None]:
    """The groups that are meant; None is no group."""
    return {
        None if not word else known("group", group_id, word, view.picture.groups) for word in words
    }


def _wanted(view: View, query: ServiceQuery) -> Callable[[Service], bool]:
    statuses = {known("status", status_id, word) for word in query.status}
    groups = groups_meant(view, query.group)
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


def known(parameter: str, find: Callable[..., int], *of: Any) -> int:
    """What a word of a parameter stands for. Raises `Refused`."""
    try:
        return find(*of)
    except Unknown as unknown:
        raise invalid_parameter(parameter, str(unknown), unknown.hint) from None
