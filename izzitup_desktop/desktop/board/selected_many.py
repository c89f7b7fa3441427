"""What the inspector says of several selected services: which, how they are, what can be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from izzitup_desktop.desktop.theme import GAP, Theme, counted, status_word
from izzitup_desktop.desktop.widgets.labels import heading_label, plain_label
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.statuses import severity

NAMED_MOST = 12
"""So many are named, the worst first."""


class SelectedMany(QWidget):
    """Shows several services at once."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = heading_label()
        self.counts = plain_label(wrap=True)
        self.names = plain_label(wrap=True)
        self._hint = plain_label(
            self.tr("5, 6 and 7 set the status of all of them, Ctrl+Z takes it back in one step."),
            wrap=True,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        for label in (self.title, self.counts, self.names, self._hint):
            label.setMinimumWidth(1)
            layout.addWidget(label)
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    def show_services(self, services: Sequence[Service]) -> None:
        """Show these; fewer than two are shown elsewhere."""
        self.setVisible(len(services) > 1)
        if len(services) < 2:
            return
        self.title.setText(filled(self.tr("%1 selected"), len(services)))
        counts = Counter(service.status_id for service in services)
        worst_first = sorted(counts, key=severity, reverse=True)
        said = [counted(status_id, counts[status_id]) for status_id in worst_first]
        self.counts.setText(" · ".join(said))
        ordered = sorted(services, key=lambda each: severity(each.status_id), reverse=True)
        lines = [
            filled(self.tr("%1: %2"), each.name, status_word(each.status_id))
            for each in ordered[:NAMED_MOST]
        ]
        if more := len(services) - NAMED_MOST:
            lines += [filled(self.tr("and %1 more"), more)] if more > 0 else []
        self.names.setText("\n".join(lines))
        self.setAccessibleName(self.title.text())

    def _dress(self) -> None:
        for label in (self.counts, self._hint):
            label.setStyleSheet(f"color: {self._theme.colours.muted};")
