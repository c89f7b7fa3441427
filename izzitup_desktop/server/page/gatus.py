"""What Gatus' API answers of all endpoints: a result a day, and the last for this moment.

Impaired counts as a success, as in uptimes: people can work, if slowly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from izzitup_desktop.domain.public_board import PublicBoard, PublicGroup, PublicService
from izzitup_desktop.domain.statuses import STATUS_NAMES, StatusId
from izzitup_desktop.server.page.beats import Beat, Beats
from izzitup_desktop.server.page.formats import Document, Wanted
from izzitup_desktop.server.page.json_documents import json_document
from izzitup_desktop.server.page.moments import to_millisecond

RESULTS_MOST = 100
"""So many results of an endpoint are told at once at most, as Gatus does."""

_RESULTS = 50
_SPECIAL = re.compile(r"[/_., #+&]")


def statuses(board: PublicBoard, wanted: Wanted) -> Document:
    """`api/v1/endpoints/statuses`; `page` 1 has the newest `pageSize` results."""
    page = _number(wanted.query.get("page"), 1)
    size = min(_number(wanted.query.get("pageSize"), _RESULTS), RESULTS_MOST)
    beats = Beats(board, to_millisecond)
    return json_document(
        [
            _endpoint(service, group, beats.of(service), page, size)
            for group in board.groups
            for service in group.services
        ]
    )


def _endpoint(
    service: PublicService, group: PublicGroup, beats: Sequence[Beat], page: int, size: int
) -> dict[str, object]:
    end = max(0, len(beats) - (page - 1) * size)
    found = {
        "name": service.name,
        "group": group.name,
        "key": f"{_key(group.name)}_{_key(service.name)}",
        "results": [_result(beat) for beat in beats[max(0, end - size) : end]],
    }
    return {name: value for name, value in found.items() if value or name == "results"}


def _result(beat: Beat) -> dict[str, object]:
    is_out = beat.status_id == StatusId.OUTAGE
    result = {"duration": 0, "success": not is_out, "timestamp": beat.time}
    return {**result, "errors": [STATUS_NAMES[beat.status_id]]} if is_out else result


def _key(name: str) -> str:
    return _SPECIAL.sub("-", name.lower().strip())


def _number(text: str | None, otherwise: int) -> int:
    """A number from 1; `otherwise` for whatever else was asked."""
    if text and text.isascii() and text.isdigit() and int(text[:9]) > 0:
        return int(text[:9])
    return otherwise
