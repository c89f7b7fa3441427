"""The catalogue: the texts of one language, by GNU gettext.

English stands in the source and is the key of every text, so an English
catalogue has nothing to read. Another language's is read with its first text.
"""

from __future__ import annotations

import gettext
from datetime import datetime
from functools import cached_property
from pathlib import Path

from izzitup_desktop.domain.errors import BoardError
from izzitup_desktop.domain.messages import Message, shown
from izzitup_desktop.platform import startup_settings
from izzitup_desktop.platform.paths import find_paths, resource
from izzitup_desktop.text import times
from izzitup_desktop.text.languages import ENGLISH, SYSTEM, chosen

DOMAIN = "izzitup"
"""gettext's name for all of our texts: `<language>/LC_MESSAGES/izzitup.mo`."""

_CONTEXT = "\x04"
"""What gettext puts between a context and a text."""


def of_user() -> Catalogue:
    """The language of the user's settings; where they name none, the environment's."""
    try:
        setting = startup_settings.read_startup_settings(find_paths().config).language
    except BoardError:
        setting = SYSTEM
    return Catalogue(chosen(setting))


def folder() -> Path:
    """Where the catalogues lie."""
    return resource("translations")


class Catalogue:
    """The texts of `language`, in our `folder()` or another; may be asked on any thread."""

    def __init__(self, language: str = ENGLISH, texts: Path | None = None) -> None:
        self.language = language
        self._folder = texts

    def text(self, text: object) -> str:
        """A sentence of `say` or `counted` in this language, with its times; else as it is."""
        return shown(text, self._pattern_of, self._shown)

    def found(self, source: str, context: str = "") -> str | None:
        """The translation of a text; None where it has none, as in English."""
        if self._texts is None or not source:
            return None
        # A text that needs no context may be asked for with one.
        for key in (f"{context}{_CONTEXT}{source}", source) if context else (source,):
            text = self._texts.gettext(key)
            if text != key:
                return text
        return None

    def recognised(self, text: str) -> str:
        """A sentence that was said in English, as one of ours that has this language's words.

        As it is where it is none of ours, and in English.
        """
        if self._texts is None:
            return text
        from izzitup_desktop.text.recognised import recognised  # only what went wrong there

        return recognised(text, self._sources.values())

    def source_of(self, text: str) -> str | None:
        """The English text that `text` is in this language; None for none."""
        return self._sources.get(text)

    def plural(self, one: str, many: str, count: int) -> str:
        """`one` or `many`, whichever this language takes for `count`."""
        if self._texts is None:
            return one if count == 1 else many
        return self._texts.ngettext(one, many, count)

    def _pattern_of(self, message: Message) -> str:
        if message.many:
            return self.plural(message.one, message.many, message.number)
        return self.found(message.pattern) or message.pattern

    def _shown(self, value: object) -> str:
        return times.exactly(self.language, value) if isinstance(value, datetime) else str(value)

    @cached_property
    def _sources(self) -> dict[str, str]:
        # gettext has no other way to all of a catalogue's texts.
        texts: dict[object, str] = vars(self._texts).get("_catalog", {}) if self._texts else {}
        return {
            text: source.rpartition(_CONTEXT)[2]
            for source, text in texts.items()
            if isinstance(source, str) and source
        }

    @cached_property
    def _texts(self) -> gettext.NullTranslations | None:
        if self.language == ENGLISH:
            return None
        # Words must not keep a board from being read: without the file it is English.
        return gettext.translation(DOMAIN, self._folder or folder(), [self.language], fallback=True)
