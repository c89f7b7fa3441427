"""What every part of the window is given: folders, runner, feed bridge, theme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from izzitup_desktop.desktop.start.bridge import LiveBridge
from izzitup_desktop.desktop.start.readings import BETWEEN_READINGS_MS
from izzitup_desktop.desktop.start.runner import Runner
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.platform.paths import Paths

if TYPE_CHECKING:
    # Entries come with the board, after the first paint.
    from izzitup_desktop.desktop.journal.words import JournalWords
    from izzitup_desktop.domain.concepts import Vocabulary


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
    board_vocabulary: Vocabulary | None = None
    """What the board knows of kinds of journal entries; None: what every board knows."""
    open_url: Callable[[QUrl], object] = QDesktopServices.openUrl
    """Has the system show an address of the web, of mail, or a folder."""

    @property
    def vocabulary(self) -> Vocabulary:
        """What is known of kinds of journal entries; the board's own is the same."""
        from izzitup_desktop.domain.kinds import VOCABULARY  # entries come after the first paint

        return self.board_vocabulary or VOCABULARY

    @property
    def words(self) -> JournalWords:
        """Journal entries in the user's words."""
        # Entries come after the first paint.
        from izzitup_desktop.desktop.journal.words import JournalWords

        return JournalWords(self.vocabulary)
