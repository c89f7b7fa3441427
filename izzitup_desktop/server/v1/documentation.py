"""The API's own description: OpenAPI 3.1, with an example for every operation."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi

from izzitup_desktop.domain.accounts import SCOPE_OF
from izzitup_desktop.server.routes import (
    API_ROOT,
    ROUTES,
    STREAM,
    RouteClass,
    RouteRow,
    Visibility,
)
from izzitup_desktop.server.v1 import (
    examples,
    idempotency,
    models,
    resource_documentation,
    trash_models,
)
from izzitup_desktop.server.v1.answers import Answer, Answered, answer
from izzitup_desktop.server.v1.asking import Asking
from izzitup_desktop.server.v1.problem_models import ProblemShown
from izzitup_desktop.server.v1.stream import documentation as stream_documentation

DESCRIPTION = (
    "The board for programs: read it, set statuses, edit services. Errors are problems "
    "(RFC 9457), each with a stable `code` and a page that explains it. Every answer has an "
    "`ETag`; nothing that you change is changed over somebody else's head when you send it back "
    "as `If-Match`."
)

_JSON, _PROBLEM = "application/json", "application/problem+json"

_OF_ROWS: dict[str, tuple[int, dict[int, Any]]] = {
    "read_openapi": (200, {}),
    "list_statuses": (200, {200: models.StatusPage}),
    "read_summary": (200, {200: models.SummaryShown}),
    "list_services": (200, {200: models.ServicePage}),
    "add_service": (201, {201: models.ServiceShown, 200: models.Tried}),
    "set_statuses": (200, {200: models.ServicesSet | models.Tried}),
    "read_service": (200, {200: models.ServiceShown}),
    "edit_service": (200, {200: models.ServiceShown | models.Tried}),
    "remove_service": (204, {200: models.Tried}),
    "set_status": (200, {200: models.ServiceShown | models.Tried}),
    "confirm_service": (200, {200: models.ServiceShown | models.Tried}),
    "hold_service": (200, {200: models.ServiceShown | models.Tried}),
    "release_service": (200, {200: models.ServiceShown | models.Tried}),
    "list_trash": (200, {200: trash_models.TrashPage}),
    "restore_service": (200, {200: models.ServiceShown | models.Tried}),
    **resource_documentation.OF_ROWS,
    "list_journal": (200, {200: models.EntryPage}),
    "undo_operation": (200, {200: models.Undone | models.Tried}),
}
"""By operation: the status of its answer, and what its answers look like."""

_TAGGED = (
    "edit_service", "remove_service", "set_status",
    "confirm_service", "hold_service", "release_service", *resource_documentation.TAGGED,
)  # fmt: skip
"""Operations that `If-Match` holds for."""


def status_of(row: RouteRow) -> int:
    """The status of the answer where all went well."""
    return _OF_ROWS[row.name][0]


def responses_of(row: RouteRow) -> dict[int | str, dict[str, Any]]:
    """The answers of a route, as FastAPI wants to be told."""
    found: dict[int | str, dict[str, Any]] = {
        status: {"model": model, "description": _described(row, status)}
        for status, model in _OF_ROWS[row.name][1].items()
    }
    found["default"] = {"model": ProblemShown, "description": "Why it was not done"}
    return found


class Document:
    """Makes the document once it is asked for."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._answer: Answer | None = None

    async def read_openapi(self, request: Request) -> Answered:
        """This document."""
        if self._answer is None:
            self._answer = answer(document_of(self._app))
        asking: Asking = request.scope["state"]["asking"]
        return Answered(self._answer.unless_known(asking.scope))


def document_of(app: FastAPI) -> dict[str, Any]:
    """The document; making it takes a while."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version="3.1.0",
        description=DESCRIPTION,
        routes=app.routes,
        license_info={"name": "MIT", "identifier": "MIT"},
        servers=[{"url": "/"}],
    )
    document["components"]["securitySchemes"] = {
        "password": {
            "type": "http",
            "scheme": "basic",
            "description": "Name and password of an account.",
        },
        "token": {"type": "http", "scheme": "bearer", "description": "A token of the board."},
    }
    for row in ROUTES:
        if row.kind is RouteClass.API:
            _complete(document["paths"][row.path][row.method.lower()], row)
    problem = document["paths"][f"{API_ROOT}/statuses"]["get"]["responses"]["default"]
    document["paths"][STREAM.path] = {"get": stream_documentation.operation(problem)}
    return document


def _complete(operation: dict[str, Any], row: RouteRow) -> None:
    """Add to an operation what FastAPI does not know of it."""
    is_public = row.shows is not Visibility.SIGNED_IN
    for_tokens = row.action is None or row.action in SCOPE_OF
    operation["security"] = [
        *([{}] if is_public else []), *([{"token": []}] if for_tokens else []), {"password": []}
    ]  # fmt: skip
    operation["tags"] = [row.path.split("/")[3].removesuffix(".json")]
    operation["summary"], _, _ = operation["description"].partition(".")
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            known = examples.PARAMETERS | examples.OF_OPERATIONS.get(row.name, {})
            parameter["example"] = known.get(parameter["name"], parameter["name"])
    problem = operation["responses"]["default"]
    problem["content"] = {_PROBLEM: {**problem["content"][_JSON], "example": examples.PROBLEM}}
    # The same, said once more for who looks what a client does wrong.
    operation["responses"]["4XX"] = problem
    good = operation["responses"][str(status_of(row))]
    if (example := examples.ANSWERS.get(row.name)) is not None:
        good.setdefault("content", {}).setdefault(_JSON, {})["example"] = example
    if (example := examples.BODIES.get(row.name)) is not None:
        content = operation["requestBody"]["content"]
        content[_JSON]["example"] = example
        if row.method == "PATCH":
            content["application/merge-patch+json"] = content[_JSON]
    if (file := resource_documentation.FILES.get(row.name)) is not None:
        # Nobody is to keep it, so that it has no tag.
        good["content"] = file
    elif row.method == "GET":
        _add_header(operation, "If-None-Match", "The `ETag` of what you have: 304 if it still is.")
        operation["responses"]["304"] = {"description": "It is what you have"}
    if row.name in _TAGGED:
        _add_header(operation, "If-Match", "The `ETag` of what you read: 412 if it is another.")
    if row.method == "POST":
        about = "A text that nobody has sent before: repeated within 24 hours it is done once."
        _add_header(operation, "Idempotency-Key", about, pattern=idempotency.PATTERN)
    if row.method != "GET":
        for status in {str(status_of(row)), "200"} & operation["responses"].keys():
            operation["responses"][status]["headers"] = _QUOTA_HEADERS


_QUOTA_HEADERS = {
    name: {"description": description, "schema": {"type": "string"}}
    for name, description in (
        ("RateLimit-Policy", "How many changes may be made in how many seconds."),
        ("RateLimit", "How many of them are left, and when all are again."),
    )
}


def _add_header(operation: dict[str, Any], name: str, description: str, **further: str) -> None:
    parameters = operation.setdefault("parameters", [])
    schema = {"type": "string", **further}
    parameters.append(
        {
            "name": name,
            "in": "header",
            "required": False,
            "schema": schema,
            "description": description,
        }
    )


def _described(row: RouteRow, status: int) -> str:
    return "What would change" if status == 200 != status_of(row) else "Done"
