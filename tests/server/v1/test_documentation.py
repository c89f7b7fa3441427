"""docs/api-v1.md has every route, parameter and code, and its examples run."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from izzitup_desktop.domain.accounts import Origin, Role
from izzitup_desktop.server.problems import KINDS
from izzitup_desktop.server.routes import ROUTES, RouteClass
from izzitup_desktop.server.v1 import (
    account_models,
    accounts,
    backup_models,
    backups,
    group_models,
    lists,
    models,
    tokens,
    trash_models,
)
from izzitup_desktop.server.v1.problem_models import ProblemShown
from tests.builders import ALICE, GOOD_PASSWORD, add_service, opened_board
from tests.server.wire import serving

TEXT = (Path(__file__).parents[3] / "docs" / "api-v1.md").read_text("utf-8")
PYTHON, SHELL = (re.findall(rf"```{kind}\n(.*?)```", TEXT, re.DOTALL) for kind in ("python", "sh"))


def test_every_route_is_named() -> None:
    for row in ROUTES:
        if row.kind is RouteClass.API:
            path = re.sub(r"\{service\}", "{id or key}", row.path)
            path = re.sub(r"\{(group|account)\}", "{id or name}", path)
            path = re.sub(r"\{token\}", "{id}", path)
            short = path.removeprefix("/api/v1")
            assert f"{row.method} {path}`" in TEXT or path in TEXT or f"`{short}`" in TEXT, row


def test_every_parameter_and_every_order_is_named() -> None:
    for name in (
        *models.ServiceQuery.model_fields,
        *models.JournalQuery.model_fields,
        *group_models.GroupQuery.model_fields,
        *account_models.AccountQuery.model_fields,
        *account_models.TokenQuery.model_fields,
        *backup_models.BackupQuery.model_fields,
        *trash_models.TrashQuery.model_fields,
        *lists.SORTS,
        *lists.TRASH_SORTS,
        *accounts.SORTS,
        *tokens.SORTS,
        *backups.SORTS,
    ):
        assert f"`{name}`" in TEXT, name


def test_every_code_stands_with_its_status() -> None:
    rows = re.findall(r"^\| ([0-9, ]+) \| (.+) \|$", TEXT, re.MULTILINE)
    listed = {
        code: {int(status) for status in statuses.split(",")}
        for statuses, codes in rows
        for code in re.findall(r"`([a-z.-]+)`", codes)
    }
    assert listed.keys() == KINDS.keys()
    assert all(kind.status in listed[code] for code, kind in KINDS.items())


def test_the_problem_that_is_shown_is_one() -> None:
    (shown,) = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    told = ProblemShown.model_validate_json(shown)
    kind = KINDS[told.code]
    assert (told.title, told.status) == (kind.title, kind.status)
    assert told.type == f"/problems/{told.code}"


@pytest.mark.parametrize("number", range(len(PYTHON) + len(SHELL)))
def test_the_examples_run(tmp_path: Path, number: int) -> None:
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        add_service(board, key="MAIL", status_id=7)
        add_service(board, "Web", key="WEB")
        board.accounts.first("alice", GOOD_PASSWORD, Origin.CLI)
        board.accounts.add(ALICE, "mmouse", Role.EDITOR, GOOD_PASSWORD)
        with serving(board) as server:
            example = [*PYTHON, *SHELL][number].replace("8475", str(server.state.port))
            # curl asks for the password where there is a person.
            example = example.replace("--user mmouse", f"--user 'mmouse:{GOOD_PASSWORD}'")
            example = example.replace("--user alice", f"--user 'alice:{GOOD_PASSWORD}'")
            example = example.replace("curl ", "curl --silent --show-error --fail --noproxy '*' ")
            command = [sys.executable, "-c"] if number < len(PYTHON) else ["sh", "-ec"]
            done = subprocess.run(
                [*command, example], capture_output=True, check=True, timeout=60,
                env={"no_proxy": "*", "PATH": "/usr/bin:/bin"},
            )  # fmt: skip
    assert b"MAIL" in done.stdout
    if number >= len(PYTHON):
        for text in done.stdout.decode().replace("}{", "}\n{").splitlines():
            assert json.loads(text)
