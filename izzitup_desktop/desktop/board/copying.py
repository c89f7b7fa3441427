"""What selected services are copied as, and which addresses of theirs open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData

from izzitup_desktop.desktop.board.copies import as_chat, as_html, as_markdown, for_clipboard
from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.desktop.widgets.link_text import may_open
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.statuses import SETTABLE, StatusId
from izzitup_desktop.text import script_lines

_TABLES = {"chat": as_chat, "markdown": as_markdown, "html": as_html}
_SCRIPTS = {
    "curl": script_lines.curl,
    "powershell": script_lines.powershell,
    "python": script_lines.python,
}


def copied_as(form: str, rows: Sequence[Row], address: str, user: str) -> QMimeData:
    """What goes to the clipboard of these rows.

    Lines for scripts set the status that a service has now, at `address` ("" where the
    server does not answer) as `user`, whose password is not among them.
    """
    if form in _TABLES:
        return for_clipboard(_TABLES[form], rows)
    line, at = _SCRIPTS[form], address or script_lines.DEFAULT_ADDRESS
    services = [row.service for row in rows]
    data = QMimeData()
    data.setText("\n".join(line(at, each.id, _status_of(each), user) for each in services))
    return data


def addresses_of(rows: Sequence[Row]) -> list[str]:
    """The first address of each service that may be opened, each once."""
    found = (next(filter(may_open, (row.service.url, row.service.check_url)), "") for row in rows)
    return list(dict.fromkeys(filter(None, found)))


def _status_of(service: Service) -> int:
    settable = service.status_id in SETTABLE
    return service.status_id if settable else int(StatusId.OPERATIONAL)
