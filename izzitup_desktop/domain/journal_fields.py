"""What the journal's `before` and `after` may hold, for whoever reads rows it did not write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.domain.statuses import STATUS_NAMES

MISTAKE = "mistake "
"""`mistake 12` is whether entry 12 is one."""


def check_fields(kind: Kind, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Raise ValueError where a reader of `kind` would not find what it needs.

    Fields that we don't know are a newer version's, and fine.
    """
    needed_before, needed_after = _NEEDED.get(kind, ((), ()))
    if kind is Kind.SERVICE_CONFIRMED and "times" in before:
        needed_before = ("since",)
    for side, needed in ((before, needed_before), (after, needed_after)):
        missing = [field for field in needed if field not in side]
        if missing:
            raise ValueError(f"{kind.value} has no {missing[0]}")
        for field, value in side.items():
            check = _CHECKS.get(field)
            if check is not None and not check(value):
                raise ValueError(f"{value!r:.80} is no {field}")
    if kind is Kind.SERVICE_MISTAKE:
        mistake_in(after)


def mistake_in(after: Mapping[str, Any]) -> tuple[int, bool]:
    """Which entry a `service.mistake` is about, and whether it is one. Raises ValueError."""
    ((field, mistake),) = after.items()
    if not field.startswith(MISTAKE) or not isinstance(mistake, bool):
        raise ValueError(f"{field!r:.80} marks no entry")
    return int(field.removeprefix(MISTAKE)), mistake


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


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_status(value: Any) -> bool:
    return _is_number(value) and value in STATUS_NAMES


def _is_time(value: Any) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


def _or_none(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or check(value)


_STATUS, _POSITION, _NAME = ("status",), ("position",), ("name",)
_NEEDED: Mapping[Kind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Kind.SERVICE_STATUS: (_STATUS, _STATUS),
    Kind.SERVICE_PROPOSED: ((), ("wish_status",)),
    Kind.SERVICE_MOVED: (_POSITION, _POSITION),
    Kind.GROUP_MOVED: (_POSITION, _POSITION),
    Kind.GROUP_EDITED: (_NAME, _NAME),
    Kind.JOURNAL_ARCHIVED: ((), ("until_id", "count")),
}
_CHECKS: Mapping[str, Callable[[Any], bool]] = {
    **dict.fromkeys(
        ("name", "key", "description", "url", "check_url", "note", "held_by", "file"), _is_text
    ),
    **dict.fromkeys(("position", "stale_minutes", "times", "until_id", "count"), _is_number),
    **dict.fromkeys(("status", "wish_status"), _is_status),
    **dict.fromkeys(("hidden", "removed", "active"), _is_flag),
    **dict.fromkeys(("group_id", "next"), _or_none(_is_number)),
    "until": _or_none(_is_time),
    "until_status": _or_none(_is_status),
    "since": _is_time,
}
