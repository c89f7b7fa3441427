"""Roles in words."""

from __future__ import annotations

from izzitup_desktop.domain.accounts import Role
from izzitup_desktop.domain.messages import Message, say

_WORDS = {
    Role.ADMINISTRATOR: say("Administrator"),
    Role.EDITOR: say("Editor"),
    Role.VIEWER: say("Viewer"),
    Role.PUBLIC: say("Public"),
}
_NOUNS = {
    Role.ADMINISTRATOR: say("administrator"),
    Role.EDITOR: say("editor"),
    Role.VIEWER: say("viewer"),
    Role.PUBLIC: say("public"),
}


def role_word(role: Role) -> Message:
    """The role's name."""
    return _WORDS[role]


def role_noun(role: Role) -> Message:
    """The role within a sentence."""
    return _NOUNS[role]
