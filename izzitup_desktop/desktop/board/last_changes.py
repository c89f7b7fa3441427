"""The last changes of a service: what, who and from where, when, why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.theme import GAP, SMALL
from izzitup_desktop.desktop.widgets.labels import typed_label
from izzitup_desktop.desktop.words.comments import said_in_line, said_with
from izzitup_desktop.desktop.words.origins import whence
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import exactly
from izzitup_desktop.domain.journal import Entry

_SHOWN_MOST = 12


class LastChanges(QWidget):
    """A few lines an entry, newest first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._words = context.words
        self._entries: tuple[Entry, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GAP)
        self.setAccessibleName(self.tr("Last changes"))
        context.theme.changed.connect(self._dress)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries shown, newest first."""
        return self._entries

    @property
    def texts(self) -> list[str]:
        """What is shown, an entry each."""
        return [str(card.accessibleName()) for card in self._cards()]

    def show_entries(self, entries: Sequence[Entry], *, again: bool = False) -> None:
        """Show these entries, newest first."""
        shown = tuple(entries)[:_SHOWN_MOST]
        if shown == self._entries and not again:
            return
        before = () if again else self._entries
        kept = dict(zip((entry.id for entry in before), self._cards(), strict=False))
        kept = {entry.id: kept[entry.id] for entry in before if entry in shown}
        for card in self._cards():
            if card not in kept.values():
                self._layout.removeWidget(card)
                card.hide()
                card.deleteLater()
        self._entries = shown
        for place, entry in enumerate(shown):
            if entry.id not in kept:
                self._layout.insertWidget(place, self._card(entry))

    def _dress(self) -> None:
        self.show_entries(self._entries, again=True)

    def _cards(self) -> list[QFrame]:
        items = [self._layout.itemAt(place) for place in range(self._layout.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget for widget in widgets if isinstance(widget, QFrame)]

    def _card(self, entry: Entry) -> QFrame:
        card = QFrame()
        layout = QVBoxLayout(card)
        layout.setContentsMargins(GAP, 0, 0, 0)
        layout.setSpacing(SMALL // 2)
        colours = self._theme.colours
        what = self._words.happened(entry)
        who = filled(self.tr("%1, %2"), whence(entry), exactly(entry.time))
        card.setObjectName("change")
        card.setStyleSheet(f"#change {{ border-left: 3px solid {colours.border}; }}")
        said = said_with(entry)
        spoken = (what, said_in_line(entry), who)
        card.setAccessibleName("\n".join(filter(None, spoken)))
        layout.addWidget(typed_label(what))
        if said:
            layout.addWidget(typed_label(said))
        quiet = typed_label(who)
        quiet.setStyleSheet(f"color: {colours.muted};")
        layout.addWidget(quiet)
        return card
