"""Our own line icons: SVG drawn in `currentColor`, recoloured when asked for."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from izzitup_desktop.paths import resource

_SIZES = (16, 20, 24, 32)


def svg_icon(name: str, colour: str, disabled: str) -> QIcon:
    """The icon `resources/icons/<name>.svg` in `colour`, greyed where it is disabled."""
    source = resource("icons", f"{name}.svg").read_text("utf-8")
    icon = QIcon()
    for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        draw = partial(_pixmap, source.replace("currentColor", ink))
        for size in _SIZES:
            for ratio in (1, 2):
                icon.addPixmap(draw(size, ratio), mode)
    return icon


def svg_pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """The icon as a picture of `size` device-independent pixels."""
    source = resource("icons", f"{name}.svg").read_text("utf-8")
    return _pixmap(source.replace("currentColor", colour), size, ratio)


def _pixmap(source: str, size: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(QSize(size, size) * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
