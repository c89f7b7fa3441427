"""How an operation is asked for from a shell, from PowerShell and from Python.

The token is where programs keep it, in the environment, so that nothing that is copied
has to be edited first.
"""

from __future__ import annotations

import json
import pprint
from collections.abc import Callable, Mapping

from izzitup_desktop.server.v1.reference.operations import Operation

TOKEN = "IZZITUP_TOKEN"
"""The environment variable that the examples take the token from."""

_WIDTH = 72


def curl(operation: Operation, base: str) -> str:
    """For curl 7.82 or newer and a POSIX shell."""
    parts = ["curl"]
    if operation.has_stream:
        parts.append("--no-buffer")
    if operation.needs_sign_in:
        parts.append(f'-H "Authorization: Bearer ${TOKEN}"')
    if operation.body is not None:
        parts.append(f"--json {_quoted(json.dumps(operation.body, ensure_ascii=False))}")
    if operation.method != ("GET" if operation.body is None else "POST"):
        parts.append(f"-X {operation.method}")
    parts.append(_quoted(base + operation.target))
    return _wrapped(parts, "\\")


def powershell(operation: Operation, base: str) -> str:
    """For PowerShell 5.1 and 7."""
    uri = _single(base + operation.target)
    if operation.has_stream:
        # What Invoke-RestMethod gets it shows at the end, and there is none.
        signed = f' -H "Authorization: Bearer $env:{TOKEN}"' if operation.needs_sign_in else ""
        return f"curl.exe --no-buffer{signed} {uri}"
    lines = []
    parts = ["Invoke-RestMethod", f"-Method {operation.method.capitalize()}", f"-Uri {uri}"]
    if operation.needs_sign_in:
        lines.append(f'$headers = @{{ Authorization = "Bearer $env:{TOKEN}" }}')
        parts.append("-Headers $headers")
    if operation.body is not None:
        body = json.dumps(operation.body, ensure_ascii=False, indent=2)
        lines.append(f"$body = @'\n{body}\n'@")
        # Without the charset 5.1 sends Latin-1.
        parts += ["-ContentType 'application/json; charset=utf-8'", "-Body $body"]
    return "\n".join([*lines, _wrapped(parts, "`")])


def python(operation: Operation, base: str) -> str:
    """For Python 3, with nothing but what comes with it."""
    imports = ["import urllib.request"]
    headers = []
    lines = [f"    {json.dumps(base + operation.target)},"]
    if operation.method != "GET":
        lines.append(f'    method="{operation.method}",')
    if operation.needs_sign_in:
        imports.insert(0, "import os")
        headers.append(f'"Authorization": "Bearer " + os.environ["{TOKEN}"]')
    if operation.body is not None:
        imports.insert(0, "import json")
        headers.append('"Content-Type": "application/json"')
        body = pprint.pformat(operation.body, width=_WIDTH, sort_dicts=False)
        lines.append("    data=json.dumps({}).encode(),".format(body.replace("\n", "\n    ")))
    if headers:
        lines.append("    headers={" + ", ".join(headers) + "},")
    loop = (
        ["    for line in answer:", "        print(line.decode(), end='')"]
        if operation.has_stream
        else ["    print(answer.status, answer.read().decode())"]
    )
    asked = ["request = urllib.request.Request(", *lines, ")"]
    return "\n".join(
        [*imports, "", *asked, "with urllib.request.urlopen(request) as answer:", *loop]
    )


SNIPPETS: Mapping[str, Callable[[Operation, str], str]] = {
    "curl": curl, "PowerShell": powershell, "Python": python
}  # fmt: skip
"""By what they are called, which is the same in every language."""


def _quoted(text: str) -> str:
    """A word of a POSIX shell."""
    return "'" + text.replace("'", "'\\''") + "'"


def _single(text: str) -> str:
    """A string of PowerShell in which nothing stands for anything else."""
    return "'" + text.replace("'", "''") + "'"


def _wrapped(parts: list[str], goes_on: str) -> str:
    line = " ".join(parts)
    return line if len(line) <= _WIDTH else f"{parts[0]} " + f" {goes_on}\n  ".join(parts[1:])
