"""What somebody was typing when the program had to end: one interface for all dialogs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, runtime_checkable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Draft:
    """`kind` says where it was typed, `title` what people call it, `fields` what was typed.

    Fields are what JSON holds, and never a password.
    """

    kind: str
    title: str
    fields: Mapping[str, Any]

    def get(self, name: str, default: T) -> T:
        """A field of the type of `default`; that itself where it has none like it."""
        value = self.fields.get(name)
        return value if type(value) is type(default) else default

    def numbers(self, name: str) -> list[int]:
        """A field that is a list of whole numbers; what is none is left out."""
        found: list[Any] = self.get(name, [])
        return [one for one in found if type(one) is int]


@runtime_checkable
class HasDraft(Protocol):
    """A dialog that somebody types in."""

    def kept_draft(self) -> Draft | None:
        """What was typed in it so far, None where nothing would be lost."""
