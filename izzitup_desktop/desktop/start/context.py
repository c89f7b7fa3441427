"""What every part of the window is given: folders, runner, feed bridge, theme."""

from __future__ import annotations

from dataclasses import dataclass

from izzitup_desktop.desktop.journal.words import JournalWords
from izzitup_desktop.desktop.start.bridge import LiveBridge
from izzitup_desktop.desktop.start.readings import BETWEEN_READINGS_MS
from izzitup_desktop.desktop.start.runner import Runner
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.domain.concepts import Vocabulary
from izzitup_desktop.domain.kinds import VOCABULARY
from izzitup_desktop.platform.paths import Paths


@dataclass(frozen=True)
class Context:
    """Made once by whoever starts the window, who also closes runner and bridge.

    Before `MainWindow.attach(board, …)` the bridge must listen to that board, so
    that no change falls between the first reading and the feed.
    """

    paths: Paths
    runner: Runner
    bridge: LiveBridge
    theme: Theme
    between_readings_ms: int = BETWEEN_READINGS_MS
    vocabulary: Vocabulary = VOCABULARY
    """What is known of kinds of journal entries; the board's own is the same."""

    @property
    def words(self) -> JournalWords:
        """Journal entries in the user's words."""
        return JournalWords(self.vocabulary)
