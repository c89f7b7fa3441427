"""What strangers see on the status page, as text: read from the same public board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from izzitup_desktop.desktop.history.words import percent
from izzitup_desktop.desktop.theme import GAP, SMALL, Theme, status_word
from izzitup_desktop.desktop.widgets.labels import heading_label, plain_label
from izzitup_desktop.desktop.widgets.listing import ListColumn, ListModel, ListTable
from izzitup_desktop.desktop.widgets.shelf import Shelf
from izzitup_desktop.desktop.words.texts import filled, one_line, translated
from izzitup_desktop.desktop.words.times import ago, exactly
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.messages import counted
from izzitup_desktop.domain.public_board import PageChoices, PublicBoard, PublicService
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.statuses import severity
from izzitup_desktop.text.headlines import headline

if TYPE_CHECKING:
    from izzitup_desktop.board import Board
    from izzitup_desktop.domain.accounts import Principal

_ROWS_LEAST, _ROWS_MOST = 3, 9


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: the board as strangers see it, and all there is on it."""

    public: PublicBoard
    groups: Sequence[Group]
    services: Sequence[Service]


def read(board: Board, principal: Principal, choices: PageChoices) -> Read:
    """Read both. Waits; raises `Unavailable`."""
    return Read(
        board.public_boards.board(choices),
        board.groups.list(principal),
        board.services.list(principal),
    )


class PagePreview(QWidget):
    """The page's sentence, how many services are shown, and a row for each."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._groups: dict[int, str] = {}
        self._reason = self._counted = ""
        self.sentence = heading_label(larger=1.1)
        self.sentence.setWordWrap(True)
        self.count = plain_label(wrap=True)
        self.model = ListModel[PublicService](self._columns(), key=lambda one: one.id)
        self.table = ListTable(self.model, self.tr("What everybody sees"))
        self.shelf = Shelf(theme, self.table, "page")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        for widget in (self.sentence, self.count, self.shelf):
            layout.addWidget(widget)
        theme.changed.connect(self._dress)
        self._dress()
        self._fit()
        self.say_nothing(self.tr("The board is being read."), "")

    def show_read(self, found: Read) -> None:
        """Show this board."""
        public, total = found.public, len(found.services)
        shown = len(public.services)
        self._groups = {group.id: group.name for group in public.groups}
        self.sentence.setText(translated(headline(public)))
        text = filled(self.tr("%1 of %2 services are shown."), shown, total)
        past = sum(1 for one in public.disruptions if one.end is not None)
        if past:
            told = counted(
                "%1 past disruption is listed.", "%1 past disruptions are listed.", past
            )  # fmt: skip
            text = f"{text} {translated(told)}"
        self._counted = text
        self._say_count()
        self.model.replace(public.services.values())
        if not shown:
            self.shelf.say(
                self.tr("Nothing is shown"),
                self.tr("Every service is hidden, or left out above.")
                if total
                else self.tr("The board has no services yet."),
            )
        self.shelf.refresh()
        self._fit()

    def say_why_not(self, reason: str) -> None:
        """Say why nobody sees it, "" where everybody does."""
        self._reason = reason
        self._say_count()

    def say_nothing(self, heading: str, sentence: str) -> None:
        """Show why there is nothing to see."""
        self.sentence.setText(heading)
        self._counted = sentence
        self._say_count()
        self.model.replace(())
        self.shelf.say(heading, sentence)
        self.shelf.refresh()
        self._fit()

    def _say_count(self) -> None:
        self.count.setText(" ".join(filter(None, (self._reason, self._counted))))

    def _columns(self) -> list[ListColumn[PublicService]]:
        return [
            ListColumn(
                self.tr("Service"),
                lambda one: one.name,
                150,
                icon=lambda one: self._theme.status_icon(one.status_id),
                tip=lambda one: self._groups.get(one.group_id, ""),
            ),
            ListColumn(
                self.tr("Status"),
                lambda one: filled(
                    self.tr("%1, %2"), status_word(one.status_id), ago(one.since, datetime.now(UTC))
                ),
                165,
                sort=lambda one: (severity(one.status_id), one.since),
                tip=lambda one: exactly(one.since),
            ),
            ListColumn(
                self.tr("Uptime"),
                lambda one: percent(one.uptime),
                100,
                sort=lambda one: -1.0 if one.uptime is None else one.uptime,
                right=True,
            ),
            ListColumn(
                self.tr("Comment"), lambda one: one_line(one.comment), 100,
                tip=lambda one: one.comment, elastic=True,
            ),
        ]  # fmt: skip

    def _fit(self) -> None:
        """Be as high as the services, up to some of them."""
        rows = max(_ROWS_LEAST, min(len(self.model.items), _ROWS_MOST))
        height = self.table.verticalHeader().defaultSectionSize() * rows
        frame = 2 * self.table.frameWidth() + SMALL
        self.shelf.setFixedHeight(height + self.table.horizontalHeader().height() + frame)

    def _dress(self) -> None:
        self.count.setStyleSheet(f"color: {self._theme.colours.muted};")
