"""Code and addresses for other pages and programs, to be copied."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izzitup_desktop.desktop.theme import GAP, SMALL, Theme
from izzitup_desktop.desktop.widgets.choice_box import ChoiceBox
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.listing import ListColumn, ListModel, ListTable
from izzitup_desktop.desktop.widgets.shelf import Shelf
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.public_board import PublicBoard
from izzitup_desktop.text.page_links import (
    LinkKind,
    PageLink,
    Subject,
    SubjectKind,
    links_for,
)

_ROWS = 8
_NAME_MOST = 40


class PageShares(QWidget):
    """Of the board, a group or a service, as they are on the page; `told` says what was copied."""

    told = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._base = ""
        self._subjects: list[Subject] = []
        self.of = ChoiceBox()
        self.of.setAccessibleName(self.tr("Of"))
        self.of.currentIndexChanged.connect(self._show)
        self.about = plain_label(
            self.tr(
                "Badges and links work everywhere. Frames, and scripts that read the page, work on "
                "the sites that may show it."
            ),
            wrap=True,
        )
        self.model = ListModel[PageLink](self._columns(), key=lambda one: one.kind)
        self.table = ListTable(self.model, self.tr("Code and addresses"))
        self.shelf = Shelf(theme, self.table, "page")
        self.copy_button = QPushButton(self.tr("Cop&y"))
        self.copy = QAction(self.tr("Cop&y"), self)
        self.table.offer(self.copy)
        for does in (self.copy_button.clicked, self.copy.triggered):
            does.connect(self._copy)
        self.table.opened.connect(lambda _link: self._copy())
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()
        self._take("", [])

    def show_base(self, base: str, reason: str = "") -> None:
        """The page is at this address from now on; "" for nowhere, for this reason."""
        self._base = base
        self.shelf.say(self.tr("Nowhere to be seen"), reason)
        self._show()

    def show_board(self, board: PublicBoard) -> None:
        """Offer what is on the page."""
        groups = [
            Subject(SubjectKind.GROUP, str(group.id), group.name)
            for group in board.groups
            if group.name
        ]
        services = [
            Subject(SubjectKind.SERVICE, one.reference, one.name) for one in board.services.values()
        ]
        self._take(board.choices.title, [*groups, *services])

    def chosen(self) -> PageLink | None:
        """The selected one, else the first."""
        found = self.table.selected() or self.model.shown()
        return found[0] if found else None

    def _take(self, title: str, others: list[Subject]) -> None:
        subjects = [Subject(SubjectKind.BOARD, "", title or self.tr("Service status")), *others]
        if subjects == self._subjects:
            return
        before = self._subjects[self.of.currentIndex()] if self._subjects else None
        self._subjects = subjects
        self.of.blockSignals(True)
        self.of.clear()
        for subject in subjects:
            self.of.addItem(self._text(subject))
        self.of.setCurrentIndex(subjects.index(before) if before in subjects else 0)
        self.of.blockSignals(False)
        self._show()

    def _text(self, subject: Subject) -> str:
        name = subject.name
        if len(name) > _NAME_MOST:
            name = f"{name[:_NAME_MOST]}…"
        if subject.kind is SubjectKind.BOARD:
            return self.tr("Everything")
        return filled(self.tr("Group %1"), name) if subject.kind is SubjectKind.GROUP else name

    def _show(self) -> None:
        place = self.of.currentIndex()
        is_there = bool(self._base) and 0 <= place < len(self._subjects)
        self.model.replace(links_for(self._base, self._subjects[place]) if is_there else ())
        self.copy_button.setEnabled(is_there)
        self.copy.setEnabled(is_there)

    def _copy(self) -> None:
        if (found := self.chosen()) is not None:
            QGuiApplication.clipboard().setText(found.text)
            self.told.emit(filled(self.tr("Copied: %1"), self._title(found)))

    def _columns(self) -> list[ListColumn[PageLink]]:
        return [
            ListColumn(self.tr("Purpose"), self._title, 190),
            ListColumn(
                self.tr("Code or address"), lambda one: one.text, 220,
                tip=lambda one: one.text, elastic=True,
            ),
        ]  # fmt: skip

    def _title(self, link: PageLink) -> str:
        return {
            LinkKind.BADGE_MARKDOWN: self.tr("Badge in Markdown"),
            LinkKind.BADGE_HTML: self.tr("Badge in HTML"),
            LinkKind.FRAME: self.tr("Frame in HTML"),
            LinkKind.FEED: self.tr("Feed reader (Atom)"),
            LinkKind.CALENDAR: self.tr("Calendar (iCalendar)"),
            LinkKind.SUBSCRIBE: self.tr("Ways to subscribe"),
            LinkKind.WALL: self.tr("Screen on a wall"),
            LinkKind.JSON: self.tr("Programs (Statuspage)"),
        }[link.kind]

    def _lay_out(self) -> None:
        header = self.table.horizontalHeader().sizeHint().height()
        rows = self.table.verticalHeader().defaultSectionSize() * _ROWS
        self.shelf.setFixedHeight(header + rows + 2 * self.table.frameWidth() + SMALL)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.of)
        line.addStretch()
        line.addWidget(self.copy_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.about)
        layout.addLayout(line)
        layout.addWidget(self.shelf)

    def _dress(self) -> None:
        self.about.setStyleSheet(f"color: {self._theme.colours.muted};")
