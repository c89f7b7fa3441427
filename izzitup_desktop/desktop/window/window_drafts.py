"""What is being typed in the window, and where it goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QWidget

from izzitup_desktop.desktop.board.in_place import InPlaceDelegate
from izzitup_desktop.desktop.widgets.draft import Draft, HasDraft
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.comments import Comment, is_for_the_page

# The dialogs' modules are imported when there is a draft: the window paints before.


def typed_in(window: MainWindow, dialogs: Iterable[QDialog]) -> list[Draft]:
    """What stands in these dialogs, and in the cell that is being edited."""
    places = [*dialogs, cells_of(window)]
    found = [place.kept_draft() for place in places if isinstance(place, HasDraft)]
    return [draft for draft in found if draft is not None]


def comments_in(window: MainWindow) -> list[Draft]:
    """The comments that were begun in the inspector."""
    rows, title = (
        window.model.arrangement.rows,
        QCoreApplication.translate("Drafts", "Comment on %1"),
    )
    return [
        Draft(
            "comment",
            filled(title, rows[id_].service.name),
            {"id": id_, "text": str(text), "public": is_for_the_page(text)},
        )
        for id_, text in window.inspector.typed.items()
        if text.strip() and id_ in rows
    ]


def cells_of(window: MainWindow) -> InPlaceDelegate:
    """What edits the cells of the board."""
    delegate = window.view.table.itemDelegate()
    assert isinstance(delegate, InPlaceDelegate)
    return delegate


def open_draft(window: MainWindow, draft: Draft, then: Callable[[QWidget | None], object]) -> None:
    """`then` is given where it goes on, None where that can't be opened any more."""
    if draft.kind == "service":
        then(window.editing.continue_draft(draft))
    elif draft.kind in ("status", "note"):
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
    elif draft.kind == "token" and _went_to(window, "connections"):
        from izzitup_desktop.desktop.connections.page import ConnectionsPage

        connections = window.pages.page("connections")
        assert isinstance(connections, ConnectionsPage)
        connections.continue_draft(draft, then)
    elif draft.kind == "comment":
        then(_continue_comment(window, draft))
    elif draft.kind == "cell":
        then(_continue_cell(window, draft))
    else:
        then(None)


def _continue_comment(window: MainWindow, draft: Draft) -> QWidget | None:
    service_id = draft.get("id", 0)
    if service_id not in window.model.arrangement.rows:
        return None
    comment = Comment(draft.get("text", ""), is_public=draft.get("public", False))
    window.inspector.typed[service_id] = comment
    window.actions_.inspector.setChecked(True)
    window.show_service(service_id)
    details = window.inspector.details
    if details.service is None or details.service.id != service_id:
        return None
    details.say(comment)
    details.comment.setFocus()
    return details.comment


def _continue_cell(window: MainWindow, draft: Draft) -> QWidget | None:
    service_id = draft.get("id", 0)
    if service_id not in window.model.arrangement.rows:
        return None
    window.show_service(service_id)
    table = window.view.table
    table.edit_again(service_id, draft.get("field", ""), draft.get("text", ""), "")
    return cells_of(window).editor


def _went_to(window: MainWindow, view: str) -> bool:
    window.pages.go(view)
    return window.pages.current == view
