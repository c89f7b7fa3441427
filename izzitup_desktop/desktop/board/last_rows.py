"""The rows of the last session, shown until the board is open; no Qt in here."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from izzitup_desktop.desktop.board.rows import Row, row_of
from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.proposals import Proposal
from izzitup_desktop.domain.regular_files import read_regular
from izzitup_desktop.domain.services import Service

log = logging.getLogger(__name__)

FILE_NAME = "last_rows.json"
ROWS_MOST = 200
"""More than a window shows at once is not needed."""

_BYTES_MOST = 10_000_000
_TIMES = ("created", "updated", "since", "confirmed")
_LAYER_TIMES = (("expiry", "until"), ("proposal", "time"))
_LAYERS: dict[str, Callable[..., Any]] = {"expiry": Expiry, "hold": Hold, "proposal": Proposal}


def read_last_rows(folder: Path) -> tuple[Row, ...]:
    """The rows kept in `folder`; none where there are none that can be read."""
    try:
        kept = json.loads(read_regular(folder / FILE_NAME, _BYTES_MOST))
        return tuple(_row(item) for item in kept)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, KeyError) as error:
        log.info("The rows of the last session can't be read: %s", error)
        return ()


def keep_last_rows(folder: Path, rows: Iterable[Row]) -> None:
    """Keep rows for the next start, readable by this user alone."""
    kept = [
        {**_plain(row.service), "group": row.group, "group_place": row.group_place} for row in rows
    ]
    # The rows are kept when the window is up; reading them needs none of it.
    from izzitup_desktop.platform.files import make_private_folder, write_private_text

    try:
        make_private_folder(folder)
        write_private_text(folder / FILE_NAME, json.dumps(kept, ensure_ascii=False))
    except (OSError, Unavailable) as error:
        log.info("The rows can't be kept for the next start: %s", error)


def forget_last_rows(folder: Path) -> None:
    """Keep none: the next start shows nothing before somebody signed in."""
    try:
        (folder / FILE_NAME).unlink(missing_ok=True)
    except OSError as error:
        log.warning("The rows of the last session can't be deleted: %s", error)


def _plain(service: Service) -> dict[str, Any]:
    fields = asdict(service)
    for name in _TIMES:
        fields[name] = fields[name].isoformat()
    for layer, name in _LAYER_TIMES:
        if fields[layer] is not None:
            fields[layer][name] = fields[layer][name].isoformat()
    return fields


def _row(item: dict[str, Any]) -> Row:
    name, place = str(item.pop("group")), int(item.pop("group_place"))
    for layer, time in _LAYER_TIMES:
        if item[layer] is not None:
            item[layer][time] = datetime.fromisoformat(item[layer][time])
    layers = {layer: made(**item[layer]) for layer, made in _LAYERS.items() if item[layer]}
    times = {time: datetime.fromisoformat(item[time]) for time in _TIMES}
    service = Service(**{**item, **times, **layers})
    group = Group(service.group_id or 0, name, place, 0)
    return row_of(service, {group.id: group} if service.group_id else {})
