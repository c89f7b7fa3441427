"""What every part of the window is given: folders, runner, feed bridge, theme."""

from __future__ import annotations

from dataclasses import dataclass

from izzitup_desktop.desktop.bridge import LiveBridge
from izzitup_desktop.desktop.runner import Runner
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.paths import Paths


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
