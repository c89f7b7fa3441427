"""What all dialogs have in common: how they stand on a screen, whatever its size."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QSizePolicy, QWidget

_FRAME = QSize(16, 40)
"""What a title bar and a frame need of the screen, where they can't be asked yet."""


class Dialog(QDialog):
    """Has a title and a way to close it, and is never larger than the screen it is on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        hints = Qt.WindowType.WindowTitleHint | Qt.WindowType.WindowCloseButtonHint
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.CustomizeWindowHint | hints)

    def showEvent(self, event: QShowEvent) -> None:
        available = self.screen().availableGeometry()
        self.resize(self.size().boundedTo(available.size() - _FRAME))
        above = self.parentWidget()
        if above is not None:
            self.move(_inside(available, above.window().frameGeometry(), self.size()))
        super().showEvent(event)


class Scrolled(QScrollArea):
    """Shows all of a page where there is room, and scrolls it up and down where there isn't."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        page = self.widget()
        if page is None:
            return super().sizeHint()
        width = page.sizeHint().width()
        height = page.heightForWidth(width) if page.hasHeightForWidth() else -1
        return QSize(width, max(height, page.sizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        page = self.widget()
        bar = self.verticalScrollBar().sizeHint().width()
        wide = 0 if page is None else page.minimumSizeHint().width() + bar
        return QSize(wide, super().minimumSizeHint().height())


def _inside(screen: QRect, above: QRect, size: QSize) -> QPoint:
    """Where a dialog stands in the middle of its window, with all of it on the screen."""
    place = QRect(QPoint(0, 0), size + _FRAME)
    place.moveCenter(above.center())
    left = max(screen.left(), min(place.left(), screen.right() - place.width()))
    top = max(screen.top(), min(place.top(), screen.bottom() - place.height()))
    return QPoint(left, top)
