"""Schemas of the document in words: what a value may be, and what an object has."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from izzitup_desktop.server.v1.reference.operations import Schema

_REFERENCE = "#/components/schemas/"
_BOUNDS = (
    ("minimum", "≥ {}"), ("maximum", "≤ {}"), ("minLength", "≥ {} characters"),
    ("maxLength", "≤ {} characters"), ("minItems", "≥ {} items"), ("maxItems", "≤ {} items"),
    ("format", "{}"), ("pattern", "{}"),
)  # fmt: skip


def typed(schema: Schema) -> str:
    """What a value may be, as HTML; a model is a link to where it stands on the page."""
    if reference := schema.get("$ref"):
        name = escape(str(reference).removeprefix(_REFERENCE))
        return f'<a href="#{name}">{name}</a>'
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return " or ".join(dict.fromkeys(typed(one) for one in schema[several]))
    if "const" in schema:
        return f"<code>{escape(repr(schema['const']))}</code>"
    if "enum" in schema:
        return ", ".join(f"<code>{escape(str(one))}</code>" for one in schema["enum"])
    kind = schema.get("type", "any")
    if isinstance(kind, list):
        kind = " or ".join(kind)
    if kind == "array":
        return _bound("array of " + typed(schema.get("items", {})), schema)
    return _bound(escape(kind), schema)


def fields(schema: Schema) -> Iterator[tuple[str, Schema, bool]]:
    """The properties of an object: name, schema, and whether it has to be there."""
    required = schema.get("required", ())
    for name, one in schema.get("properties", {}).items():
        yield name, one, name in required


def default_of(schema: Schema) -> Any:
    """What a value is where nothing is said; None where that is nothing worth telling."""
    default = schema.get("default")
    return None if default in ("", [], False) else default


def _bound(kind: str, schema: Schema) -> str:
    told = [
        pattern.format(escape(str(schema[name]))) for name, pattern in _BOUNDS if name in schema
    ]
    return ", ".join([kind, *told])
