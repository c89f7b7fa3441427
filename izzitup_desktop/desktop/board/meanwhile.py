"""What became of services while a dialog about their statuses was open, and what to do then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izzitup_desktop.desktop.theme import GAP, MARGIN, Theme
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.spoken import alert
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.statuses import StatusId


class Meanwhile:
    """Services as the dialog's reader knows them, and as they are by now."""

    def __init__(self, services: Sequence[Service]) -> None:
        self._known = {service.id: service for service in services}
        self._now = dict(self._known)
        self.gone: list[Service] = []

    def take(self, services: Iterable[Service], gone: Iterable[int]) -> bool:
        """Hear of services that are different now; whether any is one of the dialog's."""
        before = dict(self._now)
        self._now.update({each.id: each for each in services if each.id in self._known})
        for id_ in gone:
            if (known := self._now.pop(id_, None)) is not None:
                self.gone.append(known)
        return self._now != before

    @property
    def ids(self) -> list[int]:
        """The services that are still there."""
        return list(self._now)

    def changed(self) -> list[Service]:
        """Those with another status than the reader knows, as they are now."""
        return [
            now for id_, now in self._now.items() if now.status_id != self._known[id_].status_id
        ]

    def leave_out(self, services: Iterable[Service]) -> None:
        """Forget these."""
        for service in services:
            self._now.pop(service.id, None)

    def know(self) -> None:
        """The reader knows by now how they are."""
        self._known.update(self._now)


class MeanwhileBar(QFrame):
    """Says what happened and offers two ways; its room is kept while it says nothing.

    What appears must not move the buttons that somebody is about to press.
    """

    theirs = Signal()
    mine = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("meanwhile")
        self.setAccessibleName(self.tr("Changed meanwhile"))
        self._text = plain_label(wrap=True)
        self.keep, self.over = QPushButton(), QPushButton()
        self.keep.clicked.connect(self.theirs)
        self.over.clicked.connect(self.mine)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addStretch()
        for button in (self.keep, self.over):
            button.setAutoDefault(True)
            line.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        layout.setSpacing(GAP)
        layout.addWidget(self._text, 1, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(line)
        kept = self.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.setSizePolicy(kept)
        self._text.setMinimumHeight(2 * self._text.fontMetrics().lineSpacing())
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def text(self) -> str:
        """What it says, "" while it says nothing."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, keep: str = "", over: str = "") -> None:
        """Say this, with these words on the buttons; one without words is not there."""
        self._text.setText(text)
        self.setAccessibleDescription(text)
        for button, word in ((self.keep, keep), (self.over, over)):
            button.setText(word)
            button.setVisible(bool(word))
        self.show()
        alert(self)

    def _dress(self) -> None:
        dress = self._theme.colours.status(StatusId.IMPAIRED)
        self.setStyleSheet(
            f"#meanwhile {{ background: {dress.tint}; border: 1px solid {dress.solid};"
            f" border-radius: 6px; }} #meanwhile QLabel {{ color: {dress.ink}; }}"
        )
