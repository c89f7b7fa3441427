"""Where everybody finds the status page: address, QR code, and whether it is on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from izzitup_desktop.desktop.theme import GAP, MARGIN, Theme
from izzitup_desktop.desktop.widgets.flow import FlowLayout
from izzitup_desktop.desktop.widgets.labels import TypedText, heading_label, plain_label
from izzitup_desktop.desktop.widgets.qr_code import QrCode
from izzitup_desktop.desktop.words.page import PagePlace
from izzitup_desktop.desktop.words.texts import filled, tooltip
from izzitup_desktop.text.qr_codes import qr_svg


class PageAddressCard(QFrame):
    """`turned` carries whether the page is to be on; `open_wanted` the address to open."""

    turned = Signal(bool)
    open_wanted = Signal(str)
    preferences_wanted = Signal()
    told = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._place = PagePlace()
        self.setObjectName("card")
        self.is_on = QCheckBox(self.tr("&Show everybody the board as a page"))
        self.is_on.clicked.connect(self.turned)
        self.address = TypedText()
        self.about = plain_label(wrap=True)
        self.copy = QPushButton(self.tr("&Copy the address"))
        self.open = QPushButton(self.tr("&Open in the browser"))
        self.preferences = QPushButton(self.tr("&Preferences …"))
        self.code = QrCode()
        self.code.setAccessibleName(self.tr("The address of the page as a QR code"))
        self.copy.clicked.connect(self._copy)
        self.open.clicked.connect(lambda: self.open_wanted.emit(self._place.address))
        self.preferences.clicked.connect(self.preferences_wanted)
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()
        self.show_place(self._place)

    def show_place(self, place: PagePlace) -> None:
        """Show where the page is, or why it is nowhere."""
        self._place = place
        self.address.show_text(f"{place.address}/" if place.address else "")
        self.about.setText(place.reason or self._about(place))
        self.code.setVisible(bool(place.address))
        if place.address:
            self.code.show_svg(qr_svg(f"{place.address}/"))
        for button in (self.copy, self.open):
            button.setEnabled(bool(place.address))
            button.setToolTip(tooltip(place.reason))
        self._dress()

    def restrict(self, reason: str) -> None:
        """Let nobody turn it on or off, for this reason; "" lets them."""
        self.is_on.setEnabled(not reason)
        self.is_on.setToolTip(tooltip(reason))
        self.is_on.setAccessibleDescription(reason)

    def _about(self, place: PagePlace) -> str:
        if place.is_alone:
            return self.tr(
                "Only this computer can open it: the preferences let others on the network."
            )
        return self.tr(
            "Everybody who can reach this address sees the page, without a password. A phone "
            "reads it from the code."
        )

    def _copy(self) -> None:
        text = f"{self._place.address}/"
        QGuiApplication.clipboard().setText(text)
        self.told.emit(filled(self.tr("Copied: %1"), text))

    def _lay_out(self) -> None:
        buttons = FlowLayout(GAP)
        for button in (self.copy, self.open, self.preferences):
            buttons.addWidget(button)
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(heading_label(self.tr("Status page"), larger=1.1))
        left.addWidget(self.is_on)
        left.addWidget(self.address)
        left.addWidget(self.about)
        left.addLayout(buttons)
        left.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addLayout(left, 1)
        layout.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)

    def _dress(self) -> None:
        self.about.setStyleSheet(f"color: {self._theme.colours.muted};")
