"""What is shown for PowerShell: run by it where it is installed, else read by its grammar.

By the grammar every script has to be whole, and each request that the reference page
shows is made of what was read, and sent to the board.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.server.v1.reference.shown import Example, Shown, shown_board
from tests.server.v1.reference.test_snippets import OPERATIONS, STREAMS
from tests.strangers.environments import RUN_SECONDS, python_with

pytestmark = [pytest.mark.strangers, pytest.mark.timeout(600)]

RECIPES = (Path(__file__).parents[2] / "docs" / "recipes.md").read_text("utf-8")
PWSH = shutil.which("pwsh")

CMDLETS = {
    "New-ScheduledTaskAction": {"-Execute", "-Argument"},
    "New-ScheduledTaskTrigger": {"-Daily", "-At"},
    "New-ScheduledTaskSettingsSet": {"-StartWhenAvailable", "-ExecutionTimeLimit"},
    "New-TimeSpan": {"-Hours"},
    "Register-ScheduledTask": {
        "-TaskName", "-Action", "-Trigger", "-Settings", "-User", "-RunLevel",
    },
    "Invoke-RestMethod": {"-Method", "-Uri", "-Headers", "-ContentType", "-Body", "-OutFile"},
    "Get-Content": {"-TotalCount"},
    "ConvertTo-Json": set(),
    "Out-Null": set(),
    "icacls": set(),
}  # fmt: skip
"""What the recipes use, and the parameters that it has."""


def read(scripts: list[str]) -> list[dict[str, Any]]:
    programs = python_with(
        "tree-sitter-powershell", "tree-sitter==0.26.1", "tree-sitter-powershell==0.26.4"
    )
    ended = subprocess.run(
        [str(programs / "python"), str(Path(__file__).with_name("powershell.py"))],
        input=json.dumps(scripts), capture_output=True, text=True, check=True, timeout=RUN_SECONDS,
    )  # fmt: skip
    found: list[dict[str, Any]] = json.loads(ended.stdout)
    return found


def test_a_script_that_is_not_whole_is_found() -> None:
    whole, cut, open_ = read(
        ["Get-Content 'x' | Out-Null", "try { Get-Content 'x'", "$a = @{ b = "]
    )
    assert whole["broken"] == []
    assert cut["broken"]
    assert open_["broken"]


def string(text: str, shown: Shown) -> str:
    """The value of a string of PowerShell."""
    if text.startswith("@'\n"):
        return text.removeprefix("@'\n").removesuffix("\n'@")
    if text.startswith("'"):
        return text[1:-1].replace("''", "'")
    value = text[1:-1]
    for name, told in shown.environment.items():
        value = value.replace(f"${{env:{name}}}", told).replace(f"$env:{name}", told)
    assert "$" not in value
    return value


def signed(assignments: dict[str, str], name: str, shown: Shown) -> str:
    """The value of Authorization, by a token or by a name and a password."""
    whole = assignments[name]
    if found := re.fullmatch(r'@\{ Authorization = ("[^"]*") \}', whole):
        return string(found[1], shown)
    assert whole == '@{ Authorization = "Basic " + [Convert]::ToBase64String($pair) }'
    pair = re.fullmatch(r'\[Text\.Encoding\]::UTF8\.GetBytes\(("[^"]*")\)', assignments["$pair"])
    assert pair is not None
    return "Basic " + base64.b64encode(string(pair[1], shown).encode()).decode()


def listen(command: dict[str, Any], shown: Shown) -> int:
    """What is followed by Windows' own curl: its first line is all that is waited for."""
    assert command["name"].strip() == "curl.exe"
    *options, uri = command["parts"]
    assert options == ["--no-buffer"]
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(string(uri, shown), timeout=30) as answer:
        assert answer.readline()
        return int(answer.status)


def send(example: Example, told: dict[str, Any], shown: Shown) -> int:
    """Make the request that was read, and send it; the status of the answer."""
    (command,) = told["commands"]
    if example.operation in STREAMS:
        return listen(command, shown)
    assert command["name"] == "Invoke-RestMethod", example
    parts = [part for part in command["parts"] if part != "`"]
    sent = dict(zip(parts[::2], parts[1::2], strict=True))
    assert set(sent) <= CMDLETS["Invoke-RestMethod"]
    headers = {}
    if "-Headers" in sent:
        headers["Authorization"] = signed(told["assignments"], sent["-Headers"], shown)
    body = None
    if "-Body" in sent:
        body = string(told["assignments"][sent["-Body"]], shown).encode()
        headers["Content-Type"] = string(sent["-ContentType"], shown)
    request = urllib.request.Request(
        string(sent["-Uri"], shown), body, headers, method=sent["-Method"].upper()
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=30) as answer:
        return int(answer.status)


@pytest.mark.skipif(PWSH is not None, reason="pwsh runs them itself")
def test_every_request_that_the_page_shows_for_powershell_is_whole_and_answered_when_sent_by_another(
    tmp_path: Path,
) -> None:
    with shown_board(tmp_path) as shown:
        examples = shown.examples("PowerShell")
        for example, told in zip(examples, read([one.text for one in examples]), strict=True):
            assert told["broken"] == [], example
            assert send(example, told, shown) in (200, 201, 204), example
    assert {example.operation for example in examples} == OPERATIONS


@pytest.mark.skipif(PWSH is None, reason="there is no pwsh here")
def test_every_example_that_the_page_shows_for_powershell_runs_in_it(tmp_path: Path) -> None:
    with shown_board(tmp_path) as shown:
        for example in shown.examples("PowerShell"):
            ended = subprocess.run(
                [str(PWSH), "-NoProfile", "-Command", "$ErrorActionPreference='Stop'\n" + example.text],
                env={**shown.environment, "no_proxy": "*", "PATH": "/usr/bin:/bin"}, cwd=tmp_path,
                capture_output=True, text=True, check=False, timeout=RUN_SECONDS,
            )  # fmt: skip
            assert ended.returncode == 0, (example, ended.stderr)


def test_the_recipes_for_powershell_and_task_scheduler_are_whole_and_use_what_there_is() -> None:
    scripts = re.findall(r"^```powershell\n(.*?)^```", RECIPES, re.DOTALL | re.MULTILINE)
    assert len(scripts) == 4
    used = set()
    for script, told in zip(scripts, read(scripts), strict=True):
        assert told["broken"] == [], script
        for command in told["commands"]:
            name = command["name"].strip()
            if name.startswith("&"):
                assert re.match(r"& 'C:[\w\\-]+\.ps1'(?: |$)", command["text"])
                continue
            used.add(name)
            flags = {part for part in command["parts"] if re.fullmatch("-[A-Z][A-Za-z]+", part)}
            assert flags <= CMDLETS[name], (name, flags)
    assert used == CMDLETS.keys()


def test_the_task_for_a_command_prompt_has_what_schtasks_needs_and_one_command() -> None:
    (line,) = re.findall(r"^```bat\n(.*?)\n```", RECIPES, re.DOTALL | re.MULTILINE)
    found = re.findall(r'/([A-Za-z]+)(?: (?!/)("[^"]*"|\S+))?', line.partition(" ")[2])
    options = {name: value.strip('"') for name, value in found}
    assert line.startswith("schtasks /Create ")
    assert set(options) == {"Create", "TN", "SC", "ST", "RU", "TR"}
    assert options["SC"] == "DAILY"
    assert re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", options["ST"])
    # schtasks takes 261 characters of it at most.
    assert len(options["TR"]) <= 261
    assert options["TR"].startswith("powershell.exe -NoProfile ")
