"""Our own line icons: SVG drawn in `currentColor`, recoloured when asked for."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from izzitup_desktop.platform.paths import resource


def svg_icon(name: str, colour: str, disabled: str) -> QIcon:
    """The icon `resources/icons/<name>.svg` in `colour`, greyed where it is disabled."""
    return QIcon(_SvgIcon(name, colour, disabled))


def svg_pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """The icon as a picture of `size` device-independent pixels."""
    pixmap = _pixmap(_renderer(name, colour), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


class _SvgIcon(QIconEngine):
    """Draws an icon when it is shown, in the size it is shown in.

    Most are in menus that nobody opens: drawn beforehand they would hold the window up.
    """

    def __init__(self, name: str, colour: str, disabled: str) -> None:
        super().__init__()
        self._name, self._colour, self._disabled = name, colour, disabled
        self._drawn: dict[tuple[int, bool], QPixmap] = {}

    def clone(self) -> QIconEngine:
        return _SvgIcon(self._name, self._colour, self._disabled)

    def isNull(self) -> bool:
        return False

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        side = min(size.width(), size.height())
        return QSize(side, side)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        pixels = round(min(size.width(), size.height()) * scale)
        is_disabled = mode is QIcon.Mode.Disabled
        known = self._drawn.get((pixels, is_disabled))
        if known is None:
            ink = self._disabled if is_disabled else self._colour
            known = _pixmap(_renderer(self._name, ink), pixels)
            self._drawn[pixels, is_disabled] = known
        return known

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        scale = painter.device().devicePixelRatioF()
        side = min(rect.width(), rect.height())
        place = QRect(0, 0, side, side)
        place.moveCenter(rect.center())
        painter.drawPixmap(place, self.scaledPixmap(place.size(), mode, state, scale))


def _renderer(name: str, ink: str) -> QSvgRenderer:
    source = resource("icons", f"{name}.svg").read_text("utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", ink).encode()))


def _pixmap(renderer: QSvgRenderer, pixels: int) -> QPixmap:
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return pixmap
