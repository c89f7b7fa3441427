"""What a language says, beyond our own texts."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from izzitup_desktop.desktop.start.language import Language


def test_keys_are_called_as_they_are_on_the_keyboards_of_the_language(qapp: QApplication) -> None:
    language = Language(qapp)
    keys, native = QKeySequence("Ctrl+Return"), QKeySequence.SequenceFormat.NativeText
    try:
        assert keys.toString(native) == "Ctrl+Return"
        language.choose("de")
        assert keys.toString(native) == "Strg+Eingabe"
        assert QKeySequence("Del").toString(native) == "Entf"
    finally:
        language.close()
