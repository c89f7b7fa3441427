"""JSON answers of the page: how they are written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from izzitup_desktop.server.page.formats import Document

Json = Mapping[str, object] | Sequence[object] | str

MEDIA_TYPE = "application/json; charset=utf-8"


def json_document(value: Json, status: int = 200) -> Document:
    """The same in every language: words in it are programs', or were typed by somebody."""
    content = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return Document(content, MEDIA_TYPE, status=status, is_translated=False)
