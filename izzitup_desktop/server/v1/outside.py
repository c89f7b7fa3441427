"""What is told of changes to those who see of a service what the public sees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.layers import LAYER_FIELDS
from izzitup_desktop.domain.kinds.services import DRAFT, PLACE, STATUS

_INSIDE = frozenset(("note", "held_by"))
"""Fields that `service_shown` has for those alone who signed in, and may read."""

_OUTSIDE = frozenset(("removed", *DRAFT, *STATUS, *PLACE, *LAYER_FIELDS)) - _INSIDE


def outside(entry: Entry) -> Entry:
    """The entry of one's own change, without what of the service one may not see."""
    return replace(entry, before=_outer(entry.before), after=_outer(entry.after))


def _outer(side: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in side.items() if name in _OUTSIDE}
