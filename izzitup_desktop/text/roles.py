"""Roles in words."""

from __future__ import annotations

from izzitup_desktop.domain.accounts import Role
from izzitup_desktop.domain.messages import Message, msg

_WORDS = {
    Role.ADMINISTRATOR: msg("Administrator"),
    Role.EDITOR: msg("Editor"),
    Role.VIEWER: msg("Viewer"),
    Role.PUBLIC: msg("Public"),
}
_NOUNS = {
    Role.ADMINISTRATOR: msg("administrator"),
    Role.EDITOR: msg("editor"),
    Role.VIEWER: msg("viewer"),
    Role.PUBLIC: msg("public"),
}


def role_word(role: Role) -> Message:
    """The role's name."""
    return _WORDS[role]


def role_noun(role: Role) -> Message:
    """The role within a sentence."""
    return _NOUNS[role]
