"""What is known of one setting, and how a table of them is written down."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from izzitup_desktop.platform import setting_values as values

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of one setting: its default, its words, and what it may be."""

    default: Any
    title: str
    description: str
    check: values.Check


def setting(default: T, title: str, *, description: str, check: values.Check) -> T:
    """A field of a table of settings."""
    metadata = {"setting": Setting(default, title, description, check)}
    if isinstance(default, dict):
        return cast("T", field(default_factory=default.copy, metadata=metadata))
    return field(default=default, metadata=metadata)
