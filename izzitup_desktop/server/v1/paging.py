"""Pages of a list that is sorted in memory, and the cursors that lead from one to the next."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from izzitup_desktop.server.v1.refused import invalid_parameter

T = TypeVar("T")


def page(
    items: Iterable[T],
    sorts: Mapping[str, Callable[[T], Any]],
    place: Callable[[T], Any],
    *,
    sort: str,
    limit: int,
    cursor: str,
) -> tuple[list[T], str | None]:
    """The items of one page, and the cursor of the next. Raises `Refused`.

    `sorts` are what the list can be sorted by (with "-" downwards); what is equal stands by
    its `place`, which no two have in common.
    """
    by, downwards = sort.removeprefix("-"), sort.startswith("-")
    if by not in sorts:
        known = ", ".join(sorts)
        raise invalid_parameter("sort", f"Lists are sorted by {known}, with '-' downwards.")
    key = sorts[by]
    found = sorted(
        (([key(item), place(item)], item) for item in items),
        key=lambda pair: pair[0],
        reverse=downwards,
    )
    if cursor:
        after = _place_of(cursor, sort)
        try:
            found = [pair for pair in found if (pair[0] < after if downwards else pair[0] > after)]
        except TypeError:
            raise no_cursor() from None
    rest = len(found) > limit
    return [item for _, item in found[:limit]], _cursor(found[limit - 1][0], sort) if rest else None


def no_cursor() -> Exception:
    """What is sent as a cursor is none of this list."""
    return invalid_parameter(
        "cursor", "A cursor is the `next` of the page before, with the same `sort`."
    )


def _cursor(place: list[Any], sort: str) -> str:
    # A name of 200 characters must fit into an address, whatever they are.
    told = json.dumps([sort, *place], ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return base64.urlsafe_b64encode(told).rstrip(b"=").decode("ascii")


def _place_of(cursor: str, sort: str) -> list[Any]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        told = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        raise no_cursor() from None
    if not isinstance(told, list) or len(told) != 3 or told[0] != sort:
        raise no_cursor()
    return told[1:]
