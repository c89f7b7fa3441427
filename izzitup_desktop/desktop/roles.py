"""Roles in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from izzitup_desktop.domain.accounts import Role


def role_word(role: Role) -> str:
    """The role's name in the user's language."""
    return {
        Role.ADMINISTRATOR: QCoreApplication.translate("role", "Administrator"),
        Role.EDITOR: QCoreApplication.translate("role", "Editor"),
        Role.VIEWER: QCoreApplication.translate("role", "Viewer"),
        Role.PUBLIC: QCoreApplication.translate("role", "Public"),
    }[role]
