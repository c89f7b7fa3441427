"""What the palette offers: every action, every service, and what is done with one by name.

Words count in every language, whatever the window speaks: "dunkel", "outage mail".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from itertools import islice
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.desktop.notifications.tray import tomorrow
from izzitup_desktop.desktop.start.settings_keeper import SettingsKeeper
from izzitup_desktop.desktop.theme import status_word
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.desktop.window.palette import Choice, choice_of, choice_of_service
from izzitup_desktop.desktop.window.ranking import is_one_off, ranked, squeezed
from izzitup_desktop.desktop.window.state import WindowState
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.statuses import SETTABLE, StatusId
from izzitup_desktop.domain.text import search_fold
from izzitup_desktop.text.catalogue import Catalogue
from izzitup_desktop.text.languages import ENGLISH, LANGUAGES

SERVICES_MOST = 60
"""So many services are ever shown for one text."""

SQUEEZED_MOST = 5_000
"""Of more services only what holds the text as it is typed is looked at."""

RECENT_MOST = 12

_ACTED_ON_MOST = 6
_TYPO_LEAST = 4
_RECENT = "palette/recent"

_VERBS: dict[str, tuple[str, ...]] = {
    str(int(StatusId.OUTAGE)): ("outage", "down", "ausfall", "störung"),
    str(int(StatusId.IMPAIRED)): ("impaired", "degraded", "eingeschränkt", "beeinträchtigt"),
    str(int(StatusId.OPERATIONAL)): ("operational", "up", "ok", "betrieb", "läuft"),
    "comment": ("comment", "kommentar"),
    "hold": ("hold", "festhalten", "halten"),
    "release": ("release", "freigeben"),
    "confirm": ("confirm", "bestätigen"),
    "history": ("history", "verlauf"),
    "journal": ("journal", "log"),
    "edit": ("edit", "bearbeiten"),
}
"""What is done with a service that is named after it, by the words that people have for it."""

_SETTING = frozenset(map(str, map(int, SETTABLE))) | {"comment", "hold", "release", "confirm"}
"""The verbs that need the right to set a status."""


class PaletteChoices(QObject):
    """Made when the palette is opened; the newest choices stand first."""

    def __init__(self, window: MainWindow, keeper: SettingsKeeper) -> None:
        super().__init__(window)
        self._window, self._keeper = window, keeper
        self._state = WindowState(window.context.paths.config)

    def commands(self) -> list[Choice]:
        """Every action and setting, the newest chosen ones first."""
        found = [_action_choice(action) for action in self._window.actions_.all()]
        found += self._settings()
        by_id = {choice.id: choice for choice in found}
        newest = [by_id.get(id_) or self._of_service(id_) for id_ in self._recent()]
        first = [choice for choice in newest if choice is not None]
        return [*first, *(choice for choice in found if choice not in first)]

    def for_text(self, typed: str) -> list[Choice]:
        """What is done with a service that the text names after a verb, or before one."""
        words = typed.split()
        found: list[Choice] = []
        if len(words) > 1:
            for verb in _verbs_of(words[0]):
                found += self._acting(verb, " ".join(words[1:]))
            for verb in _verbs_of(words[-1]) if not found else ():
                found += self._acting(verb, " ".join(words[:-1]))
        return found

    def services(self, typed: str) -> list[Choice]:
        """The services that answer the text best."""
        pattern = self.tr("Go to %1")
        theme = self._window.context.theme
        return [
            replace(
                choice_of_service(
                    pattern,
                    row.service.name,
                    row.service.key,
                    theme.status_icon(row.service.status_id, 16),
                    partial(self._window.show_service, row.service.id),
                ),
                id=f"service {row.service.id}",
            )
            for row in self._rows(typed, SERVICES_MOST)
        ]

    def chosen(self, choice: Choice) -> None:
        """Remember what was chosen, for the next time and the next start."""
        others = [id_ for id_ in self._recent() if id_ != choice.id]
        self._state.put(_RECENT, "\n".join([choice.id, *others][:RECENT_MOST]))

    def _recent(self) -> list[str]:
        return [id_ for id_ in self._state.text(_RECENT).split("\n") if id_]

    def _rows(self, typed: str, most: int) -> list[Row]:
        known = self._window.model.arrangement.rows.values()
        words = search_fold(typed).split()
        if not words:
            return []
        if len(known) <= SQUEEZED_MOST:
            return ranked(typed, known, _sought_of, most)
        held = (row for row in known if all(word in row.folded for word in words))
        return ranked(typed, islice(held, most), _sought_of, most)

    def _acting(self, verb: str, named: str) -> list[Choice]:
        return [self._act(verb, row.service) for row in self._rows(named, _ACTED_ON_MOST)]

    def _of_service(self, id_: str) -> Choice | None:
        verb, _, number = id_.partition(" ")
        rows = self._window.model.arrangement.rows
        row = rows.get(int(number)) if number.isdigit() else None
        if row is None:
            return None
        if verb in _VERBS:
            return self._act(verb, row.service)
        return next((c for c in self.services(row.service.name) if c.id == id_), None)

    def _act(self, verb: str, service: Service) -> Choice:
        window, id_ = self._window, service.id
        status = int(verb) if verb.isdigit() else service.status_id
        text, run = self._deed(verb, service)
        needs = verb in _SETTING
        reason = window.actions_.reason_against(service.group_id) if needs else ""
        icon = window.context.theme.status_icon(status, 16)
        sought = (squeezed(text), squeezed(f"{service.name} {service.key}"))
        return Choice(text, service.key, icon, reason, run, sought, id=f"{verb} {id_}")

    def _deed(self, verb: str, service: Service) -> tuple[str, Callable[[], Any]]:
        window, id_, name = self._window, service.id, service.name
        commands = window.commands
        if verb.isdigit():
            text = filled(self.tr("Set %1 to %2"), name, status_word(int(verb)))
            return text, partial(commands.set_status, [id_], int(verb))
        deeds: dict[str, tuple[str, Callable[[], Any]]] = {
            "comment": (
                self.tr("Set %1 with comment, until, hold …"),
                lambda: window.row_actions.set_with_options([service]),
            ),
            "hold": (self.tr("Hold %1"), lambda: commands.hold([id_], hold=True)),
            "release": (self.tr("Release %1"), lambda: commands.hold([id_], hold=False)),
            "confirm": (self.tr("Confirm %1"), partial(commands.confirm, [id_])),
            "history": (self.tr("History of %1"), partial(self._show_history, id_)),
            "journal": (self.tr("Journal of %1"), partial(window.pages.read_journal, id_)),
            "edit": (self.tr("Edit %1 …"), partial(window.editing.edit, id_)),
        }
        pattern, run = deeds[verb]
        return filled(pattern, name), run

    def _show_history(self, service_id: int) -> None:
        self._window.pages.go("history")
        if self._window.pages.current == "history":
            self._window.pages.page("history").show_service(service_id)

    def _settings(self) -> list[Choice]:
        """Settings that one word changes."""
        save, icon = self._keeper.save, self._window.context.theme.icon
        hour = datetime.now(UTC) + timedelta(hours=1)
        day = tomorrow(datetime.now(UTC))
        offered: list[tuple[str, str, str, object, str, tuple[str, ...]]] = [
            ("theme", self.tr("Dark theme"), "theme", "dark", "settings", ("dark", "dunkel")),
            ("theme", self.tr("Light theme"), "theme", "light", "settings", ("light", "hell")),
            ("language", "Deutsch", "language", "de", "settings", ("german", "deutsch")),
            ("language", "English", "language", "en", "settings", ("english", "englisch")),
            (
                "mute", self.tr("Mute notifications for 1 hour"), "muted_until", hour, "bell-off",
                ("mute 1 h", "mute 1 hour", "stumm 1 h", "stumm 1 stunde"),
            ),
            (
                "mute", self.tr("Mute notifications until tomorrow"), "muted_until", day,
                "bell-off", ("mute until tomorrow", "stumm bis morgen"),
            ),
            (
                "mute", self.tr("Unmute notifications"), "muted_until", None, "bell",
                ("unmute", "mute off", "nicht mehr stumm", "stumm aus"),
            ),
        ]  # fmt: skip
        kinds = {"theme": ("theme", "farben"), "language": ("language", "sprache"), "mute": ()}
        found = []
        for place, (kind, text, key, value, icon_name, words) in enumerate(offered):
            more = [f"{one} {word}" for one in kinds[kind] for word in words]
            sought = tuple(map(squeezed, (text, *words, *more)))
            run = partial(save, key, value)
            found.append(
                Choice(text, "", icon(icon_name), "", run, sought, id=f"setting {kind} {place}")
            )
        return found


def _action_choice(action: QAction) -> Choice:
    choice = choice_of(action)
    words = [squeezed(text.replace("&", "")) for text in _in_other_languages(action.text())]
    if action.objectName().startswith("view_"):
        words += [f"{go} {word}" for go in ("go", "gehe zu") for word in (*choice.sought, *words)]
    return replace(choice, id=action.objectName(), sought=(*choice.sought, *words))


def _sought_of(row: Row) -> Sequence[str]:
    service = row.service
    return squeezed(f"{service.name} {service.key}"), squeezed(service.key)


def _verbs_of(word: str) -> Iterator[str]:
    """The verbs that a word begins, is, or would be but for one letter."""
    typed = squeezed(word)
    if typed in _VERBS:
        yield typed
        return
    for verb, words in _VERBS.items():
        known = [squeezed(each) for each in words]
        begins = len(typed) > 1 and any(each.startswith(typed) for each in known)
        if begins or (len(typed) >= _TYPO_LEAST and any(is_one_off(typed, e) for e in known)):
            yield verb


@lru_cache(maxsize=512)
def _in_other_languages(text: str) -> tuple[str, ...]:
    """What a text of the window is in the other languages that it has."""
    found = []
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        catalogue = _catalogue_of(language)
        source = catalogue.source_of(text)
        found += [each for each in (source, catalogue.found(source or text)) if each]
    return tuple(each for each in found if each != text)


@lru_cache(maxsize=8)
def _catalogue_of(language: str) -> Catalogue:
    return Catalogue(language)
