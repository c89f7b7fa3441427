"""The status filter: one chip a status, with its shape and count."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from izzitup_desktop.desktop.theme import SMALL, Theme, status_icon, status_word
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.statuses import SETTABLE, StatusId

_ORDER = (*reversed(SETTABLE), StatusId.CLOSED)


class StatusChips(QWidget):
    """Worst first. `chosen` carries a frozenset of status ids; none means all."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts: dict[int, int] = {}
        self._short = False
        self.setAccessibleName(self.tr("Filter by status"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        self._chips: dict[int, QPushButton] = {}
        for status_id in _ORDER:
            chip = QPushButton()
            chip.setCheckable(True)
            chip.setObjectName("chip")
            chip.setIconSize(QSize(14, 14))
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            chip.toggled.connect(self._on_toggled)
            layout.addWidget(chip)
            self._chips[status_id] = chip
        theme.changed.connect(self._dress)
        self._dress()
        self.set_counts({})

    def chip(self, status_id: int) -> QPushButton:
        """The chip of a status."""
        return self._chips[status_id]

    def statuses(self) -> frozenset[int]:
        """The statuses chosen."""
        return frozenset(id_ for id_, chip in self._chips.items() if chip.isChecked())

    def set_short(self, short: bool) -> None:
        """Show counts without words, where there is no room for these."""
        if short != self._short:
            self._short = short
            self.set_counts(self._counts)

    def width_of(self, *, words: bool) -> int:
        """How wide all chips together are with words or without, in pixels."""
        widths = [
            _width_with(chip, self._in_words(status_id) if words else self._number(status_id))
            for status_id, chip in self._chips.items()
            if not chip.isHidden()
        ]
        return sum(widths) + SMALL * (len(widths) - 1)

    def choose(self, status_id: int) -> None:
        """Show services of this status."""
        if status_id in self._chips:
            self._chips[status_id].setChecked(True)

    def set_counts(self, counts: Mapping[int, int]) -> None:
        """Show how many services have each status."""
        self._counts = dict(counts)
        for status_id, chip in self._chips.items():
            count = counts.get(status_id, 0)
            word = status_word(status_id)
            text = self._number(status_id) if self._short else self._in_words(status_id)
            if text == chip.text():
                continue  # all that stands beside it would be laid out anew
            chip.setText(text)
            chip.setMinimumWidth(0)
            chip.setAccessibleName(filled(self.tr("Show only %1: %2"), word, count))
            chip.setToolTip(filled(self.tr("Show only services with the status %1"), word))
        closed = self._chips[StatusId.CLOSED]
        closed.setVisible(closed.isChecked() or bool(counts.get(StatusId.CLOSED)))

    def clear(self) -> None:
        """Choose all statuses."""
        for chip in self._chips.values():
            chip.blockSignals(True)
            chip.setChecked(False)
            chip.blockSignals(False)
        self._on_toggled()

    def _number(self, status_id: int) -> str:
        return self.locale().toString(self._counts.get(status_id, 0))

    def _in_words(self, status_id: int) -> str:
        return f"{status_word(status_id)} {self._number(status_id)}"

    def _on_toggled(self) -> None:
        self.chosen.emit(self.statuses())

    def _dress(self) -> None:
        colours = self._theme.colours
        for status_id, chip in self._chips.items():
            dress = colours.status(status_id)
            chip.setIcon(status_icon(colours, status_id, 14))
            chip.setStyleSheet(
                f"#chip {{ border: 1px solid {colours.border}; border-radius: 13px;"
                f" padding: 3px 11px 3px 8px; background: {colours.base};"
                f" color: {colours.text}; min-height: 18px; }}"
                f"#chip:hover {{ border-color: {colours.strong_border}; }}"
                f"#chip:checked {{ background: {dress.tint}; border-color: {dress.solid};"
                f" color: {dress.ink}; }}"
                f"#chip:focus {{ border: 2px solid {colours.accent};"
                f" padding: 2px 10px 2px 7px; }}"
            )


def _width_with(chip: QPushButton, text: str) -> int:
    metrics = chip.fontMetrics()
    more = metrics.horizontalAdvance(text) - metrics.horizontalAdvance(chip.text())
    return chip.sizeHint().width() + more
