"""The API's own document: every operation with an example, and answers as it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import TypeAdapter

from izzitup_desktop.server.routes import ROUTES, STREAM, RouteClass, RouteRow, Visibility
from izzitup_desktop.server.v1 import (
    account_models,
    backup_models,
    change_models,
    group_models,
    models,
    trash_models,
)
from izzitup_desktop.server.v1.problem_models import ProblemShown
from tests.server.v1.test_routes import asked
from tests.server.v1.world import ADMINISTRATOR, World, sqlite_world

API = [row for row in ROUTES if row.kind is RouteClass.API]
BODIES: dict[str, Any] = {
    "add_service": models.NewService,
    "set_statuses": models.StatusesBody,
    "edit_service": models.ServicePatch,
    "set_status": models.StatusBody,
    "add_group": group_models.NewGroup,
    "edit_group": group_models.GroupPatch,
    "add_account": account_models.NewAccount,
    "edit_account": account_models.AccountPatch,
    "add_token": account_models.NewTokenBody,
    "confirm_service": models.CommentBody,
    "hold_service": models.CommentBody,
    "release_service": models.CommentBody,
}
ANSWERS: dict[str, Any] = {
    "read_openapi": dict[str, Any],
    "list_statuses": models.StatusPage,
    "read_summary": models.SummaryShown,
    "list_services": models.ServicePage,
    "add_service": models.ServiceShown,
    "set_statuses": models.ServicesSet,
    "read_service": models.ServiceShown,
    "edit_service": models.ServiceShown,
    "set_status": models.ServiceShown,
    "confirm_service": models.ServiceShown,
    "hold_service": models.ServiceShown,
    "release_service": models.ServiceShown,
    "list_trash": trash_models.TrashPage,
    "restore_service": models.ServiceShown,
    "list_groups": models.GroupPage,
    "read_group": models.GroupShown,
    "add_group": models.GroupShown,
    "edit_group": models.GroupShown,
    "restore_group": models.GroupShown,
    "list_accounts": account_models.AccountPage,
    "add_account": account_models.AccountShown,
    "read_account": account_models.AccountShown,
    "edit_account": account_models.AccountShown,
    "list_tokens": account_models.TokenPage,
    "add_token": account_models.TokenMade,
    "read_token": account_models.TokenShown,
    "list_backups": backup_models.BackupPage,
    "make_backup": backup_models.BackupShown,
    "read_backup": backup_models.BackupShown,
    "read_backup_contents": backup_models.ContentsShown,
    "list_journal": models.EntryPage,
    "read_entry": change_models.EntryShown,
    "undo_operation": models.Undone,
}
FILES = {"read_backup_file": "application/vnd.sqlite3"}
TRIED: dict[str, Any] = {
    "groups": group_models.GroupsTried,
    "accounts": account_models.AccountsTried,
    "tokens": account_models.TokensTried,
    "backups": backup_models.BackupsTried,
}
"""By what they are about: the dry runs of all but services."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with sqlite_world(tmp_path_factory.mktemp("openapi")) as made:
        yield made


@pytest.fixture(scope="module")
def document(world: World) -> Any:
    return world.get("/openapi.json")


def operation(document: Any, row: RouteRow) -> Any:
    return document["paths"][row.path][row.method.lower()]


def test_the_document_has_the_routes_and_nothing_else(document: Any) -> None:
    assert document["openapi"] == "3.1.0"
    listed = {
        (method.upper(), path, found["operationId"])
        for path, methods in document["paths"].items()
        for method, found in methods.items()
    }
    assert listed == {(row.method, row.path, row.name) for row in (*API, STREAM)}
    problem = operation(document, STREAM)["responses"]["default"]
    assert problem == operation(document, API[0])["responses"]["default"]


@pytest.mark.parametrize("row", API, ids=lambda row: row.name)
def test_every_operation_has_examples_that_are_what_it_takes_and_answers(
    document: Any, row: RouteRow
) -> None:
    found = operation(document, row)
    assert found["summary"]
    responses = found["responses"]
    problem = responses["default"]["content"]
    assert list(problem) == ["application/problem+json"]
    ProblemShown.model_validate(problem["application/problem+json"]["example"])
    assert ("requestBody" in found) is row.takes_body
    if row.takes_body:
        content = found["requestBody"]["content"]
        for kind in content.values():
            BODIES[row.name].model_validate(kind["example"])
        assert ("application/merge-patch+json" in content) is (row.method == "PATCH")
    good = next(status for status in ("201", "204", "200") if status in responses)
    if row.method == "DELETE":
        assert good == "204"
    elif row.name in FILES:
        assert list(responses[good]["content"]) == [FILES[row.name]]
    else:
        example = responses[good]["content"]["application/json"]["example"]
        TypeAdapter(ANSWERS[row.name]).validate_python(example)
    assert ({} in found["security"]) is (row.shows is not Visibility.SIGNED_IN)
    for parameter in found.get("parameters", ()):
        if parameter["name"] == "sort":
            assert re.fullmatch(parameter["schema"]["pattern"], parameter["schema"]["default"])
        if parameter["in"] == "path":
            assert parameter["example"] != parameter["name"], "it needs one in examples.py"
    headers = {one["name"] for one in found.get("parameters", []) if one["in"] == "header"}
    if row.method == "GET":
        assert headers == (set() if row.name in FILES else {"If-None-Match"})
    else:
        own = {"Idempotency-Key"} if row.method == "POST" else set()
        assert headers == own | ({"If-Match"} & headers)
        assert good == "204" or "RateLimit" in responses[good]["headers"]


@pytest.mark.parametrize("row", API, ids=lambda row: row.name)
def test_answers_are_what_the_document_says(world: World, row: RouteRow) -> None:
    path, body = asked(world, row, ADMINISTRATOR)
    answer = world.ask(row.method, path, body, who=ADMINISTRATOR)
    if row.name in FILES:
        assert answer.headers["content-type"] == FILES[row.name]
        return
    told = answer.json
    model = TRIED.get(path.split("?")[0].split("/")[1], models.Tried)
    model = model if "dry_run" in path else ANSWERS[row.name]
    TypeAdapter(model).validate_python(told)


def test_references_in_the_document_lead_somewhere(document: Any) -> None:
    schemas = document["components"]["schemas"]

    def references(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for name, inner in value.items():
                if name == "$ref":
                    yield inner
                else:
                    yield from references(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from references(inner)

    for reference in references(document):
        assert reference.removeprefix("#/components/schemas/") in schemas
    assert "HTTPValidationError" not in schemas
