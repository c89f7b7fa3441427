"""F1: what one can do here and with which keys, in a window of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from izzitup_desktop import __version__
from izzitup_desktop.desktop.theme import GAP, WIDE
from izzitup_desktop.desktop.widgets.dialog import Dialog
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.text.script_lines import DEFAULT_ADDRESS, curl


class Guide(Dialog):
    """A page of text, and every shortcut as the actions have them."""

    def __init__(self, actions: Sequence[QAction], address: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Guide"))
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        layout.setSpacing(GAP)
        for heading, text in self._chapters(address):
            self._add(layout, heading, text)
        self._add(layout, self.tr("Keys"), "")
        layout.addLayout(_keys(actions))
        layout.addStretch()
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.resize(620, 560)

    def _chapters(self, address: str) -> tuple[tuple[str, str], ...]:
        return (
            (
                self.tr("Setting a status"),
                self.tr(
                    "Click one of the three buttons in a service's row, or select rows and press "
                    "5 (Operational), 6 (Impaired) or 7 (Outage). It counts at once, for everybody."
                ),
            ),
            (
                self.tr("Nothing is lost"),
                self.tr(
                    "Ctrl+Z takes your last step back, deleted services too. If somebody changed "
                    "the service since, it stays as it is and you are told who it was."
                ),
            ),
            (
                self.tr("Finding a service"),
                self.tr(
                    "Ctrl+F searches names, keys, groups and notes as you type; accents and case "
                    "do not matter. The chips show only services of one status."
                ),
            ),
            (
                self.tr("Setting a status from a script"),
                curl(address or DEFAULT_ADDRESS, 1, int(StatusId.IMPAIRED), "NAME"),
            ),
        )

    def _add(self, layout: QVBoxLayout, heading: str, text: str) -> None:
        title = plain_label(heading)
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        layout.addSpacing(GAP)
        layout.addWidget(title)
        if text:
            layout.addWidget(plain_label(text, wrap=True))


def about_text() -> str:
    """What this is, in one line."""
    return filled(
        QCoreApplication.translate("about", "IzzitUp %1 — a service status board. MIT licence."),
        __version__,
    )


def _keys(actions: Sequence[QAction]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(WIDE)
    grid.setColumnStretch(1, 1)
    native = QKeySequence.SequenceFormat.NativeText
    for line, action in enumerate(action for action in actions if action.shortcuts()):
        keys = "  ".join(shortcut.toString(native) for shortcut in action.shortcuts())
        grid.addWidget(plain_label(keys), line, 0)
        grid.addWidget(plain_label(action.text().replace("&", "").replace(" …", "")), line, 1)
    return grid
