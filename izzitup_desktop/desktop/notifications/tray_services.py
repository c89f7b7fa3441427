"""The tray's menu of services: those one may set, the worst first, made as it opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu

from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.desktop.theme import Theme, status_word
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.statuses import SETTABLE, severity

_FLAT_MOST = 30
_WORST_MOST = 15
"""How many that are not operational stand above the groups."""


def worst_first(row: Row) -> tuple[int, int, str]:
    """What services are sorted by: the worst first, then by their group and name."""
    return -severity(row.service.status_id), row.group_place, row.name_key


class TrayServices:
    """Fills `menu`; `want` is called with the service and status that were chosen."""

    def __init__(
        self,
        theme: Theme,
        menu: QMenu,
        may_set: Callable[[Row], bool],
        want: Callable[[Row, int], object],
    ) -> None:
        self._theme, self._menu = theme, menu
        self._may_set, self._want = may_set, want

    def fill(self, rows: Sequence[Row]) -> None:
        """Have these services in the menu, without those that one may not set."""
        self.clear()
        mine = sorted(filter(self._may_set, rows), key=worst_first)
        if not mine:
            none = (
                self._menu.tr("No services")
                if not rows
                else self._menu.tr("You may set the status of none of them")
            )
            self._menu.addAction(none).setEnabled(False)
            return
        if len(mine) <= _FLAT_MOST:
            self._add_services(self._menu, mine)
        else:
            self._add_groups(mine)
        if len(mine) < len(rows):
            self._menu.addSeparator()
            text = filled(self._menu.tr("%1 more are not yours to set"), len(rows) - len(mine))
            self._menu.addAction(text).setEnabled(False)

    def clear(self) -> None:
        """Have nothing in the menu, nor kept of what was in it."""
        subs = [action.menu() for action in self._menu.actions()]
        self._menu.clear()
        for sub in filter(None, subs):
            sub.deleteLater()

    def _add_groups(self, rows: Sequence[Row]) -> None:
        """A menu longer than the screen is none: the worst, then all by group."""
        bad = [row for row in rows if severity(row.service.status_id)]
        self._add_services(self._menu, bad[:_WORST_MOST])
        self._menu.addSeparator()
        groups: dict[tuple[int, str], list[Row]] = {}
        for row in rows:
            name = row.group or self._menu.tr("No group")
            groups.setdefault((row.group_place, name), []).append(row)
        for (_, name), members in sorted(groups.items()):
            for part, title in _parts(name, members):
                sub = self._menu.addMenu(plain(title))
                sub.aboutToShow.connect(
                    lambda sub=sub, part=part: (
                        None if sub.actions() else self._add_services(sub, part)
                    )
                )

    def _add_services(self, menu: QMenu, rows: Sequence[Row]) -> None:
        for row in rows:
            service = row.service
            icon = self._theme.status_icon(service.status_id)
            sub = menu.addMenu(icon, plain(service.name))
            for status in SETTABLE:
                action = sub.addAction(self._theme.status_icon(status), status_word(status))
                action.setCheckable(True)
                action.setChecked(service.status_id == status)
                action.triggered.connect(
                    lambda _checked=False, row=row, status=int(status): self._want(row, status)
                )


def _parts(name: str, rows: Sequence[Row]) -> list[tuple[list[Row], str]]:
    """A group's services in menus that fit on a screen, and what these are called."""
    if len(rows) <= _FLAT_MOST:
        return [(list(rows), name)]
    bad = [row for row in rows if severity(row.service.status_id)]
    good = sorted((row for row in rows if row not in bad), key=lambda row: row.name_key)
    ordered = [*bad, *good]
    cut = [ordered[at : at + _FLAT_MOST] for at in range(0, len(ordered), _FLAT_MOST)]
    return [(part, f"{name}: {part[0].service.name} – {part[-1].service.name}") for part in cut]


def plain(name: str) -> str:
    """A menu takes & for a mnemonic."""
    return name.replace("&", "&&")
