"""Our own line icons: SVG drawn in `currentColor`, recoloured when asked for."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from izzitup_desktop.paths import resource

_SIZES = (16, 20, 24, 32, 40, 48, 64)
"""In pixels: up to 32 device-independent ones on a screen of twice the density."""


def svg_icon(name: str, colour: str, disabled: str) -> QIcon:
    """The icon `resources/icons/<name>.svg` in `colour`, greyed where it is disabled."""
    source = resource("icons", f"{name}.svg").read_text("utf-8")
    icon = QIcon()
    for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        renderer = _renderer(source, ink)
        for size in _SIZES:
            icon.addPixmap(_pixmap(renderer, size), mode)
    return icon


def svg_pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """The icon as a picture of `size` device-independent pixels."""
    source = resource("icons", f"{name}.svg").read_text("utf-8")
    pixmap = _pixmap(_renderer(source, colour), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _renderer(source: str, ink: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(source.replace("currentColor", ink).encode()))


def _pixmap(renderer: QSvgRenderer, pixels: int) -> QPixmap:
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return pixmap
