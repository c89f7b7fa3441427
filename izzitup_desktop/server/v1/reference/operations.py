"""The operations of the document, as far as a page and its examples need them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

Schema = Mapping[str, Any]

JSON = "application/json"
EVENTS = "text/event-stream"
PROBLEM = "application/problem+json"

_METHODS = ("get", "put", "post", "patch", "delete")
_SAMPLES = {"integer": "1", "number": "1", "boolean": "true"}


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. `target` is its path with the examples of its parameters in it.

    `needs_sign_in`: nobody gets an answer without; with `takes_token` a token will do, else it
    is by a password. `body` is the example of what is sent,
    None for nothing; `body_schema` says what may be.
    """

    id: str
    method: str
    path: str
    tag: str
    summary: str
    description: str
    parameters: tuple[Schema, ...]
    body: Any
    body_schema: Schema | None
    body_types: tuple[str, ...]
    answers: tuple[tuple[str, Schema], ...]
    needs_sign_in: bool
    takes_token: bool

    @property
    def target(self) -> str:
        """The path that an example asks for."""
        samples = {one["name"]: sample(one) for one in self.parameters if one["in"] == "path"}
        return re.sub(r"\{(\w+)\}", lambda found: quote(samples[found[1]], safe=""), self.path)

    @property
    def has_stream(self) -> bool:
        """Whether the answer goes on until somebody ends it."""
        return any(EVENTS in answer.get("content", {}) for _, answer in self.answers)

    @property
    def file(self) -> str:
        """The name for what is answered as a file, "" where it is none."""
        kinds = {kind for _, answer in self.answers for kind in answer.get("content", {})}
        told = {JSON, EVENTS, PROBLEM}
        return self.target.rpartition("/")[2] if kinds - told else ""


def operations(document: Schema) -> Iterator[Operation]:
    """All of them, in the order of the document."""
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                yield _operation(path, method, item[method])


def sample(parameter: Schema) -> str:
    """A value for a parameter of the path."""
    schema = parameter.get("schema", {})
    if "example" in parameter:
        return str(parameter["example"])
    for example in schema.get("examples", ()):
        return str(example)
    kind = schema.get("type", "string")
    return _SAMPLES.get(kind, str(parameter["name"]))


def _operation(path: str, method: str, found: Schema) -> Operation:
    content = found.get("requestBody", {}).get("content", {})
    body = content.get(JSON, {})
    return Operation(
        id=found["operationId"],
        method=method.upper(),
        path=path,
        tag=(found.get("tags") or [""])[0],
        summary=found.get("summary", ""),
        description=found.get("description", ""),
        parameters=tuple(found.get("parameters", ())),
        body=body.get("example"),
        body_schema=body.get("schema"),
        body_types=tuple(content),
        answers=tuple(found["responses"].items()),
        needs_sign_in={} not in found.get("security", [{}]),
        takes_token={"token": []} in found.get("security", [{}]),
    )
