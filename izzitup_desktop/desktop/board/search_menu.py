"""The menu in the search: what can be searched for, and searches that somebody keeps."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QMenu

from izzitup_desktop.desktop.board.chips import StatusChips
from izzitup_desktop.desktop.board.query import Query, Unclear
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.desktop.widgets.line_dialog import LineDialog
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.text import one_line

_NAME_MOST = 60


@dataclass(frozen=True)
class SavedSearch:
    """A search by its name: what stood in the line, and which statuses were chosen."""

    name: str
    text: str
    statuses: tuple[int, ...] = ()


class SearchMenu(QObject):
    """Opened by the “?” at the end of the search line. `saved` may be set and read."""

    def __init__(self, theme: Theme, search: QLineEdit, chips: StatusChips) -> None:
        super().__init__(search)
        self._theme, self._search, self._chips = theme, search, chips
        self.saved: tuple[SavedSearch, ...] = ()
        self.dialog: LineDialog | None = None
        self.menu = QMenu(search)
        self.menu.aboutToShow.connect(self._fill)
        self.opener = search.addAction(
            theme.icon("help", theme.colours.muted), QLineEdit.ActionPosition.TrailingPosition
        )
        self.opener.setText(self.tr("What can be searched for"))
        self.opener.setToolTip(self.opener.text())
        self.opener.triggered.connect(self.open)
        theme.changed.connect(self._dress)

    def open(self) -> None:
        """Show the menu below the search line."""
        self.menu.popup(self._search.mapToGlobal(self._search.rect().bottomLeft()))

    def use(self, saved: SavedSearch) -> None:
        """Search as it was kept."""
        self._chips.clear()
        for status_id in saved.statuses:
            self._chips.choose(status_id)
        self._search.setText(saved.text)
        self._search.setFocus()

    def keep(self, name: str) -> None:
        """Keep what is searched for now; a search of this name is replaced."""
        name = name.strip()
        others = [saved for saved in self.saved if saved.name != name]
        statuses = tuple(sorted(self._chips.statuses()))
        self.saved = (*others, SavedSearch(name, self._search.text().strip(), statuses))

    def rename(self, saved: SavedSearch, name: str) -> None:
        """Call a kept search otherwise; one that is called so already makes room."""
        new = SavedSearch(name.strip(), saved.text, saved.statuses)
        others = [one for one in self.saved if one.name != new.name or one == saved]
        self.saved = tuple(new if one == saved else one for one in others)

    def forget(self, saved: SavedSearch) -> None:
        """Keep a search no longer."""
        self.saved = tuple(one for one in self.saved if one != saved)

    def unclear_text(self, query: Query) -> str:
        """What is said of the parts of a search that are not understood, "" for none."""
        said = {
            Unclear.OPERATOR: self.tr("“%1” is not known here: it is searched as text."),
            Unclear.VALUE: self.tr("“%1” is left out: nothing is called that."),
        }
        return " ".join(filled(said[why], part) for why, part in query.unclear)

    def _fill(self) -> None:
        self.menu.clear()
        for saved in self.saved:
            action = self.menu.addAction(saved.name.replace("&", "&&"))
            action.triggered.connect(lambda _on, one=saved: self.use(one))
        keep = self.menu.addAction(self.tr("&Keep this search …"))
        keep.setEnabled(bool(self._search.text().strip() or self._chips.statuses()))
        keep.triggered.connect(self._ask_name)
        if self.saved:
            renaming = self.menu.addMenu(self.tr("&Rename"))
            forgetting = self.menu.addMenu(self.tr("&Delete"))
            for saved in self.saved:
                shown = saved.name.replace("&", "&&")
                renaming.addAction(shown).triggered.connect(
                    lambda _on, one=saved: self._ask_new_name(one)
                )
                forgetting.addAction(shown).triggered.connect(
                    lambda _on, one=saved: self.forget(one)
                )
        self.menu.addSeparator()
        for operator, meaning in self._examples():
            # What stands after the tab is on the right, where other menus have keys.
            action = self.menu.addAction(f"{meaning}\t{operator}")
            action.triggered.connect(lambda _on, text=operator: self._insert(text))

    def _examples(self) -> Iterable[tuple[str, str]]:
        return (
            (self.tr("group:core"), self.tr("Of a group")),
            (self.tr("status:outage|impaired"), self.tr("With one of these statuses")),
            (self.tr("changed:2h"), self.tr("Set in the last two hours")),
            (self.tr("changed:today"), self.tr("Set today")),
            (self.tr("by:monitor"), self.tr("Set by somebody")),
            (self.tr("key:mail"), self.tr("With a key like this")),
            (self.tr("held"), self.tr("Held against scripts")),
            (self.tr("stale"), self.tr("Stale")),
            (self.tr("until"), self.tr("Set for a time")),
            (self.tr("-printer"), self.tr("Without this word")),
            (self.tr('"core router"'), self.tr("Just these words, one after the other")),
        )

    def _insert(self, text: str) -> None:
        before = self._search.text().rstrip()
        self._search.setText(f"{before} {text}".lstrip())
        self._search.setFocus()

    def _ask_name(self) -> None:
        self._ask(self.tr("Keep this search"), "", self.tr("Keep"))
        if self.dialog is not None:
            self.dialog.submitted.connect(self.keep)

    def _ask_new_name(self, saved: SavedSearch) -> None:
        self._ask(filled(self.tr("Rename %1"), saved.name), saved.name, self.tr("Rename"))
        if self.dialog is not None:
            self.dialog.submitted.connect(lambda name: self.rename(saved, name))

    def _ask(self, title: str, text: str, verb: str) -> None:
        dialog = LineDialog(
            self._theme, title, self.tr("&Name"), verb, text, _checked_name, self._search.window()
        )
        dialog.submitted.connect(lambda _name: dialog.accept())
        dialog.finished.connect(self._forget_dialog)
        self.dialog = dialog
        dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _dress(self) -> None:
        self.opener.setIcon(self._theme.icon("help", self._theme.colours.muted))


def written(saved: Iterable[SavedSearch]) -> str:
    """Kept searches as one text; `read()` reads it."""
    return json.dumps([asdict(one) for one in saved])


def read(text: str) -> tuple[SavedSearch, ...]:
    """The kept searches that `written()` wrote; none where it is no such text."""
    try:
        return tuple(
            SavedSearch(str(one["name"]), str(one["text"]), tuple(map(int, one["statuses"])))
            for one in json.loads(text)
        )
    except (ValueError, TypeError, KeyError):
        return ()


def _checked_name(name: str) -> str:
    return one_line("name", name, most=_NAME_MOST, required=True)
