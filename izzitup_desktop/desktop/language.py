"""The window's language: ours and Qt's own texts, and how dates look."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from izzitup_desktop.paths import resource

LANGUAGES = ("en", "de")


class Language:
    """English stands in the source; another language is a translator on top."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._system = QLocale.system()
        self._translators: list[QTranslator] = []
        self.current = "en"

    def choose(self, choice: str) -> bool:
        """Speak `en`, `de`, or what the `system` speaks; whether that is a change."""
        wanted = self._system.name().split("_")[0] if choice == "system" else choice
        language = wanted if wanted in LANGUAGES else "en"
        # The system's own region keeps its dates, in its own language.
        same = self._system.name().startswith(language)
        QLocale.setDefault(self._system if same else QLocale(language))
        if language == self.current:
            return False
        self.current = language
        for translator in self._translators:
            self._app.removeTranslator(translator)
        self._translators.clear()
        folders = (
            (f"izzitup_{language}", str(resource("translations"))),
            (f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        )
        for name, folder in folders:
            translator = QTranslator()
            if translator.load(name, folder):
                self._app.installTranslator(translator)
                self._translators.append(translator)
        return True

    def close(self) -> None:
        """Speak English again."""
        self.choose("en")
        QLocale.setDefault(self._system)
