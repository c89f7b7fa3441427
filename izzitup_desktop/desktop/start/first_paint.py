"""What the first paint needs: the window with the rows of the last session, no board.

The session, which opens the board, is imported and made once this is painted.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from izzitup_desktop.desktop.start.bridge import LiveBridge
from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.start.language import Language
from izzitup_desktop.desktop.start.runner import Runner
from izzitup_desktop.desktop.start.settings_keeper import SettingsKeeper
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.platform.paths import Paths


class FirstPaint(QObject):
    """A window in the user's language and colours; whoever goes on with it closes it."""

    def __init__(self, app: QApplication, paths: Paths) -> None:
        super().__init__()
        self.runner = Runner()
        self.keeper = SettingsKeeper(paths, self.runner, self)
        self.language = Language(app)
        self.language.choose(self.keeper.startup.language)
        self.theme = Theme(app, self.keeper.startup.theme, unstyled=True)
        self.bridge = LiveBridge()
        self.context = Context(paths, self.runner, self.bridge, self.theme)
        self.window = MainWindow(self.context)
        self.theme.style()

    def close(self) -> None:
        """End it, where no session took it over."""
        self.bridge.close()
        self.runner.close()
        self.window.deleteLater()
        self.language.close()
