"""Holds: a person keeps scripts from changing a status."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hold:
    """`by` is the name of who holds the status."""

    by: str
