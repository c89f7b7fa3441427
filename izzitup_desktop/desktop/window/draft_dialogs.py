"""Opens the dialog that a draft is of, with what was typed in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog

from izzitup_desktop.desktop.widgets.draft import Draft
from izzitup_desktop.desktop.window.main_window import MainWindow

# The dialogs' modules are imported when there is a draft: the window paints before.


def open_draft(window: MainWindow, draft: Draft, then: Callable[[QDialog | None], object]) -> None:
    """`then` is given the dialog, None where it can't be opened any more."""
    if draft.kind == "service":
        then(window.editing.continue_draft(draft))
    elif draft.kind == "status":
        then(window.row_actions.continue_draft(draft))
    elif draft.kind == "group" and _went_to(window, "groups"):
        from izzitup_desktop.desktop.groups.page import GroupsPage

        page = window.pages.page("groups")
        assert isinstance(page, GroupsPage)
        then(page.continue_draft(draft, window.reader.groups))
    elif draft.kind == "account" and _went_to(window, "accounts"):
        from izzitup_desktop.desktop.accounts.page import AccountsPage

        accounts = window.pages.page("accounts")
        assert isinstance(accounts, AccountsPage)
        accounts.continue_draft(draft, then)
    else:
        then(None)


def _went_to(window: MainWindow, view: str) -> bool:
    window.pages.go(view)
    return window.pages.current == view
