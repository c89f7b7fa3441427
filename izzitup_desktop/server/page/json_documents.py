"""JSON answers of the page: how they are written, and how times stand in them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from izzitup_desktop.server.page.formats import Document

Json = Mapping[str, object] | Sequence[object] | str

UNNAMED = "Services"
"""What programs are told that has no name, as the page or the services in no group."""

MEDIA_TYPE = "application/json; charset=utf-8"


def json_document(value: Json, status: int = 200) -> Document:
    """The same in every language: words in it are programs', or were typed by somebody."""
    content = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return Document(content, MEDIA_TYPE, status=status, is_translated=False)


def utc_text(time: datetime) -> str:
    """As `2026-11-27T21:30:00.000Z`: RFC 3339 with milliseconds, in UTC."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03}Z"
