"""Answers that are kept until the picture is another one."""

from __future__ import annotations

from izzitup_desktop.server.exchange import Scope
from izzitup_desktop.server.v1.answers import Answer
from izzitup_desktop.server.v1.pictures import View

_MOST = 64
"""So many are kept: those of pages that look again and again."""

_BYTES_MOST = 4 * 1024 * 1024


class Kept:
    """What was answered of one picture, by path, query and view."""

    def __init__(self) -> None:
        self._version = -1
        self._bytes = 0
        self._answers: dict[tuple[str, str, bytes], Answer] = {}

    def get(self, view: View, scope: Scope) -> Answer | None:
        """What was answered to the same question of somebody who sees the same."""
        if view.picture.version != self._version:
            return None
        return self._answers.get((view.name, scope["path"], scope["query_string"]))

    def put(self, view: View, scope: Scope, made: Answer) -> None:
        """Keep an answer, unless nobody else sees the same."""
        version = view.picture.version
        if not view.name or version < self._version:
            return
        is_full = len(self._answers) >= _MOST or self._bytes > _BYTES_MOST
        if version > self._version or is_full:
            self._version, self._bytes, self._answers = version, 0, {}
        self._answers[view.name, scope["path"], scope["query_string"]] = made
        self._bytes += len(made.content)
