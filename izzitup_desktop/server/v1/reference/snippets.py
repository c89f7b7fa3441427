"""How an operation is asked for from a shell, from PowerShell and from Python.

The token is where programs keep it, in the environment, so that nothing that is copied
has to be edited first.
"""

from __future__ import annotations

import json
import pprint
from collections.abc import Callable, Mapping

from izzitup_desktop.server.v1.reference.operations import Operation

TOKEN, USER, PASSWORD = "IZZITUP_TOKEN", "IZZITUP_USER", "IZZITUP_PASSWORD"
"""The environment variables that the examples take the token from, or what a person has."""

_WIDTH = 72


def curl(operation: Operation, base: str) -> str:
    """For curl 7.82 or newer and a POSIX shell."""
    parts = ["curl"]
    if operation.has_stream:
        parts.append("--no-buffer")
    if operation.needs_sign_in:
        by_token = f'-H "Authorization: Bearer ${TOKEN}"'
        parts.append(by_token if operation.takes_token else f'--user "${USER}:${PASSWORD}"')
    if operation.file:
        parts.append(f"--output {_quoted(operation.file)}")
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
    if operation.needs_sign_in and operation.takes_token:
        lines.append(f'$headers = @{{ Authorization = "Bearer $env:{TOKEN}" }}')
    elif operation.needs_sign_in:
        lines += [
            f'$pair = [Text.Encoding]::UTF8.GetBytes("${{env:{USER}}}:$env:{PASSWORD}")',
            '$headers = @{ Authorization = "Basic " + [Convert]::ToBase64String($pair) }',
        ]
    if operation.needs_sign_in:
        parts.append("-Headers $headers")
    if operation.file:
        parts.append(f"-OutFile {_single(operation.file)}")
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
    before = []
    if operation.needs_sign_in:
        imports.append("import os")
        by_token = f'"Bearer " + os.environ["{TOKEN}"]'
        headers.append(f'"Authorization": {by_token if operation.takes_token else "sign_in"}')
    if operation.needs_sign_in and not operation.takes_token:
        imports.append("import base64")
        before += [
            f"pair = os.environ['{USER}'] + ':' + os.environ['{PASSWORD}']",
            'sign_in = "Basic " + base64.b64encode(pair.encode()).decode()',
        ]
    if operation.body is not None:
        imports.append("import json")
        headers.append('"Content-Type": "application/json"')
        body = pprint.pformat(operation.body, width=_WIDTH, sort_dicts=False)
        lines.append("    data=json.dumps({}).encode(),".format(body.replace("\n", "\n    ")))
    if headers:
        lines.append("    headers={" + ", ".join(headers) + "},")
    if operation.has_stream:
        loop = ["    for line in answer:", "        print(line.decode(), end='', flush=True)"]
    elif operation.file:
        loop = [
            f'    with open("{operation.file}", "wb") as file:',
            "        file.write(answer.read())",
        ]
    else:
        loop = ["    print(answer.status, answer.read().decode())"]
    asked = ["request = urllib.request.Request(", *lines, ")"]
    opened = "with urllib.request.urlopen(request) as answer:"
    return "\n".join([*sorted(imports), "", *before, *asked, opened, *loop])


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
