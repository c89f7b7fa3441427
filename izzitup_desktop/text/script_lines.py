"""Lines for scripts that ask over HTTP, ready for curl, PowerShell and Python.

They hold `PASSWORD` or `TOKEN` in the place of one, never one itself. What people typed is
quoted as the shell wants it (POSIX.1-2017, 2.2.2; PowerShell, "about_Quoting_Rules").
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from izzitup_desktop.domain.statuses import StatusId

PASSWORD = "PASSWORD"
"""Stands where the reader's own password goes."""

TOKEN = "TOKEN"
"""Stands where the reader's own token goes."""

DEFAULT_ADDRESS = "http://127.0.0.1:8475"
"""Where the server answers unless somebody chose another place."""

_CONTRACT = "/api/services"


class SignInBy(Enum):
    """How a call says who asks."""

    NOTHING = "nothing"
    TOKEN = "token"
    PASSWORD = "password"
    """HTTP Basic, with the name of an account."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request: `path` begins with a slash, and may have a query; `body` is JSON."""

    method: str
    path: str
    body: Mapping[str, Any] | None = None
    sign_in: SignInBy = SignInBy.NOTHING
    user: str = ""

    @property
    def is_contract(self) -> bool:
        """Whether it is the services API's, whose body says all and whose methods nothing."""
        return self.path == _CONTRACT


def curl_of(address: str, call: Call) -> str:
    """One line for a POSIX shell. `address` is the server's, without a path.

    Of a password curl asks by itself, so that no shell keeps it.
    """
    words = ["curl"]
    if call.method != ("GET" if call.body is None else "POST"):
        words += ["-X", call.method]
    if call.sign_in is SignInBy.TOKEN:
        words += ["-H", shlex.quote(f"Authorization: Bearer {TOKEN}")]
    if call.sign_in is SignInBy.PASSWORD:
        words += ["--user", shlex.quote(call.user)]
    if call.body is not None:
        if not call.is_contract:
            words += ["-H", shlex.quote("Content-Type: application/json")]
        words += ["-d", shlex.quote(_dumped(call.body))]
    return " ".join([*words, shlex.quote(_url(address, call.path))])


def powershell_of(address: str, call: Call) -> str:
    """One line for Windows PowerShell 5 and PowerShell 7."""
    words = ["Invoke-RestMethod", f"-Method {call.method.title()}"]
    if call.sign_in is SignInBy.TOKEN:
        words.append("-Headers @{Authorization = 'Bearer " + TOKEN + "'}")
    if call.sign_in is SignInBy.PASSWORD:
        pair = f"[Text.Encoding]::UTF8.GetBytes({_in_powershell(f'{call.user}:{PASSWORD}')})"
        words.append(
            "-Headers @{Authorization = 'Basic ' + [Convert]::ToBase64String(" + pair + ")}"
        )
    url = _in_powershell(_url(address, call.path))
    if call.body is None:
        return " ".join([*words, f"-Uri {url}"])
    # Windows PowerShell sends text as Latin-1 unless it is given bytes.
    text = f"[Text.Encoding]::UTF8.GetBytes({_in_powershell(_dumped(call.body))})"
    kind = "'application/json; charset=utf-8'"
    return " ".join([*words, f"-ContentType {kind}", f"-Uri {url}", f"-Body ({text})"])


def python_of(address: str, call: Call) -> str:
    """A few lines of Python that need nothing but its standard library."""
    imports, lines, arguments = ["json", "urllib.request"], [], [repr(_url(address, call.path))]
    if call.body is not None:
        fields = ", ".join(f'"{name}": {value!r}' for name, value in call.body.items())
        lines.append(f"body = json.dumps({{{fields}}})")
        arguments.append("body.encode()")
    headers = []
    if call.body is not None and not call.is_contract:
        headers.append('"Content-Type": "application/json"')
    if call.sign_in is SignInBy.TOKEN:
        headers.append(f'"Authorization": "Bearer {TOKEN}"')
    if call.sign_in is SignInBy.PASSWORD:
        imports.insert(0, "base64")
        pair = repr(f"{call.user}:{PASSWORD}")
        lines.append(f"pair = base64.b64encode({pair}.encode()).decode()")
        headers.append('"Authorization": f"Basic {pair}"')
    asked = ", ".join(arguments)
    if headers or call.method not in ("GET", "POST"):
        named = [f"headers={{{', '.join(headers)}}}"] if headers else []
        method = [f'method="{call.method}"']
        lines.append(
            f"request = urllib.request.Request({', '.join([*arguments, *named, *method])})"
        )
        asked = "request"
    if call.body is None and not call.is_contract:
        imports.remove("json")
    return (
        f"import {', '.join(imports)}\n\n"
        + "".join(f"{line}\n" for line in lines)
        + f"with urllib.request.urlopen({asked}) as answer:\n"
        + "    print(answer.read().decode())\n"
    )


def set_status(service_id: int, status_id: int, user: str) -> Call:
    """A `setstatus` of the services API."""
    status = int(StatusId(status_id))
    return Call(
        "POST",
        _CONTRACT,
        {"action": "setstatus", "service": service_id, "status": status, "user": user,
         "pwd": PASSWORD},
    )  # fmt: skip


def curl(address: str, service_id: int, status_id: int, user: str) -> str:
    """A `setstatus` by `curl_of`."""
    return curl_of(address, set_status(service_id, status_id, user))


def powershell(address: str, service_id: int, status_id: int, user: str) -> str:
    """A `setstatus` by `powershell_of`."""
    return powershell_of(address, set_status(service_id, status_id, user))


def python(address: str, service_id: int, status_id: int, user: str) -> str:
    """A `setstatus` by `python_of`."""
    return python_of(address, set_status(service_id, status_id, user))


def _dumped(body: Mapping[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False)


def _url(address: str, path: str) -> str:
    return f"{address.rstrip('/')}{path}"


def _in_powershell(text: str) -> str:
    # PowerShell takes typographic quotation marks for quotation marks, too.
    for mark in "'‘’‚‛":
        text = text.replace(mark, mark * 2)
    return f"'{text}'"
