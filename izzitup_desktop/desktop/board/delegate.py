"""How a row is painted: status pill, buttons, and quiet texts beside them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QImage,
    QPainter,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QToolTip

from izzitup_desktop.desktop.board.button_tips import ButtonTips
from izzitup_desktop.desktop.board.buttons import SHAPE, Pressing, paint_buttons, status_at
from izzitup_desktop.desktop.board.found_marks import paint_found
from izzitup_desktop.desktop.board.headings import paint_heading
from izzitup_desktop.desktop.board.in_place import InPlaceDelegate
from izzitup_desktop.desktop.board.matches import Span, spans_of
from izzitup_desktop.desktop.board.model import (
    UPTIME_BAR_ROLE,
    ServiceModel,
)
from izzitup_desktop.desktop.board.name_cell import PAGE_MARK, paint_name
from izzitup_desktop.desktop.board.painted_cells import PaintedCells
from izzitup_desktop.desktop.board.rows import Column, Row, Section
from izzitup_desktop.desktop.board.uptime_bar import paint_uptime_bar
from izzitup_desktop.desktop.theme import (
    GAP,
    ROW_HEIGHT,
    SMALL,
    Theme,
    draw_shape,
    status_word,
)
from izzitup_desktop.desktop.words.texts import one_line, tooltip
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.statuses import SETTABLE

Index = QModelIndex | QPersistentModelIndex

_PILL_HEIGHT = 24
_SIDE = 8
_COLUMNS = tuple(Column)
# As numbers: Qt's flags are objects of Python, and a cell is painted 3,000 times a second.
_SELECTED = QStyle.StateFlag.State_Selected.value
_HOVERED = QStyle.StateFlag.State_MouseOver.value
_FOCUSED = QStyle.StateFlag.State_HasFocus.value
_MARK = 16
_LEAVING = 0.4
"""How much is seen of a row that stays only until the order is applied."""
_SEARCHED = (Column.NAME, Column.KEY, Column.GROUP, Column.NOTE)
_QUIET = (Column.KEY, Column.GROUP, Column.SINCE, Column.CHANGED_BY, Column.NOTE)


class ServiceDelegate(InPlaceDelegate):
    """Paints from the model's roles; the table tells it what the pointer does."""

    def __init__(self, theme: Theme, services: ServiceModel, parent: QObject | None = None) -> None:
        super().__init__(theme, parent)
        self.services = services
        self._pictures = PaintedCells()
        self._look: tuple[object, ...] = ()
        self.cells_painted = 0
        """How many cells were painted anew, and not as they were before."""
        theme.changed.connect(self._pictures.clear)
        self.hovered: tuple[int, int] = (0, 0)
        """(service id, status id) of the button under the pointer."""
        self.down: tuple[int, int] = (0, 0)
        """(service id, status id) of the button held down."""
        self.focused = 0
        """The status id of the button that Space presses, in the current cell."""
        self.phase = 0.0
        """Where the breathing of what is pending stands, 0 to 1."""
        self.tips = ButtonTips()
        self.may_set: Callable[[Row], bool] = _always
        """Whether the principal may set the row's status."""
        self.band_left: Callable[[], int] = lambda: 0
        self.band_width: Callable[[], int] = lambda: 0
        """Where the headings of sections begin, and how wide they are."""
        self.is_current: Callable[[int], bool] = lambda _group_id: False
        """Whether the keys are on the heading of this group."""
        self.is_stale = False
        """Whether what is painted was true once: it is grey then."""

    def begin_painting(self, shown: QSize, ratio: float, font: QFont, palette: QPalette) -> None:
        """All cells are painted now: so large, on a screen of this ratio, in this font."""
        self._pictures.fit(shown, ratio)
        self._look = (ratio, font.key(), palette.cacheKey(), id(self._theme.colours), self.is_stale)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = self.services.shown_at(index.row())
        if item is None:
            return
        if isinstance(item, Section):
            self._paint_section(painter, option, item)
            return
        column = _COLUMNS[index.column()]
        state = option.state.value
        picture = self._picture(painter, option, index, item, column, state)
        if picture is None:
            self._paint_cell(painter, option, index, item, column)
        else:
            painter.drawPixmap(option.rect.topLeft(), picture)
        if state & _FOCUSED and column is not Column.BUTTONS:
            painter.setPen(QPen(QColor(self._theme.colours.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1.5, 2.5, -2.5, -2.5), 4, 4)

    def _picture(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        row: Row,
        column: Column,
        state: int,
    ) -> QPixmap | None:
        """The cell as it was painted before: each of Qt's calls costs more than Qt's work."""
        rect = option.rect
        content: object
        if column is Column.STATUS:
            status_id = self.services.status_shown(row)
            content = (status_id, tuple(marks_of(row.service)))
        elif column is Column.BUTTONS:
            pressing = self._pressing(row, has_focus=bool(state & _FOCUSED))
            if pressing.pending:
                return None  # it breathes
            content = pressing
        elif column is Column.UPTIME_BAR:
            content = self.services.uptime_bar_of(row.service.id)
        else:
            service = row.service
            text = self.services.text_of(row, column)
            said = (service.comment, service.comment_public) if column is Column.NAME else ()
            content = (text, service.hidden, said, self._found_in(text, column))
        shown = state & (_SELECTED | _HOVERED)
        muted = self.services.arrangement.is_leaving(row.service.id)
        key = (column, content, rect.width(), rect.height(), shown, muted, self._look)
        picture = self._pictures.get(key)
        if picture is None:
            picture = self._painted(painter, option, index, row, column)
            self.cells_painted += 1
            self._pictures.put(key, picture)
        return picture

    def _painted(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        row: Row,
        column: Column,
    ) -> QPixmap:
        ratio = painter.device().devicePixelRatioF()
        picture = QPixmap(option.rect.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(self._theme.colours.base))
        inner = QStyleOptionViewItem(option)
        inner.rect = QRect(0, 0, option.rect.width(), option.rect.height())
        own = QPainter(picture)
        own.setFont(option.font)
        if self.services.arrangement.is_leaving(row.service.id):
            own.setOpacity(_LEAVING)
        self._paint_cell(own, inner, index, row, column)
        own.end()
        if self.is_stale:
            grey = picture.toImage().convertToFormat(QImage.Format.Format_Grayscale8)
            picture.convertFromImage(grey)
        return picture

    def _paint_cell(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        row: Row,
        column: Column,
    ) -> None:
        self._paint_ground(painter, option)
        if column is Column.STATUS:
            status_id = self.services.status_shown(row)
            self._paint_pill(painter, option, status_id, row.service)
        elif column is Column.UPTIME_BAR:
            room = QRectF(option.rect).adjusted(GAP, 7, -GAP, -7)
            paint_uptime_bar(painter, room, index.data(UPTIME_BAR_ROLE), self._theme.colours)
        elif column is Column.BUTTONS:
            self._paint_buttons(painter, option, row)
        else:
            self._paint_text(painter, option, row, column)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        item = self.services.shown_at(index.row()) if index.isValid() else None
        if isinstance(item, Row) and index.column() == Column.BUTTONS:
            status_id = status_at(option.rect, option.fontMetrics, event.pos())
            if status_id:
                text = tooltip(self.tips.tip(item, status_id))
                QToolTip.showText(event.globalPos(), text, view, option.rect)
                return True
        return super().helpEvent(event, view, option, index)

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

    def pill_column_width(self, metrics: QFontMetrics) -> int:
        """The narrowest column in which every status has its word, and a mark beside it."""
        words = (metrics.horizontalAdvance(status_word(id_)) for id_ in SETTABLE)
        return max(words) + SHAPE + SMALL + 2 * _SIDE + 2 * GAP + _MARK + SMALL

    def _paint_section(
        self, painter: QPainter, option: QStyleOptionViewItem, section: Section
    ) -> None:
        # Each cell paints its part of one band that goes over all columns.
        band = QRect(self.band_left(), option.rect.top(), self.band_width(), option.rect.height())
        painter.save()
        painter.setClipRect(option.rect)
        words = self.services.arrangement.query.words
        paint_heading(
            painter, band, option.font, section, self._theme, words, is_grey=self.is_stale
        )
        if self.is_current(section.group_id):
            painter.setPen(QPen(QColor(self._theme.colours.accent), 1))
            painter.drawRect(band.adjusted(1, 1, -2, -2))
        painter.restore()

    def _paint_pill(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        status_id: int,
        service: Service,
    ) -> None:
        palette = self._theme.colours.status(status_id)
        word = status_word(status_id)
        metrics = option.fontMetrics
        marks = marks_of(service)
        height = min(_PILL_HEIGHT, option.rect.height() - 6)
        width = min(
            SHAPE + SMALL + 2 * _SIDE + metrics.horizontalAdvance(word) + 2,
            option.rect.width() - GAP - len(marks) * (_MARK + SMALL),
        )
        top = option.rect.center().y() - height // 2 + 1
        pill = QRect(option.rect.left() + GAP, top, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.tint))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        shape = QRectF(pill.left() + _SIDE, pill.center().y() - SHAPE / 2 + 0.5, SHAPE, SHAPE)
        draw_shape(painter, shape, status_id, QColor(palette.ink), QColor(palette.tint))
        painter.setPen(QColor(palette.ink))
        room = pill.adjusted(_SIDE + SHAPE + SMALL, 0, -SMALL, 0)
        shown = metrics.elidedText(word, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        left = pill.right() + SMALL
        for mark in marks:
            ink = self._theme.colours.text
            picture = self._theme.pixmap(mark, _MARK, ink)
            painter.drawPixmap(
                QRect(left, pill.center().y() - _MARK // 2 + 1, _MARK, _MARK), picture
            )
            left += _MARK + SMALL
        painter.restore()

    def _pressing(self, row: Row, *, has_focus: bool) -> Pressing:
        id_ = row.service.id
        pending = self.services.pending_of(id_)
        return Pressing(
            current=row.service.status_id,
            pending=pending,
            hovered=self.hovered[1] if self.hovered[0] == id_ else 0,
            down=self.down[1] if self.down[0] == id_ else 0,
            focused=self.focused if has_focus else 0,
            enabled=self.may_set(row) and not self.services.is_gone(id_),
            phase=self.phase if pending else 0.0,
        )

    def _paint_buttons(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        state = self._pressing(row, has_focus=has_focus)
        painter.save()
        painter.setFont(option.font)
        paint_buttons(painter, option.rect, self._theme.colours, state)
        painter.restore()

    def _paint_text(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        row: Row,
        column: Column,
    ) -> None:
        text = self.services.text_of(row, column)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        colours = self._theme.colours
        colour = colours.on_selection if selected else colours.text
        if column in _QUIET and not selected:
            colour = colours.muted
        painter.save()
        painter.setFont(option.font)
        painter.setPen(QColor(colour))
        room = option.rect.adjusted(GAP, 0, -GAP, 0)
        if column is Column.NAME and row.service.hidden:
            mark = self._theme.pixmap("hidden", 16, colours.muted)
            top = option.rect.center().y() - 8
            painter.drawPixmap(QRect(room.right() - 16, top, 16, 16), mark)
            room.adjust(0, 0, -16 - SMALL, 0)
        if column is Column.NAME:
            quiet = colours.on_selection if selected else colours.muted
            comment = one_line(row.service.comment)
            self._mark_name(painter, room, text, has_comment=bool(comment))
            for_page = row.service.comment_public
            globe = self._theme.pixmap("page", PAGE_MARK, quiet) if for_page else None
            paint_name(painter, room, option.font, (text, comment), (colour, quiet), globe)
            painter.restore()
            return
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        paint_found(painter, room, text, shown, self._found_in(text, column), colours.accent)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        painter.restore()

    def _found_in(self, text: str, column: Column) -> tuple[Span, ...]:
        """What of a cell's text was searched for."""
        words = self.services.arrangement.query.words
        return spans_of(text, words) if words and column in _SEARCHED else ()

    def _mark_name(self, painter: QPainter, room: QRect, text: str, *, has_comment: bool) -> None:
        spans = self._found_in(text, Column.NAME)
        if not spans:
            return
        place, font = QRect(room), QFont(painter.font())
        if has_comment and room.height() >= ROW_HEIGHT:
            # The comment stands below the name.
            place.setHeight(room.height() * 11 // 20)
        font.setWeight(QFont.Weight.DemiBold)
        painter.save()
        painter.setFont(font)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        paint_found(painter, place, text, shown, spans, self._theme.colours.accent)
        painter.restore()


def marks_of(service: Service) -> list[str]:
    """The icons of what a status remembers, beside its pill."""
    marks = []
    if service.hold:
        marks.append("lock")
    if service.expiry is not None:
        marks.append("help" if service.expiry.asked else "clock")
    if service.stale:
        marks.append("stale")
    return marks


def _always(_row: Row) -> bool:
    return True
