"""The wall display: the whole board over a whole screen, to be read from afar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QScreen,
)
from PySide6.QtWidgets import QWidget

from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.desktop.board.wall_layout import Card, Item, arrange
from izzitup_desktop.desktop.board.wall_painter import TextMeasure, paint_card, paint_head
from izzitup_desktop.desktop.theme import Theme, counted
from izzitup_desktop.desktop.words.comments import why_plain
from izzitup_desktop.desktop.words.texts import filled, translated
from izzitup_desktop.desktop.words.times import ago, clock
from izzitup_desktop.domain.statuses import SETTABLE, StatusId, severity, worst

_REPAINT_MS = 10_000
_PAGE_MS = 12_000
"""How long a page is shown where there are several."""
_SHIFT_MS = 180_000
_SHIFTS = ((0, 0), (3, 1), (5, 4), (3, 6), (0, 7), (-3, 5), (-5, 2), (-2, -1))
"""Pixels by which everything wanders, so that nothing burns in."""
_MARGIN = 8
_HEAD = 0.13
_DIMMED = 150
_LOST_VEIL = 120


@dataclass(frozen=True, slots=True)
class WallOptions:
    """Between which times of day it is dimmed ("HH:MM", "" for never), and on which screen."""

    dim_from: str = ""
    dim_until: str = ""
    screen: str = ""


class Wall(QWidget):
    """What is not operational by itself, the worst largest; groups below, or alone.

    Esc, F11, Q or a double click leave it; while it is locked they ask for a password.
    """

    left = Signal()
    unlock_wanted = Signal()
    """Somebody wants to leave it while it is locked."""

    def __init__(
        self,
        model: ServiceModel,
        theme: Theme,
        options: WallOptions | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._model, self._theme = model, theme
        self._options, self._now = options or WallOptions(), now
        self._is_locked = False
        self._lost, self._updated = "", now()
        self._page = self._shift = 0
        self._measure = TextMeasure()
        self._pages: tuple[tuple[Card, ...], ...] | None = None
        self.setWindowTitle(self.tr("IzzitUp: wall display"))
        self.setAccessibleName(self.tr("Wall display"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setCursor(Qt.CursorShape.BlankCursor)
        # It is read aloud when it comes, and the keys are its own.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()
        for period, slot in (
            (_REPAINT_MS, self._repaint),
            (_PAGE_MS, self.turn_page),
            (_SHIFT_MS, self._wander),
        ):
            timer = QTimer(self, interval=period)
            timer.timeout.connect(slot)
            timer.start()
        model.counts_changed.connect(self._refresh)
        model.dataChanged.connect(self._refresh)
        theme.changed.connect(self.update)
        self._refresh()

    @property
    def text(self) -> str:
        """What stands at the top."""
        counts = self._model.arrangement.counts()
        parts = [
            counted(status, counts[status])
            for status in reversed(SETTABLE)
            if counts[status] and severity(status)
        ]
        if parts:
            return ", ".join(parts)
        total = sum(counts.values())
        if not total:
            return self.tr("No services yet")
        if total == 1:
            return self.tr("The service is operational")
        return filled(self.tr("All %1 services are operational"), total)

    @property
    def beat(self) -> str:
        """The small line below the clock: how old the board is, or that it is lost."""
        at = clock(self._updated, seconds=True)
        if self._lost:
            return filled(self.tr("Not current since %1"), at)
        return filled(self.tr("As of %1"), at)

    @property
    def is_dimmed(self) -> bool:
        """Whether it is dark now: at night, while nothing is out."""
        if self._model.arrangement.counts()[StatusId.OUTAGE]:
            return False
        begin, end = _hour(self._options.dim_from), _hour(self._options.dim_until)
        if begin is None or end is None or begin == end:
            return False
        now = self._now().astimezone().time()
        return begin <= now < end if begin < end else now >= begin or now < end

    @property
    def pages(self) -> tuple[tuple[Card, ...], ...]:
        """What is shown, in turn."""
        if self._pages is None:
            room = self._body()
            self._pages = arrange(
                self._problems(), self._groups(), room.width(), room.height(), self._measure
            )
        return self._pages

    def show_on_screen(self, fallback: QScreen) -> None:
        """Fill the screen that was chosen, or `fallback` where that is not connected."""
        screens = {screen.name(): screen for screen in QGuiApplication.screens()}
        screen = screens.get(self._options.screen, fallback)
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()

    def set_locked(self, *, locked: bool) -> None:
        """While it is locked nobody leaves it: who wants to is asked for a password."""
        self._is_locked = locked

    def set_lost(self, reason: str) -> None:
        """Say that what is shown may be old, and why; "" where it is current again."""
        if not reason:
            self._updated = self._now()
        self._lost = translated(reason)
        self._refresh()

    def turn_page(self) -> None:
        """Show the next page, where there are several."""
        if len(self.pages) > 1:
            self._page += 1
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F11, Qt.Key.Key_Q):
            self.close()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_locked:
            event.ignore()
            self.unlock_wanted.emit()
            return
        super().closeEvent(event)
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pages = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._theme.colours
        painter.fillRect(self.rect(), QColor(colours.window))
        status = worst(self._model.arrangement.counts())
        head = QRectF(0, 0, self.width(), self._head_height())
        pages = self.pages
        shown = clock(self._now())
        if len(pages) > 1:
            shown = f"{self._page % len(pages) + 1}/{len(pages)}   {shown}"
        text = self._lost or self.text
        # The band reaches the edges however far its words have wandered.
        painter.fillRect(head, QColor(colours.status(status).solid))
        painter.translate(QPointF(*_SHIFTS[self._shift]))
        paint_head(painter, head, colours, status, text, (shown, self.beat), lost=bool(self._lost))
        for card in pages[self._page % len(pages)]:
            paint_card(painter, self._body(), card, colours)
        painter.resetTransform()
        if self._lost:
            veil = QColor(colours.window)
            veil.setAlpha(_LOST_VEIL)
            painter.fillRect(QRectF(self.rect()).adjusted(0, head.height(), 0, 0), veil)
        if self.is_dimmed:
            painter.fillRect(self.rect(), QColor(0, 0, 0, _DIMMED))
        painter.end()

    def _head_height(self) -> float:
        return max(44.0, min(self.height(), self.width()) * _HEAD)

    def _body(self) -> QRectF:
        around = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        return around.adjusted(0, self._head_height(), 0, 0)

    def _refresh(self) -> None:
        if not self._lost:
            self._updated = self._now()
        self.setAccessibleDescription(self._lost or self.text)
        self._pages = None
        self.update()

    def _repaint(self) -> None:
        # "5 minutes ago" grows longer, and with it what it takes.
        self._refresh()

    def _wander(self) -> None:
        self._shift = (self._shift + 1) % len(_SHIFTS)
        self.update()

    def _problems(self) -> list[Item]:
        now = self._now()
        bad = [r for r in self._model.arrangement.rows.values() if severity(r.service.status_id)]
        bad.sort(key=lambda r: (-severity(r.service.status_id), r.group_place, r.name_key))
        most = max((severity(row.service.status_id) for row in bad), default=0)
        return [
            Item(
                row.service.name,
                " · ".join(filter(None, (row.group, ago(row.service.since, now)))),
                row.service.status_id,
                most - severity(row.service.status_id),
                why_plain(row.service),
            )
            for row in bad
        ]

    def _groups(self) -> list[Item]:
        groups: dict[tuple[int, int], list[Row]] = {}
        for row in self._model.arrangement.rows.values():
            groups.setdefault((row.group_place, row.service.group_id or 0), []).append(row)
        found = []
        for _, rows in sorted(groups.items()):
            counts = Counter(row.service.status_id for row in rows)
            said = [counted(status, counts[status]) for status in _by_severity(counts)]
            name = rows[0].group or (self.tr("No group") if len(groups) > 1 else "")
            found.append(Item(name or self.tr("All"), ", ".join(said), worst(counts)))
        return found


def _by_severity(counts: Counter[int]) -> list[int]:
    return sorted(counts, key=lambda status: (-severity(status), status))


def _hour(text: str) -> time | None:
    return time.fromisoformat(text) if text else None
