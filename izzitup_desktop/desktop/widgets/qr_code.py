"""A QR code as a widget."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel

PIXELS = 132


class QrCode(QLabel):
    """Dark on white in every theme: a camera is to read it."""

    def show_svg(self, svg: bytes) -> None:
        """Show the code of this SVG file; none for b""."""
        if not svg:
            self.setPixmap(QPixmap())
            return
        ratio = self.devicePixelRatioF()
        pixels = round(PIXELS * ratio)
        pixmap = QPixmap(pixels, pixels)
        pixmap.fill(Qt.GlobalColor.white)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(svg)).render(painter)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        self.setPixmap(pixmap)
