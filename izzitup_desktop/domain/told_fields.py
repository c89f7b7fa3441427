"""Fields of journal entries as programs elsewhere are told them, and as they are stored.

Told, a field has the name and the shape that it has of the thing itself: a status with its
name, a time in UTC with a `Z`. What a field holds its kind's concept says; kinds and fields
that no concept knows are carried as they are, and so is a value that is not what it should be.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from izzitup_desktop.domain.concepts import Details, Field, Holds, KindSpec
from izzitup_desktop.domain.journal_fields import is_number, is_status
from izzitup_desktop.domain.statuses import STATUS_NAMES

Told = dict[str, Any]

_ENTRY = "entry"
_ID = re.compile(r"[1-9][0-9]{0,18}")


def time_told(time: datetime) -> str:
    """A time as RFC 3339 has it, in UTC, to the microsecond as it is stored."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def status_told(status_id: int) -> Told:
    """A status. Raises KeyError for an id that none has."""
    return {"id": int(status_id), "name": STATUS_NAMES[status_id]}


def told(spec: KindSpec, side: Details) -> Told:
    """The `before` or the `after` of an entry of this kind, as it is told."""
    found: Told = {}
    for name, value in side.items():
        field = spec.fields.get(name)
        if field is not None:
            found[field.told_as or name] = _or_as_it_is(_TELL[field.holds], value)
        elif (entry_id := _entry_in(spec, name)) is not None:
            found |= {spec.about_entry.strip(): value, _ENTRY: {"id": entry_id}}
        else:
            found.setdefault(name, value)
    return found


def stored(spec: KindSpec, side: Details) -> Told:
    """What `told` made of a side, as the journal has it: that of an older version, too."""
    by_told = {field.told_as or name: (name, field) for name, field in spec.fields.items()}
    found: Told = {}
    entry_id = _entry_id_of(spec, side)
    for told_name, value in side.items():
        if entry_id is not None and told_name in (_ENTRY, spec.about_entry.strip()):
            if told_name != _ENTRY:
                found[f"{spec.about_entry}{entry_id}"] = value
            continue
        name, field = by_told.get(told_name, (told_name, _UNKNOWN))
        found[name] = _or_as_it_is(_STORE[field.holds], value)
    return found


def _entry_in(spec: KindSpec, name: str) -> int | None:
    """The id that a field's name ends in, None for any other name."""
    digits = name.removeprefix(spec.about_entry)
    is_about = spec.about_entry and digits != name and _ID.fullmatch(digits)
    return int(digits) if is_about else None


def _entry_id_of(spec: KindSpec, side: Details) -> int | None:
    """The id of the entry that a side, as it was told, is about; None for none."""
    about = side.get(_ENTRY)
    if not spec.about_entry or spec.about_entry.strip() not in side or not isinstance(about, dict):
        return None
    return about["id"] if is_number(about.get("id")) else None


def _or_as_it_is(turned: Callable[[Any], Any], value: Any) -> Any:
    try:
        return turned(value)
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
        return value


def _same(value: Any) -> Any:
    return value


def _status(value: Any) -> Told | None:
    if value is not None and not is_status(value):
        raise ValueError(value)
    return None if value is None else status_told(value)


def _time(value: str | None) -> str | None:
    if value is None:
        return None
    time = datetime.fromisoformat(value)
    if time.tzinfo is None:
        raise ValueError(value)
    return time_told(time)


def _named_by_id(value: Any) -> Told | None:
    if value is not None and not is_number(value):
        raise ValueError(value)
    return None if value is None else {"id": value}


def _all_by_id(value: list[int] | None) -> list[Told | None] | None:
    return None if value is None else [_named_by_id(id_) for id_ in _listed(value)]


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _id(value: Told | None) -> Any:
    return None if value is None else value["id"]


def _stored_time(value: str | None) -> str | None:
    return None if value is None else datetime.fromisoformat(value).isoformat()


_TELL: dict[Holds, Callable[[Any], Any]] = {
    Holds.ANYTHING: _same,
    Holds.STATUS: _status,
    Holds.PROPOSAL: lambda value: {"status": _status(value)},
    Holds.TIME: _time,
    Holds.THING: _named_by_id,
    Holds.THINGS: _all_by_id,
    Holds.HOLDER: lambda value: None if value == "" else value,
}
_STORE: dict[Holds, Callable[[Any], Any]] = {
    Holds.ANYTHING: _same,
    Holds.STATUS: _id,
    Holds.PROPOSAL: lambda value: _id(value["status"]),
    Holds.TIME: _stored_time,
    Holds.THING: _id,
    Holds.THINGS: lambda value: None if value is None else [_id(one) for one in _listed(value)],
    Holds.HOLDER: lambda value: "" if value is None else value,
}
_UNKNOWN = Field()
