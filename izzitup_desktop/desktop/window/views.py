"""The table of views beside the board; adding one means adding a row here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.window.navigation import View
from izzitup_desktop.desktop.window.page import Page
from izzitup_desktop.domain.accounts import Action

if TYPE_CHECKING:
    from izzitup_desktop.desktop.window.commands import Commands

# A page is imported when it is gone to: the window paints before.


def all_views(context: Context, commands: Commands) -> tuple[View, ...]:
    """Every view, in the order of the rail."""

    def history() -> Page:
        from izzitup_desktop.desktop.history.page import HistoryPage

        return HistoryPage(context, commands, "history", _tr("History"))

    def journal() -> Page:
        from izzitup_desktop.desktop.journal.page import JournalPage

        return JournalPage(context, commands, "journal", _tr("Journal"))

    def handover() -> Page:
        from izzitup_desktop.desktop.handover.page import HandoverPage

        return HandoverPage(context, commands, "handover", _tr("Handover"))

    def notices() -> Page:
        from izzitup_desktop.desktop.notifications.page import NoticesPage

        return NoticesPage(context, commands, "notices", _tr("Notices"))

    def trash() -> Page:
        from izzitup_desktop.desktop.trash.page import TrashPage

        return TrashPage(context, commands, "trash", _tr("Trash"))

    def groups() -> Page:
        from izzitup_desktop.desktop.groups.page import GroupsPage

        return GroupsPage(context, commands, "groups", _tr("Groups"))

    def accounts() -> Page:
        from izzitup_desktop.desktop.accounts.page import AccountsPage

        return AccountsPage(context, commands, "accounts", _tr("Accounts"))

    def connections() -> Page:
        from izzitup_desktop.desktop.connections.page import ConnectionsPage

        return ConnectionsPage(context, commands, "connections", _tr("Connections"))

    return (
        View("history", _tr("History"), "history", Action.UPTIME_READ, history),
        View("journal", _tr("Journal"), "journal", Action.JOURNAL_READ, journal),
        View("handover", _tr("Handover"), "handover", Action.JOURNAL_READ, handover),
        View("notices", _tr("Notices"), "bell", Action.JOURNAL_READ, notices),
        View("trash", _tr("Trash"), "delete", Action.SERVICE_RESTORE, trash),
        View("groups", _tr("Groups"), "groups", Action.GROUP_LIST, groups),
        View("accounts", _tr("Accounts"), "accounts", Action.ACCOUNT_LIST, accounts),
        View("connections", _tr("Connections"), "connections", Action.TOKEN_OWN, connections),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("views", text)
