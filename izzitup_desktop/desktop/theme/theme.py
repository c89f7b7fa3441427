"""The theme in force: light, dark, or as the system has it, on the Fusion style."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from izzitup_desktop.desktop.theme.colours import DARK, LIGHT, Colours, palette_of
from izzitup_desktop.desktop.theme.icons import svg_icon, svg_pixmap
from izzitup_desktop.desktop.theme.shapes import status_icon
from izzitup_desktop.desktop.theme.stylesheet import stylesheet


class Theme(QObject):
    """Dresses the application. `changed` comes after palette and colours changed.

    Under a style sheet each step of putting widgets together styles all of them anew.
    Whoever builds a whole window first takes an `unstyled` theme, and calls `style()`.
    """

    changed = Signal()

    def __init__(
        self, app: QApplication, choice: str = "system", *, unstyled: bool = False
    ) -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        self._is_styled = not unstyled
        self._icons: dict[tuple[str, str], QIcon] = {}
        self._pixmaps: dict[tuple[str, str, int], QPixmap] = {}
        self.colours: Colours = LIGHT
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self.choose(choice)

    @property
    def choice(self) -> str:
        """`system`, `light` or `dark`."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Wear another theme from now on: `system`, `light` or `dark`."""
        self._choice = choice
        hints = self._app.styleHints()
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        if choice in schemes:
            hints.setColorScheme(schemes[choice])
        else:
            hints.unsetColorScheme()
        self._wear(choice == "dark" or (choice not in schemes and self._system_is_dark()))

    def style(self) -> None:
        """Put the style sheet on what was built without it, and on all that follows."""
        self._is_styled = True
        self._app.setStyleSheet(stylesheet(self.colours))

    def icon(self, name: str, colour: str = "") -> QIcon:
        """The icon `name` in `colour` (`#rrggbb`), "" for that of texts.

        The same icon is another one after `changed`: ask again then.
        """
        ink = colour or self.colours.text
        known = self._icons.get((name, ink))
        if known is None:
            known = svg_icon(name, ink, self.colours.disabled)
            self._icons[name, ink] = known
        return known

    def pixmap(self, name: str, size: int, colour: str = "") -> QPixmap:
        """The icon `name` as a picture for the densest screen."""
        key = (name, colour or self.colours.text, size)
        known = self._pixmaps.get(key)
        if known is None:
            known = svg_pixmap(name, key[1], size, self._app.devicePixelRatio())
            self._pixmaps[key] = known
        return known

    def status_icon(self, status_id: int, size: int = 16, count: int = 0) -> QIcon:
        """A status as an icon by shape and colour, with `count` in a badge."""
        return status_icon(self.colours, status_id, size, count)

    def _system_is_dark(self) -> bool:
        return self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark

    def _on_system_changed(self) -> None:
        if self._choice == "system":
            self._wear(self._system_is_dark())

    def _wear(self, dark: bool) -> None:
        self.colours = DARK if dark else LIGHT
        self._icons.clear()
        self._pixmaps.clear()
        self._app.setPalette(palette_of(self.colours))
        sheet = stylesheet(self.colours)
        # Qt dresses every widget anew, also where nothing is new.
        if self._is_styled and self._app.styleSheet() != sheet:
            self._app.setStyleSheet(sheet)
        self.changed.emit()
