"""What a schema can't say: which things there are, what time it is, and which text is none.

Loaded by schemathesis' own process. Only what is to be accepted is touched; what is to be
refused stays as it was made. Nothing is done to the account that all requests are made by.
"""

from __future__ import annotations

import base64
import json
import os
import random
import urllib.request
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import schemathesis

URL, ME, PASSWORD = (os.environ[f"IZZITUP_{name}"] for name in ("URL", "USER", "PASSWORD"))
SIGNED = "Basic " + base64.b64encode(f"{ME}:{PASSWORD}".encode()).decode("ascii")
KINDS = ("service.status", "service.added", "account.added", "somebody.elses")
QUERIES: dict[str, tuple[str, ...]] = {
    "status": ("Outage", "6", "closed"),
    "kind": KINDS,
    "subject": ("service", "group", "somebody"),
    "origin": ("desktop", "api", "cli"),
}
THERE: dict[str, tuple[str, str, Callable[[Any], Any]]] = {
    "/trash/": ("trash", "id", lambda one: one["service"]["id"]),
    "/tokens/": ("tokens?limit=50", "token", lambda one: one["id"]),
    "/journal/": ("journal?limit=50", "id", lambda one: one["operation_id"]),
    "/backups/": ("backups?limit=50", "name", lambda one: one["name"]),
}
"""By a part of the path: where things are listed, which parameter names one, and how."""
LINES = ("comment", "description", "note")


def listed(path: str) -> list[Any]:
    request = urllib.request.Request(f"{URL}/api/v1/{path}", headers={"Authorization": SIGNED})
    with urllib.request.urlopen(request, timeout=20) as answer:
        found: list[Any] = json.load(answer)["items"]
    return found


def words_of(path: str, name: str) -> list[Any]:
    """Ids and names by which things are called."""
    return [one[key] for one in listed(path) for key in ("id", name) if one[key]]


def services() -> list[Any]:
    return words_of("services?limit=50", "key")


def groups() -> list[Any]:
    return words_of("groups?limit=50", "name")


def plain(sent: str) -> str:
    return "".join(char if char.isprintable() else " " for char in sent).strip()


def key(sent: str) -> str:
    kept = "".join(char for char in sent if char.isalnum() or char in "._-")
    return "" if kept.isdigit() else kept


def later() -> str:
    return (datetime.now(UTC) + timedelta(minutes=random.randint(1, 999))).isoformat()


def several(sent: list[Any], known: list[Any]) -> list[Any]:
    return [random.choice(known) for _ in sent] if known else []


def mend(body: dict[str, Any]) -> None:
    """Make what is in a body something that there is."""
    for name in ("status", "then"):
        if isinstance(body.get(name), str):
            body[name] = random.choice(("Outage", "impaired", "5"))
    for name in ("until", "expires"):
        if body.get(name) is not None:
            body[name] = later()
    if body.get("until") is None and "then" in body:
        body["then"] = None
    for name in LINES:
        if isinstance(body.get(name), str):
            body[name] = plain(body[name])
    if "name" in body:
        body["name"] = plain(body["name"]) or "Name"
    for name in ("url", "check_url"):
        if body.get(name):
            body[name] = "https://example.org/" + plain(body[name])[:100]
    if body.get("key"):
        body["key"] = key(body["key"])
    mend_references(body)
    if "role" in body:
        body["role"] = random.choice(("viewer", "editor", "administrator"))
    if "password" in body:
        body["password"] = f"correct horse {uuid.uuid4().hex}"


def mend_references(body: dict[str, Any]) -> None:
    if body.get("services"):
        body["services"] = several(body["services"], services())
    if body.get("groups"):
        body["groups"] = several(body["groups"], groups())
    if body.get("group") is not None:
        body["group"] = random.choice([None, *groups()])
    if body.get("account") is not None:
        body["account"] = random.choice([ME, "bob"])
    if isinstance(body.get("limits"), dict):
        mend_references(body["limits"])


def mend_token(body: dict[str, Any]) -> None:
    """A token is of somebody or of a group; what it may be for depends on that."""
    if "group" in body:
        body["group"] = None
    if "limits" in body:
        body["limits"] = None
    if "scopes" in body:
        # Some of them are not given yet.
        body["scopes"] = random.choice((["read"], ["read", "set"]))


def name_what_there_is(case: Any) -> None:
    """Half of the time ask for something that there is."""
    for place, (path, parameter, ids) in THERE.items():
        if place in case.path and parameter in case.path_parameters and random.random() < 0.5:
            known = [ids(one) for one in listed(path)]
            if known:
                case.path_parameters[parameter] = str(random.choice(known))


def mend_query(query: dict[str, Any]) -> None:
    if "cursor" in query:
        query["cursor"] = ""
    for name, words in QUERIES.items():
        if isinstance(query.get(name), list):
            query[name] = [random.choice(words) for _ in query[name]]
    if isinstance(query.get("group"), list):
        query["group"] = several(query["group"], ["", *groups()])
    for name in ("q", "actor", "service", "name"):
        if isinstance(query.get(name), str):
            query[name] = plain(query[name])


def spare_me(case: Any) -> None:
    found = case.path_parameters.get("account")
    if found is not None and (str(found).casefold() == ME or str(found) == my_id()):
        case.path_parameters["account"] = "bob"


def my_id() -> str:
    return next(str(one["id"]) for one in listed("accounts?limit=100") if one["name"] == ME)


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    spare_me(case)
    if case.meta is None or case.meta.generation.mode.value != "positive":
        return
    if "Idempotency-Key" in (case.headers or {}):
        case.headers["Idempotency-Key"] = f'"{uuid.uuid4()}"'
    name_what_there_is(case)
    if isinstance(case.body, dict):
        if case.path.endswith("/tokens"):
            mend_token(case.body)
        mend(case.body)
    if case.query:
        mend_query(case.query)
