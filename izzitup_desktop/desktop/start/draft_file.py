"""The file of drafts: what was being typed when the program ended, by whom, and when."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from izzitup_desktop.desktop.widgets.draft import Draft
from izzitup_desktop.domain.errors import BoardError
from izzitup_desktop.domain.regular_files import read_regular
from izzitup_desktop.platform.files import make_private_folder, write_private_text

log = logging.getLogger(__name__)

FILE_NAME = "drafts.json"
_BYTES_MOST = 4 * 1024 * 1024
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft, whose it is (an account's uid), and when it was kept."""

    account_uid: str
    at: datetime
    draft: Draft


def read_drafts(folder: Path) -> tuple[Kept, ...]:
    """The drafts in the folder; none where they can't be read."""
    try:
        content = read_regular(folder / FILE_NAME, _BYTES_MOST)
        found = json.loads(content)
        if found["version"] != _VERSION:
            return ()
        return tuple(_kept(one) for one in found["drafts"])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        log.warning("%s can't be read: %s", FILE_NAME, error)
        return ()


def write_drafts(folder: Path, drafts: Sequence[Kept]) -> None:
    """Have these drafts in the folder, and no other; logs where that can't be done."""
    path = folder / FILE_NAME
    try:
        if not drafts:
            path.unlink(missing_ok=True)
            return
        make_private_folder(folder)
        rows = [
            {
                "account": one.account_uid,
                "at": one.at.isoformat(),
                "kind": one.draft.kind,
                "title": one.draft.title,
                "fields": dict(one.draft.fields),
            }
            for one in drafts
        ]
        write_private_text(path, json.dumps({"version": _VERSION, "drafts": rows}))
    except (OSError, BoardError) as error:
        log.warning("what was being typed could not be kept: %s", error)


def _kept(one: dict[str, Any]) -> Kept:
    at = datetime.fromisoformat(one["at"]).astimezone(UTC)
    kind, title, fields, uid = one["kind"], one["title"], one["fields"], one["account"]
    if not (all(isinstance(text, str) for text in (kind, title, uid)) and isinstance(fields, dict)):
        raise ValueError("a draft is not as it was written")
    return Kept(uid, at, Draft(kind, title, fields))
