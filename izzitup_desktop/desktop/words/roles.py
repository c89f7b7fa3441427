"""Roles in words."""

from __future__ import annotations

from izzitup_desktop.desktop.words.texts import translated
from izzitup_desktop.domain.accounts import Role
from izzitup_desktop.text import roles


def role_word(role: Role) -> str:
    """The role's name in the user's language."""
    return translated(roles.role_word(role))
