"""The live log of requests: who asked what, from where, and what was answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QIcon, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.connections.request_model import RequestModel
from izzitup_desktop.desktop.theme import GAP, Theme, status_word
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.listing import ListColumn, ListTable
from izzitup_desktop.desktop.widgets.shelf import Shelf
from izzitup_desktop.desktop.words.texts import filled, translated
from izzitup_desktop.desktop.words.times import clock, exactly
from izzitup_desktop.domain.sources import network_of
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.server.embedded import KEPT, HeardRequest

if TYPE_CHECKING:
    from izzitup_desktop.server.embedded import EmbeddedServer

LOOK_MS = 100
"""How often the log is looked at while it is on screen: a batch a turn, however many came."""

_TYPING_MS = 200
_KNOWN = frozenset(map(int, StatusId))


class RequestsSection(QWidget):
    """Looks while it is on screen, and only then has the server keep what went well."""

    service_wanted = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._server: EmbeddedServer | None = None
        self._seen = 0
        self.service_name: Callable[[int], str] = lambda _id: ""
        """What a service is called, "" for one that is not on the board."""
        self.token_names: Mapping[int, str] = {}
        """What the tokens are called that whoever looks may know."""
        self._may_see: Callable[[HeardRequest], bool] = lambda _heard: False
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search who, where and what"))
        self.search.setAccessibleName(self.tr("Search requests"))
        self.search.setClearButtonEnabled(True)
        self.failures = QCheckBox(self.tr("Only &failures"))
        self.writes = QCheckBox(self.tr("Only &changes"))
        self.paused = QToolButton()
        self.paused.setObjectName("choice")
        self.paused.setText(self.tr("Pa&use"))
        self.paused.setCheckable(True)
        self.paused.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clear_button = QPushButton(self.tr("C&lear"))
        self.model = RequestModel(self._columns(), self)
        self.table = ListTable(self.model, self.tr("Requests"))
        # What comes in stands above: the order is that of time.
        self.table.setSortingEnabled(False)
        self.shelf = Shelf(theme, self.table, "connections")
        self.model.rowsInserted.connect(self.shelf.refresh)
        self.model.rowsRemoved.connect(self.shelf.refresh)
        self.count = plain_label()
        self.go = QAction(self.tr("&Show on the board"), self)
        self.table.offer(self.go)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._lay_out()
        self._connect()
        self.say()

    def show_server(self, server: EmbeddedServer | None) -> None:
        """Show what this server is asked; None: there is none."""
        self._leave()
        self._server, self._seen = server, 0
        self.model.replace(())
        self._look_while_shown()

    def may_see(self, may_see: Callable[[HeardRequest], bool]) -> None:
        """Show those requests alone of which this is true."""
        self._may_see = may_see
        self._filter()

    def look(self) -> None:
        """Take what came since the last look."""
        server = self._server
        if server is None or self.paused.isChecked():
            self.say()
            return
        heard = server.requests.since(self._seen)
        if heard:
            self._seen = heard[-1].number
            self.model.add(heard)
            self.say()

    def clear(self) -> None:
        """Show none of those that were, only what comes from now on."""
        if self._server is not None:
            self._seen = self._server.requests.last_number
        self.model.replace(())
        self.say()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_while_shown()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._leave()

    def _look_while_shown(self) -> None:
        if self._server is not None and self.isVisible():
            self._server.requests.watch(self)
            self._timer.start()
            self.look()
        self.say()

    def _leave(self) -> None:
        self._timer.stop()
        if self._server is not None:
            self._server.requests.leave(self)

    def _filter(self) -> None:
        only_failures, only_writes = self.failures.isChecked(), self.writes.isChecked()
        may_see = self._may_see

        def is_wanted(heard: HeardRequest) -> bool:
            return (
                (heard.is_failure or not only_failures)
                and (heard.is_write or not only_writes)
                and may_see(heard)
            )

        self.model.want(is_wanted)
        self.say()

    def _search(self) -> None:
        self.model.search(self.search.text())
        self.say()

    def say(self) -> None:
        """Say how many there are, and why there are none."""
        shown, kept = self.model.rowCount(), len(self.model.items)
        number = self.locale().toString
        text = filled(self.tr("%1 of the last %2 requests"), number(shown), number(kept))
        waiting = 0
        if self.paused.isChecked() and self._server is not None:
            waiting = min(KEPT, self._server.requests.last_number - self._seen)
            text += " · " + filled(self.tr("paused, %1 more came"), number(waiting))
        self.count.setText(text)
        if self._server is None or not self._server.state.url:
            self.shelf.say(
                self.tr("Nothing is served"),
                self.tr("The API is off. Preferences turn it on; requests are shown here then."),
            )
        elif kept:
            self.shelf.say(
                self.tr("Nothing matches"), self.tr("No request of those kept is like that.")
            )
        else:
            self.shelf.say(
                self.tr("No requests yet"),
                self.tr("Whatever asks the API is listed here while you look."),
            )

    def _hold_still(self, count: int) -> None:
        """Leave the rows where they are that somebody scrolled to."""
        bar = self.table.verticalScrollBar()
        if bar.value() > 0:
            height = self.table.verticalHeader().defaultSectionSize()
            bar.setValue(bar.value() + count * height)

    def _go(self) -> None:
        found = [heard.service_id for heard in self.table.selected() if heard.service_id]
        if found and self.service_name(found[0]):
            self.service_wanted.emit(found[0])

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.search, 1)
        for widget in (self.failures, self.writes, self.paused, self.clear_button):
            line.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addLayout(line)
        layout.addWidget(self.shelf, 1)
        layout.addWidget(self.count)

    def _connect(self) -> None:
        self._timer.timeout.connect(self.look)
        self._typing.timeout.connect(self._search)
        self.search.textChanged.connect(lambda: self._typing.start())
        self.failures.toggled.connect(lambda _on: self._filter())
        self.writes.toggled.connect(lambda _on: self._filter())
        self.paused.toggled.connect(lambda _on: self.look())
        self.clear_button.clicked.connect(self.clear)
        self.model.came.connect(self._hold_still)
        self.go.triggered.connect(self._go)
        self.table.opened.connect(lambda _heard: self._go())

    def _columns(self) -> list[ListColumn[HeardRequest]]:
        return [
            ListColumn(
                self.tr("When"),
                lambda heard: clock(_time(heard), seconds=True),
                90,
                tip=lambda heard: exactly(_time(heard)),
            ),
            ListColumn(self.tr("Who"), self._who, 140),
            ListColumn(self.tr("Method"), lambda heard: heard.method, 70),
            ListColumn(self.tr("Path"), lambda heard: heard.path, 270),
            ListColumn(self.tr("Answer"), _answer, 240, icon=self._icon, elastic=True),
            ListColumn(self.tr("Sets"), self._what, 170),
            ListColumn(self.tr("ms"), lambda heard: f"{heard.seconds * 1_000:.1f}", 70, right=True),
            ListColumn(self.tr("From"), lambda heard: heard.address, 120, tip=self._from),
        ]

    def _from(self, heard: HeardRequest) -> str:
        by = self.tr("Network %1, by HTTPS") if heard.is_encrypted else None
        return filled(by or self.tr("Network %1, by HTTP"), network_of(heard.address))

    def _who(self, heard: HeardRequest) -> str:
        token = self.token_names.get(heard.token_id or 0, "")
        if heard.who and token and token != heard.who:
            return filled(self.tr("%1 by %2"), heard.who, token)
        return heard.who or token or self.tr("nobody")

    def _what(self, heard: HeardRequest) -> str:
        if heard.status_id is None:
            return ""
        id_ = heard.service_id or 0
        name = self.service_name(id_) or (str(id_) if id_ > 0 else "?")
        known = heard.status_id in _KNOWN
        return f"{name} → {status_word(heard.status_id) if known else '?'}"

    def _icon(self, heard: HeardRequest) -> QIcon | None:
        if not heard.is_failure:
            return None
        return self._theme.icon("error", self._theme.colours.status(StatusId.OUTAGE).ink)


def _time(heard: HeardRequest) -> datetime:
    return datetime.fromtimestamp(heard.at, UTC)


def _answer(heard: HeardRequest) -> str:
    reason = translated(heard.reason)
    return f"{heard.status} · {reason}" if reason else str(heard.status)
