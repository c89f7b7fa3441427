"""What can't be taken of a body or a query, in words, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from typing import Any

from fastapi.exceptions import RequestValidationError

from izzitup_desktop.server.problems import Problem
from izzitup_desktop.server.v1.models import Known

_NAME_MOST = 80
_TYPES = ("constrained-", "function-before[")
"""How pydantic calls those types of a union that have no name."""
_TELLING_MOST = 300
_GUESSED_MOST = 4
"""Of so many names it is guessed what was meant: that is dear."""

_NEEDED = {
    "bool_type": "true or false",
    "dict_type": "an object",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "list_type": "a list",
    "model_attributes_type": "an object",
    "model_type": "an object",
    "string_type": "a text",
    "timezone_aware": "a time with its zone, like 2026-11-28T08:00:00Z,",
}
"""By pydantic's type of error; of a union, each of its types is told."""
_TIME = "a time like 2026-11-28T08:00:00Z"
_TOLD = {
    "extra_forbidden": "There is nothing of this name.",
    "greater_than_equal": "It must be {ge} at least.",
    "less_than_equal": "It must be {le} at most.",
    "missing": "It is missing.",
    "string_too_long": "It may have {max_length} characters at most.",
    "string_too_short": "It must have {min_length} characters at least.",
    "too_long": "There may be {max_length} of them at most.",
    "too_short": "There must be {min_length} of them at least.",
}


def problem_of(error: RequestValidationError) -> Problem:
    """What FastAPI found wrong, with a pointer (RFC 6901) or a parameter for each."""
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for each in error.errors():
        place, *path = each["loc"]
        if place == "query":
            at = ("parameter", str(path[0])[:_NAME_MOST] if path else "")
        else:
            at = ("pointer", _pointer(path))
        found.setdefault(at, []).append(each)
    errors = [{kind: at, "detail": _said(each)} for (kind, at), each in found.items()]
    named = ", ".join(at for _, at in found if at)
    detail = f"These can't be taken: {named}." if named else _of_body(found)
    return Problem("invalid", detail, errors, hint=" ".join(_hints(found)))


def _of_body(found: Mapping[tuple[str, str], Sequence[Mapping[str, Any]]]) -> str:
    """What is wrong with the body as a whole."""
    each = next(iter(found.values()))
    needed = _needed(each[0])
    return f"The body can't be taken: {needed} is needed." if needed else "The body is missing."


def _said(found: Sequence[Mapping[str, Any]]) -> str:
    needed = list(dict.fromkeys(filter(None, map(_needed, found))))
    if needed:
        sentence = f"{' or '.join(needed)} is needed."
        return sentence[0].upper() + sentence[1:]
    first = found[0]
    template = _TOLD.get(str(first["type"]))
    said = template.format(**first.get("ctx", {})) if template else str(first["msg"])
    return said[:_TELLING_MOST]


def _needed(found: Mapping[str, Any]) -> str:
    kind = str(found["type"])
    return _TIME if kind.startswith("datetime_") else _NEEDED.get(kind, "")


def _hints(found: Mapping[tuple[str, str], Sequence[Mapping[str, Any]]]) -> Iterator[str]:
    unknown = (at for (_, at), errors in found.items() if errors[0]["type"] == "extra_forbidden")
    for at in islice(unknown, _GUESSED_MOST):
        name = at.rpartition("/")[2]
        # What is called so elsewhere is not meant here.
        others = [other for other in _names() if other != name]
        for near in get_close_matches(name, others, n=1):
            yield f"Did you mean {near} instead of {name}?"


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    """What parameters and members are called."""
    names: dict[str, None] = {}
    models = [Known]
    for model in models:
        models += model.__subclasses__()
        names |= dict.fromkeys(model.model_fields)
    return tuple(names)


def _pointer(path: list[Any]) -> str:
    """Of a union, the place of the value and not the type that was tried."""
    parts = [str(part)[:_NAME_MOST] for part in path if not _is_type(part)]
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


def _is_type(part: Any) -> bool:
    return part in ("int", "str") or (isinstance(part, str) and part.startswith(_TYPES))
