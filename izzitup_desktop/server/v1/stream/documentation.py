"""What the document says of the stream, which FastAPI does not serve."""

from __future__ import annotations

from typing import Any

from izzitup_desktop.server.v1 import examples
from izzitup_desktop.server.v1.stream.events import frame

_SERVICE = {
    name: value
    for name, value in examples.ANSWERS["read_service"].items()
    if name not in ("comment", "changed_by", "held_by", "proposal", "hidden", "note")
}

_DATA: dict[str, Any] = {
    "id": 1187,
    "time": _SERVICE["updated"],
    "subject": {"kind": "service", "id": _SERVICE["id"]},
    "before": {"status": {"id": 5, "name": "Operational"}},
    "after": {"status": {"id": 7, "name": "Outage"}},
    "service": _SERVICE,
}


def _parameter(name: str, description: str, *, place: str = "query", **schema: Any) -> Any:
    return {
        "name": name,
        "in": place,
        "required": False,
        "schema": schema,
        "description": description,
    }


def operation(problem: dict[str, Any]) -> dict[str, Any]:
    """The operation, which is refused with a `problem` as any other is."""
    id_ = r"^[0-9]{1,18}$"
    return {
        "operationId": "stream",
        "tags": ["stream"],
        "summary": "What happens, as it happens: server-sent events",
        "description": (
            "What happens, as it happens: server-sent events. The `id` of an event is the "
            "journal's id of it; who comes back with it as `Last-Event-ID` is told what was "
            "missed. Where that can't be told any more there is a `reset` event: read the board "
            "anew. A comment comes every 15 seconds."
        ),
        "security": [{}, {"token": []}, {"password": []}],
        "parameters": [
            _parameter(
                "types",
                "Types of events (`service.status`), or what they begin with (`service`), with "
                "commas in between; all without.",
                type="string",
            ),
            _parameter(
                "services", "Services by id or key, with commas in between; all without.",
                type="string",
            ),
            _parameter("since", "Tell first what came after this entry.", type="string",
                       pattern=id_),
            _parameter(
                "Last-Event-ID", "The `id` of the last event that came; before `since`.",
                place="header", type="string",
            ),
        ],
        "responses": {
            "200": {
                "description": "Events, until somebody ends it",
                "content": {
                    "text/event-stream": {
                        "schema": {"type": "string"},
                        "example": frame("service.status", _DATA, _DATA["id"]).decode("utf-8"),
                    }
                },
            },
            "204": {"description": "The server is about to end: come back later"},
            "4XX": problem,
            "default": problem,
        },
    }  # fmt: skip
