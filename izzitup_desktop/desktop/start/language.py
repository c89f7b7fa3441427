"""The window's language: ours and Qt's own texts, and how dates look."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from izzitup_desktop.text.catalogue import Catalogue
from izzitup_desktop.text.languages import ENGLISH, LANGUAGES, SYSTEM


class Language:
    """English stands in the source; another language is a translator on top."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._system = QLocale.system()
        self._translator = CatalogueTranslator()
        self._is_installed = False

    @property
    def current(self) -> str:
        """The language that is spoken."""
        return self._translator.current

    def choose(self, choice: str) -> bool:
        """Speak `en`, `de`, or what the `system` speaks; whether that is a change."""
        wanted = self._system.name().split("_")[0] if choice == SYSTEM else choice
        language = wanted if wanted in LANGUAGES else ENGLISH
        # The system's own region keeps its dates, in its own language.
        same = self._system.name().startswith(language)
        QLocale.setDefault(self._system if same else QLocale(language))
        if language == self.current:
            return False
        self._translator.speak(language)
        if not self._is_installed:
            # Once, and to stay: from now on threads that translate wait for Python's lock,
            # and Qt, which holds it, would wait for them before it takes a translator away.
            self._app.installTranslator(self._translator)
            self._is_installed = True
        # Qt's own windows and buttons take their words anew.
        QCoreApplication.sendEvent(self._app, QEvent(QEvent.Type.LanguageChange))
        return True

    def close(self) -> None:
        """Speak English again. No thread may translate any more."""
        self.choose(ENGLISH)
        if self._is_installed:
            self._app.removeTranslator(self._translator)
            self._is_installed = False
        QLocale.setDefault(self._system)


_BETTER = {("de", "QShortcut", "Return"): "Eingabe"}
"""What is on the keyboards of a language, where Qt has it otherwise."""

_Key = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A language's texts: ours, Qt's own, and what was looked up in both already."""

    catalogue: Catalogue
    qt: QTranslator
    known: dict[_Key, str | None] = field(default_factory=dict)


class CatalogueTranslator(QTranslator):
    """Looks texts up in our catalogue; Qt's own stay those that Qt brings along.

    `tr(text)`, or `tr(text, context)` where one English text has several meanings.
    The names of classes, Qt's contexts, mean nothing here.
    """

    def __init__(self) -> None:
        super().__init__()
        # Kept for good: a translator that ends waits for threads that translate, too.
        self._languages: dict[str, _Spoken] = {}
        self.speak(ENGLISH)

    @property
    def current(self) -> str:
        """The language that is spoken."""
        return self._spoken.catalogue.language

    def speak(self, language: str) -> None:
        """Another language from now on, on every thread."""
        if language not in self._languages:
            qt = QTranslator()
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if language != ENGLISH:
                qt.load(f"qtbase_{language}", folder)
            self._languages[language] = _Spoken(Catalogue(language), qt)
        self._spoken = self._languages[language]

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """The text in our catalogue, or in Qt's; None, Qt's null, where neither has it."""
        spoken = self._spoken
        if n >= 0:
            if disambiguation and not _is_of_qt(context):
                return spoken.catalogue.plural(source, disambiguation, n)
            return spoken.qt.translate(context, source, disambiguation, n) or None
        key = (context, source, disambiguation)
        try:
            return spoken.known[key]
        except KeyError:
            text = spoken.known[key] = _looked_up(spoken, *key)
            return text


def _looked_up(
    spoken: _Spoken, context: str, source: str, disambiguation: str | None
) -> str | None:
    better = _BETTER.get((spoken.catalogue.language, context, source))
    if better is not None:
        return better
    if not _is_of_qt(context):
        text = spoken.catalogue.found(source, disambiguation or "")
        if text is not None:
            return text
    return spoken.qt.translate(context, source, disambiguation) or None


def _is_of_qt(context: str) -> bool:
    """Whether it is the name of a class of Qt."""
    return context[:1] == "Q" and context[1:2].isupper()
