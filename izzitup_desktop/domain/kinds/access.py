"""Access: what accounts were refused."""

from __future__ import annotations

from izzitup_desktop.domain.accounts import Action
from izzitup_desktop.domain.concepts import Concept, KindSpec
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.messages import msg

ACCESS_REFUSED = Kind("access.refused")

_ACTIONS = {
    Action.SERVICE_LIST: msg("list services"),
    Action.SERVICE_LIST_HIDDEN: msg("list hidden services"),
    Action.SERVICE_SET_STATUS: msg("set a status"),
    Action.SERVICE_ADD: msg("add a service"),
    Action.SERVICE_EDIT: msg("edit a service"),
    Action.SERVICE_REMOVE: msg("delete a service"),
    Action.SERVICE_RESTORE: msg("restore a service"),
    Action.SERVICE_PURGE: msg("delete a service for good"),
    Action.SERVICE_MARK_MISTAKE: msg("mark a mistake"),
    Action.GROUP_LIST: msg("list groups"),
    Action.GROUP_ADD: msg("add a group"),
    Action.GROUP_EDIT: msg("edit a group"),
    Action.GROUP_REMOVE: msg("delete a group"),
    Action.ACCOUNT_LIST: msg("list accounts"),
    Action.ACCOUNT_MANAGE: msg("change accounts"),
    Action.TOKEN_OWN: msg("change own tokens"),
    Action.TOKEN_MANAGE: msg("change tokens"),
    Action.JOURNAL_READ: msg("read the journal"),
    Action.JOURNAL_UNDO: msg("take an operation back"),
    Action.UPTIME_READ: msg("read the history"),
    Action.HANDOVER_WRITE: msg("write for the next shift"),
    Action.BOARD_EXPORT: msg("export the board"),
    Action.BOARD_IMPORT: msg("import services"),
    Action.BOARD_BACKUP: msg("back the board up"),
    Action.BOARD_RESTORE: msg("restore a backup"),
    Action.BOARD_SERVE: msg("change how scripts reach the board"),
}


def action_word(name: str) -> str:
    """What somebody was refused to do; an action that this version has not, by its name."""
    return next((word for action, word in _ACTIONS.items() if action.value == name), name)


ACCESS = Concept(
    "access",
    (KindSpec(ACCESS_REFUSED, msg("refused"), handed_over=False),),
    title=msg("Refusals"),
    read_by=Action.ACCOUNT_LIST,
    named=action_word,
)
