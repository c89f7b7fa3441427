"""What a schema can't say: which things there are, what time it is, and which text is none.

Loaded by schemathesis' own process. Only what is to be accepted is touched; what is to be
refused stays as it was made.
"""

from __future__ import annotations

import json
import os
import random
import urllib.request
from datetime import UTC, datetime, timedelta
from typing import Any

import schemathesis

URL, TOKEN = os.environ["IZZITUP_URL"], os.environ["IZZITUP_TOKEN"]
KINDS = ("", "service.status", "service.added", "account.added", "somebody.elses")


def listed(path: str) -> list[Any]:
    request = urllib.request.Request(
        f"{URL}/api/v1/{path}", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        found: list[Any] = json.load(answer)["items"]
    return found


def words_of(path: str, name: str) -> list[Any]:
    """Ids and names by which things are called."""
    return [one[key] for one in listed(path) for key in ("id", name) if one[key]]


def status(sent: Any) -> Any:
    known = not isinstance(sent, str) or sent.casefold() in ("operational", "impaired", "outage")
    return sent if known else random.choice(("Outage", "impaired", "5"))


def plain(sent: str) -> str:
    return "".join(char if char.isprintable() else " " for char in sent).strip()


def mend(body: dict[str, Any]) -> None:
    """Make what is in a body something that there is."""
    if "services" in body:
        known = words_of("services?limit=50", "key")
        body["services"] = [random.choice(known) for _ in body["services"]]
    if body.get("group") is not None:
        body["group"] = random.choice([None, *words_of("groups", "name")])
    for name in ("status", "then"):
        if body.get(name) is not None:
            body[name] = status(body[name])
    if body.get("until") is not None:
        body["until"] = (datetime.now(UTC) + timedelta(minutes=random.randint(1, 999))).isoformat()
    elif "then" in body:
        body["then"] = None
    for name in ("comment", "description", "note", "name"):
        if isinstance(body.get(name), str):
            body[name] = plain(body[name]) or ("Name" if name == "name" else "")
    for name in ("url", "check_url"):
        if body.get(name):
            body[name] = "https://example.org/" + plain(body[name])[:100]
    if body.get("key"):
        kept = "".join(char for char in body["key"] if char.isalnum() or char in "._-")
        body["key"] = "" if kept.isdigit() else kept


def mend_query(query: dict[str, Any]) -> None:
    if "cursor" in query:
        query["cursor"] = ""
    if query.get("kind"):
        query["kind"] = random.choice(KINDS)
    for name, words in (("status", ["Outage", "6", "closed"]), ("group", ["", "Core", "1"])):
        if isinstance(query.get(name), list):
            query[name] = [random.choice(words) for _ in query[name]]
        elif name in query:
            query[name] = random.choice(words)


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    if case.meta is None or case.meta.generation.mode.value != "positive":
        return
    if "/trash/" in case.path:
        removed = [one["service"]["id"] for one in listed("trash")]
        if removed and random.random() < 0.5:
            case.path_parameters["id"] = str(random.choice(removed))
    if isinstance(case.body, dict):
        mend(case.body)
    if case.query:
        mend_query(case.query)
