"""Enumerations that a newer version may have more names of."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

_NAME_MOST = 64


class OpenEnum(StrEnum):
    """What is stored by name, and was perhaps stored by a newer version."""

    @classmethod
    def named(cls, name: object) -> Self:
        """The member of that name; of one that we don't know, its name and no more.

        Raises ValueError for what can't be a name.
        """
        if not isinstance(name, str) or not 0 < len(name) <= _NAME_MOST or not name.isprintable():
            raise ValueError(f"{name!r:.80} is no name")
        if name in cls._value2member_map_:
            return cls(name)
        unknown = str.__new__(cls, name)
        unknown._name_ = unknown._value_ = name
        return unknown
