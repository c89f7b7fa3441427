"""How a row is painted: status pill, buttons, and quiet texts beside them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from izzitup_desktop.desktop.services.buttons import SHAPE, Pressing, paint_buttons
from izzitup_desktop.desktop.services.model import PENDING_ROLE, ROW_ROLE
from izzitup_desktop.desktop.services.rows import Column, Row
from izzitup_desktop.desktop.theme import GAP, ROW_HEIGHT, SMALL, Theme, draw_shape, status_word

Index = QModelIndex | QPersistentModelIndex

_PILL_HEIGHT = 24
_SIDE = 8
_QUIET = (Column.KEY, Column.GROUP, Column.SINCE, Column.CHANGED_BY, Column.NOTE)


class ServiceDelegate(QStyledItemDelegate):
    """Paints from the model's roles; the table tells it what the pointer does."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.hovered: tuple[int, int] = (0, 0)
        """(service id, status id) of the button under the pointer."""
        self.down: tuple[int, int] = (0, 0)
        """(service id, status id) of the button held down."""
        self.focused = 0
        """The status id of the button that Space presses, in the current cell."""
        self.phase = 0.0
        """Where the breathing of what is pending stands, 0 to 1."""
        self.may_set: Callable[[Row], bool] = _always
        """Whether the actor may set the row's status."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row | None = index.data(ROW_ROLE)
        if row is None:
            return
        column = Column(index.column())
        self._paint_ground(painter, option)
        if column is Column.STATUS:
            self._paint_pill(painter, option, row.service.status_id)
        elif column is Column.BUTTONS:
            self._paint_buttons(painter, option, index, row)
        else:
            self._paint_text(painter, option, index, row, column)
        if option.state & QStyle.StateFlag.State_HasFocus and column is not Column.BUTTONS:
            painter.setPen(QPen(QColor(self._theme.colours.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1.5, 2.5, -2.5, -2.5), 4, 4)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        text = option.fontMetrics.horizontalAdvance(str(index.data() or ""))
        width = text + 2 * GAP
        if index.column() == Column.STATUS:
            width += SHAPE + SMALL + 2 * _SIDE
        return QSize(width, ROW_HEIGHT)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        colours = self._theme.colours
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(colours.selection))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(colours.hover))
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def _paint_pill(self, painter: QPainter, option: QStyleOptionViewItem, status_id: int) -> None:
        palette = self._theme.colours.status(status_id)
        word = status_word(status_id)
        metrics = option.fontMetrics
        width = min(
            SHAPE + SMALL + 2 * _SIDE + metrics.horizontalAdvance(word) + 2,
            option.rect.width() - GAP,
        )
        top = option.rect.center().y() - _PILL_HEIGHT // 2 + 1
        pill = QRect(option.rect.left() + GAP, top, width, _PILL_HEIGHT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.tint))
        painter.drawRoundedRect(pill, _PILL_HEIGHT / 2, _PILL_HEIGHT / 2)
        shape = QRectF(pill.left() + _SIDE, pill.center().y() - SHAPE / 2 + 0.5, SHAPE, SHAPE)
        draw_shape(painter, shape, status_id, QColor(palette.ink), QColor(palette.tint))
        painter.setPen(QColor(palette.ink))
        room = pill.adjusted(_SIDE + SHAPE + SMALL, 0, -SMALL, 0)
        shown = metrics.elidedText(word, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def _paint_buttons(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: Row
    ) -> None:
        id_ = row.service.id
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        state = Pressing(
            current=row.service.status_id,
            pending=index.data(PENDING_ROLE),
            hovered=self.hovered[1] if self.hovered[0] == id_ else 0,
            down=self.down[1] if self.down[0] == id_ else 0,
            focused=self.focused if has_focus else 0,
            enabled=self.may_set(row),
            phase=self.phase,
        )
        painter.save()
        painter.setFont(option.font)
        paint_buttons(painter, option.rect, self._theme.colours, state)
        painter.restore()

    def _paint_text(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        row: Row,
        column: Column,
    ) -> None:
        text: str = index.data()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        colours = self._theme.colours
        colour = colours.on_selection if selected else colours.text
        if column in _QUIET and not selected:
            colour = colours.muted
        painter.save()
        font = QFont(option.font)
        if column is Column.NAME:
            font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        room = option.rect.adjusted(GAP, 0, -GAP, 0)
        if column is Column.NAME and row.service.hidden:
            mark = self._theme.pixmap("hidden", 16, colours.muted)
            top = option.rect.center().y() - 8
            painter.drawPixmap(QRect(room.right() - 16, top, 16, 16), mark)
            room.adjust(0, 0, -16 - SMALL, 0)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        painter.restore()


def _always(_row: Row) -> bool:
    return True
