"""The certificate of HTTPS as people compare it: text, words, and a code for a camera."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from izzitup_desktop.desktop.theme import GAP, MARGIN, Theme
from izzitup_desktop.desktop.widgets.labels import TypedText, heading_label, plain_label
from izzitup_desktop.desktop.widgets.qr_code import QrCode
from izzitup_desktop.desktop.words.texts import filled, translated
from izzitup_desktop.desktop.words.times import exactly, lasting
from izzitup_desktop.domain.clock import SYSTEM_CLOCK
from izzitup_desktop.domain.statuses import StatusId

if TYPE_CHECKING:
    from izzitup_desktop.server.embedded import EmbeddedServer, ServerState


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a certificate; `code` is its QR code, an SVG."""

    subject: str
    names: tuple[str, ...]
    ends: datetime
    fingerprint: str
    words: str
    code: bytes


def shown_by(server: EmbeddedServer) -> Shown | None:
    """The certificate that a server is known by, None where there is none. Draws its code."""
    found = server.certificate
    if found is None:
        return None
    fingerprint = found.fingerprint
    return Shown(
        found.subject, found.names, found.ends, fingerprint.text, " ".join(fingerprint.words()),
        fingerprint.qr_svg(),
    )  # fmt: skip


class CertificateCard(QFrame):
    """Says what is served over HTTPS, or that nothing is and what that means."""

    told = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._severe = False
        self.setObjectName("card")
        self.heading = heading_label(self.tr("HTTPS"), larger=1.1)
        self.about = plain_label(wrap=True)
        self.names, self.until = TypedText(), plain_label(wrap=True)
        self.subject, self.fingerprint = TypedText(), TypedText()
        self.words = plain_label(wrap=True)
        self.code = QrCode()
        self.code.setAccessibleName(self.tr("The fingerprint as a QR code"))
        self.copy = QPushButton(self.tr("Copy the f&ingerprint"))
        self.copy.clicked.connect(self._copy)
        self._labels: list[QLabel] = []
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()

    def show_state(
        self,
        state: ServerState | None,
        certificate: Shown | None,
        *,
        is_alone: bool,
    ) -> None:
        """Show the certificate that is served.

        `is_alone`: no other computer can connect.
        """
        is_served = state is not None and bool(state.secure_url) and certificate is not None
        self.about.setText(self._about(state, is_served=is_served, is_alone=is_alone))
        self._severe = state is not None and bool(state.secure_reason)
        for widget in (*self._labels, self.until, self.words, self.code, self.copy):
            widget.setVisible(is_served)
        for shown in (self.subject, self.names, self.fingerprint):
            shown.setVisible(is_served)
        if certificate is not None and is_served:
            self.subject.show_text(certificate.subject)
            self.names.show_text(", ".join(certificate.names))
            self.until.setText(_until(certificate, self.tr("%1, in %2"), self.tr("%1: it ended")))
            self.fingerprint.show_text(certificate.fingerprint)
            self.words.setText(certificate.words)
            self.code.show_svg(certificate.code)
        self._dress()

    def _about(self, state: ServerState | None, *, is_served: bool, is_alone: bool) -> str:
        if state is not None and state.secure_reason:
            return translated(state.secure_reason)
        if is_served:
            return self.tr("Compare this on the other computer before you trust the certificate.")
        if is_alone:
            return self.tr("HTTPS is off. No other computer can connect, so it isn’t needed.")
        return self.tr(
            "HTTPS is off: passwords and tokens cross the network in the clear. Preferences "
            "turn it on; a certificate is made here."
        )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.fingerprint.text())
        self.told.emit(self.tr("Fingerprint copied"))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(MARGIN)
        grid.setVerticalSpacing(GAP)
        grid.setColumnStretch(1, 1)
        rows = (
            (self.tr("Issued for"), self.subject),
            (self.tr("Names"), self.names),
            (self.tr("Valid until"), self.until),
            (self.tr("Fingerprint"), self.fingerprint),
            (self.tr("In words"), self.words),
        )
        for row, (text, value) in enumerate(rows):
            label = plain_label(text)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._labels.append(label)
            grid.addWidget(label, row, 0)
            grid.addWidget(value, row, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.copy)
        foot.addStretch()
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(self.heading)
        left.addWidget(self.about)
        left.addLayout(grid)
        left.addLayout(foot)
        left.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addLayout(left, 1)
        layout.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)

    def _dress(self) -> None:
        colours = self._theme.colours
        for label in self._labels:
            label.setStyleSheet(f"color: {colours.muted};")
        ink = colours.status(StatusId.OUTAGE).ink if self._severe else colours.muted
        self.about.setStyleSheet(f"color: {ink};")


def _until(certificate: Shown, valid: str, ended: str) -> str:
    left = (certificate.ends - SYSTEM_CLOCK.now()).total_seconds()
    if left <= 0:
        return filled(ended, exactly(certificate.ends))
    return filled(valid, exactly(certificate.ends), lasting(left))
