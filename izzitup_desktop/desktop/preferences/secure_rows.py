"""The rows of HTTPS and of the announcement, in the preferences' section of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from izzitup_desktop.desktop.preferences.file_line import FileLine
from izzitup_desktop.desktop.preferences.rows import PreferenceRow, PreferenceSection
from izzitup_desktop.desktop.words.texts import tooltip

if TYPE_CHECKING:
    from izzitup_desktop.desktop.preferences.dialog import Preferences
    from izzitup_desktop.desktop.theme import Theme


class SecureRows(QObject):
    """Adds them to `section`; the dialog has the editors, and saves what they say."""

    def __init__(self, dialog: Preferences, theme: Theme, section: PreferenceSection) -> None:
        super().__init__(dialog)
        self._dialog, self._theme, self._section = dialog, theme, section
        self.https = dialog.add_check("https", self.tr("Answer over &HTTPS, too"), section)
        self.port = dialog.add_number("https_port", self.tr("HTT&PS port"), 1, 65535, "", section)
        self.only = dialog.add_check("https_only", self.tr("Answer o&ver HTTPS only"), section)
        self.certificate = self._file(
            "tls_certificate", self.tr("&Certificate"), self.tr("Choose a certificate")
        )
        self.certificate.line.setPlaceholderText(self.tr("made here"))
        self.key = self._file("tls_key", self.tr("Its &key"), self.tr("Choose a key"))
        self.mdns = dialog.add_check(
            "mdns", self.tr("Announce the &board on these networks (mDNS)"), section
        )
        self.mdns.setToolTip(
            tooltip(self.tr("Nothing is announced while only this computer can connect."))
        )

    @property
    def are_passwords_safe(self) -> bool:
        """Whether nothing but HTTPS is answered."""
        return self.https.isChecked() and self.only.isChecked()

    def _file(self, name: str, label: str, title: str) -> FileLine:
        line = FileLine(
            self._dialog.setting(name), title, self.tr("Certificates and keys (*.pem *.crt *.key)")
        )
        line.chosen.connect(lambda path: self._dialog.change(name, path))
        self._dialog.add_row(name, PreferenceRow(self._theme, label, line), self._section)
        return line
