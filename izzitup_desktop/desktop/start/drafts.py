"""Keeps what is being typed when the program has to end, and offers it at the next start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from izzitup_desktop.desktop.access.sign_on import SignOn
from izzitup_desktop.desktop.start.draft_file import Kept, read_drafts, write_drafts
from izzitup_desktop.desktop.start.runner import Runner
from izzitup_desktop.desktop.widgets.draft import Draft
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.desktop.window.window_drafts import (
    cells_of,
    comments_in,
    open_draft,
    typed_in,
)
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import exactly
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.platform.paths import Paths


class Drafts(QObject):
    """What was kept is offered to whom it is of, one after the other.

    A draft that nobody answered yet is kept on, also for another account's next start.
    Nothing is written while somebody types: who is killed loses what is in a dialog.
    Where another window takes this one's place, `take()` and `put_back()` carry it over.
    What was typed in a cell whose row went out of sight is offered by the window's bar.
    """

    def __init__(
        self,
        paths: Paths,
        runner: Runner,
        window: Callable[[], MainWindow],
        sign_on: SignOn,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._folder, self._runner = paths.data, runner
        self._window, self._sign_on = window, sign_on
        self._principal: Principal | None = None
        self._waiting: list[Kept] | None = None
        """What was kept before and nobody answered; None until it is read."""
        self._carried: list[Kept] = []
        """What was typed in a window that is no more, and is not open in this one yet."""
        self._between = False
        """Whether one window went and the next one has no rows yet."""
        self._away: list[Kept] = []
        """What was typed in cells that had to be closed; the newest is being offered."""
        self._heeded: MainWindow | None = None
        self._is_closed = False
        self.question: QMessageBox | None = None

    def keep(self) -> None:
        """Have on the disk what is being typed, and what waits for an answer."""
        if self._is_closed or self._principal is None or self._waiting is None:
            return
        typed = self._of_me([*self._typed(), *comments_in(self._window())])
        write_drafts(self._folder, [*self._waiting, *self._carried, *self._away, *typed])

    def close(self) -> None:
        """Keep what is being typed, then close every dialog without asking anything."""
        self.keep()
        self._is_closed = True
        self._close_all()

    def take(self) -> None:
        """Take what is being typed out of the window; every dialog of it is closed."""
        self._between = True
        self._carried += [*self._away, *self._of_me(self._typed())]
        self._away = []
        self._close_all()

    def put_back(self) -> None:
        """Have it go on in the window that is there now, once its rows are."""

        def go_on() -> None:
            self._between = False
            self._open_carried()

        self._heed_cells()
        self._window().reader.read.connect(go_on, Qt.ConnectionType.SingleShotConnection)

    def attach(self, principal: Principal) -> None:
        """What is typed from now on is this principal's; the first is offered what there is."""
        is_first = self._principal is None
        self._principal = principal
        self._heed_cells()
        if is_first:

            def then(found: tuple[Kept, ...]) -> None:
                self._waiting = list(found)
                self._ask_next()

            self._runner.run(lambda: read_drafts(self._folder), then=then, owner=self)
        elif self._carried:
            self._open_carried()

    def _typed(self) -> list[Draft]:
        return typed_in(self._window(), self._open_dialogs())

    def _of_me(self, drafts: list[Draft]) -> list[Kept]:
        me, now = self._principal, datetime.now(UTC)
        return [] if me is None else [Kept(me.account_uid, now, draft) for draft in drafts]

    def _close_all(self) -> None:
        cells_of(self._window()).drop_editor()
        for dialog in reversed(self._open_dialogs()):
            dialog.done(0)

    def _open_carried(self) -> None:
        me = self._principal
        if self._is_closed or self._between or me is None or self._waiting is None:
            return
        if self._sign_on.is_locked:
            # It goes on once somebody unlocks the window.
            return
        carried, self._carried = self._carried, []
        for kept in carried:
            if kept.account_uid == me.account_uid:
                open_draft(self._window(), kept.draft, partial(self._opened, kept.draft))
            else:
                self._waiting.append(kept)
        if self.question is None:
            self._ask_next()

    def _heed_cells(self) -> None:
        window = self._window()
        if window is not self._heeded:
            self._heeded = window
            cells_of(window).put_away.connect(self._on_put_away)

    def _on_put_away(self, draft: Draft) -> None:
        self._away += self._of_me([draft])
        self._offer_away()

    def _offer_away(self) -> None:
        """Have the bar offer what stood in a cell, the newest first."""
        if not self._away or self._is_closed:
            return
        kept = self._away[-1]
        window = self._window()

        def go_on() -> None:
            self._away = [each for each in self._away if each is not kept]
            open_draft(window, kept.draft, partial(self._opened, kept.draft))
            self._offer_away()

        said = self.tr("What you were typing is not stored yet: %1")
        window.bar.show_notice(
            filled(said, f"{kept.draft.title}: “{kept.draft.get('text', '')}”"),
            action=self.tr("Continue"),
            on_action=go_on,
        )

    def _opened(self, draft: Draft, place: QWidget | None) -> None:
        if place is None:
            self._show_stranded(draft)

    def _open_dialogs(self) -> list[QDialog]:
        """The dialogs over the window, those too that its lock hides, the topmost last."""
        hidden = set(map(id, self._sign_on.hidden_dialogs))
        return [
            dialog
            for dialog in self._window().findChildren(QDialog)
            if dialog.isVisible() or id(dialog) in hidden
        ]

    def _ask_next(self) -> None:
        me = self._principal
        mine = [
            k for k in self._waiting or () if me is not None and k.account_uid == me.account_uid
        ]
        if not mine or self._is_closed or self._between:
            return
        kept = mine[0]
        if not self._window().isVisible():
            # It began in the tray: a question alone would not say whose it is.
            self._window().show()
        box = self.question = QMessageBox(self._window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("You were typing"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(filled(self.tr("You were typing when IzzitUp ended: %1"), kept.draft.title))
        box.setInformativeText(filled(self.tr("Kept at %1."), exactly(kept.at)))
        go_on = box.addButton(self.tr("Continue"), QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton(self.tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        later = box.addButton(self.tr("Ask me later"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(go_on)
        box.setEscapeButton(later)
        go_on.clicked.connect(partial(self._continue, kept))
        drop.clicked.connect(partial(self._discard, kept))
        box.finished.connect(self._forget)
        box.open()

    def _continue(self, kept: Kept) -> None:
        self._answer(kept)

        def opened(place: QWidget | None) -> None:
            self._opened(kept.draft, place)
            if isinstance(place, QDialog):
                place.finished.connect(self._ask_next)
            else:
                self._ask_next()

        open_draft(self._window(), kept.draft, opened)

    def _show_stranded(self, draft: Draft) -> None:
        # Which field of a cell it was stands in the title, by the name that people know.
        typed = [text for name, text in draft.fields.items() if name != "field"]
        texts = [text.strip() for text in typed if isinstance(text, str)]
        text = self.tr("“%1” can't be continued. You had typed: %2")
        shown = filled(text, draft.title, " · ".join(filter(None, texts)))
        self._window().bar.show_notice(shown)

    def _discard(self, kept: Kept) -> None:
        self._answer(kept)
        self._ask_next()

    def _answer(self, kept: Kept) -> None:
        if self._waiting is not None:
            self._waiting.remove(kept)
            left = tuple(self._waiting)
            self._runner.run(lambda: write_drafts(self._folder, left))

    def _forget(self) -> None:
        self.question = None
