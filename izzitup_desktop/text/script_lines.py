"""Lines for scripts that set a status over HTTP, ready for curl, PowerShell and Python.

They hold `PASSWORD` in the password's place, never one. What people typed is quoted as
the shell wants it (POSIX.1-2017, 2.2.2; PowerShell, "about_Quoting_Rules").
"""

from __future__ import annotations

import json
import shlex

from izzitup_desktop.domain.statuses import StatusId

PASSWORD = "PASSWORD"
"""Stands where the reader's own password goes."""

DEFAULT_ADDRESS = "http://127.0.0.1:8475"
"""Where the server answers unless somebody chose another place."""


def curl(address: str, service_id: int, status_id: int, user: str) -> str:
    """One line for a POSIX shell. `address` is the server's, without a path."""
    body = shlex.quote(_body(service_id, status_id, user))
    return f"curl -d {body} {shlex.quote(_url(address))}"


def powershell(address: str, service_id: int, status_id: int, user: str) -> str:
    """One line for Windows PowerShell 5 and PowerShell 7."""
    body = _in_powershell(_body(service_id, status_id, user))
    kind = "'application/json; charset=utf-8'"
    url = _in_powershell(_url(address))
    # Windows PowerShell sends text as Latin-1 unless it is given bytes.
    text = f"[Text.Encoding]::UTF8.GetBytes({body})"
    return f"Invoke-RestMethod -Method Post -ContentType {kind} -Uri {url} -Body ({text})"


def python(address: str, service_id: int, status_id: int, user: str) -> str:
    """A few lines of Python that need nothing but its standard library."""
    fields = ", ".join(
        f'"{name}": {value!r}' for name, value in _fields(service_id, status_id, user).items()
    )
    return (
        "import json, urllib.request\n\n"
        f"body = json.dumps({{{fields}}})\n"
        f"with urllib.request.urlopen({_url(address)!r}, body.encode()) as answer:\n"
        "    print(answer.read().decode())\n"
    )


def _body(service_id: int, status_id: int, user: str) -> str:
    return json.dumps(_fields(service_id, status_id, user), ensure_ascii=False)


def _fields(service_id: int, status_id: int, user: str) -> dict[str, int | str]:
    status = int(StatusId(status_id))
    return {
        "action": "setstatus", "service": service_id, "status": status,
        "user": user, "pwd": PASSWORD,
    }  # fmt: skip


def _url(address: str) -> str:
    return f"{address.rstrip('/')}/api/services"


def _in_powershell(text: str) -> str:
    # PowerShell takes typographic quotation marks for quotation marks, too.
    for mark in "'‘’‚‛":
        text = text.replace(mark, mark * 2)
    return f"'{text}'"
