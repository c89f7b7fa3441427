"""Whether a reader of a journal entry can take a field's value, whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.statuses import STATUS_NAMES


def layer_fields(expiry: Expiry | None, hold: Hold | None) -> dict[str, Any]:
    """The layers that an entry may change, by the names they have in the journal."""
    return {
        "until": None if expiry is None else expiry.until.isoformat(),
        "until_status": None if expiry is None else expiry.then,
        "held_by": "" if hold is None else hold.by,
    }


def layers_in(fields: Mapping[str, Any]) -> tuple[Expiry | None, Hold | None]:
    """The layers that `layer_fields` told of; nobody was asked yet."""
    until, by = fields["until"], fields["held_by"]
    expiry = Expiry(datetime.fromisoformat(until), fields["until_status"]) if until else None
    return expiry, Hold(by) if by else None


def is_text(value: Any) -> bool:
    """Whether it is a text."""
    return isinstance(value, str)


def is_number(value: Any) -> bool:
    """Whether it is a whole number."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_flag(value: Any) -> bool:
    """Whether it is true or false."""
    return isinstance(value, bool)


def is_status(value: Any) -> bool:
    """Whether it is the id of a status."""
    return is_number(value) and value in STATUS_NAMES


def is_time(value: Any) -> bool:
    """Whether it is a time with a zone, as text."""
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


def or_none(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """The same check, for a field that may be nothing."""
    return lambda value: value is None or check(value)
